//! The properties of the objects, each with the names that progenitor gives it in Rust.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::draft::Draft;
use super::nullable::TWICE_OPTIONAL;
use super::plan::{Field, Property};
use crate::naming;
use openapi_document::extensions::SENSITIVE;

/// Takes our own notes off every property and returns them by the name of its field. Every object
/// with properties is a component here, so its struct is named after the component.
pub fn take(draft: &mut Draft) -> Vec<Property> {
    let mut taken = Vec::new();
    for (schema_name, schema) in &mut draft.schemas {
        let required = ranks(schema);
        let Some(Value::Object(properties)) = schema.get_mut("properties") else {
            continue;
        };
        for (name, property) in properties {
            let Some(property) = property.as_object_mut() else {
                continue;
            };
            taken.push(Property {
                schema: schema_name.clone(),
                rust_type: naming::pascal(schema_name),
                rust_name: naming::field(name),
                field: Field {
                    name: name.clone(),
                    sensitive: flag(property, SENSITIVE),
                    twice_optional: flag(property, TWICE_OPTIONAL),
                    required: required.get(name.as_str()).copied(),
                },
            });
        }
    }
    taken
}

/// The place of each required property in the contract's `required:`. A name without a property is
/// left out there: typify would make a field of it, of any type.
fn ranks(schema: &mut Value) -> HashMap<String, usize> {
    let described: HashSet<String> = match schema.get("properties") {
        Some(Value::Object(properties)) => properties.keys().cloned().collect(),
        _ => HashSet::new(),
    };
    let Some(Value::Array(names)) = schema.get_mut("required") else {
        return HashMap::new();
    };
    names.retain(|name| name.as_str().is_some_and(|name| described.contains(name)));
    let names = names.iter().filter_map(Value::as_str).enumerate();
    names.map(|(n, name)| (name.to_string(), n)).collect()
}

fn flag(property: &mut Map<String, Value>, key: &str) -> bool {
    property.remove(key) == Some(Value::Bool(true))
}
