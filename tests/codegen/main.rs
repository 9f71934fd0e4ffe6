//! The pipeline: what is committed is what it makes, and what people read of a run. Its stages are
//! tested in `crates/client-codegen/tests/`.

mod bad_input;
mod freshness;
mod terminal;

use openapi_document::Diagnostic;
use openapi_document::Source;
use xtask::diagnostics::render;

/// A contract small enough that a snapshot of its every stage can be read.
const NOTES: &str = include_str!("../../crates/client-codegen/tests/codegen/notes.yaml");

/// What is told about a contract, as a terminal without colours shows it.
fn drawn(text: &str, found: &[Diagnostic]) -> String {
    let mut drawn = Vec::new();
    render(&mut drawn, "openapi.yaml", &Source::new(text), found).expect("memory takes all");
    let plain = anstream::adapter::strip_bytes(&drawn).into_vec();
    String::from_utf8(plain).expect("diagnostics are text")
}
