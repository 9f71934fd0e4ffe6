//! For programs.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::{Note, Report};
use openapi_diff::Change;

/// Writes the report.
pub fn json(out: &mut dyn Write, report: &Report<'_>) -> io::Result<()> {
    let comparison = report.comparison;
    let [was, is] = &comparison.versions;
    let client = report.client_version().map(|(_, next)| next);
    let moved = comparison.moved.iter().map(|(severity, count)| {
        json!({"code": severity.code, "level": severity.level, "changes": count})
    });
    let unused = comparison
        .unused
        .iter()
        .map(|entry| json!({"code": entry.code, "path": entry.path, "line": entry.line}));
    let root = json!({
        "class": comparison.class,
        "wire_class": comparison.wire_class,
        "rust_class": comparison.rust_class,
        "changes": comparison.changes.iter().map(change).collect::<Vec<_>>(),
        "base": {"name": report.base, "version": was},
        "head": {"name": report.head, "version": is},
        "suggested": {"info.version": comparison.suggested, "aura-client": client},
        "severity": moved.collect::<Vec<_>>(),
        "unused": unused.collect::<Vec<_>>(),
        "notes": report.notes().iter().map(Note::text).collect::<Vec<_>>(),
    });
    serde_json::to_writer_pretty(&mut *out, &root)?;
    writeln!(out)
}

fn change(change: &Change) -> Value {
    let accepted = change
        .accepted
        .as_ref()
        .map(|entry| json!({"reason": entry.reason, "date": entry.date, "line": entry.line}));
    json!({
        "class": change.class,
        "wire_class": change.wire_class,
        "rust_class": change.rust_class,
        "code": change.code,
        "path": change.path,
        "line": change.line,
        "base_line": change.base_line,
        "message": change.message,
        "wire": change.wire,
        "rust": change.rust,
        "instead": change.instead,
        "group": change.group,
        "accepted": accepted,
    })
}
