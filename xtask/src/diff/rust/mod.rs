//! The view from Rust: what the pipeline makes of both contracts.

mod calls;
mod compare;
mod methods;
mod model;
mod origins;
mod server;
mod types;

use serde_json::Value;

pub use compare::{Difference, Version, compare};
use model::Api;
use origins::Origins;

use crate::artifacts::Artifact;
use crate::transform::Plan;

impl Version {
    /// Reads the files that were made of a contract, and the plan by which they were.
    pub fn read(document: &Value, artifacts: &[Artifact], plan: &Plan) -> syn::Result<Version> {
        Ok(Version {
            api: Api {
                calls: calls::read(plan),
                server: plan.service.server.clone(),
                ..Api::read(artifacts)?
            },
            origins: Origins::of(document),
        })
    }
}
