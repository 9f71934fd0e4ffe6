//! The normalized view of schemas: what a schema allows, however it is written.
//!
//! OpenAPI 3.0 and 3.1 spell the same set of values in different ways (`nullable: true`,
//! `type: [string, "null"]`, an `anyOf` with a null branch; `exclusiveMinimum` as a flag and as a
//! number; `const` and an `enum` of one). A [`Schema`] has one spelling: references are followed,
//! the parts of `allOf` are taken together, and each fact knows where the document states it.

mod build;
mod limits;
mod number;
mod pattern;
mod types;

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Deref;
use std::rc::Rc;
use std::sync::LazyLock;

use serde_json::{Map, Value, json};

use crate::operation::{Located, MAX_REFERENCES};
use crate::pointer::{Pointer, get};

pub use limits::{Bound, Limits, Size};
pub use number::{Number, canonical, same_value};
pub use types::Types;

/// The family of specifications that a document follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// OpenAPI 3.0: `nullable`, and nothing is read beside a `$ref`.
    V30,
    /// OpenAPI 3.1 and later: JSON Schema 2020-12.
    V31,
}

impl Dialect {
    /// Returns the dialect that a document's `openapi` names.
    pub fn of(document: &Value) -> Dialect {
        let version = document.get("openapi").and_then(Value::as_str);
        match version {
            Some(version) if version.starts_with("3.") && !version.starts_with("3.0") => {
                Dialect::V31
            }
            _ => Dialect::V30,
        }
    }
}

/// A value with the place where the document states it.
#[derive(Debug, Clone)]
pub struct Stated<T> {
    /// What is stated.
    pub value: T,
    /// The keyword's place, such as `…/maxLength`.
    pub at: Pointer,
}

/// A schema where it stands.
#[derive(Debug, Clone)]
pub struct Schema<'d> {
    /// Where the schema stands, references not followed.
    pub slot: Pointer,
    /// The places of the references that lead to its parts.
    pub references: Vec<Pointer>,
    /// What it allows; all references to one component share it.
    facts: Rc<Facts<'d>>,
}

impl<'d> Deref for Schema<'d> {
    type Target = Facts<'d>;

    fn deref(&self) -> &Facts<'d> {
        &self.facts
    }
}

/// What a schema allows.
#[derive(Debug, Clone)]
pub struct Facts<'d> {
    /// The objects that together are the schema, its own keywords first: all of them hold.
    pub parts: Vec<Located<'d>>,
    /// The places of the references among the parts.
    references: Vec<Pointer>,
    /// The types that values can have.
    pub types: Types,
    /// The closed list of values, null aside: null is a type.
    pub values: Option<Stated<Vec<&'d Value>>>,
    /// The format; `contentEncoding: base64` is `byte`.
    pub format: Option<Stated<&'d str>>,
    /// The limits of numbers, and of the sizes of strings, arrays and objects.
    pub limits: Limits,
    /// The patterns that strings match, without those that match everything.
    pub patterns: Vec<Stated<&'d str>>,
    /// The schema of an array's elements; several all hold.
    pub items: Vec<Located<'d>>,
    /// The schemas of an array's first elements.
    pub prefix_items: Vec<Located<'d>>,
    /// The properties of an object, in the document's order.
    pub properties: Vec<Property<'d>>,
    /// The names of the required properties, in the document's order.
    pub required: Vec<Stated<&'d str>>,
    /// What holds for properties without a name.
    pub additional: Additional<'d>,
    /// `oneOf` and `anyOf`, without null and without those of a single branch.
    pub choices: Vec<Choice<'d>>,
    /// What values must not be.
    pub excluded: Vec<Located<'d>>,
    /// The discriminator of the choices.
    pub discriminator: Option<Stated<&'d Map<String, Value>>>,
}

/// A property of an object.
#[derive(Debug, Clone)]
pub struct Property<'d> {
    /// Its name.
    pub name: &'d str,
    /// Its schemas, all of which hold.
    pub slots: Vec<Located<'d>>,
}

