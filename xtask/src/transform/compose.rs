//! `allOf` of several objects is one object: progenitor is given the sum.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::draft::Draft;
use super::schemas::{is_choice, only_require, parts, visit};
use crate::load::Pointer;
use crate::spec::{self, Located};

/// Writes out every composition but the idiom `allOf: [$ref]`, which only adds a description, a
/// mark or `nullable` to a reference.
pub fn compose(document: &Value, draft: &mut Draft) {
    for schema in draft.schemas.values_mut() {
        if let Value::Object(object) = schema {
            if object.contains_key("allOf") && describes_object(document, object) {
                write_out(document, object);
            }
            compose_parts(document, object);
        }
    }
    for used in draft.uses_mut() {
        compose_schema(document, &mut used.schema);
    }
}

fn compose_schema(document: &Value, schema: &mut Value) {
    if let Value::Object(object) = schema {
        if is_sum(object) {
            write_out(document, object);
        }
        compose_parts(document, object);
    }
}

fn compose_parts(document: &Value, object: &mut Map<String, Value>) {
    for part in parts(object) {
        compose_schema(document, part.schema);
    }
}

/// Whether this is a sum, which is written out.
pub fn is_sum(object: &Map<String, Value>) -> bool {
    object.contains_key("allOf") && !is_annotated_reference(object)
}

fn write_out(document: &Value, object: &mut Map<String, Value>) {
    if let Ok(merged) = merge(document, object) {
        *object = merged;
    }
}

/// Whether this is `allOf` with one reference and nothing of its own.
pub fn is_annotated_reference(object: &Map<String, Value>) -> bool {
    let parts = object.get("allOf").and_then(Value::as_array);
    let one_reference =
        parts.is_some_and(|parts| parts.len() == 1 && parts[0].get("$ref").is_some());
    let adds = ["properties", "required", "additionalProperties"];
    one_reference && !adds.iter().any(|key| object.contains_key(*key))
}

fn describes_object(document: &Value, object: &Map<String, Value>) -> bool {
    merge(document, object).is_ok_and(|merged| merged.contains_key("properties"))
}

/// The one object that a schema with `allOf` describes; as it is, if it has none. An error says
/// why it describes none.
pub fn merge(document: &Value, schema: &Map<String, Value>) -> Merged {
    merge_with(document, schema, &mut HashMap::new())
}

type Merged = Result<Map<String, Value>, String>;

/// `known` holds the components that are merged already: one can be a part in many ways.
fn merge_with(
    document: &Value,
    schema: &Map<String, Value>,
    known: &mut HashMap<Pointer, Merged>,
) -> Merged {
    let mut own = schema.clone();
    let Some(Value::Array(all)) = own.remove("allOf") else {
        return Ok(own);
    };
    let mut sum = Map::new();
    let mut required = Vec::new();
    let mut properties = Map::new();
    for part in all.iter().filter_map(Value::as_object).chain([&own]) {
        let mut part = merge_part(document, part, known)?;
        part.retain(|key, value| !(is_choice(key) && only_require(value)));
        if part.contains_key("oneOf") || part.contains_key("anyOf") {
            return Err("`oneOf` and `anyOf` can't be part of an `allOf`".into());
        }
        if part.get("type").is_some_and(|kind| kind != "object") {
            return Err("only objects can be composed with `allOf`".into());
        }
        if let Some(Value::Object(more)) = part.remove("properties") {
            for (name, property) in more {
                match properties.get(&name) {
                    Some(other) if meaning(other) != meaning(&property) => {
                        return Err(format!("the parts don't agree on what `{name}` is"));
                    }
                    Some(_) => {}
                    None => {
                        properties.insert(name, property);
                    }
                }
            }
        }
        if let Some(Value::Array(names)) = part.remove("required") {
            required.extend(
                names
                    .into_iter()
                    .filter(|name| !required.contains(name))
                    .collect::<Vec<_>>(),
            );
        }
        sum.extend(part);
    }
    // What the schema says of itself stands above what its parts say of themselves.
    for key in ["description", "nullable"] {
        sum.remove(key);
        sum.extend(own.get(key).map(|value| (key.to_string(), value.clone())));
    }
    sum.insert("type".into(), "object".into());
    if !required.is_empty() {
        sum.insert("required".into(), required.into());
    }
    if !properties.is_empty() {
        sum.insert("properties".into(), properties.into());
    }
    Ok(sum)
}

fn merge_part(
    document: &Value,
    part: &Map<String, Value>,
    known: &mut HashMap<Pointer, Merged>,
) -> Merged {
    let at = Located {
        pointer: Pointer::ROOT,
        object: part,
    };
    let target = spec::resolve(document, at).ok_or("a part is missing")?;
    if target.pointer == Pointer::ROOT {
        return merge_with(document, part, known);
    }
    if let Some(merged) = known.get(&target.pointer) {
        return merged.clone();
    }
    let merged = merge_with(document, target.object, known);
    known.insert(target.pointer, merged.clone());
    merged
}

/// A schema without the words that only describe it.
fn meaning(schema: &Value) -> Value {
    let mut schema = schema.clone();
    if let Value::Object(object) = &mut schema {
        object.retain(|key, _| !matches!(key.as_str(), "description" | "example" | "title"));
    }
    schema
}

/// The names of the components that a schema refers to.
pub fn references(schema: &Value) -> Vec<String> {
    let mut found = Vec::new();
    visit(schema, &mut |part| {
        let target = part.get("$ref").and_then(Value::as_str);
        found.extend(
            target
                .and_then(Pointer::from_reference)
                .map(|target| target.last().to_string()),
        );
    });
    found
}
