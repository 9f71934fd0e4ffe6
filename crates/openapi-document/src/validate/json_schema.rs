//! OpenAPI 3.0's schemas as JSON Schema 2020-12.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value, json};

use super::direction::Direction;
use crate::composition::listed_values;
use crate::pointer::{Pointer, reference};

/// Keywords that mean the same in both.
const SAME: [&str; 14] = [
    "type",
    "format",
    "multipleOf",
    "maximum",
    "minimum",
    "maxLength",
    "minLength",
    "pattern",
    "maxItems",
    "minItems",
    "uniqueItems",
    "maxProperties",
    "minProperties",
    "title",
];

/// Where schemas stand that are no components, by the references that lead to them.
pub(super) const OTHERS: &str = "x-referenced";

/// The name of the component that a reference leads to, if it leads to no place in it.
pub(super) fn component(reference: &str) -> Option<String> {
    let target = Pointer::from_reference(reference)?;
    let name = target.schema_name()?;
    (target.parts().len() == 3).then(|| name.to_owned())
}

/// What a reference is called among [`OTHERS`]: a name that means the same in a URI.
pub(super) fn key(reference: &str) -> String {
    let encoded = utf8_percent_encode(reference, NON_ALPHANUMERIC);
    encoded.to_string().replace('%', "_")
}

/// Writes a schema of OpenAPI as one of JSON Schema. What says nothing of values is left out, and
/// so is what stands beside a `$ref`, which OpenAPI 3.0 ignores.
pub(crate) fn convert(schema: &Value, direction: Direction) -> Value {
    let Value::Object(keywords) = schema else {
        return match schema {
            Value::Bool(_) => schema.clone(),
            _ => json!({}),
        };
    };
    if let Some(reference) = reference(schema) {
        // What is compiled is no document, so what stands elsewhere in one has a place of its own.
        return match component(reference) {
            Some(_) => json!({ "$ref": reference }),
            None => json!({ "$ref": format!("#/{OTHERS}/{}", key(reference)) }),
        };
    }
    let mut made = Map::new();
    for (keyword, value) in keywords {
        match keyword.as_str() {
            "properties" => {
                let properties = value.as_object().into_iter().flatten();
                let properties: Map<_, _> = properties
                    .map(|(name, schema)| (name.clone(), convert(schema, direction)))
                    .collect();
                made.insert(keyword.clone(), properties.into());
            }
            "required" => {
                made.insert(keyword.clone(), required(value, keywords, direction));
            }
            "items" | "not" | "additionalProperties" => {
                made.insert(keyword.clone(), convert(value, direction));
            }
            // Of several alternatives that fit a client takes the first, and services mean no more.
            "oneOf" if !keywords.contains_key("anyOf") => {
                made.insert("anyOf".into(), converted(value, direction));
            }
            "allOf" | "oneOf" | "anyOf" => {
                made.insert(keyword.clone(), converted(value, direction));
            }
            "enum" => {
                let values = listed_values(keywords).map(Value::Array);
                made.insert(keyword.clone(), values.unwrap_or_else(|| value.clone()));
            }
            same if SAME.contains(&same) => {
                made.insert(keyword.clone(), value.clone());
            }
            _ => {}
        }
    }
    bounds(&mut made, keywords, direction);
    let lists_null = || {
        let listed = keywords.get("enum").and_then(Value::as_array);
        listed.is_some_and(|listed| listed.contains(&Value::Null))
    };
    if keywords.get("nullable") == Some(&Value::Bool(true)) || lists_null() {
        // Not `anyOf` with null: its errors tell of the whole value, not of the place inside it.
        // Null passes also where `allOf` refers to an object, the usual way to write one that can
        // be null.
        return json!({ "if": { "type": "null" }, "else": made });
    }
    made.into()
}

fn converted(parts: &Value, direction: Direction) -> Value {
    let parts = parts.as_array().into_iter().flatten();
    parts.map(|part| convert(part, direction)).collect()
}

/// The names that must be there in this direction.
fn required(names: &Value, keywords: &Map<String, Value>, direction: Direction) -> Value {
    let names = names.as_array().into_iter().flatten();
    let there = names.filter(|name| {
        let Some(name) = name.as_str() else {
            return false;
        };
        let property = keywords.get("properties").and_then(|all| all.get(name));
        let absent = property.and_then(|property| property.get(direction.absent()));
        absent != Some(&Value::Bool(true))
    });
    there.cloned().collect()
}

/// `exclusiveMinimum: true` beside `minimum: 3` is `exclusiveMinimum: 3`, and a format of numbers
/// is a range. Of other formats and without one, clients of this contract read an integer as int64.
fn bounds(made: &mut Map<String, Value>, keywords: &Map<String, Value>, direction: Direction) {
    for (limit, exclusive) in [
        ("minimum", "exclusiveMinimum"),
        ("maximum", "exclusiveMaximum"),
    ] {
        if keywords.get(exclusive) == Some(&Value::Bool(true))
            && let Some(value) = made.remove(limit)
        {
            made.insert(exclusive.into(), value);
        }
    }
    if made.get("type").and_then(Value::as_str) != Some("integer") {
        return;
    }
    let format = keywords.get("format").and_then(Value::as_str);
    let (least, most) = match (format, direction) {
        (Some("int32"), _) => (i64::from(i32::MIN), i64::from(i32::MAX)),
        (Some("int64"), _) | (_, Direction::Response) => (i64::MIN, i64::MAX),
        (_, Direction::Request) => return,
    };
    for (limit, exclusive, value) in [
        ("minimum", "exclusiveMinimum", least),
        ("maximum", "exclusiveMaximum", most),
    ] {
        if !made.contains_key(limit) && !made.contains_key(exclusive) {
            made.insert(limit.into(), value.into());
        }
    }
}
