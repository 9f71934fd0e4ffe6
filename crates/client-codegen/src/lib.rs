//! From an OpenAPI document to the files of a client.
//!
//! [`run`] is the whole pipeline, a pure function from text to files: check, transform, generate (by
//! progenitor), rewrite, format. It needs the feature `generate`, which is on by default; what checks
//! a contract does without it, and without the generator's dependencies.

pub mod api;
#[cfg(feature = "generate")]
pub mod artifacts;
mod check;
#[cfg(feature = "generate")]
pub mod generate;
pub mod naming;
mod outcome;
#[cfg(feature = "generate")]
mod pipeline;
#[cfg(feature = "generate")]
pub mod rewrite;
pub mod transform;

pub use check::{RESERVED_METHODS, lint, rules};
pub use outcome::{Artifact, GENERATED, Outcome};
#[cfg(feature = "generate")]
pub use pipeline::{run, run_to_compare};
