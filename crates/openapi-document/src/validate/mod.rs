//! Checking values by a document's schemas: its own examples, requests and responses.
//!
//! A document is a file that anyone may have written. Whatever it holds, reading it and checking
//! values by it take memory and time in proportion to its size, and no stack overflows: [`bounds`]
//! says how large and how tangled a document may be.

mod bounded;
pub mod bounds;
mod compile;
mod direction;
mod effort;
mod examples;
mod json_schema;
pub mod pattern;
mod schemas;
mod validator;

pub use direction::Direction;
pub use examples::{Instance, SchemaMismatch};
pub use schemas::Schemas;
pub use validator::{Validator, Violation};
