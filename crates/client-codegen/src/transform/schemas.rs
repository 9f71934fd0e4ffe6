//! Schemas as values: their parts, and the keywords that progenitor is not to see.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::draft::Draft;
use openapi_document::composition::{ALTERNATIVE, listed_values, only_require};
use openapi_document::extensions::SENSITIVE;

/// A part of a schema that is a schema itself.
pub struct Part<'v> {
    /// The keys that lead to it.
    pub path: Vec<String>,
    /// What its name adds to the name of the whole.
    pub suffix: String,
    /// The part.
    pub schema: &'v mut Value,
}

/// The direct parts of a schema.
pub fn parts(schema: &mut Map<String, Value>) -> Vec<Part<'_>> {
    let mut found = Vec::new();
    for (key, value) in schema {
        match (key.as_str(), value) {
            ("properties", Value::Object(properties)) => {
                found.extend(properties.iter_mut().map(|(name, schema)| Part {
                    path: vec![key.clone(), name.clone()],
                    suffix: name.clone(),
                    schema,
                }));
            }
            ("items", schema @ Value::Object(_)) => found.push(Part {
                path: vec![key.clone()],
                suffix: "item".into(),
                schema,
            }),
            ("additionalProperties", schema @ Value::Object(_)) => found.push(Part {
                path: vec![key.clone()],
                suffix: "value".into(),
                schema,
            }),
            ("allOf" | "oneOf" | "anyOf", Value::Array(variants)) => {
                found.extend(variants.iter_mut().enumerate().map(|(index, schema)| {
                    let was = schema[ALTERNATIVE].as_str();
                    let was = was.and_then(|was| was.rsplit('/').next());
                    let suffix = was.map_or(format!("variant-{}", index + 1), String::from);
                    Part {
                        path: vec![key.clone(), index.to_string()],
                        suffix,
                        schema,
                    }
                }));
            }
            _ => {}
        }
    }
    found
}

/// Calls `change` with a schema's parts and then with itself.
pub fn visit_mut(schema: &mut Value, change: &mut impl FnMut(&mut Map<String, Value>)) {
    let Some(object) = schema.as_object_mut() else {
        return;
    };
    for part in parts(object) {
        visit_mut(part.schema, change);
    }
    change(object);
}

/// What says which values are allowed, not which type they have. typify would make types of them
/// that refuse a value (`pattern`), lose one (`uniqueItems`) or invent one (`default`); a client
/// that reads must do none of this, and what is sent is for the service to judge.
const CONSTRAINTS: [&str; 21] = [
    "default",
    "deprecated",
    "example",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "externalDocs",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "not",
    "pattern",
    "readOnly",
    "title",
    "uniqueItems",
    "xml",
];

/// Leaves of each schema what its type is made of, and says the type where it is left to guess.
pub fn drop_constraints(draft: &mut Draft) {
    for schema in draft.schemas.values_mut() {
        visit_mut(schema, &mut plain);
    }
    for used in draft.uses_mut() {
        visit_mut(&mut used.schema, &mut plain);
    }
}

/// A choice is the one of its parts that fits, of whatever type. `anyOf` is one too: what fits
/// several parts is read as the first, and what that part doesn't know is kept in its `extra`.
/// typify would write out a choice that also has a `type`, and read `anyOf` as all parts at once.
fn choose(schema: &mut Map<String, Value>) {
    for key in ["oneOf", "anyOf"] {
        match schema.remove(key) {
            Some(mut parts) if !only_require(&parts) => {
                let kind = schema.remove("type");
                for part in parts.as_array_mut().into_iter().flatten() {
                    state_type(part, kind.as_ref());
                }
                schema.remove("required");
                schema.insert("oneOf".into(), parts);
            }
            _ => {}
        }
    }
}

/// Says of a part of a choice the type of the whole, where it says none itself.
fn state_type(part: &mut Value, kind: Option<&Value>) {
    let (Value::Object(part), Some(kind)) = (part, kind) else {
        return;
    };
    let own = ["type", "$ref", "allOf", "oneOf"];
    if !own.iter().any(|key| part.contains_key(*key)) {
        part.insert("type".into(), kind.clone());
    }
}