/// What an object says of properties that it does not name.
#[derive(Debug, Clone, Default)]
pub enum Additional<'d> {
    /// They are allowed.
    #[default]
    Open,
    /// They are not allowed.
    Closed(Pointer),
    /// They are allowed if they fit these schemas.
    Of(Vec<Located<'d>>),
}

/// `oneOf` or `anyOf`.
#[derive(Debug, Clone)]
pub struct Choice<'d> {
    /// Where the list stands.
    pub at: Pointer,
    /// The schemas of which one, or any, holds.
    pub branches: Vec<Located<'d>>,
}

impl<'d> Facts<'d> {
    /// Returns what the first part that has `key` says under it.
    pub fn stated(&self, key: &str) -> Option<Stated<&'d Value>> {
        self.parts.iter().find_map(|part| {
            Some(Stated {
                value: part.object.get(key)?,
                at: part.pointer.child(key),
            })
        })
    }

    /// Returns whether any part says that `key` is true.
    pub fn flag(&self, key: &str) -> bool {
        self.parts.iter().any(|part| part.flag(key))
    }

    /// Returns whether the property of this name is required.
    pub fn requires(&self, name: &str) -> bool {
        self.required.iter().any(|required| required.value == name)
    }

    /// Returns the property of this name.
    pub fn property(&self, name: &str) -> Option<&Property<'d>> {
        self.properties
            .iter()
            .find(|property| property.name == name)
    }

    /// Returns whether every value is allowed, as far as this view knows.
    pub fn is_anything(&self) -> bool {
        self.types == Types::ALL && self.choices.is_empty() && !self.says_more()
    }

    /// Returns whether this says more than which types there are and which alternatives.
    pub fn says_more(&self) -> bool {
        !self.properties.is_empty()
            || !self.required.is_empty()
            || !self.items.is_empty()
            || !self.prefix_items.is_empty()
            || !self.patterns.is_empty()
            || !self.excluded.is_empty()
            || self.values.is_some()
            || self.format.is_some()
            || !matches!(self.additional, Additional::Open)
            || self.limits.are_set()
    }
}

impl<'d> Schema<'d> {
    /// Returns what this allows of some types alone.
    #[must_use]
    pub fn with_types(&self, types: Types) -> Schema<'d> {
        let facts = Rc::new(Facts {
            types,
            ..Facts::clone(&self.facts)
        });
        Schema {
            facts,
            ..self.clone()
        }
    }

    /// Returns where people look for this schema: the one object that it is, or the place where
    /// it stands.
    pub fn home(&self) -> &Pointer {
        match self.parts.as_slice() {
            [only] => &only.pointer,
            _ => &self.slot,
        }
    }

    /// Returns the name of the component that this is, if it is nothing but a reference to one.
    pub fn component(&self) -> Option<&str> {
        match self.home().parts() {
            [components, schemas, name] if components == "components" && schemas == "schemas" => {
                (self.slot != *self.home()).then_some(name)
            }
            _ => None,
        }
    }
}

/// The schemas of one document, each normalized once.
#[derive(Debug)]
pub struct Schemas<'d> {
    /// The document.
    pub document: &'d Value,
    /// The specification that it follows.
    pub dialect: Dialect,
    known: RefCell<HashMap<Vec<Pointer>, Rc<Schema<'d>>>>,
    facts: RefCell<HashMap<Pointer, Rc<Facts<'d>>>>,
}

impl<'d> Schemas<'d> {
    /// Normalizes nothing yet.
    pub fn of(document: &'d Value) -> Schemas<'d> {
        Schemas {
            document,
            dialect: Dialect::of(document),
            known: RefCell::default(),
            facts: RefCell::default(),
        }
    }

    /// Returns the schema at `pointer`; one that is missing allows everything.
    pub fn at(&self, pointer: &Pointer) -> Rc<Schema<'d>> {
        let slot = get(self.document, pointer).and_then(|value| located(pointer.clone(), value));
        self.one(&slot.unwrap_or_else(|| Located {
            pointer: pointer.clone(),
            object: anything(),
        }))
    }

