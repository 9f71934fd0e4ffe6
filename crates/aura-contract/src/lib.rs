// On docs.rs, what a feature brings is marked with its name.
#![cfg_attr(docsrs, feature(doc_cfg))]
// Its example needs the contract.
#![cfg_attr(feature = "builtin", doc = include_str!("../README.md"))]
//!
//! ## Where it comes from
//!
//! `openapi.yaml` is where the contract is written; `cargo xtask codegen` writes it into this crate
//! as JSON, so that programs need no YAML.

mod body;
mod bounds;
mod contract;
mod document;
mod operation;
mod pagination;
mod parameter;
mod problem;
mod reading;
mod request;
mod route;
mod samples;
mod schema;

pub use body::Part;
pub use contract::{Contract, ContractError};
pub use openapi_document::operation::is_in_range;
pub use openapi_document::parameter::Style;
pub use openapi_document::security::Scheme;
pub use operation::{Answer, Body, Content, Encoding, Header, Operation, Status};
pub use pagination::Pagination;
pub use parameter::{Location, Parameter};
pub use problem::Problem;
pub use request::Request;
pub use route::{Argument, Route};
pub use schema::Schema;
pub use schema::number::whole_number;
pub use {http, serde_json};

/// The contract as `cargo xtask codegen` wrote it: OpenAPI 3.0, as JSON.
#[cfg(feature = "builtin")]
pub const OPENAPI_JSON: &str = include_str!("generated/openapi.json");
