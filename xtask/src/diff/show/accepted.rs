//! The entries that accept what breaks, to paste into the file of accepted changes.

use std::collections::BTreeMap;
use std::io::{self, Write};

use openapi_diff::Compatibility;
use serde_json::Value;

use super::Report;

/// Writes an entry for each breaking change that is not accepted yet; its reason is for people to
/// write.
pub fn accepted(out: &mut dyn Write, report: &Report<'_>, today: &str) -> io::Result<()> {
    let changes = report.comparison.changes.iter();
    let open = changes
        .filter(|change| change.class == Compatibility::Breaking && change.accepted.is_none());
    // An entry accepts all that is of one code at one place.
    let mut entries: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for change in open {
        let messages = entries.entry((&change.path, change.code)).or_default();
        messages.push(&change.message);
    }
    for ((path, code), messages) in entries {
        for message in messages {
            writeln!(out, "# {message}")?;
        }
        writeln!(out, "- code: {code}")?;
        writeln!(out, "  path: {}", quoted(path))?;
        writeln!(out, "  reason: # why callers can live with it")?;
        writeln!(out, "  date: {today}")?;
    }
    Ok(())
}

/// Text in quotes, as YAML and JSON read it alike. YAML takes no control characters as they are.
fn quoted(text: &str) -> String {
    let json = Value::from(text).to_string();
    let mut written = String::with_capacity(json.len());
    for c in json.chars() {
        match c.is_control() {
            true => written.extend(format!("\\u{:04x}", u32::from(c)).chars()),
            false => written.push(c),
        }
    }
    written
}
