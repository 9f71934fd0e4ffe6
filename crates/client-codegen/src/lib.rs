//! From an OpenAPI document to the files of a client.
//!
//! [`run`] is the whole pipeline, a pure function from text to files: check, transform, generate (by
//! progenitor), rewrite, format.

pub mod api;
pub mod artifacts;
mod check;
pub mod generate;
pub mod naming;
pub mod rewrite;
pub mod transform;

pub use artifacts::{Artifact, GENERATED};
pub use check::{RESERVED_METHODS, lint, rules};

use api::RustApi;
use openapi_document::{Diagnostic, any_error};
use transform::{Plan, Prepared};

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

/// Makes the generated files of a contract.
///
/// The same text gives the same files, byte for byte.
pub fn run(text: &str) -> Outcome {
    run_with(text, false)
}

/// The same, with the API, for a contract that is compared.
pub fn run_to_compare(text: &str) -> Outcome {
    run_with(text, true)
}

fn run_with(text: &str, compared: bool) -> Outcome {
    let failed = |diagnostics| Outcome {
        artifacts: None,
        diagnostics,
        plan: None,
        api: None,
    };
    let (contract, mut diagnostics) = lint(text);
    let Some(contract) = contract.filter(|_| !any_error(&diagnostics)) else {
        return failed(diagnostics);
    };
    let Prepared { document, plan } = transform::transform(&contract);
    let file = generate::generate(&contract, &document);
    // As large as the contract, and of no more use.
    drop(document);
    let made = file.and_then(|file| rewrite::rewrite(&contract, file, &plan));
    let made = made.and_then(|made| {
        let api = compared.then(|| RustApi::of(&made, &plan));
        Ok((artifacts::artifacts(&contract, text, made, &plan)?, api))
    });
    match made {
        Ok((artifacts, api)) => Outcome {
            artifacts: Some(artifacts),
            diagnostics,
            plan: Some(plan),
            api,
        },
        Err(diagnostic) => {
            // Errors come first.
            diagnostics.insert(0, diagnostic);
            failed(diagnostics)
        }
    }
}
