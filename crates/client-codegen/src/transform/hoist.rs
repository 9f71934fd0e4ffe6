//! Every object, enum and choice gets a name of its own.
//!
//! typify names inline schemas after where they stand, and one that collides with a component
//! silently takes its place; here it gets another name.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::answers::Answered;
use super::draft::{Draft, Named};
use super::properties::of_fields;
use super::schemas::parts;
use super::used::Use;
use crate::naming::{self, pascal};
use openapi_document::Pointer;
use openapi_document::extensions::SENSITIVE;

/// Moves inline schemas that become types to the components.
pub fn name_inline_schemas(draft: &mut Draft) {
    let components = draft.schemas.keys().map(|name| pascal(name));
    let operations = draft.operations.iter();
    let params = operations.map(|operation| naming::params(&operation.id));
    let mut hoist = Hoist {
        found: Vec::new(),
        taken: components.chain(params).collect(),
    };
    for operation in &mut draft.operations {
        if let Answered::ByStatus(success) = &mut operation.answer {
            success.name = hoist.free(std::mem::take(&mut success.name));
        }
    }
    let at = Pointer::of(["components", "schemas"]);
    for (name, schema) in &mut draft.schemas {
        hoist.parts(schema, name, &at.child(name));
    }
    for Use {
        schema,
        name,
        pointer,
    } in draft.uses_mut()
    {
        hoist.schema(schema, name, pointer);
    }
    for (named, schema) in hoist.found {
        draft.schemas.insert(named.name.clone(), schema);
        draft.names.push(named);
    }
}

struct Hoist {
    found: Vec<(Named, Value)>,
    /// The names of all types so far.
    taken: HashSet<String>,
}

/// What belongs to the place where a schema stands, not to the type it describes.
const OF_THE_PLACE: [&str; 3] = ["description", "nullable", SENSITIVE];

impl Hoist {
    /// Takes this name, or one like it that no other type has.
    fn free(&mut self, name: String) -> String {
        let others = (2..).map(|number| format!("{name}{number}"));
        let mut names = [name.clone(), format!("{name}Value")]
            .into_iter()
            .chain(others);
        let free = names.find(|name| self.taken.insert(name.clone()));
        free.unwrap_or(name)
    }

    fn schema(&mut self, schema: &mut Value, name: &str, at: &Pointer) {
        self.parts(schema, name, at);
        let Some(object) = schema.as_object_mut().filter(|object| becomes_type(object)) else {
            return;
        };
        let name = self.free(pascal(name));
        let place = in_place_of(object, &name);
        without_place(object);
        let described = std::mem::replace(schema, Value::Object(place));
        let named = Named {
            name,
            pointer: at.clone(),
        };
        self.found.push((named, described));
    }

    fn parts(&mut self, schema: &mut Value, name: &str, at: &Pointer) {
        let Some(object) = schema.as_object_mut() else {
            return;
        };
        let properties = object.get("properties").and_then(Value::as_object);
        let properties: Vec<String> = properties
            .into_iter()
            .flat_map(Map::keys)
            .cloned()
            .collect();
        let properties: Vec<&str> = properties.iter().map(String::as_str).collect();
        // Fields that would be one in Rust have types that would be one.
        let spellings = of_fields(&properties, false);
        for part in parts(object) {
            let is_property = part.path[0] == "properties";
            let spelling = spellings.get(part.suffix.as_str()).filter(|_| is_property);
            let name = format!("{name}-{}", spelling.unwrap_or(&part.suffix));
            let at = part.path.iter().fold(at.clone(), |at, key| at.child(key));
            self.schema(part.schema, &name, &at);
        }
    }
}

/// What stands in a place instead of the schema, which goes by this name among the components.
pub fn in_place_of(schema: &Map<String, Value>, name: &str) -> Map<String, Value> {
    let kept = schema
        .iter()
        .filter(|(key, _)| OF_THE_PLACE.contains(&key.as_str()));
    let mut place: Map<_, _> = kept
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    let reference = json!([{ "$ref": format!("#/components/schemas/{name}") }]);
    place.insert("allOf".into(), reference);
    place
}

/// Takes off a schema what stays in its place; a description says what the type is as well.
pub fn without_place(schema: &mut Map<String, Value>) {
    schema.remove("nullable");
    schema.remove(SENSITIVE);
}

/// An object that is closed and has no properties is a struct too.
pub fn becomes_type(schema: &Map<String, Value>) -> bool {
    let closed = schema.get("additionalProperties") == Some(&Value::Bool(false));
    let kinds = ["properties", "enum", "oneOf", "anyOf"];
    closed || kinds.iter().any(|key| schema.contains_key(*key))
}
