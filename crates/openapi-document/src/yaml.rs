//! The text of a YAML document: where each value stands, and what a slip in it is.

mod reader;
mod syntax;

pub(crate) use reader::read;
