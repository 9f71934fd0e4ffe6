//! What was seen where the contract describes nothing.

use indexmap::IndexMap;
use openapi_document::schema::Types;
use serde_json::Value;

use super::names::is_shown;
use super::seen::Seen;

/// The most names that are told apart in one object.
const MAX_NAMES: usize = 10_000;

/// The most places that are looked at, in all objects together.
pub const MAX_PLACES: usize = 100_000;

/// The most levels of objects and arrays that are looked at.
const MAX_LEVELS: usize = 16;

/// Values of a place that the contract doesn't describe.
#[derive(Debug, Default, Clone)]
pub struct Shape {
    /// The values themselves.
    pub seen: Seen,
    /// The elements of those that are arrays.
    pub items: Option<Box<Shape>>,
    /// The members of those that are objects.
    pub members: Members,
}

/// Members of objects that the contract doesn't describe.
#[derive(Debug, Default, Clone)]
pub struct Members {
    /// Those whose names can be shown, in the order in which they came.
    pub named: IndexMap<String, Member>,
    /// How often a member came whose name can't be shown, or is one too many.
    pub others: u64,
}

/// A member that the contract doesn't describe.
#[derive(Debug, Default, Clone)]
pub struct Member {
    /// Its values.
    pub shape: Shape,
    /// The name that stood before it when it came first.
    pub after: Option<String>,
}

/// How much may still be looked at.
#[derive(Debug)]
pub struct Room {
    /// How many more places there may be.
    places: usize,
    /// How many levels deep the look is.
    level: usize,
    /// Whether a few values are kept, to be shown.
    pub samples: bool,
}

impl Room {
    /// All that there is.
    pub fn new(samples: bool) -> Room {
        Room {
            places: MAX_PLACES,
            level: 0,
            samples,
        }
    }
}

impl Shape {
    /// Counts a value with all that it holds.
    pub fn count(&mut self, value: &Value, room: &mut Room) {
        self.seen.count(value);
        if room.samples {
            self.seen.samples.keep(value);
        }
        if room.level == MAX_LEVELS {
            return;
        }
        room.level += 1;
        match value {
            Value::Array(elements) => {
                let items = self.items.get_or_insert_default();
                elements
                    .iter()
                    .for_each(|element| items.count(element, room));
            }
            Value::Object(object) => {
                let mut before = None;
                for (name, value) in object {
                    self.members.count(name, value, before, room);
                    before = Some(name);
                }
            }
            _ => {}
        }
        room.level -= 1;
    }

    /// How many of the values are objects.
    pub fn objects(&self) -> u64 {
        self.seen.of(Types::OBJECT)
    }
}

impl Members {
    /// Counts a member; `before` is the name that stands before it.
    pub fn count(&mut self, name: &str, value: &Value, before: Option<&String>, room: &mut Room) {
        if let Some(member) = self.named.get_mut(name) {
            return member.shape.count(value, room);
        }
        if self.named.len() == MAX_NAMES || room.places == 0 || !is_shown(name) {
            self.others += 1;
            return;
        }
        room.places -= 1;
        let member = self.named.entry(name.to_owned()).or_default();
        member.after = before.filter(|before| is_shown(before)).cloned();
        member.shape.count(value, room);
    }
}
