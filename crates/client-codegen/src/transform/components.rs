//! Components whose names would be one in Rust, or are taken there, get a name each.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::distinct::spellings;
use super::draft::Draft;
use super::schemas::visit_mut;
use crate::naming;

/// What generated code calls by these names must not be a type of the contract.
const TAKEN: [&str; 6] = ["Deserialize", "Err", "None", "Ok", "Some", "String"];

/// Spells such names differently, wherever the draft names the components.
pub fn respell(draft: &mut Draft) {
    let names: Vec<String> = draft.schemas.keys().cloned().collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let is_plain = |name: &str| naming::pascal(name) == name;
    let spellings = spellings(&names, naming::pascal, is_plain, &TAKEN);
    if spellings.is_empty() {
        return;
    }
    let schemas = std::mem::take(&mut draft.schemas).into_iter();
    draft.schemas = schemas
        .map(|(name, schema)| (spelled(&spellings, &name).unwrap_or(name), schema))
        .collect();
    for named in &mut draft.names {
        named.name = spelled(&spellings, &named.name).unwrap_or(std::mem::take(&mut named.name));
    }
    let mut refer = |schema: &mut Map<String, Value>| {
        let target = schema.get("$ref").and_then(Value::as_str);
        let name = target.and_then(|target| target.strip_prefix("#/components/schemas/"));
        if let Some(spelling) = name.and_then(|name| spelled(&spellings, name)) {
            schema.insert(
                "$ref".into(),
                format!("#/components/schemas/{spelling}").into(),
            );
        }
    };
    for schema in draft.schemas.values_mut() {
        visit_mut(schema, &mut refer);
    }
    for used in draft.uses_mut() {
        visit_mut(&mut used.schema, &mut refer);
    }
}

fn spelled(spellings: &HashMap<&str, String>, name: &str) -> Option<String> {
    spellings.get(name).cloned()
}
