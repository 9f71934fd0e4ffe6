//! An OpenAPI document: its values, where each of them stands in the text, and what they mean.
//!
//! Every tool asks this crate instead of the raw keywords: what a pointer names, where a reference
//! leads, what `allOf` sums up to, what an operation returns, how a call is authenticated.

pub mod composition;
mod contract;
mod diagnostic;
pub mod display;
pub mod extensions;
mod json;
pub mod keywords;
pub mod newer;
pub mod objects;
pub mod operation;
mod pointer;
mod rule;
pub mod schema;
pub mod security;
pub mod server;
mod source;
mod success;
pub mod tree;
pub mod yaml;

pub use contract::{Contract, text};
pub use diagnostic::{Context, Diagnostic, Place, Severity, any_error, count};
pub use operation::{Located, Operation};
pub use pointer::{Pointer, get};
pub use rule::{Example, Rule};
pub use source::{LineColumn, Source};
pub use success::{Returned, Success};
