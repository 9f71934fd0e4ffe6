//! Schemas that are made of others: what `allOf` sums up to, and the parts of a choice.

mod sums;

use std::collections::HashSet;

use serde_json::{Map, Value};

use crate::operation::{self, Located};
use crate::pointer::Pointer;

pub use sums::{Contradiction, Sums, annotated_reference, is_annotated_reference, is_sum};

/// The names of the schemas of `components` that a schema refers to, or into.
pub fn references(schema: &Value) -> Vec<String> {
    let mut found = Vec::new();
    visit(schema, &mut |part| {
        let target = part.get("$ref").and_then(Value::as_str);
        let target = target.and_then(Pointer::from_reference);
        found.extend(target.and_then(|target| target.schema_name().map(str::to_owned)));
    });
    found
}

/// Calls `look` with a schema and all its parts.
pub fn visit<'v>(schema: &'v Value, look: &mut impl FnMut(&'v Map<String, Value>)) {
    let Some(object) = schema.as_object() else {
        return;
    };
    look(object);
    for (key, value) in object {
        match (key.as_str(), value) {
            ("properties", Value::Object(parts)) => {
                parts.values().for_each(|part| visit(part, look));
            }
            ("items" | "additionalProperties" | "not", part) => visit(part, look),
            ("allOf" | "oneOf" | "anyOf", Value::Array(parts)) => {
                parts.iter().for_each(|part| visit(part, look));
            }
            _ => {}
        }
    }
}

/// On an alternative of a choice that others were merged with: the reference that it was.
pub const ALTERNATIVE: &str = "x-alternative";

/// The values that a schema lists. YAML reads `1` as a number; in a list of text it is text.
pub fn listed_values(schema: &Map<String, Value>) -> Option<Vec<Value>> {
    let values = schema.get("enum")?.as_array()?.iter();
    let is_text = schema.get("type").and_then(Value::as_str) == Some("string");
    let value = |value: &Value| match value {
        Value::Number(_) | Value::Bool(_) if is_text => value.to_string().into(),
        value => value.clone(),
    };
    Some(values.map(value).collect())
}

/// Whether a keyword lists schemas of which one is chosen.
pub fn is_choice(key: &str) -> bool {
    matches!(key, "oneOf" | "anyOf")
}

/// Whether the parts of a choice are no types, but say which properties must be there together:
/// "at least one of" is for the service to judge, like any constraint.
pub fn only_require(parts: &Value) -> bool {
    let says_only = |part: &Value| {
        let object = part.as_object();
        object.is_some_and(|part| {
            part.contains_key("required")
                && part
                    .keys()
                    .all(|key| matches!(key.as_str(), "required" | "type" | "description"))
        })
    };
    let parts = parts.as_array();
    parts.is_some_and(|parts| parts.iter().all(says_only))
}

/// The properties of an object and of the parts it is the sum of, each where it stands first.
pub fn properties_of<'c>(document: &'c Value, object: Located<'c>) -> Vec<(&'c str, Located<'c>)> {
    let mut names = HashSet::new();
    let parts = parts_of(document, object).into_iter();
    let properties = parts.flat_map(|part| part.children("properties"));
    properties.filter(|(name, _)| names.insert(*name)).collect()
}

/// A schema and the parts it is the sum of, references followed.
pub fn parts_of<'c>(document: &'c Value, schema: Located<'c>) -> Vec<Located<'c>> {
    listed(document, vec![schema], &["allOf"])
}

/// Schemas and those that these keywords list in them, at any depth, references followed; each once.
pub fn listed<'c>(
    document: &'c Value,
    schemas: Vec<Located<'c>>,
    keywords: &[&str],
) -> Vec<Located<'c>> {
    let mut found = Vec::new();
    let mut seen = HashSet::new();
    // The last goes in first, so that they are looked at in their order.
    let mut waiting = schemas;
    waiting.reverse();
    while let Some(at) = waiting.pop() {
        let Some(at) = operation::resolve(document, at) else {
            continue;
        };
        if !seen.insert(std::ptr::from_ref(at.object)) {
            continue;
        }
        for keyword in keywords.iter().rev() {
            let parts = at.object.get(*keyword).and_then(Value::as_array);
            let parts = parts.map(Vec::as_slice).unwrap_or_default();
            for (index, part) in parts.iter().enumerate().rev() {
                waiting.extend(part.as_object().map(|object| Located {
                    pointer: at.pointer.child(keyword).child(index),
                    object,
                }));
            }
        }
        found.push(at);
    }
    found
}

/// Whether a schema is a choice of strings, numbers or booleans alone: text that says each.
pub fn is_choice_of_scalars<'c>(document: &'c Value, schema: Located<'c>) -> bool {
    let parts = listed(document, vec![schema], &["allOf", "oneOf", "anyOf"]);
    let is_whole =
        |part: &Map<String, Value>| part.keys().any(|key| key == "allOf" || is_choice(key));
    let is_scalar = |part: &Map<String, Value>| match part.get("type").and_then(Value::as_str) {
        Some(kind) => matches!(kind, "string" | "integer" | "number" | "boolean"),
        None => part.contains_key("enum") || sums::adds_nothing(part),
    };
    let chooses = parts
        .iter()
        .any(|part| part.object.keys().any(|key| is_choice(key)));
    chooses
        && parts
            .iter()
            .all(|part| is_whole(part.object) || is_scalar(part.object))
}

/// Whether one of these parts of a schema requires the property of this name.
pub fn require(parts: &[Located<'_>], name: &str) -> bool {
    let listed = parts.iter().filter_map(|part| part.object.get("required"));
    let mut names = listed.filter_map(Value::as_array).flatten();
    names.any(|required| required == name)
}
