//! The pipeline from `openapi.yaml` to the generated client, and the commands that run it.
//!
//! [`run`] is the whole pipeline, a pure function from text to files; only [`workspace`] touches
//! the disk.

pub mod artifacts;
pub mod cli;
pub mod codegen;
pub mod diagnostics;
pub mod diff;
pub mod generate;
pub mod lint;
pub mod load;
mod naming;
mod report;
pub mod rewrite;
mod spec;
pub mod transform;
pub mod workspace;

pub use artifacts::Artifact;

use diagnostics::{Diagnostic, any_error};
use load::Contract;
use transform::Plan;

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
}

/// Makes the generated files of a contract.
///
/// The same text gives the same files, byte for byte.
pub fn run(text: &str) -> Outcome {
    match Contract::load(text) {
        Ok(contract) => run_on(&contract, text),
        Err(diagnostics) => failed(diagnostics),
    }
}

fn failed(diagnostics: Vec<Diagnostic>) -> Outcome {
    Outcome {
        artifacts: None,
        diagnostics,
        plan: None,
    }
}

/// The same of a contract that is read already, from `text`.
pub(crate) fn run_on(contract: &Contract, text: &str) -> Outcome {
    let mut diagnostics = lint::lint(contract);
    if any_error(&diagnostics) {
        return failed(diagnostics);
    }
    let prepared = transform::transform(contract);
    let artifacts = generate::generate(contract, &prepared.document)
        .and_then(|file| rewrite::rewrite(contract, file, &prepared.plan))
        .and_then(|made| artifacts::artifacts(contract, text, &made, &prepared.plan));
    match artifacts {
        Ok(artifacts) => Outcome {
            artifacts: Some(artifacts),
            diagnostics,
            plan: Some(prepared.plan),
        },
        Err(diagnostic) => {
            diagnostics.push(diagnostic);
            failed(diagnostics)
        }
    }
}
