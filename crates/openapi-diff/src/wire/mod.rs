//! The view from the wire: what callers can send, and what they get.
//!
//! Operations are held against each other with all that they use, references followed, so a
//! component matters through its uses. Every difference is seen to by a rule, or told as one that
//! no rule knows.

mod affected;
mod bodies;
mod context;
mod document;
mod encoding;
mod graph;
mod matching;
mod media;
mod operations;
mod parameters;
mod rest;
mod schemas;
mod security;
mod servers;
mod style;
mod walk;

use std::collections::{BTreeSet, HashMap, HashSet};

use serde_json::Value;

use crate::place::Spot;
use crate::rules::Rule;
use graph::Graph;
use openapi_document::Pointer;
use walk::Walk;

pub use context::Direction;

/// A difference between the two contracts.
#[derive(Debug, Clone)]
pub struct Finding {
    /// Of which kind.
    pub rule: &'static Rule,
    /// What it is about.
    pub at: Spot,
    /// Where in the new contract to look for it.
    pub near: Pointer,
    /// What has changed, in one sentence.
    pub message: String,
}

/// What changed on the wire.
pub struct Wire<'v> {
    /// The old document.
    pub base: &'v Value,
    /// The new one.
    pub head: &'v Value,
    /// What was found, in the order of finding.
    pub findings: Vec<Finding>,
    /// What came or went as a part of something that came or went: the finding that reports it.
    pub claimed: HashMap<Spot, usize>,
    /// Parameters and properties that go by another name now: place, old name, new name.
    pub renamed: Vec<(Pointer, String, String)>,
    graph: Graph,
    pairs: HashMap<Pointer, BTreeSet<Pointer>>,
    used: HashSet<Pointer>,
}

impl Wire<'_> {
    /// Returns the operations that reach a finding, and on which way.
    pub fn operations_of(&self, finding: usize) -> BTreeSet<(Direction, &str)> {
        self.graph.operations_of(finding)
    }

    /// Returns the findings that the operation of this name reaches, and on which way.
    pub fn findings_of(&self, operation: &str) -> BTreeSet<(usize, Direction)> {
        self.graph.findings_of(operation)
    }

    /// Returns whether these two were compared.
    pub fn is_pair(&self, base: &Pointer, head: &Pointer) -> bool {
        self.pairs.get(base).is_some_and(|now| now.contains(head))
    }

    /// Returns what has become of a place of the old contract: what stands in that place, if the
    /// two were compared.
    pub fn now(&self, base: &Pointer) -> Option<&Pointer> {
        let now = self.pairs.get(base)?;
        now.get(base).or_else(|| now.first())
    }

    /// Returns whether an operation of the old contract uses what stands at `at`, as far as it
    /// stands in a component.
    pub fn was_used(&self, at: &Pointer) -> bool {
        at.parts().first().is_none_or(|part| part != "components")
            || self.used.contains(&affected::unit(at))
    }
}

/// Compares two documents.
pub fn compare<'v>(base: &'v Value, head: &'v Value) -> Wire<'v> {
    let mut walk = Walk::new(base, head);
    operations::compare(&mut walk);
    walk.compare_waiting();
    security::compare_schemes(&mut walk);
    document::compare(&mut walk);
    rest::compare(&mut walk);
    walk.finish()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use openapi_document::{Contract, Pointer};

    fn document(text: &str) -> Value {
        Contract::load(text).unwrap().document
    }

    /// Every place of a document.
    fn places(value: &Value, at: &Pointer, found: &mut Vec<Pointer>) {
        found.push(at.clone());
        match value {
            Value::Object(map) => map
                .iter()
                .for_each(|(key, value)| places(value, &at.child(key), found)),
            Value::Array(list) => list
                .iter()
                .enumerate()
                .for_each(|(index, value)| places(value, &at.child(index), found)),
            _ => {}
        }
    }

    /// The document without what stands at `place`, if it means something else then.
    fn without(whole: &Value, place: &Pointer) -> Option<Value> {
        let parent = place.parent()?.to_string();
        let value = whole.pointer(&place.to_string())?;
        let owner = whole.pointer(&parent)?;
        // An object says by its properties that it is one, a list by its items; an enum by its
        // values what it is of. To be open is what an object is that says nothing.
        let unsaid = match place.last() {
            "type" => ["properties", "items", "enum", "allOf"]
                .iter()
                .any(|key| owner.get(*key).is_some()),
            "additionalProperties" => *value == json!(true),
            _ => false,
        };
        let mut other = whole.clone();
        match other.pointer_mut(&parent)? {
            Value::Object(map) => {
                map.shift_remove(place.last());
            }
            Value::Array(list) => {
                list.remove(place.last().parse().ok()?);
            }
            _ => return None,
        }
        (!unsaid).then_some(other)
    }

    /// The document with another value at `place`, if it means something else then.
    fn changed(whole: &Value, place: &Pointer) -> Option<Value> {
        let mut other = whole.clone();
        let value = other.pointer_mut(&place.to_string())?;
        match value {
            Value::String(text) => text.push('x'),
            Value::Bool(value) => *value = !*value,
            Value::Number(number) => *value = json!(number.as_f64()? + 1.0),
            // What stands beside a reference is ignored.
            Value::Object(map) if map.contains_key("$ref") => return None,
            Value::Object(map) => {
                map.insert("brand-new".into(), json!(1));
            }
            Value::Array(list) if list.iter().all(Value::is_string) => {
                list.push("brand-new".into())
            }
            // An element that is no object is no parameter, no server, no part of a schema.
            Value::Array(_) => return None,
            Value::Null => *value = json!(1),
        }
        Some(other)
    }

    fn is_told(base: &Value, head: &Value) -> bool {
        let told = |base, head| !compare(base, head).findings.is_empty();
        told(base, head) && told(head, base)
    }

    #[test]
    fn no_difference_is_lost() {
        let mut lost = Vec::new();
        for text in [
            include_str!("../../../../openapi.yaml"),
            include_str!("../../tests/diff/grown.yaml"),
        ] {
            let whole = document(text);
            let mut all = Vec::new();
            places(&whole, &Pointer::ROOT, &mut all);
            for place in &all[1..] {
                for (what, other) in [
                    ("without", without(&whole, place)),
                    ("changed", changed(&whole, place)),
                ] {
                    if other.is_some_and(|other| !is_told(&whole, &other)) {
                        lost.push(format!("{what} {place}"));
                    }
                }
            }
        }
        assert!(lost.is_empty(), "nothing is told of {lost:#?}");
    }

    #[test]
    fn a_document_is_the_same_as_itself() {
        let whole = document(include_str!("../../tests/diff/grown.yaml"));
        assert!(compare(&whole, &whole.clone()).findings.is_empty());
    }
}
