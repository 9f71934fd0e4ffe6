//! The text of a document: where each value stands, and what YAML hides or takes for something else.

pub(crate) mod positions;
pub(crate) mod refused;
pub mod rules;
pub(crate) mod syntax;
