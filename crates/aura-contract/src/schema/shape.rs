//! What the contract says of one place in a value.

use openapi_document::composition::listed;
use openapi_document::{Located, Pointer};
use serde_json::{Map, Value};

use super::Schema;

/// All schemas that say something of one place: alternatives too, since a name that one of them
/// has is a name of the contract.
pub(super) struct Shape<'s> {
    document: &'s Value,
    schemas: Vec<&'s Map<String, Value>>,
}

/// What the contract says of a member of an object.
pub(super) struct Member<'s> {
    /// Its name, if the contract has it.
    pub(super) name: Option<&'s str>,
    pub(super) shape: Shape<'s>,
}

/// Without any of these a schema takes every value, or every value of one kind as it is.
const TYPED: [&str; 5] = [
    "type",
    "properties",
    "additionalProperties",
    "items",
    "enum",
];

impl Schema {
    pub(super) fn shape(&self) -> Shape<'_> {
        Shape::new(self.document.value(), [&self.value])
    }
}

impl<'s> Shape<'s> {
    fn new(document: &'s Value, schemas: impl IntoIterator<Item = &'s Value>) -> Self {
        let schemas = schemas.into_iter().filter_map(Value::as_object);
        let schemas = schemas.map(|object| Located {
            pointer: Pointer::ROOT,
            object,
        });
        let schemas = listed(document, schemas.collect(), &["allOf", "oneOf", "anyOf"]);
        Shape {
            document,
            schemas: schemas.into_iter().map(|schema| schema.object).collect(),
        }
    }

    /// How many schemas say something of the value.
    pub(super) fn len(&self) -> usize {
        self.schemas.len()
    }

    /// Whether the contract says nothing of the value.
    pub(super) fn is_any(&self) -> bool {
        let is_typed =
            |schema: &&Map<_, _>| TYPED.iter().any(|keyword| schema.contains_key(*keyword));
        !self.schemas.iter().any(is_typed)
    }

    /// What is said of the member of this name.
    pub(super) fn member(&self, name: &str) -> Member<'s> {
        let mut known = None;
        let schemas = self.schemas.iter().filter_map(|schema| {
            let properties = schema.get("properties").and_then(Value::as_object);
            match properties.and_then(|properties| properties.get_key_value(name)) {
                Some((name, property)) => {
                    known = Some(name.as_str());
                    Some(property)
                }
                None => schema.get("additionalProperties"),
            }
        });
        let schemas: Vec<_> = schemas.collect();
        Member {
            name: known,
            shape: Shape::new(self.document, schemas),
        }
    }

    /// What is said of the elements of an array.
    pub(super) fn items(&self) -> Shape<'s> {
        let items = self.schemas.iter().filter_map(|schema| schema.get("items"));
        Shape::new(self.document, items)
    }
}
