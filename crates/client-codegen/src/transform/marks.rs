//! Numbered marks: which Rust field a property of the contract became.
//!
//! Vendor extensions don't reach progenitor's output, and names change on the way. Descriptions
//! do reach it, as the field's documentation: so each property's description carries a number,
//! which the first rewrite pass takes off again.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::draft::Draft;
use super::nullable::TWICE_OPTIONAL;
use super::plan::Property;
use openapi_document::extensions::SENSITIVE;

/// Opens a mark. A private-use character, which no text for people holds.
pub const MARK_START: char = '\u{E0A0}';
/// Closes a mark.
pub const MARK_END: char = '\u{E0A1}';

/// Marks every property; the properties are returned in the order of their numbers.
pub fn mark(draft: &mut Draft) -> Vec<Property> {
    let mut marked = Vec::new();
    for (schema_name, schema) in &mut draft.schemas {
        let required = ranks(schema);
        let Some(Value::Object(properties)) = schema.get_mut("properties") else {
            continue;
        };
        for (name, property) in properties {
            let Some(property) = property.as_object_mut() else {
                continue;
            };
            let flag = |property: &mut Map<String, Value>, key: &str| {
                property.remove(key) == Some(Value::Bool(true))
            };
            let sensitive = flag(property, SENSITIVE);
            let twice_optional = flag(property, TWICE_OPTIONAL);
            describe(property, marked.len());
            marked.push(Property {
                schema: schema_name.clone(),
                name: name.clone(),
                sensitive,
                twice_optional,
                required: required.get(name.as_str()).copied(),
            });
        }
    }
    marked
}

/// The place of each required property in the contract's `required:`.
fn ranks(schema: &Value) -> HashMap<String, usize> {
    let names = schema.get("required").and_then(Value::as_array);
    let names = names.into_iter().flatten().filter_map(Value::as_str);
    names
        .enumerate()
        .map(|(n, name)| (name.to_string(), n))
        .collect()
}

fn describe(property: &mut Map<String, Value>, number: usize) {
    if property.contains_key("$ref") {
        // Beside a reference a description is ignored.
        let reference = std::mem::take(property);
        property.insert("allOf".into(), json!([reference]));
    }
    let text = property.get("description").and_then(Value::as_str);
    let text = text.unwrap_or_default().trim_end();
    let marked = format!("{text}{MARK_START}{number}{MARK_END}");
    property.insert("description".into(), marked.into());
}
