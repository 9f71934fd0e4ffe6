//! Every object, enum and choice gets a name of its own.
//!
//! typify names inline schemas after where they stand, and one that collides with a component
//! silently takes its place; named here by the same rule, a collision is lint's to tell.

use serde_json::{Map, Value, json};

use super::draft::{Draft, Named};
use super::schemas::parts;
use super::used::Use;
use crate::naming::pascal;
use openapi_document::Pointer;
use openapi_document::extensions::SENSITIVE;

/// Moves inline schemas that become types to the components.
pub fn name_inline_schemas(draft: &mut Draft) {
    let mut hoist = Hoist::default();
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
        // On a collision the component stays; lint has told it.
        draft.schemas.entry(&named.name).or_insert(schema);
        draft.names.push(named);
    }
}

#[derive(Default)]
struct Hoist {
    found: Vec<(Named, Value)>,
}

/// What belongs to the place where a schema stands, not to the type it describes.
const OF_THE_PLACE: [&str; 3] = ["description", "nullable", SENSITIVE];

impl Hoist {
    fn schema(&mut self, schema: &mut Value, name: &str, at: &Pointer) {
        self.parts(schema, name, at);
        let Some(object) = schema.as_object_mut().filter(|object| becomes_type(object)) else {
            return;
        };
        let name = pascal(name);
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
        for part in parts(object) {
            let name = format!("{name}-{}", part.suffix);
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
