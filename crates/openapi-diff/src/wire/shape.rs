//! A schema as it acts: references followed, the parts of `allOf` taken together, each keyword
//! with the place where it stands.

use std::collections::HashSet;

use serde_json::{Map, Value};

use openapi_document::operation::{self, Located};
use openapi_document::{Pointer, get};

/// A schema's parts; what any of them says holds.
#[derive(Debug, Clone)]
pub struct Shape<'v> {
    /// Where the schema stands, references not followed.
    pub slot: Pointer,
    /// The parts, the schema's own words first.
    pub pieces: Vec<Located<'v>>,
    /// Where references stand on the way to the parts.
    pub passed: Vec<Pointer>,
}

/// A property of an object.
#[derive(Debug, Clone)]
pub struct Property<'v> {
    /// Its name.
    pub name: &'v str,
    /// Its schema, or several that all hold.
    pub shape: Shape<'v>,
}

/// What an object says of fields that it doesn't name.
#[derive(Debug)]
pub enum Unnamed<'v> {
    /// They are taken.
    Open,
    /// They are refused.
    Closed,
    /// They are taken if they are of this schema.
    Of(Located<'v>),
}

impl<'v> Shape<'v> {
    /// The schema at `pointer`; of something else than an object, an empty one.
    pub fn at(document: &'v Value, pointer: &Pointer) -> Shape<'v> {
        let object = get(document, pointer).and_then(Value::as_object);
        let slots = object.map(|object| Located {
            pointer: pointer.clone(),
            object,
        });
        Shape::of(document, pointer.clone(), slots.into_iter().collect())
    }

    /// The schema that stands here.
    pub fn of_one(document: &'v Value, at: &Located<'v>) -> Shape<'v> {
        Shape::of(document, at.pointer.clone(), vec![at.clone()])
    }