/// Leaves in `required` each property once. typify would make a field of a name that nothing
/// describes; what comes under it is kept in `extra`.
fn require_properties(schema: &mut Map<String, Value>) {
    let is_object = schema.contains_key("type") || schema.contains_key("properties");
    if schema.contains_key("allOf") || !is_object {
        return; // The properties are those of another part.
    }
    let properties = schema.get("properties").and_then(Value::as_object);
    let properties: HashSet<String> = properties
        .into_iter()
        .flat_map(Map::keys)
        .cloned()
        .collect();
    if let Some(Value::Array(names)) = schema.get_mut("required") {
        let mut seen = HashSet::new();
        names.retain(|name| {
            let name = name.as_str().unwrap_or_default();
            properties.contains(name) && seen.insert(name.to_string())
        });
        if names.is_empty() {
            schema.remove("required");
        }
    }
}

fn plain(schema: &mut Map<String, Value>) {
    schema.retain(|key, _| {
        let known = [SENSITIVE, ALTERNATIVE].contains(&key.as_str()) || !key.starts_with("x-");
        known && key != "writeOnly" && !CONSTRAINTS.contains(&key.as_str())
    });
    choose(schema);
    if !schema.contains_key("oneOf") {
        schema.remove("discriminator");
    }
    require_properties(schema);
    if !schema.contains_key("type") {
        let guessed =
            if schema.contains_key("properties") || schema.contains_key("additionalProperties") {
                Some("object")
            } else if schema.contains_key("items") {
                Some("array")
            } else if lists_text(schema) {
                Some("string")
            } else {
                None
            };
        schema.extend(guessed.map(|kind| ("type".to_string(), kind.into())));
    }
    let is_composed = ["$ref", "allOf", "oneOf"]
        .iter()
        .any(|key| schema.contains_key(*key));
    let kind = schema.get("type").and_then(Value::as_str);
    match kind {
        // A 32-bit float reads 37.774929 as 37.77493.
        Some("number") => {
            schema.remove("format");
            schema.remove("enum");
        }
        // Whole numbers are i64 unless the contract names a width or sign that the client reads.
        Some("integer") => {
            let format = schema.get("format").and_then(Value::as_str);
            if format.is_some_and(|format| !["int32", "uint32", "uint64"].contains(&format)) {
                schema.remove("format");
            }
            schema.remove("enum");
        }
        Some("boolean") => {
            schema.remove("enum");
        }
        // There are none of them, and typify takes none.
        Some("object" | "array") => {
            schema.remove("format");
        }
        // Any value, null too.
        None if !is_composed => {
            schema.remove("enum");
            schema.remove("format");
            schema.remove("nullable");
        }
        _ => {}
    }
    forget_other_types(schema);
    if let Some(mut values) = listed_values(schema) {
        let mut seen = Vec::new();
        values.retain(|value| {
            let is_new = !value.is_null() && !seen.contains(value);
            seen.extend(is_new.then(|| value.clone()));
            is_new
        });
        match values.is_empty() {
            true => schema.remove("enum"),
            false => schema.insert("enum".into(), values.into()),
        };
    }
}

/// Whether a schema lists text, and nothing else but null.
fn lists_text(schema: &Map<String, Value>) -> bool {
    let values = schema.get("enum").and_then(Value::as_array);
    let mut real = values
        .into_iter()
        .flatten()
        .filter(|value| !value.is_null())
        .peekable();
    real.peek().is_some() && real.all(Value::is_string)
}

/// Leaves out what is said of values of another type than the one that is named.
fn forget_other_types(schema: &mut Map<String, Value>) {
    let kind = schema.get("type").and_then(Value::as_str);
    let of_others: &[&str] = match kind {
        Some("object") => &["items", "enum"],
        Some("array") => &["properties", "additionalProperties", "required", "enum"],
        Some(_) => &["properties", "additionalProperties", "required", "items"],
        None => &[],
    };
    schema.retain(|key, _| !of_others.contains(&key.as_str()));
}
