//! For code scanning: SARIF 2.1.0.

use std::io::{self, Write};
use std::path::Path;

use openapi_diff::{Change, Compatibility, Rule, rules};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{Note, Report};

/// What stands in a path of a URI as it is.
const PATH: AsciiSet = NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// Writes the report.
pub fn sarif(out: &mut dyn Write, report: &Report<'_>) -> io::Result<()> {
    let comparison = report.comparison;
    let changes = || {
        comparison
            .changes
            .iter()
            .filter(|change| change.class != Compatibility::Identical)
    };
    let used = |rule: &&&Rule| changes().any(|change| change.code == rule.code);
    let rules: Vec<&Rule> = rules::ALL.iter().filter(used).copied().collect();
    let notes = report.notes();
    let notes = notes.iter().map(|note| {
        let level = match note {
            Note::Warning(_) => "warning",
            Note::Remark(_) => "note",
        };
        json!({"level": level, "message": text(note.text())})
    });
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "openapi-diff",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(|rule| described(rule)).collect::<Vec<_>>(),
            }},
            "automationDetails": {"id": "openapi-diff/"},
            "invocations": [{
                "executionSuccessful": true,
                "toolExecutionNotifications": notes.collect::<Vec<_>>(),
            }],
            "results": changes().map(|change| result(report, &rules, change)).collect::<Vec<_>>(),
            "properties": {
                "class": comparison.class,
                "wire_class": comparison.wire_class,
                "rust_class": comparison.rust_class,
            },
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)
}

fn described(rule: &Rule) -> Value {
    let name = rule.code.replace('-', " ");
    let help = format!("{name}: {} For example: {}.", rule.why, rule.example);
    json!({
        "id": rule.code,
        "shortDescription": text(&name),
        "fullDescription": text(rule.why),
        "help": text(&help),
        "defaultConfiguration": {"level": level(rule.class)},
    })
}

fn result(report: &Report<'_>, rules: &[&Rule], change: &Change) -> Value {
    let views = [("On the wire", &change.wire), ("In Rust", &change.rust)].into_iter();
    let views = views.filter_map(|(name, text)| Some((name, text.as_deref()?)));
    let instead = change.instead.iter().map(|text| ("Instead", *text));
    let rest = views.chain(instead);
    let rest = rest.map(|(name, text)| format!("\n{name}: {text}"));
    let message = change.message.clone() + &rest.collect::<String>();
    let accepted = change.accepted.iter().map(|entry| {
        json!({
            "kind": "external",
            "status": "accepted",
            "justification": format!("{} ({})", entry.reason, entry.date),
        })
    });
    let mut result = json!({
        "ruleId": change.code,
        "ruleIndex": rules.iter().position(|rule| rule.code == change.code),
        "level": level(change.class),
        "message": text(&message),
        "locations": [{
            "physicalLocation": {
                "artifactLocation": {"uri": uri(report.head)},
                "region": {"startLine": change.line},
            },
            "logicalLocations": [{"fullyQualifiedName": change.path}],
        }],
        // The name is GitHub's, which tells results apart by it alone.
        "partialFingerprints": {"primaryLocationLineHash": fingerprint(change)},
        "properties": {
            "class": change.class,
            "wire_class": change.wire_class,
            "rust_class": change.rust_class,
        },
    });
    let accepted: Vec<Value> = accepted.collect();
    if !accepted.is_empty() {
        result["suppressions"] = accepted.into();
    }
    result
}

fn level(class: Compatibility) -> &'static str {
    match class {
        Compatibility::Breaking => "error",
        Compatibility::Additive | Compatibility::Docs => "note",
        Compatibility::Identical => "none",
    }
}

/// A message. What looks like a link in it is text.
fn text(text: &str) -> Value {
    json!({"text": text.replace("](", "]\\(")})
}

/// What a change is, wherever its line moves.
fn fingerprint(change: &Change) -> String {
    let mut hash = Sha256::new();
    for part in [change.code, &change.path, &change.message] {
        hash.update(part);
        hash.update([0]);
    }
    let bytes = hash.finalize();
    bytes[..16]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// A file's name as a reference, relative to the checkout.
fn uri(file: &str) -> String {
    let scheme = if Path::new(file).is_absolute() {
        "file://"
    } else {
        ""
    };
    format!("{scheme}{}", utf8_percent_encode(file, &PATH))
}
