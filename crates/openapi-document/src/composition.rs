//! Schemas that are made of others: what `allOf` sums up to, and the parts of a choice.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use crate::operation::{self, Located};
use crate::pointer::Pointer;

/// Whether this is a sum, which is written out.
pub fn is_sum(object: &Map<String, Value>) -> bool {
    object.contains_key("allOf") && !is_annotated_reference(object)
}

/// Whether this is `allOf` with one reference and nothing of its own.
pub fn is_annotated_reference(object: &Map<String, Value>) -> bool {
    let parts = object.get("allOf").and_then(Value::as_array);
    let one_reference =
        parts.is_some_and(|parts| parts.len() == 1 && parts[0].get("$ref").is_some());
    let adds = ["properties", "required", "additionalProperties"];
    one_reference && !adds.iter().any(|key| object.contains_key(*key))
}

type Merged = Result<Map<String, Value>, String>;

/// So many sums of sums are followed. People stop following long before; the stack ends later.
const MAX_LEVELS: usize = 64;

/// The sums of a document's schemas, those of its components worked out once: one can be a part in
/// many ways.
pub struct Sums<'v> {
    document: &'v Value,
    known: HashMap<Pointer, Map<String, Value>>,
}

impl<'v> Sums<'v> {
    /// Works out nothing yet.
    pub fn new(document: &'v Value) -> Sums<'v> {
        Sums {
            document,
            known: HashMap::new(),
        }
    }

    /// The one object that a schema with `allOf` describes; as it is, if it has none.
    ///
    /// # Errors
    ///
    /// Why it describes none.
    pub fn of(&mut self, schema: &Map<String, Value>) -> Merged {
        self.sum(schema, 0)
    }

    fn sum(&mut self, schema: &Map<String, Value>, level: usize) -> Merged {
        let mut own = schema.clone();
        let Some(Value::Array(all)) = own.remove("allOf") else {
            return Ok(own);
        };
        let mut sum = Map::new();
        let mut required = Vec::new();
        let mut properties = Map::new();
        for part in all.iter().filter_map(Value::as_object).chain([&own]) {
            let mut part = self.part(part, level + 1)?;
            part.retain(|key, value| !(is_choice(key) && only_require(value)));
            if part.contains_key("oneOf") || part.contains_key("anyOf") {
                return Err("`oneOf` and `anyOf` can't be part of an `allOf`".into());
            }
            if part.get("type").is_some_and(|kind| kind != "object") {
                return Err("only objects can be composed with `allOf`".into());
            }
            if let Some(Value::Object(more)) = part.remove("properties") {
                for (name, property) in more {
                    match properties.get(&name) {
                        Some(other) if meaning(other) != meaning(&property) => {
                            return Err(format!("the parts don't agree on what `{name}` is"));
                        }
                        Some(_) => {}
                        None => {
                            properties.insert(name, property);
                        }
                    }
                }
            }
            if let Some(Value::Array(names)) = part.remove("required") {
                required.extend(
                    names
                        .into_iter()
                        .filter(|name| !required.contains(name))
                        .collect::<Vec<_>>(),
                );
            }
            sum.extend(part);
        }
        // What the schema says of itself stands above what its parts say of themselves.
        for key in ["description", "nullable"] {
            sum.remove(key);
            sum.extend(own.get(key).map(|value| (key.to_string(), value.clone())));
        }
        sum.insert("type".into(), "object".into());
        if !required.is_empty() {
            sum.insert("required".into(), required.into());
        }
        if !properties.is_empty() {
            sum.insert("properties".into(), properties.into());
        }
        Ok(sum)
    }

    fn part(&mut self, part: &Map<String, Value>, level: usize) -> Merged {
        if level > MAX_LEVELS {
            return Err(format!(
                "the parts are made of parts more than {MAX_LEVELS} levels deep"
            ));
        }
        let at = Located {
            pointer: Pointer::ROOT,
            object: part,
        };
        let target = operation::resolve(self.document, at).ok_or("a part is missing")?;
        if target.pointer == Pointer::ROOT {
            return self.sum(part, level);
        }
        if let Some(merged) = self.known.get(&target.pointer) {
            return Ok(merged.clone());
        }
        let merged = self.sum(target.object, level)?;
        self.known.insert(target.pointer, merged.clone());
        Ok(merged)
    }
}

/// A schema without the words that only describe it.
fn meaning(schema: &Value) -> Value {
    let mut schema = schema.clone();
    if let Value::Object(object) = &mut schema {
        object.retain(|key, _| !matches!(key.as_str(), "description" | "example" | "title"));
    }
    schema
}

/// The names of the schemas of `components` that a schema refers to, or into.
pub fn references(schema: &Value) -> Vec<String> {
    let mut found = Vec::new();
    visit(schema, &mut |part| {
        let target = part.get("$ref").and_then(Value::as_str);
        let target = target.and_then(Pointer::from_reference);
        found.extend(target.and_then(|target| target.schema_name().map(str::to_owned)));
    });
    found
}

/// Calls `look` with a schema and all its parts.
pub fn visit(schema: &Value, look: &mut impl FnMut(&Map<String, Value>)) {
    let Some(object) = schema.as_object() else {
        return;
    };
    look(object);
    for (key, value) in object {
        match (key.as_str(), value) {
            ("properties", Value::Object(parts)) => {
                parts.values().for_each(|part| visit(part, look));
            }
            ("items" | "additionalProperties" | "not", part) => visit(part, look),
            ("allOf" | "oneOf" | "anyOf", Value::Array(parts)) => {
                parts.iter().for_each(|part| visit(part, look));
            }
            _ => {}
        }
    }
}

/// Whether a keyword lists schemas of which one is chosen.
pub fn is_choice(key: &str) -> bool {
    matches!(key, "oneOf" | "anyOf")
}

/// Whether the parts of a choice are no types, but say which properties must be there together:
/// "at least one of" is for the service to judge, like any constraint.
pub fn only_require(parts: &Value) -> bool {
    let says_only = |part: &Value| {
        let object = part.as_object();
        object.is_some_and(|part| {
            part.contains_key("required")
                && part
                    .keys()
                    .all(|key| matches!(key.as_str(), "required" | "type" | "description"))
        })
    };
    let parts = parts.as_array();
    parts.is_some_and(|parts| parts.iter().all(says_only))
}

/// The properties of an object and of the parts it is the sum of, each where it stands first.
pub fn properties_of<'c>(document: &'c Value, object: Located<'c>) -> Vec<(&'c str, Located<'c>)> {
    let mut names = HashSet::new();
    let parts = parts_of(document, object).into_iter();
    let properties = parts.flat_map(|part| part.children("properties"));
    properties.filter(|(name, _)| names.insert(*name)).collect()
}