    fn of(document: &'v Value, slot: Pointer, slots: Vec<Located<'v>>) -> Shape<'v> {
        let mut shape = Shape {
            slot,
            pieces: Vec::new(),
            passed: Vec::new(),
        };
        let mut seen = HashSet::new();
        for slot in slots {
            shape.add(document, slot, &mut seen);
        }
        shape
    }

    fn add(&mut self, document: &'v Value, at: Located<'v>, seen: &mut HashSet<Pointer>) {
        if !seen.insert(at.pointer.clone()) {
            return;
        }
        if at.object.contains_key("$ref") {
            self.passed.push(at.pointer.clone());
            if let Some(target) = operation::resolve(document, at) {
                self.add(document, target, seen);
            }
            return;
        }
        let parts = at.object.get("allOf").and_then(Value::as_array);
        let parts: Vec<Located<'v>> = located(&at.pointer.child("allOf"), parts);
        self.pieces.push(at);
        for part in parts {
            self.add(document, part, seen);
        }
    }

    /// The first place where `key` is said, with what is said.
    pub fn find(&self, key: &str) -> Option<(&'v Value, Pointer)> {
        self.pieces.iter().find_map(|piece| {
            let value = piece.object.get(key)?;
            Some((value, piece.pointer.child(key)))
        })
    }

    /// What is said under `key`.
    pub fn value(&self, key: &str) -> Option<&'v Value> {
        self.find(key).map(|(value, _)| value)
    }

    /// Whether any part says that `key` is true.
    pub fn flag(&self, key: &str) -> bool {
        self.pieces.iter().any(|piece| piece.flag(key))
    }

    /// The type, said or plain from the other keywords.
    pub fn kind(&self) -> Option<&'v str> {
        let said = self.value("type").and_then(Value::as_str);
        let has = |key| self.value(key).is_some();
        said.or_else(|| match () {
            () if has("properties") => Some("object"),
            () if has("items") => Some("array"),
            () => None,
        })
    }

    /// The names that must be there.
    pub fn required(&self) -> Vec<&'v str> {
        let mut names: Vec<&str> = Vec::new();
        for piece in &self.pieces {
            let list = piece.object.get("required").and_then(Value::as_array);
            for name in list.into_iter().flatten().filter_map(Value::as_str) {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        names
    }

    /// The properties; one that several parts describe is all that they say.
    pub fn properties(&self, document: &'v Value) -> Vec<Property<'v>> {
        let mut found: Vec<(&'v str, Vec<Located<'v>>)> = Vec::new();
        for piece in &self.pieces {
            for (name, slot) in piece.children("properties") {
                match found.iter_mut().find(|(known, _)| *known == name) {
                    Some((_, slots)) => slots.push(slot),
                    None => found.push((name, vec![slot])),
                }
            }
        }
        let properties = found.into_iter().map(|(name, slots)| Property {
            name,
            shape: Shape::of(document, slots[0].pointer.clone(), slots),
        });
        properties.collect()
    }

    /// The schemas listed under `key`.
    pub fn listed(&self, key: &str) -> Vec<Located<'v>> {
        match self.find(key) {
            Some((Value::Array(list), at)) => located(&at, Some(list)),
            _ => Vec::new(),
        }
    }

    /// The schema under `key`.
    pub fn part(&self, key: &str) -> Option<Located<'v>> {
        self.pieces.iter().find_map(|piece| piece.child(key))
    }

    /// What holds for fields without a name.
    pub fn unnamed(&self) -> Unnamed<'v> {
        let mut found = Unnamed::Open;
        for piece in &self.pieces {
            match piece.object.get("additionalProperties") {
                Some(Value::Bool(false)) => return Unnamed::Closed,
                Some(Value::Object(schema)) if !schema.is_empty() => {
                    found = Unnamed::Of(Located {
                        pointer: piece.pointer.child("additionalProperties"),
                        object: schema,
                    });
                }
                _ => {}
            }
        }
        found
    }

    /// Where a change of `key` is at home: the part that says it, or the one that would.
    pub fn home(&self, key: &str, other: &Shape<'_>) -> Pointer {
        let says = |shape: &Shape<'_>| {
            shape
                .pieces
                .iter()
                .position(|piece| piece.object.contains_key(key))
        };
        let within = |shape: &Shape<'_>, piece: &Located<'_>| {
            piece.pointer.parts().starts_with(shape.slot.parts())
        };
        if let Some(index) = says(self) {
            return self.pieces[index].pointer.clone();
        }
        let index = says(other).unwrap_or(0);
        match (self.pieces.get(index), other.pieces.get(index)) {
            // What the place itself said is missing there, not in the component it refers to.
            (Some(piece), Some(said)) if within(self, piece) || !within(other, said) => {
                piece.pointer.clone()
            }
            (Some(piece), None) => piece.pointer.clone(),
            _ => self.slot.clone(),
        }
    }

    /// The component that a reference leads to, when this is nothing but a reference.
    pub fn component(&self) -> Option<&str> {
        let [only] = self.pieces.as_slice() else {
            return None;
        };
        match only.pointer.parts() {
            [components, schemas, name] if components == "components" && schemas == "schemas" => {
                (self.slot != only.pointer).then_some(name)
            }
            _ => None,
        }
    }
}

fn located<'v>(at: &Pointer, list: Option<&'v Vec<Value>>) -> Vec<Located<'v>> {
    let list = list.into_iter().flatten().enumerate();
    list.filter_map(|(index, value)| {
        Some(Located {
            pointer: at.child(index),
            object: value.as_object()?,
        })
    })
    .collect()
}

/// A schema without what only people read, to see whether two mean the same.
pub fn meaning(schema: &Map<String, Value>) -> Map<String, Value> {
    let mut schema = schema.clone();
    schema.retain(|key, _| {
        !matches!(
            key.as_str(),
            "description" | "example" | "title" | "deprecated" | "externalDocs"
        )
    });
    schema
}
