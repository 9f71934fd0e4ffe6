//! A JSON body as a tree, taken apart no further than it is read. Unlike serde_json's `Value` it
//! holds names that are there twice, and values that are JSON but more than serde_json can hold.
//! Each node knows how far it has been checked.

use std::borrow::Cow;
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::HashMap;

use serde_json::Value;
use serde_json::value::RawValue;

use super::holdable::{self, LeftOut};
use super::json_path::Step;
use super::members::{Members, Name};

/// A value, with what has been found out about it so far.
pub(super) struct Node<'b> {
    /// Its JSON text.
    text: &'b str,
    /// How deep it lies; the whole body is at 1.
    depth: usize,
    parts: OnceCell<Parts<'b>>,
    /// Its JSON text once it is known to be holdable: as it came, or without what is not.
    holdable: OnceCell<Cow<'b, str>>,
    /// It cannot be read, so it is passed over.
    pub(super) dropped: Cell<bool>,
    /// How many of its children, from the first on, have been read or dropped.
    pub(super) checked: Cell<usize>,
    /// Which of those are needed again each time the node is read: an object's required fields.
    pub(super) needed: RefCell<Vec<usize>>,
}

pub(super) enum Parts<'b> {
    /// Null, a boolean, a number or a string; an error says why it cannot be held.
    Scalar(Result<Value, &'static str>),
    Array(Vec<Node<'b>>),
    Object(Vec<Field<'b>>),
}

/// All that stands under one name of an object, where its first is.
pub(super) struct Field<'b> {
    pub(super) name: Name,
    pub(super) value: Node<'b>,
    /// Further values of the same name.
    pub(super) repeated: Vec<Node<'b>>,
}

/// A child of a node, by its number; of a field that is there several times, which one of them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Child {
    pub(super) number: usize,
    pub(super) occurrence: usize,
}

impl<'b> Node<'b> {
    /// The body, which is known to be JSON.
    pub(super) fn root(json: &'b RawValue) -> Self {
        Self::new(json.get(), 1)
    }

    fn new(text: &'b str, depth: usize) -> Self {
        Self {
            text,
            depth,
            parts: OnceCell::new(),
            holdable: OnceCell::new(),
            dropped: Cell::new(false),
            checked: Cell::new(0),
            needed: RefCell::default(),
        }
    }

    /// What it is made of.
    pub(super) fn parts(&self) -> &Parts<'b> {
        self.parts.get_or_init(|| {
            let node = |text: &'b RawValue| Self::new(text.get(), self.depth + 1);
            match Members::of(self.text) {
                Members::None => Parts::Scalar(holdable::scalar(self.text)),
                Members::Elements(items) => Parts::Array(items.into_iter().map(node).collect()),
                Members::Fields(fields) => {
                    let fields = fields.into_iter();
                    Parts::Object(grouped(fields.map(|(name, value)| (name, node(value)))))
                }
            }
        })
    }

    /// For whoever takes any value: its JSON text, or that of what is left of it; an error says
    /// why it cannot be held as it is.
    pub(super) fn holdable(&self) -> Result<&str, &'static str> {
        if self.holdable.get().is_none() {
            holdable::check(self.text, self.depth)?;
        }
        Ok(self.holdable.get_or_init(|| Cow::Borrowed(self.text)))
    }

    /// Takes out of it what cannot be held, and says what and where in it that was. If nothing of
    /// it can be held, that is all of it.
    pub(super) fn leave_out(&self) -> Vec<LeftOut> {
        let (left, out) = holdable::leave_out(self.text, self.depth);
        if let Some(left) = left {
            // Set once only: what is left can be held.
            _ = self.holdable.set(Cow::Owned(left.to_string()));
        }
        out
    }

    /// The field of this name.
    pub(super) fn field(&self, name: &str) -> Option<(usize, &Field<'b>)> {
        let Parts::Object(fields) = self.parts() else {
            return None;
        };
        let mut fields = fields.iter().enumerate();
        fields.find(|(_, field)| field.name.whole && field.name.text == name)
    }

    pub(super) fn child(&self, child: Child) -> Option<&Self> {
        match self.parts() {
            Parts::Array(items) => items.get(child.number),
            Parts::Object(fields) => fields.get(child.number)?.values().nth(child.occurrence),
            Parts::Scalar(_) => None,
        }
    }

    /// What stands at a place.
    pub(super) fn at(&self, place: &[Child]) -> Option<&Self> {
        place
            .iter()
            .try_fold(self, |node, child| node.child(*child))
    }

    /// The steps to a place.
    pub(super) fn steps(&self, place: &[Child]) -> Vec<Step> {
        let mut node = Some(self);
        let step = |child: &Child| {
            let parent = node?;
            node = parent.child(*child);
            Some(match parent.parts() {
                Parts::Object(fields) => Step::Name(fields.get(child.number)?.name.text.clone()),
                _ => Step::Index(child.number),
            })
        };
        place.iter().filter_map(step).collect()
    }

    /// The value; one that cannot be held is a string of its JSON text.
    pub(super) fn to_value(&self) -> Value {
        holdable::value(self.text)
    }
}

impl<'b> Field<'b> {
    pub(super) fn is_repeated(&self) -> bool {
        !self.repeated.is_empty()
    }

    pub(super) fn values(&self) -> impl Iterator<Item = &Node<'b>> {
        std::iter::once(&self.value).chain(&self.repeated)
    }
}

/// The fields of an object, those of the same name together.
fn grouped<'b>(pairs: impl Iterator<Item = (Name, Node<'b>)>) -> Vec<Field<'b>> {
    let mut fields: Vec<Field<'_>> = Vec::new();
    let mut numbers = HashMap::new();
    for (name, value) in pairs {
        let next = fields.len();
        // Of a name that cannot be held nothing tells whether it is the same as another.
        let number = match name.whole {
            true => *numbers.entry(name.text.clone()).or_insert(next),
            false => next,
        };
        match fields.get_mut(number) {
            Some(field) => field.repeated.push(value),
            None => fields.push(Field {
                name,
                value,
                repeated: Vec::new(),
            }),
        }
    }
    fields
}
