//! A document by whose schemas values are checked.

use std::collections::HashSet;
use std::sync::OnceLock;

use serde_json::{Map, Value, json};

use super::bounds::size;
use super::direction::Direction;
use super::{bounded, json_schema};
use crate::composition::references;

/// A document by whose schemas values are checked.
#[derive(Debug)]
pub struct Schemas {
    document: Value,
    /// The schemas of `components` as JSON Schema, for each direction.
    converted: [OnceLock<Map<String, Value>>; 2],
}

impl Schemas {
    /// Takes a document that is within its [`bounds`](super::bounds).
    ///
    /// # Errors
    ///
    /// Which bound it exceeds, and where, as a JSON pointer.
    pub fn new(document: Value) -> Result<Schemas, String> {
        bounded::check(&document)?;
        Ok(Schemas {
            document,
            converted: Default::default(),
        })
    }

    /// The whole document.
    pub fn document(&self) -> &Value {
        &self.document
    }

    /// How many values a schema and the components that it leads to are made of: so much work it is
    /// to compile it.
    pub fn reach(&self, schema: &Value) -> usize {
        let reached = reachable([schema], self.components()).into_iter();
        size(schema) + reached.map(|(_, schema)| size(schema)).sum::<usize>()
    }

    /// The components that schemas lead to, as JSON Schema, where `$ref`s expect them.
    pub(super) fn definitions<'s>(
        &'s self,
        schemas: impl IntoIterator<Item = &'s Value>,
        direction: Direction,
    ) -> Value {
        let all = self.converted[direction as usize].get_or_init(|| {
            let convert = |schema| json_schema::convert(schema, direction);
            let components = self.components().into_iter().flatten();
            let converted = components.map(|(name, schema)| (name.clone(), convert(schema)));
            converted.collect()
        });
        let reached = reachable(schemas, self.components()).into_iter();
        let reached: Map<_, _> = reached
            .filter_map(|(name, _)| Some((name.clone(), all.get(name)?.clone())))
            .collect();
        json!({ "schemas": reached })
    }

    fn components(&self) -> Option<&Map<String, Value>> {
        self.document.pointer("/components/schemas")?.as_object()
    }
}

/// Those of `components` that schemas lead to, by name.
fn reachable<'s>(
    schemas: impl IntoIterator<Item = &'s Value>,
    components: Option<&'s Map<String, Value>>,
) -> Vec<(&'s String, &'s Value)> {
    let mut found = Vec::new();
    let mut seen = HashSet::new();
    let mut open: Vec<String> = schemas.into_iter().flat_map(references).collect();
    while let Some(name) = open.pop() {
        if let Some((name, schema)) = components.and_then(|all| all.get_key_value(&name))
            && seen.insert(name)
        {
            open.extend(references(schema));
            found.push((name, schema));
        }
    }
    found
}
