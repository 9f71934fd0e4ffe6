//! `cargo xtask codegen`: what people read of a run, and what it leaves on the disk.

mod bad_input;
mod terminal;

use openapi_document::Diagnostic;
use openapi_document::Source;
use xtask::diagnostics::render;

/// A contract small enough that a snapshot of its every stage can be read.
const NOTES: &str = include_str!("../../../crates/client-codegen/tests/codegen/notes.yaml");

/// Replaces the one place where `from` stands; a test's edit that no longer fits must not pass.
fn edit(text: &str, from: &str, to: &str) -> String {
    assert_eq!(
        text.matches(from).count(),
        1,
        "`{from}` must stand exactly once in the text"
    );
    text.replace(from, to)
}

/// What is told about a contract, as a terminal without colours shows it.
fn drawn(text: &str, found: &[Diagnostic]) -> String {
    let mut drawn = Vec::new();
    render(&mut drawn, "openapi.yaml", &Source::new(text), found).expect("memory takes all");
    let plain = anstream::adapter::strip_bytes(&drawn).into_vec();
    String::from_utf8(plain).expect("diagnostics are text")
}