    /// Returns the schema that stands here.
    pub fn one(&self, slot: &Located<'d>) -> Rc<Schema<'d>> {
        self.all(std::slice::from_ref(slot))
    }

    /// Returns what a schema is with one of the alternatives of its choice.
    pub fn with_branch(
        &self,
        schema: &Schema<'d>,
        choice: &Choice<'d>,
        branch: &Located<'d>,
    ) -> Schema<'d> {
        let facts = build::with_branch(self.document, self.dialect, schema, choice, branch);
        Schema::new(branch.pointer.clone(), Vec::new(), Rc::new(facts))
    }

    /// Returns the schema that all of these are together.
    pub fn all(&self, slots: &[Located<'d>]) -> Rc<Schema<'d>> {
        let key: Vec<Pointer> = slots.iter().map(|slot| slot.pointer.clone()).collect();
        if let Some(known) = self.known.borrow().get(&key) {
            return Rc::clone(known);
        }
        let schema = Rc::new(match slots {
            [one] => self.behind(one),
            several => {
                let slot = several
                    .first()
                    .map_or(Pointer::ROOT, |slot| slot.pointer.clone());
                Schema::new(
                    slot,
                    Vec::new(),
                    Rc::new(build::facts(self.document, self.dialect, several)),
                )
            }
        });
        self.known.borrow_mut().insert(key, Rc::clone(&schema));
        schema
    }

    /// The schema that a slot is or, if it is nothing but a reference, refers to.
    fn behind(&self, slot: &Located<'d>) -> Schema<'d> {
        let mut references = Vec::new();
        let mut at = slot.clone();
        while let Some(target) = self
            .referred(&at)
            .filter(|_| references.len() < MAX_REFERENCES)
        {
            references.push(std::mem::replace(&mut at, target).pointer);
        }
        let known = self.facts.borrow().get(&at.pointer).map(Rc::clone);
        let facts = known.unwrap_or_else(|| {
            let facts = build::facts(self.document, self.dialect, std::slice::from_ref(&at));
            let facts = Rc::new(facts);
            let mut known = self.facts.borrow_mut();
            known.insert(at.pointer.clone(), Rc::clone(&facts));
            facts
        });
        Schema::new(slot.pointer.clone(), references, facts)
    }

    /// What a slot refers to that says nothing of its own.
    fn referred(&self, slot: &Located<'d>) -> Option<Located<'d>> {
        let alone = self.dialect == Dialect::V30 || slot.object.len() == 1;
        let target = Pointer::from_reference(slot.text("$ref").filter(|_| alone)?)?;
        located(target.clone(), get(self.document, &target)?)
    }
}

impl<'d> Schema<'d> {
    fn new(slot: Pointer, mut references: Vec<Pointer>, facts: Rc<Facts<'d>>) -> Schema<'d> {
        references.extend(facts.references.iter().cloned());
        Schema {
            slot,
            references,
            facts,
        }
    }
}

/// The schema that is `true` or `{}`.
fn anything() -> &'static Map<String, Value> {
    static ANYTHING: LazyLock<Map<String, Value>> = LazyLock::new(Map::new);
    &ANYTHING
}

/// The schema that is `false`.
fn nothing() -> &'static Map<String, Value> {
    static NOTHING: LazyLock<Map<String, Value>> =
        LazyLock::new(|| Map::from_iter([("type".to_string(), json!([]))]));
    &NOTHING
}

/// Returns the schema that a value of the document is: an object, `true` or `false`.
pub fn located(pointer: Pointer, value: &Value) -> Option<Located<'_>> {
    let object = match value {
        Value::Object(object) => object,
        Value::Bool(true) => anything(),
        Value::Bool(false) => nothing(),
        _ => return None,
    };
    Some(Located { pointer, object })
}

/// Returns the schemas listed under `key`.
pub fn listed<'d>(part: &Located<'d>, key: &str) -> Vec<Located<'d>> {
    let list = part.object.get(key).and_then(Value::as_array);
    let at = part.pointer.child(key);
    let list = list.into_iter().flatten().enumerate();
    list.filter_map(|(index, value)| located(at.child(index), value))
        .collect()
}

/// Returns the schema under `key`.
pub fn under<'d>(part: &Located<'d>, key: &str) -> Option<Located<'d>> {
    located(part.pointer.child(key), part.object.get(key)?)
}

#[cfg(test)]
mod tests;
