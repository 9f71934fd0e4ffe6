//! Absent and null: everything that need not be there is an `Option`.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::draft::Draft;
use super::objects::request_only;
use super::schemas::visit_mut;

/// `nullable` on a component would make an `Option` inside a newtype; it is said where the
/// component is used instead.
pub fn move_to_references(draft: &mut Draft) {
    let mut nullable: HashSet<String> = HashSet::new();
    for (name, schema) in &mut draft.schemas {
        let Some(object) = schema.as_object_mut() else {
            continue;
        };
        if object.remove("nullable") == Some(Value::Bool(true)) {
            nullable.insert(format!("#/components/schemas/{name}"));
        }
    }
    let mut say = |schema: &mut Map<String, Value>| {
        let target = schema.get("$ref").and_then(Value::as_str);
        if target.is_some_and(|target| nullable.contains(target)) {
            let reference = std::mem::take(schema);
            schema.insert("nullable".into(), true.into());
            schema.insert("allOf".into(), json!([reference]));
        } else if let Some(Value::Array(parts)) = schema.get_mut("allOf") {
            // The visit has changed the reference inside already: unfold it.
            let inner = parts.first_mut().and_then(|part| part.as_object_mut());
            if let Some(Value::Array(reference)) = inner.and_then(|inner| inner.remove("allOf")) {
                schema.insert("nullable".into(), true.into());
                schema.insert("allOf".into(), reference.into());
            }
        }
    };
    for schema in draft.schemas.values_mut() {
        visit_mut(schema, &mut say);
    }
    for used in draft.uses_mut() {
        visit_mut(&mut used.schema, &mut say);
    }
}

/// There is no null in a URL or a header: an argument that need not be given is left out.
pub fn drop_from_parameters(draft: &mut Draft) {
    let operations = draft.operations.iter_mut();
    for (_, used) in operations.flat_map(|operation| &mut operation.parameters) {
        visit_mut(&mut used.schema, &mut |part| {
            part.remove("nullable");
        });
    }
}

/// An optional property of what the service answers may also be null: typify makes an `Option` of
/// it then, where it would otherwise invent an empty list or map.
pub fn make_optional_properties_nullable(draft: &mut Draft) {
    let requests = request_only(draft);
    for (name, schema) in &mut draft.schemas {
        let is_request = requests.contains(name);
        let Some(object) = schema.as_object_mut() else {
            continue;
        };
        for (_, property) in optional_properties(object) {
            let Some(property) = property.as_object_mut() else {
                continue;
            };
            if property.get("nullable") == Some(&Value::Bool(true)) && is_request {
                // Absent and null are two things to say in a request.
                property.insert(TWICE_OPTIONAL.into(), true.into());
            }
            if property.contains_key("type") {
                property.insert("nullable".into(), true.into());
            }
        }
    }
}

/// The note on a property that can be absent, null or a value. Taken off before progenitor sees it.
pub const TWICE_OPTIONAL: &str = "x-twice-optional";

fn optional_properties(
    schema: &mut Map<String, Value>,
) -> impl Iterator<Item = (String, &mut Value)> {
    let required: Vec<Value> = match schema.get("required") {
        Some(Value::Array(names)) => names.clone(),
        _ => Vec::new(),
    };
    let properties = schema.get_mut("properties").and_then(Value::as_object_mut);
    let properties = properties.into_iter().flatten();
    properties
        .filter(move |(name, _)| !required.iter().any(|required| required == name.as_str()))
        .map(|(name, property)| (name.clone(), property))
}
