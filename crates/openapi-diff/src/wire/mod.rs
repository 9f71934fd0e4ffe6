//! The view from the wire: what callers can send, and what they get.
//!
//! Operations are held against each other with all that they use, references followed, so a
//! component matters through its uses. Every difference is seen to by a rule, or told as one that
//! no rule knows.

mod bodies;
mod document;
mod keywords;
mod operations;
mod parameters;
mod rest;
mod schemas;
mod security;
pub mod shape;
pub mod walk;

use serde_json::Value;

pub use walk::{Direction, Walk};

/// Holds two documents against each other.
pub fn compare<'v>(base: &'v Value, head: &'v Value) -> Walk<'v> {
    let mut walk = Walk::new(base, head);
    operations::compare(&mut walk);
    security::compare_schemes(&mut walk);
    document::compare(&mut walk);
    rest::compare(&mut walk);
    walk
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
