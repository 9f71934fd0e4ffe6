//! The properties of the objects, each with the names that progenitor gives it in Rust.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::distinct::{is_snake, spellings};
use super::draft::Draft;
use super::nullable::TWICE_OPTIONAL;
use super::plan::{Field, Property, Respelled};
use crate::naming;
use openapi_document::extensions::SENSITIVE;

/// Takes our own notes off every property and returns them by the name of its field. Every object
/// with properties is a component here, so its struct is named after the component.
pub fn take(draft: &mut Draft) -> Vec<Property> {
    let mut taken = Vec::new();
    for (schema_name, schema) in &mut draft.schemas {
        let required = ranks(schema);
        let more = schema.get("additionalProperties");
        let open = more.is_some_and(|more| more != &Value::Bool(false));
        let Some(Value::Object(properties)) = schema.get_mut("properties") else {
            continue;
        };
        let names: Vec<String> = properties.keys().cloned().collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let spellings = of_fields(&names, open);
        for (name, property) in properties {
            let spelling = spellings.get(name.as_str()).cloned();
            let Some(property) = property.as_object_mut() else {
                continue;
            };
            taken.push(Property {
                schema: schema_name.clone(),
                rust_type: naming::pascal(schema_name),
                rust_name: naming::field(spelling.as_ref().unwrap_or(name)),
                spelling,
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

/// The spellings of the properties of one object; an open one has a field for all others.
pub fn of_fields<'n>(names: &[&'n str], open: bool) -> HashMap<&'n str, String> {
    let taken: &[&str] = if open { &["extra"] } else { &[] };
    spellings(names, naming::field, is_snake, taken)
}

/// Gives progenitor the spellings of properties and values that have one for Rust.
pub fn respell(draft: &mut Draft, properties: &[Property]) -> Vec<Respelled> {
    let mut respelled = Vec::new();
    for property in properties {
        let Some(spelling) = &property.spelling else {
            continue;
        };
        let wire = &property.field.name;
        if let Some(Value::Object(schema)) = draft.schemas.get_mut(&property.schema) {
            if let Some(Value::Object(properties)) = schema.get_mut("properties")
                && let Some(described) = properties.remove(wire)
            {
                properties.insert(spelling.clone(), described);
            }
            if let Some(Value::Array(required)) = schema.get_mut("required") {
                for name in required.iter_mut().filter(|name| *name == wire) {
                    *name = spelling.as_str().into();
                }
            }
        }
        respelled.push(Respelled {
            rust_type: property.rust_type.clone(),
            wire: wire.clone(),
            spelling: spelling.clone(),
        });
    }
    for (name, schema) in &mut draft.schemas {
        let Some(Value::Array(values)) = schema.get_mut("enum") else {
            continue;
        };
        let texts: Vec<String> = values
            .iter()
            .filter_map(Value::as_str)
            .map(String::from)
            .collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let spellings = spellings(&texts, naming::pascal, is_snake, &[]);
        for value in values {
            let Some((wire, spelling)) = value
                .as_str()
                .and_then(|text| spellings.get_key_value(text))
            else {
                continue;
            };
            *value = spelling.as_str().into();
            respelled.push(Respelled {
                rust_type: naming::pascal(name),
                wire: wire.to_string(),
                spelling: spelling.clone(),
            });
        }
    }
    respelled
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
