//! Choices whose alternatives a property tells apart: which of its values means which.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::draft::Draft;
use crate::naming;
use openapi_document::Pointer;
use openapi_document::composition::ALTERNATIVE;

/// A choice whose alternatives a property tells apart.
#[derive(Debug)]
pub struct Choice {
    /// The enum's name.
    pub rust_type: String,
    /// The property's name.
    pub property: String,
    /// The property's values, each with the number of the alternative that it means.
    pub tags: Vec<(String, usize)>,
}

/// So many schemas are followed to find the values of a property.
const MAX_LEVELS: usize = 8;

/// Takes the discriminators off the components. One that does not tell all alternatives apart is
/// not read.
pub fn take(draft: &mut Draft) -> Vec<Choice> {
    let components = draft.names.iter().filter(|named| named.is_component());
    let names: HashMap<&str, &str> = components
        .map(|named| (named.name.as_str(), named.pointer.last()))
        .collect();
    let choices = draft.schemas.iter().filter_map(|(name, schema)| {
        let (property, tags) = tags(&draft.schemas, &names, schema)?;
        let rust_type = naming::pascal(name);
        Some(Choice {
            rust_type,
            property,
            tags,
        })
    });
    let choices = choices.collect();
    for schema in draft.schemas.values_mut() {
        super::schemas::visit_mut(schema, &mut forget);
    }
    for used in draft.uses_mut() {
        super::schemas::visit_mut(&mut used.schema, &mut forget);
    }
    choices
}

fn forget(schema: &mut Map<String, Value>) {
    schema.remove("discriminator");
    schema.remove(ALTERNATIVE);
}

/// The property and its values. `names` are the contract's names of components by the draft's.
fn tags(
    schemas: &Map<String, Value>,
    names: &HashMap<&str, &str>,
    schema: &Value,
) -> Option<(String, Vec<(String, usize)>)> {
    let property = schema["discriminator"]["propertyName"].as_str()?;
    let alternatives = schema["oneOf"].as_array().filter(|all| all.len() > 1)?;
    let mapping = schema["discriminator"]["mapping"].as_object();
    let mapping = || {
        let mapping = mapping.into_iter().flatten();
        mapping.filter_map(|(value, target)| Some((value, component(target.as_str()?))))
    };
    let mut seen = HashSet::new();
    let mut tags = Vec::new();
    for (index, alternative) in alternatives.iter().enumerate() {
        let name = contract_name(schemas, names, alternative);
        let mapped = mapping().filter(|(_, target)| Some(target) == name.as_ref());
        let mut values: Vec<String> = mapped.map(|(value, _)| value.clone()).collect();
        if values.is_empty() {
            values = values_of(schemas, alternative, property, MAX_LEVELS);
        }
        if values.is_empty() {
            values.extend(name);
        }
        if values.is_empty() {
            return None;
        }
        values.retain(|value| seen.insert(value.clone()));
        tags.extend(values.into_iter().map(|value| (value, index)));
    }
    Some((property.to_string(), tags))
}

/// The component that a value of a mapping means: a name, or a reference.
fn component(target: &str) -> String {
    let pointer = Pointer::from_reference(target);
    pointer.map_or(target.to_string(), |at| at.last().to_string())
}

/// The component of the contract that an alternative is, or was before others were merged with it.
fn contract_name(
    schemas: &Map<String, Value>,
    names: &HashMap<&str, &str>,
    alternative: &Value,
) -> Option<String> {
    let was = |schema: &Value| schema[ALTERNATIVE].as_str().map(component);
    let name = referred(alternative)?;
    let was = was(alternative).or_else(|| was(schemas.get(&name)?));
    was.or_else(|| names.get(name.as_str()).map(ToString::to_string))
}

/// The component that a schema refers to, whatever annotates the reference.
fn referred(schema: &Value) -> Option<String> {
    let reference = schema["$ref"].as_str();
    let reference = reference.or_else(|| schema["allOf"][0]["$ref"].as_str());
    reference.map(component)
}

/// The values that a property of an alternative can have, if it lists them.
fn values_of(
    schemas: &Map<String, Value>,
    schema: &Value,
    property: &str,
    levels: usize,
) -> Vec<String> {
    let followed = |schema| follow(schemas, schema);
    let (Some(schema), false) = (followed(schema), levels == 0) else {
        return Vec::new();
    };
    if let Some(alternatives) = schema["oneOf"].as_array() {
        let values = alternatives.iter();
        return values
            .flat_map(|alternative| values_of(schemas, alternative, property, levels - 1))
            .collect();
    }
    let values = followed(&schema["properties"][property]).map(|described| &described["enum"]);
    let values = values.and_then(Value::as_array).into_iter().flatten();
    values.filter_map(Value::as_str).map(String::from).collect()
}

fn follow<'s>(schemas: &'s Map<String, Value>, schema: &'s Value) -> Option<&'s Value> {
    let mut schema = schema;
    for _ in 0..MAX_LEVELS {
        let Some(name) = referred(schema) else {
            return Some(schema);
        };
        schema = schemas.get(&name)?;
    }
    None
}
