//! A JSON body as a tree that holds all of it: names that are there twice, and values that are
//! JSON but more than serde_json can hold. Each node knows how far it has been checked.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

use super::json_path::{self, Step};

/// How deep serde_json follows arrays and objects.
const DEEPEST: usize = 127;

/// A value, with what has been found out about it so far.
pub(super) struct Node {
    pub(super) kind: Kind,
    /// It cannot be read, so it is passed over.
    pub(super) dropped: Cell<bool>,
    /// How many of its children, from the first on, have been read or dropped.
    pub(super) checked: Cell<usize>,
    /// Which of those are needed again each time the node is read: an object's required fields.
    pub(super) needed: RefCell<Vec<usize>>,
}

pub(super) enum Kind {
    /// Null, a boolean, a number or a string.
    Scalar(Value),
    Array(Vec<Node>),
    Object(Vec<Field>),
    /// JSON that cannot be held as anything but its text.
    Unholdable {
        text: String,
        why: &'static str,
    },
}

/// All that stands under one name of an object, where its first is.
pub(super) struct Field {
    pub(super) name: Name,
    pub(super) value: Node,
    /// Further values of the same name.
    pub(super) repeated: Vec<Node>,
}

/// A child of a node, by its number; of a field that is there several times, which one of them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Child {
    pub(super) number: usize,
    pub(super) occurrence: usize,
}

impl Node {
    /// Takes a value apart; it is known to be JSON.
    pub(super) fn parse(json: &RawValue) -> Self {
        Self::at_depth(json.get(), 1)
    }

    fn at_depth(text: &str, depth: usize) -> Self {
        let nested = text.starts_with(['[', '{']);
        let kind = if nested && depth > DEEPEST {
            Kind::unholdable(text, "nested too deeply")
        } else if text.starts_with('[') {
            let items: Vec<&RawValue> = serde_json::from_str(text).unwrap_or_default();
            let node = |item: &RawValue| Self::at_depth(item.get(), depth + 1);
            Kind::Array(items.into_iter().map(node).collect())
        } else if text.starts_with('{') {
            let Fields(fields) = serde_json::from_str(text).unwrap_or_default();
            let node =
                |(name, value): (Name, &RawValue)| (name, Self::at_depth(value.get(), depth + 1));
            Kind::Object(grouped(fields.into_iter().map(node)))
        } else {
            match serde_json::from_str(text) {
                Ok(value) => Kind::Scalar(value),
                Err(_) if text.starts_with('"') => Kind::unholdable(text, NOT_UNICODE),
                Err(_) => Kind::unholdable(text, "a number too large"),
            }
        };
        Self {
            kind,
            dropped: Cell::new(false),
            checked: Cell::new(0),
            needed: RefCell::default(),
        }
    }

    /// The field of this name.
    pub(super) fn field(&self, name: &str) -> Option<(usize, &Field)> {
        let Kind::Object(fields) = &self.kind else {
            return None;
        };
        let mut fields = fields.iter().enumerate();
        fields.find(|(_, field)| field.name.text == name)
    }

    pub(super) fn child(&self, child: Child) -> Option<&Self> {
        match &self.kind {
            Kind::Array(items) => items.get(child.number),
            Kind::Object(fields) => fields.get(child.number)?.values().nth(child.occurrence),
            Kind::Scalar(_) | Kind::Unholdable { .. } => None,
        }
    }

    /// The places within this node, itself at `place`, of what cannot be held and is not dropped.
    pub(super) fn unholdable(&self, place: &[Child], found: &mut Vec<(Vec<Child>, &'static str)>) {
        if self.dropped.get() {
            return;
        }
        let inner = |number, occurrence| [place, &[Child { number, occurrence }]].concat();
        match &self.kind {
            Kind::Scalar(_) => {}
            Kind::Unholdable { why, .. } => found.push((place.to_vec(), why)),
            Kind::Array(items) => {
                for (number, item) in items.iter().enumerate() {
                    item.unholdable(&inner(number, 0), found);
                }
            }
            Kind::Object(fields) => {
                for (number, field) in fields.iter().enumerate() {
                    for (occurrence, value) in field.values().enumerate() {
                        match field.name.whole || value.dropped.get() {
                            true => value.unholdable(&inner(number, occurrence), found),
                            false => found.push((inner(number, occurrence), NOT_UNICODE)),
                        }
                    }
                }
            }
        }
    }

    /// What stands at a place.
    pub(super) fn at(&self, place: &[Child]) -> Option<&Self> {
        place
            .iter()
            .try_fold(self, |node, child| node.child(*child))
    }

    /// A place as text, and the name of a missing field behind it.
    pub(super) fn path(&self, place: &[Child], missing: Option<&str>) -> String {
        let mut node = Some(self);
        let steps = place.iter().filter_map(|child| {
            let parent = node?;
            node = parent.child(*child);
            Some(match &parent.kind {
                Kind::Object(fields) => Step::Name(&fields.get(child.number)?.name.text),
                _ => Step::Index(child.number),
            })
        });
        json_path::render(steps.chain(missing.map(Step::Name)))
    }

    /// The value; what cannot be held is a string of its JSON text.
    pub(super) fn to_value(&self) -> Value {
        match &self.kind {
            Kind::Scalar(value) => value.clone(),
            Kind::Array(items) => items.iter().map(Self::to_value).collect(),
            Kind::Object(fields) => fields
                .iter()
                .filter_map(|field| {
                    let last = field.values().last()?;
                    Some((field.name.text.clone(), last.to_value()))
                })
                .collect(),
            Kind::Unholdable { text, .. } => Value::String(text.clone()),
        }
    }
}

impl Kind {
    fn unholdable(text: &str, why: &'static str) -> Self {
        let text = text.to_owned();
        Self::Unholdable { text, why }
    }
}

impl Field {
    pub(super) fn values(&self) -> impl Iterator<Item = &Node> {
        std::iter::once(&self.value).chain(&self.repeated)
    }
}

/// The fields of an object, those of the same name together.
fn grouped(pairs: impl Iterator<Item = (Name, Node)>) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    let mut numbers = HashMap::new();
    for (name, value) in pairs {
        let next = fields.len();
        match *numbers.entry(name.text.clone()).or_insert(next) {
            number if number < next => fields[number].repeated.push(value),
            _ => fields.push(Field {
                name,
                value,
                repeated: Vec::new(),
            }),
        }
    }
    fields
}

pub(super) const NOT_UNICODE: &str = "text that is not Unicode";

/// A field's name.
pub(super) struct Name {
    pub(super) text: String,
    /// Whether that is all of it: JSON can escape half a character, which Rust text cannot hold.
    pub(super) whole: bool,
}

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // As bytes, since serde_json gives those of half a character too.
        deserializer.deserialize_bytes(NameVisitor)
    }
}

struct NameVisitor;

impl Visitor<'_> for NameVisitor {
    type Value = Name;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Name, E> {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let whole = text.as_bytes() == bytes;
        Ok(Name { text, whole })
    }
}

/// The fields of an object in their order, values not yet taken apart.
#[derive(Default)]
struct Fields<'j>(Vec<(Name, &'j RawValue)>);

impl<'de> Deserialize<'de> for Fields<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(FieldsVisitor)
    }
}

struct FieldsVisitor;

impl<'de> Visitor<'de> for FieldsVisitor {
    type Value = Fields<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields<'de>, A::Error> {
        let mut fields = Vec::new();
        while let Some(field) = map.next_entry()? {
            fields.push(field);
        }
        Ok(Fields(fields))
    }
}
