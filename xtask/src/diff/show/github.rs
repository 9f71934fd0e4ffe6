//! For GitHub, which shows each change beside its line: workflow commands.

use std::io::{self, Write};

use super::{Note, Report};
use crate::diagnostics::command;
use openapi_diff::{Change, Compatibility};

/// Writes the report.
pub fn github(out: &mut dyn Write, report: &Report<'_>) -> io::Result<()> {
    for change in &report.comparison.changes {
        let title = match &change.accepted {
            Some(_) => format!("{} (accepted)", change.code),
            None => change.code.to_string(),
        };
        let properties = [
            ("file", report.head.to_string()),
            ("line", change.line.to_string()),
            ("title", title),
        ];
        let level = match change.class {
            Compatibility::Breaking if change.accepted.is_none() => "error",
            Compatibility::Identical => continue,
            _ => "notice",
        };
        write!(out, "{}", command(level, &properties, &message(change)))?;
    }
    for note in report.notes() {
        let level = match note {
            Note::Warning(_) => "warning",
            Note::Remark(_) => "notice",
        };
        write!(out, "{}", command(level, &[], note.text()))?;
    }
    Ok(())
}

fn message(change: &Change) -> String {
    let wire = change.wire.iter().map(|text| format!("\nwire: {text}"));
    let rust = change.rust.iter().map(|text| format!("\nrust: {text}"));
    let instead = change
        .instead
        .iter()
        .map(|text| format!("\ninstead: {text}"));
    let accepted = change.accepted.iter();
    let accepted = accepted.map(|entry| format!("\naccepted {}: {}", entry.date, entry.reason));
    let rest = wire.chain(rust).chain(instead).chain(accepted);
    change.message.clone() + &rest.collect::<String>()
}
