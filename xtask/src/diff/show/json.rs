//! For programs.

use std::io::{self, Write};

use serde::Serialize;

use super::{Note, Report};
use openapi_diff::{Class, Entry};

#[derive(Serialize)]
struct Root<'c> {
    class: Class,
    wire_class: Class,
    rust_class: Option<Class>,
    changes: Vec<Change<'c>>,
    base: Side<'c>,
    head: Side<'c>,
    suggested: Suggested<'c>,
    severity: Vec<Severity>,
    unused: Vec<Unused<'c>>,
    notes: Vec<&'c str>,
}

#[derive(Serialize)]
struct Change<'c> {
    class: Class,
    wire_class: Class,
    rust_class: Option<Class>,
    code: &'c str,
    path: &'c str,
    line: usize,
    base_line: Option<usize>,
    message: &'c str,
    wire: Option<&'c str>,
    rust: Option<&'c str>,
    instead: &'c [&'c str],
    group: usize,
    accepted: Option<Accepted<'c>>,
}

#[derive(Serialize)]
struct Accepted<'c> {
    reason: &'c str,
    date: &'c str,
    line: usize,
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

#[derive(Serialize)]
struct Severity {
    code: &'static str,
    level: Class,
    changes: usize,
}

#[derive(Serialize)]
struct Unused<'c> {
    code: &'c str,
    path: &'c str,
    line: usize,
}

fn accepted(entry: &Entry) -> Accepted<'_> {
    Accepted {
        reason: &entry.reason,
        date: &entry.date,
        line: entry.line,
    }
}

/// Writes the report.
pub fn json(out: &mut dyn Write, report: &Report<'_>) -> io::Result<()> {
    let comparison = report.comparison;
    let changes = comparison.changes.iter().map(|change| Change {
        class: change.class,
        wire_class: change.wire_class,
        rust_class: change.rust_class,
        code: change.code,
        path: &change.path,
        line: change.line,
        base_line: change.base_line,
        message: &change.message,
        wire: change.wire.as_deref(),
        rust: change.rust.as_deref(),
        instead: &change.instead,
        group: change.group,
        accepted: change.accepted.as_ref().map(accepted),
    });
    let moved = comparison.moved.iter().map(|(severity, count)| Severity {
        code: severity.code,
        level: severity.level,
        changes: *count,
    });
    let unused = comparison.unused.iter().map(|entry| Unused {
        code: entry.code,
        path: &entry.path,
        line: entry.line,
    });
    let notes = report.notes();
    let [was, is] = &comparison.versions;
    let root = Root {
        class: comparison.class,
        wire_class: comparison.wire_class,
        rust_class: comparison.rust_class,
        changes: changes.collect(),
        base: Side {
            name: report.base,
            version: was,
        },
        head: Side {
            name: report.head,
            version: is,
        },
        suggested: Suggested {
            contract: comparison.suggested.as_deref(),
            client: report.client_version().map(|(_, next)| next),
        },
        severity: moved.collect(),
        unused: unused.collect(),
        notes: notes.iter().map(Note::text).collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &root)?;
    writeln!(out)
}
