//! Lint, for those who edit the contract by hand: every mistake is told once, where it stands, and
//! nothing else is.

mod command;
mod mutants;
mod registry;
mod silent;

use openapi_document::Diagnostic;
use openapi_document::Source;
use xtask::diagnostics::render;

/// openapi.yaml as it was when these tests were written: what they edit must be found, whatever
/// becomes of the contract.
const CONTRACT: &str = include_str!("contract.yaml");

/// What is told, as a terminal without colours shows it.
fn drawn(text: &str, found: &[Diagnostic]) -> String {
    let mut drawn = Vec::new();
    render(&mut drawn, "openapi.yaml", &Source::new(text), found).expect("memory takes all");
    let plain = anstream::adapter::strip_bytes(&drawn).into_vec();
    String::from_utf8(plain).expect("diagnostics are text")
}
