//! For programs.

use std::io::{self, Write};

use serde::Serialize;

use super::crate_version;
use openapi_diff::{Class, Comparison};

#[derive(Serialize)]
struct Report<'c> {
    class: Class,
    changes: Vec<Change<'c>>,
    base: Side<'c>,
    head: Side<'c>,
    suggested: Suggested<'c>,
    notes: &'c [String],
}

#[derive(Serialize)]
struct Change<'c> {
    class: Class,
    code: &'c str,
    path: &'c str,
    line: usize,
    message: &'c str,
    wire: Option<&'c str>,
    rust: Option<&'c str>,
}

#[derive(Serialize)]
struct Side<'c> {
    name: &'c str,
    version: &'c str,
}

#[derive(Serialize)]
struct Suggested<'c> {
    #[serde(rename = "info.version")]
    contract: Option<&'c str>,
    #[serde(rename = "aura-client")]
    client: Option<String>,
}

/// Writes the report.
pub fn json(
    out: &mut dyn Write,
    base: &str,
    head: &str,
    comparison: &Comparison,
) -> io::Result<()> {
    let changes = comparison.changes.iter().map(|change| Change {
        class: change.class,
        code: change.code,
        path: &change.path,
        line: change.line,
        message: &change.message,
        wire: change.wire.as_deref(),
        rust: change.rust.as_deref(),
    });
    let [was, is] = &comparison.versions;
    let report = Report {
        class: comparison.class,
        changes: changes.collect(),
        base: Side {
            name: base,
            version: was,
        },
        head: Side {
            name: head,
            version: is,
        },
        suggested: Suggested {
            contract: comparison.suggested.as_deref(),
            client: crate_version(comparison).map(|(_, next)| next),
        },
        notes: &comparison.notes,
    };
    serde_json::to_writer_pretty(&mut *out, &report)?;
    writeln!(out)
}
