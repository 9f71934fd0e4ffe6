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
pub mod preview;
mod report;
pub mod rewrite;
mod spec;
pub mod transform;
pub mod workspace;

pub use artifacts::Artifact;

use diagnostics::Diagnostic;
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
}

/// Makes the generated files of a contract.
///
/// The same text gives the same files, byte for byte.
pub fn run(text: &str) -> Outcome {
    run_unless(text, Diagnostic::is_error)
}

/// The same for a contract that is looked at, not committed: an example that doesn't fit changes
/// nothing of what is generated.
pub(crate) fn run_past_examples(text: &str) -> Outcome {
    run_unless(text, Diagnostic::is_in_the_way)
}

fn run_unless(text: &str, stops: fn(&Diagnostic) -> bool) -> Outcome {
    let failed = |diagnostics| Outcome {
        artifacts: None,
        diagnostics,
        plan: None,
    };
    let (contract, mut diagnostics) = lint::lint(text);
    let Some(contract) = contract.filter(|_| !diagnostics.iter().any(stops)) else {
        return failed(diagnostics);
    };
    let Prepared { document, plan } = transform::transform(&contract);
    let file = generate::generate(&contract, &document);
    // As large as the contract, and of no more use.
    drop(document);
    let artifacts = file
        .and_then(|file| rewrite::rewrite(&contract, file, &plan))
        .and_then(|made| artifacts::artifacts(&contract, text, made, &plan));
    match artifacts {
        Ok(artifacts) => Outcome {
            artifacts: Some(artifacts),
            diagnostics,
            plan: Some(plan),
        },
        Err(diagnostic) => {
            diagnostics.push(diagnostic);
            failed(diagnostics)
        }
    }
}
