//! The whole pipeline: check, transform, generate, rewrite, format.

use crate::api::RustApi;
use crate::outcome::Outcome;
use crate::transform::{self, Prepared};
use crate::{artifacts, generate, lint, rewrite};
use openapi_document::any_error;

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
