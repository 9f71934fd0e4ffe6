//! The JSON document that a contract is, and what its `$ref`s lead to.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use crate::bounds::{MAX_REFS, size};
use crate::schema::{COMPONENT, Derived, Direction, json_schema};

/// A contract's JSON.
pub(crate) struct Document {
    pub(crate) value: Value,
    /// `components: schemas` as JSON Schema, for each direction.
    definitions: [OnceLock<Map<String, Value>>; 2],
    /// What is worked out of schemas that are but a `$ref`, so that it is done once for all places
    /// that have the same.
    derived: Mutex<HashMap<(Direction, String), Arc<Derived>>>,
}

impl Document {
    pub(crate) fn new(value: Value) -> Document {
        Document {
            value,
            definitions: Default::default(),
            derived: Mutex::default(),
        }
    }

    /// What a `$ref` leads to, which may be another.
    pub(crate) fn target(&self, reference: &str) -> Option<&Value> {
        let fragment = percent_decode_str(reference.strip_prefix('#')?);
        self.value.pointer(&fragment.decode_utf8().ok()?)
    }

    /// What `value` is, or refers to.
    pub(crate) fn resolve<'v>(&'v self, value: &'v Value) -> Option<&'v Value> {
        let mut value = value;
        // Longer chains lead in a circle.
        for _ in 0..=MAX_REFS {
            match reference(value) {
                Some(reference) => value = self.target(reference)?,
                None => return Some(value),
            }
        }
        None
    }

    /// The members of the object at `key` of `value`, in the contract's order, resolved.
    pub(crate) fn members<'v>(
        &'v self,
        value: &'v Value,
        key: &str,
    ) -> impl Iterator<Item = (&'v str, &'v Value)> {
        let members = value.get(key).and_then(Value::as_object);
        let members = members.into_iter().flatten();
        members.filter_map(|(name, member)| Some((name.as_str(), self.resolve(member)?)))
    }

    /// The schemas of `components` that a JSON Schema leads to, as JSON Schema, where its `$ref`s
    /// expect them.
    pub(crate) fn definitions(&self, schema: &Value, direction: Direction) -> Value {
        let all = self.definitions[direction as usize].get_or_init(|| {
            let schemas = self.value.pointer("/components/schemas");
            let schemas = schemas.and_then(Value::as_object).into_iter().flatten();
            let schemas = schemas
                .map(|(name, schema)| (name.clone(), json_schema::convert(schema, direction)));
            schemas.collect()
        });
        let found = reachable(schema, all).into_iter();
        let found: Map<_, _> = found
            .map(|(name, schema)| (name.clone(), schema.clone()))
            .collect();
        serde_json::json!({ "schemas": found })
    }

    /// How many values a schema and the components that it leads to are made of.
    pub(crate) fn reach(&self, schema: &Value) -> usize {
        let all = self
            .value
            .pointer("/components/schemas")
            .and_then(Value::as_object);
        let found = all.map_or_else(Vec::new, |all| reachable(schema, all));
        size(schema)
            + found
                .into_iter()
                .map(|(_, schema)| size(schema))
                .sum::<usize>()
    }

    /// What is worked out of a schema, shared by all that are the same `$ref`.
    pub(crate) fn derived(&self, schema: &Value, direction: Direction) -> Arc<Derived> {
        let Some(reference) = reference(schema) else {
            return Arc::default();
        };
        let key = (direction, reference.to_owned());
        let mut derived = self.derived.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(derived.entry(key).or_default())
    }
}

/// Those of `all` that a schema leads to, by name.
fn reachable<'a>(schema: &'a Value, all: &'a Map<String, Value>) -> Vec<(&'a String, &'a Value)> {
    let mut found = Vec::new();
    let mut seen = HashSet::new();
    let mut open = Vec::new();
    component_names(schema, &mut open);
    while let Some(name) = open.pop() {
        if let Some((name, schema)) = all.get_key_value(&name)
            && seen.insert(name)
        {
            component_names(schema, &mut open);
            found.push((name, schema));
        }
    }
    found
}

/// The names of the components that `$ref`s in a schema lead to or into.
fn component_names(schema: &Value, names: &mut Vec<String>) {
    match schema {
        Value::Object(members) => {
            if let Some(path) = reference(schema).and_then(|path| path.strip_prefix(COMPONENT)) {
                let name = path.split('/').next().unwrap_or_default();
                let name = percent_decode_str(name).decode_utf8_lossy();
                names.push(name.replace("~1", "/").replace("~0", "~"));
            }
            members
                .values()
                .for_each(|member| component_names(member, names));
        }
        Value::Array(items) => items.iter().for_each(|item| component_names(item, names)),
        _ => {}
    }
}

/// The `$ref` of a value that has one.
pub(crate) fn reference(value: &Value) -> Option<&str> {
    value.get("$ref").and_then(Value::as_str)
}

/// A member that is text.
pub(crate) fn text(value: &Value, key: &str) -> Option<String> {
    value.get(key).and_then(Value::as_str).map(str::to_owned)
}

/// A member that is `true`.
pub(crate) fn flag(value: &Value, key: &str) -> bool {
    value.get(key).and_then(Value::as_bool) == Some(true)
}
