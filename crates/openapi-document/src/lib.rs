// On docs.rs, what a feature brings is marked with its name.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![doc = include_str!("../README.md")]

pub mod composition;
pub mod content;
mod contract;
mod diagnostic;
pub mod display;
pub mod extensions;
mod json;
mod json_compat;
pub mod keywords;
pub mod newer;
pub mod objects;
pub mod operation;
pub mod pagination;
pub mod parameter;
mod pointer;
mod request_body;
mod rule;
pub mod rules;
mod scalar;
pub mod schema;
pub mod security;
pub mod server;
mod source;
pub mod success;
pub mod tree;
#[cfg(feature = "validate")]
pub mod validate;
#[cfg(feature = "yaml")]
mod yaml;

pub use contract::{Contract, text};
pub use diagnostic::{Context, Diagnostic, Place, Severity, any_error, count};
pub use operation::{Located, Operation};
pub use pointer::{Pointer, get, reference, target};
pub use request_body::{BodyFormat, RequestContent};
pub use rule::{Example, Rule};
pub use source::{LineColumn, Source};
pub use success::{Returned, Success, envelope_data};
