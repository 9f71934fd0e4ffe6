//! The pipeline on small contracts: each of its stages does what it says, and what is legitimate
//! passes without a word.

mod any_text;
mod artifacts;
mod bad_input;
mod bodies;
mod calls;
mod choices;
mod lint_is_silent;
mod names;
mod paging;
mod parameters;
mod references;
mod responses;
mod stages;
mod sums;

use openapi_document::{Diagnostic, Source};

/// A contract small enough that a snapshot of its every stage can be read.
const NOTES: &str = include_str!("notes.yaml");

/// Replaces the one place where `from` stands; a test's edit that no longer fits must not pass.
fn edit(text: &str, from: &str, to: &str) -> String {
    assert_eq!(
        text.matches(from).count(),
        1,
        "`{from}` must stand exactly once in the text"
    );
    text.replace(from, to)
}

/// What is told about a contract, a line each.
fn told(text: &str, found: &[Diagnostic]) -> String {
    let source = Source::new(text);
    let lines = found.iter().map(|found| {
        let at = found
            .span
            .as_ref()
            .map(|span| source.line_column(span.start).line);
        format!("{} at {at:?}: {}\n", found.code, found.message)
    });
    lines.collect()
}
