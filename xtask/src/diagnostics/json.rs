//! Diagnostics for programs: one JSON object.

use serde_json::{Value, json};

use openapi_document::Source;
use openapi_document::{Diagnostic, Severity, count};

/// All findings about `source`, known as `file`.
///
/// Lines and columns start at 1, and columns count characters; the end is the place after the
/// last character. `path` is a JSON pointer (RFC 6901) into the contract. What is not known is
/// null.
pub fn json(file: &str, source: &Source, diagnostics: &[Diagnostic]) -> Value {
    let (errors, warnings) = count(diagnostics);
    json!({
        "file": file,
        "errors": errors,
        "warnings": warnings,
        "diagnostics": diagnostics.iter().map(|found| one(source, found)).collect::<Vec<_>>(),
    })
}

fn one(source: &Source, found: &Diagnostic) -> Value {
    let place = |span: &std::ops::Range<usize>| {
        let [start, end] = [span.start, span.end].map(|at| source.line_column(at));
        json!({
            "line": start.line,
            "column": start.column,
            "end_line": end.line,
            "end_column": end.column,
        })
    };
    let mut told = json!({
        "code": found.code,
        "severity": match found.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        "message": found.message,
        "line": null,
        "column": null,
        "end_line": null,
        "end_column": null,
        "path": found.pointer.as_ref().map(ToString::to_string),
        "help": found.help,
        "related": found.context.iter().map(|context| {
            with(place(&context.span), "label", context.label.as_str().into())
        }).collect::<Vec<_>>(),
    });
    if let (Value::Object(told), Some(Value::Object(place))) =
        (&mut told, found.span.as_ref().map(place))
    {
        told.extend(place);
    }
    told
}

fn with(mut object: Value, key: &str, value: Value) -> Value {
    object[key] = value;
    object
}
