//! A document by whose schemas values are checked.

use std::collections::HashSet;
use std::sync::OnceLock;

use serde_json::{Map, Value, json};

use super::bounds::size;
use super::direction::Direction;
use super::{bounded, json_schema};
use crate::composition::visit;
use crate::pointer::target;

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

    /// How many values a schema and what it leads to are made of: so much work it is to compile it.
    pub fn reach(&self, schema: &Value) -> usize {
        let reached = self.reachable([schema]).into_iter();
        size(schema) + reached.map(|(_, schema)| size(schema)).sum::<usize>()
    }

    /// What schemas lead to, as JSON Schema, where [`json_schema::convert`] expects it.
    pub(super) fn definitions<'s>(
        &'s self,
        schemas: impl IntoIterator<Item = &'s Value>,
        direction: Direction,
    ) -> Map<String, Value> {
        let components = self.converted[direction as usize].get_or_init(|| {
            let convert = |schema| json_schema::convert(schema, direction);
            let all = self.document.pointer("/components/schemas");
            let all = all.and_then(Value::as_object).into_iter().flatten();
            all.map(|(name, schema)| (name.clone(), convert(schema)))
                .collect()
        });
        let (mut named, mut others) = (Map::new(), Map::new());
        for (reference, schema) in self.reachable(schemas) {
            match json_schema::component(reference) {
                Some(name) => {
                    let schema = components.get(&name).cloned();
                    named.extend(schema.map(|schema| (name, schema)));
                }
                None => {
                    let schema = json_schema::convert(schema, direction);
                    others.insert(json_schema::key(reference), schema);
                }
            }
        }
        let mut definitions = Map::new();
        definitions.insert("components".into(), json!({ "schemas": named }));
        definitions.insert(json_schema::OTHERS.into(), others.into());
        definitions
    }

    /// The references of schemas, and those of what they lead to, with what that is.
    fn reachable<'s>(
        &'s self,
        schemas: impl IntoIterator<Item = &'s Value>,
    ) -> Vec<(&'s str, &'s Value)> {
        let mut found = Vec::new();
        let mut seen = HashSet::new();
        let mut open: Vec<&str> = schemas.into_iter().flat_map(references).collect();
        while let Some(reference) = open.pop() {
            if seen.insert(reference)
                && let Some(schema) = target(&self.document, reference)
            {
                open.extend(references(schema));
                found.push((reference, schema));
            }
        }
        found
    }
}

/// The references that a schema and its parts are.
fn references(schema: &Value) -> Vec<&str> {
    let mut found = Vec::new();
    visit(schema, &mut |part| {
        found.extend(part.get("$ref").and_then(Value::as_str));
    });
    found
}
