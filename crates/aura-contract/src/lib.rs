//! The contract of the Aura API as data: its operations, how a request to each is written and
//! read, and what parameters and bodies must look like.
//!
//! `openapi.yaml` is where the contract is written; `cargo xtask codegen` writes it into this crate
//! as JSON, so that programs need no YAML. The sandbox serves whatever stands there, the command
//! line calls it: neither knows an endpoint by name.
//!
//! ```
//! # #[cfg(feature = "builtin")] {
//! use aura_contract::Contract;
//!
//! let contract = Contract::builtin();
//! let operation = contract.operation("get_lead").expect("it is there");
//! assert_eq!(operation.path, "/v1/leads/{id}");
//!
//! let id = "550e8400-e29b-41d4-a716-446655440000".to_string();
//! let request = operation.request(&[("id".into(), vec![id])]).expect("it fits");
//! assert_eq!(request.target, "/v1/leads/550e8400-e29b-41d4-a716-446655440000");
//!
//! let problems = operation.request(&[("id".into(), vec!["7".into()])]).expect_err("no UUID");
//! assert_eq!(problems[0].to_string(), "path parameter `id`: the value is not a \"uuid\"");
//! # }
//! ```

mod contract;
mod document;
mod operation;
mod problem;
mod request;
mod route;
mod schema;

pub use contract::{Contract, ContractError};
pub use operation::{Answer, Body, Content, Header, Location, Operation, Parameter, Status};
pub use problem::Problem;
pub use request::Request;
pub use route::Route;
pub use schema::Schema;
pub use schema::claims::{Claim, Misfit, misfits};
pub use {http, serde_json};

/// The contract as `cargo xtask codegen` wrote it: OpenAPI 3.0, as JSON.
#[cfg(feature = "builtin")]
pub const OPENAPI_JSON: &str = include_str!("generated/openapi.json");
