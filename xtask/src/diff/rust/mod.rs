//! The view from Rust: what the pipeline makes of both contracts.

mod compare;
mod methods;
mod model;
mod origins;
mod types;

use serde_json::Value;

pub use compare::{Difference, Version, compare};
use model::Api;
use origins::Origins;

use crate::artifacts::Artifact;

impl Version {
    /// Reads the files that were made of a contract.
    pub fn read(document: &Value, artifacts: &[Artifact]) -> syn::Result<Version> {
        Ok(Version {
            api: Api::read(artifacts)?,
            origins: Origins::of(document),
        })
    }
}
