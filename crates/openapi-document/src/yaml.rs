//! The text of a document: where each value stands, and what YAML hides or takes for something else.

mod reader;
pub(crate) mod refused;
pub mod rules;
pub(crate) mod scalar;
mod syntax;

pub(crate) use reader::read;
