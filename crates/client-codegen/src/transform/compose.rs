//! `allOf` of several objects is one object: progenitor is given the sum.

use serde_json::{Map, Value, json};

use super::draft::Draft;
use super::schemas::parts;
use openapi_document::composition::{Sums, annotated_reference, is_sum};

/// Writes out every composition but the idiom `allOf: [$ref]`, which only adds a description, a
/// mark or `nullable` to a reference.
pub fn compose(document: &Value, draft: &mut Draft) {
    let sums = &mut Sums::new(document);
    for schema in draft.schemas.values_mut() {
        if let Value::Object(object) = schema {
            match describes_object(sums, object) || is_sum(object) {
                true => write_out(sums, object),
                false => keep_reference(object),
            }
            compose_parts(sums, object);
        }
    }
    for used in draft.uses_mut() {
        compose_schema(sums, &mut used.schema);
    }
}

fn compose_schema(sums: &mut Sums<'_>, schema: &mut Value) {
    if let Value::Object(object) = schema {
        match is_sum(object) {
            true => write_out(sums, object),
            false => keep_reference(object),
        }
        compose_parts(sums, object);
    }
}

fn compose_parts(sums: &mut Sums<'_>, object: &mut Map<String, Value>) {
    for part in parts(object) {
        compose_schema(sums, part.schema);
    }
}

fn write_out(sums: &mut Sums<'_>, object: &mut Map<String, Value>) {
    if let Ok(merged) = sums.of(object) {
        *object = merged;
    }
}

/// Leaves of the parts the reference: what stands beside it annotates it.
fn keep_reference(object: &mut Map<String, Value>) {
    let Some(reference) = annotated_reference(object).cloned() else {
        return;
    };
    if let Some(Value::Array(parts)) = object.insert("allOf".into(), json!([reference])) {
        for part in parts.into_iter().filter(|part| part.get("$ref").is_none()) {
            let Value::Object(part) = part else { continue };
            // `nullable` without a type beside it means nothing, which lint says.
            for (key, value) in part.into_iter().filter(|(key, _)| key != "nullable") {
                object.entry(key).or_insert(value);
            }
        }
    }
}

fn describes_object(sums: &mut Sums<'_>, object: &Map<String, Value>) -> bool {
    object.contains_key("allOf")
        && sums
            .of(object)
            .is_ok_and(|merged| merged.contains_key("properties"))
}
