//! Envelopes: what stands around a value is no type.

use std::collections::HashSet;

use serde_json::Value;

use super::draft::Draft;
use openapi_document::Pointer;
use openapi_document::composition::visit;

/// An envelope makes no type: its component goes, unless something else refers to it.
pub fn forget(draft: &mut Draft) {
    let operations = &draft.operations;
    let envelopes: HashSet<String> = operations
        .iter()
        .flat_map(|operation| operation.answer.envelopes().to_vec())
        .collect();
    let mut kept: HashSet<String> = HashSet::new();
    let mut keep = |schema: &Value| {
        visit(schema, &mut |part| {
            let target = part.get("$ref").and_then(Value::as_str);
            kept.extend(
                target
                    .and_then(Pointer::from_reference)
                    .map(|target| target.last().into()),
            );
        });
    };
    for (name, schema) in &draft.schemas {
        if !envelopes.contains(name) {
            keep(schema);
        }
    }
    for operation in operations {
        let body = operation.body.iter().map(|(body, _)| body);
        for schema in body.chain(operation.answer.bodies()) {
            keep(&schema.schema);
        }
    }
    let is_type = |name: &String| !envelopes.contains(name) || kept.contains(name);
    draft.schemas.retain(|name, _| is_type(name));
    draft.names.retain(|named| is_type(&named.name));
}
