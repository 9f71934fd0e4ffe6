//! What generating asks of a contract beyond that it is right: names that Rust can hold.

mod names;

use openapi_document::{Contract, Diagnostic, Rule, Severity::Error};
use openapi_lint::{Check, Checks, lint_with};

pub use names::RESERVED_METHODS;

/// The checks, by the stage in which they run.
const CHECKS: Checks = Checks {
    stages: [
        &[],
        &[Check {
            run: names::methods,
            rules: &[&names::NAME],
        }],
        &[Check {
            run: names::types,
            rules: &[&names::NAME],
        }],
    ],
};

/// Checks the text of a contract by every rule: those of OpenAPI and those of the generator.
pub fn lint(text: &str) -> (Option<Contract>, Vec<Diagnostic>) {
    lint_with(text, &CHECKS)
}

/// Every rule once, in the order in which they are looked at.
pub fn rules() -> Vec<&'static Rule> {
    let mut rules = openapi_lint::rules(&CHECKS);
    rules.extend(GENERATING);
    rules
}

/// What only generating can tell. No contract that is right makes it told.
const GENERATING: &[&Rule] = &[
    &Rule {
        code: "codegen::progenitor",
        severity: Error,
        summary: "progenitor can't generate this contract",
        docs: "Progenitor, which writes the types and methods, refuses something that the other \
               rules let pass. Describe it in a simpler way.",
        example: None,
    },
    &Rule {
        code: "codegen::rewrite",
        severity: Error,
        summary: "progenitor writes something that a pass doesn't know",
        docs: "Each pass over progenitor's code says what it expects. Another version of progenitor \
               writes other code: adapt the pass, or go back to the version that was pinned.",
        example: None,
    },
    &Rule {
        code: "codegen::format",
        severity: Error,
        summary: "what the passes write can't be formatted",
        docs: "A mistake in a pass over progenitor's code, not in the contract.",
        example: None,
    },
];
