//! Which changes are one for a reader: the same edit, made in many operations.

use openapi_document::{Pointer, get};
use serde_json::Value;

use crate::merge::{Change, sentence};
use crate::place::{Side, label};

/// What changes of one group have in common.
pub type Key = (&'static str, Vec<String>, String);

/// What a change is, without where: its code, the place below its operation or component, and its
/// message without the name of the place.
pub fn key(documents: [&Value; 2], change: &Change) -> Key {
    let document = match change.at.side {
        Side::Base => documents[0],
        Side::Head => documents[1],
    };
    let at = &change.at.pointer;
    let name = label(document, at);
    let message = change
        .message
        .replace(&name, "…")
        .replace(&sentence(&name), "…");
    (change.rule.code, below(document, at), message)
}

/// The names that lead from an operation or a component to a place. Of a schema, only those in
/// it: the same one may stand in a request here and in a response there.
fn below(document: &Value, at: &Pointer) -> Vec<String> {
    let parts = at.parts();
    let outside = match parts.first().map(String::as_str) {
        Some("components" | "paths") => 3.min(parts.len()),
        _ => 0,
    };
    let schema = parts.iter().skip(outside).position(|part| part == "schema");
    let start = schema.map_or(outside, |index| outside + index);
    let parameter = |index: usize| {
        let is_listed = index > 0 && parts[index - 1] == "parameters";
        let place = Pointer::from(parts[..=index].to_vec());
        let parameter = get(document, &place).filter(|_| is_listed)?;
        Some(parameter.get("name").or(parameter.get("$ref"))?.to_string())
    };
    let names = (start..parts.len()).map(|index| parameter(index).unwrap_or(parts[index].clone()));
    names.collect()
}
