//! Every mistake is reported once, where it stands, and nothing else is.

mod mutants;
mod newer;
mod paging;
mod registry;
mod silent;
mod skip;
mod slips;
mod suppression;

use std::fmt::Write;

use openapi_document::{Diagnostic, Severity, Source};

/// openapi.yaml as it was when these tests were written: what they edit must be found, whatever
/// becomes of the contract.
const CONTRACT: &str = include_str!("contract.yaml");

/// What is reported, a line for each finding.
fn listed(text: &str, found: &[Diagnostic]) -> String {
    let source = Source::new(text);
    let mut listed = String::new();
    for found in found {
        let line = found
            .span
            .as_ref()
            .map_or(0, |span| source.line_column(span.start).line);
        let severity = match found.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let help = found.help.as_deref().unwrap_or("none");
        let (code, message) = (found.code, &found.message);
        writeln!(
            listed,
            "{line}: {severity}[{code}] {message}\n  help: {help}"
        )
        .expect("a text");
    }
    listed
}

/// Replaces the one place where `from` stands; an edit that no longer fits must not pass.
#[track_caller]
fn edit(text: &str, from: &str, to: &str) -> String {
    assert_eq!(
        text.matches(from).count(),
        1,
        "not once in the text: {from}"
    );
    text.replace(from, to)
}
