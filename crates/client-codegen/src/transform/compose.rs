//! `allOf` of several objects is one object: progenitor is given the sum.

use serde_json::{Map, Value};

use super::draft::Draft;
use super::schemas::parts;
use openapi_document::composition::{Sums, is_sum};

/// Writes out every composition but the idiom `allOf: [$ref]`, which only adds a description, a
/// mark or `nullable` to a reference.
pub fn compose(document: &Value, draft: &mut Draft) {
    let sums = &mut Sums::new(document);
    for schema in draft.schemas.values_mut() {
        if let Value::Object(object) = schema {
            if object.contains_key("allOf") && describes_object(sums, object) {
                write_out(sums, object);
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
        if is_sum(object) {
            write_out(sums, object);
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

fn describes_object(sums: &mut Sums<'_>, object: &Map<String, Value>) -> bool {
    sums.of(object)
        .is_ok_and(|merged| merged.contains_key("properties"))
}
