//! The JSON document that a contract is, and what its `$ref`s lead to.

use std::sync::OnceLock;

use serde_json::{Map, Value};

use crate::schema::Direction;
use crate::schema::json_schema;

/// A contract's JSON.
#[derive(Debug)]
pub(crate) struct Document {
    pub(crate) value: Value,
    /// `components: schemas` as JSON Schema, for each direction.
    definitions: [OnceLock<Value>; 2],
}

/// Longer chains of `$ref` lead in a circle.
const LONGEST_CHAIN: usize = 32;

impl Document {
    pub(crate) fn new(value: Value) -> Document {
        Document {
            value,
            definitions: Default::default(),
        }
    }

    /// What `value` is, or refers to.
    pub(crate) fn resolve<'v>(&'v self, value: &'v Value) -> Option<&'v Value> {
        let mut value = value;
        for _ in 0..LONGEST_CHAIN {
            match reference(value) {
                Some(reference) => value = self.value.pointer(reference.strip_prefix('#')?)?,
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

    /// The schemas of `components` as JSON Schema, where `$ref`s expect them.
    pub(crate) fn definitions(&self, direction: Direction) -> &Value {
        self.definitions[direction as usize].get_or_init(|| {
            let schemas = self.value.pointer("/components/schemas");
            let schemas = schemas.and_then(Value::as_object).into_iter().flatten();
            let schemas: Map<_, _> = schemas
                .map(|(name, schema)| (name.clone(), json_schema::convert(schema, direction)))
                .collect();
            serde_json::json!({ "schemas": schemas })
        })
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
