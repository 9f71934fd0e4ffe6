//! What the pipeline gives.

use crate::api::RustApi;
use crate::transform::Plan;
use openapi_document::Diagnostic;

/// What came of a run.
#[derive(Debug)]
pub struct Outcome {
    /// The files that belong to the contract; `None` if an error among the diagnostics says why
    /// there are none.
    pub artifacts: Option<Vec<Artifact>>,
    /// Everything there is to tell about the contract; warnings also when there are artifacts.
    pub diagnostics: Vec<Diagnostic>,
    /// What was generated, for the report.
    pub plan: Option<Plan>,
    /// The client's API as data, where it is asked for.
    pub api: Option<RustApi>,
}

/// A file that the pipeline makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    /// Where it belongs, from the workspace's root, with `/` between folders.
    pub path: String,
    /// What it holds.
    pub content: String,
}

/// How each generated file of code begins.
pub const GENERATED: &str = "// @generated from openapi.yaml";
