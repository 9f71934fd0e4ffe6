//! `allOf` of several objects is one object: progenitor is given the sum.

use serde_json::{Map, Value};

use super::draft::Draft;
use super::schemas::parts;
use openapi_document::composition::{is_sum, merge};

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

fn write_out(document: &Value, object: &mut Map<String, Value>) {
    if let Ok(merged) = merge(document, object) {
        *object = merged;
    }
}

fn describes_object(document: &Value, object: &Map<String, Value>) -> bool {
    merge(document, object).is_ok_and(|merged| merged.contains_key("properties"))
}