/// A schema and the parts it is the sum of, references followed.
pub fn parts_of<'c>(document: &'c Value, schema: Located<'c>) -> Vec<Located<'c>> {
    listed(document, vec![schema], &["allOf"])
}

/// Schemas and those that these keywords list in them, at any depth, references followed; each once.
pub fn listed<'c>(
    document: &'c Value,
    schemas: Vec<Located<'c>>,
    keywords: &[&str],
) -> Vec<Located<'c>> {
    let mut found = Vec::new();
    let mut seen = HashSet::new();
    // The last goes in first, so that they are looked at in their order.
    let mut waiting = schemas;
    waiting.reverse();
    while let Some(at) = waiting.pop() {
        let Some(at) = operation::resolve(document, at) else {
            continue;
        };
        if !seen.insert(std::ptr::from_ref(at.object)) {
            continue;
        }
        for keyword in keywords.iter().rev() {
            let parts = at.object.get(*keyword).and_then(Value::as_array);
            let parts = parts.map(Vec::as_slice).unwrap_or_default();
            for (index, part) in parts.iter().enumerate().rev() {
                waiting.extend(part.as_object().map(|object| Located {
                    pointer: at.pointer.child(keyword).child(index),
                    object,
                }));
            }
        }
        found.push(at);
    }
    found
}

/// Whether one of these parts of a schema requires the property of this name.
pub fn require(parts: &[Located<'_>], name: &str) -> bool {
    let listed = parts.iter().filter_map(|part| part.object.get("required"));
    let mut names = listed.filter_map(Value::as_array).flatten();
    names.any(|required| required == name)
}
