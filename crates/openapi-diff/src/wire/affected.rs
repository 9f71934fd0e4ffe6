//! What differs between two documents, and what operations use.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use openapi_document::{Pointer, get};

/// Returns the top-level places, such as `/components/schemas/Lead`, that differ or refer to one
/// that does.
pub fn affected(base: &Value, head: &Value) -> HashSet<Pointer> {
    let mut users: HashMap<Pointer, Vec<Pointer>> = HashMap::new();
    let mut waiting = Vec::new();
    for document in [base, head] {
        for (pointer, value) in units(document) {
            visit_references(value, &mut |target| {
                users
                    .entry(unit(&target))
                    .or_default()
                    .push(pointer.clone());
            });
            let differs = |other| get(other, &pointer) != Some(value);
            if differs(base) || differs(head) {
                waiting.push(pointer);
            }
        }
    }
    let mut found = HashSet::new();
    while let Some(pointer) = waiting.pop() {
        if found.insert(pointer.clone()) {
            waiting.extend(users.remove(&pointer).unwrap_or_default());
        }
    }
    found
}

/// Returns the components that operations use, directly or through others.
pub fn used(document: &Value) -> HashSet<Pointer> {
    let mut found = HashSet::new();
    let mut waiting = Vec::new();
    for section in ["paths", "webhooks"] {
        visit_references(&document[section], &mut |target| waiting.push(target));
    }
    while let Some(target) = waiting.pop() {
        let target = unit(&target);
        if let Some(value) = get(document, &target)
            && found.insert(target)
        {
            visit_references(value, &mut |target| waiting.push(target));
        }
    }
    found
}

/// All components of all kinds, paths and webhooks: whatever references lead into.
fn units(document: &Value) -> impl Iterator<Item = (Pointer, &Value)> {
    let sections = document["components"].as_object().into_iter().flatten();
    let components = sections
        .flat_map(move |(section, named)| entries(Pointer::of(["components", section]), named));
    let others = ["paths", "webhooks"].into_iter();
    components
        .chain(others.flat_map(move |section| entries(Pointer::of([section]), &document[section])))
}

fn entries(at: Pointer, named: &Value) -> impl Iterator<Item = (Pointer, &Value)> {
    let named = named.as_object().into_iter().flatten();
    named.map(move |(name, value)| (at.child(name), value))
}

/// Returns the component, path or webhook in which the target of a reference stands.
pub fn unit(target: &Pointer) -> Pointer {
    let length = match target.parts() {
        [first, ..] if first == "components" => 3,
        _ => 2,
    };
    let parts = target.parts().iter().take(length);
    Pointer::from(parts.cloned().collect::<Vec<_>>())
}

fn visit_references(value: &Value, look: &mut impl FnMut(Pointer)) {
    match value {
        Value::Object(map) => visit_object(map, look),
        Value::Array(list) => list.iter().for_each(|value| visit_references(value, look)),
        _ => {}
    }
}

/// Calls `look` with the target of every reference in an object.
pub fn visit_object(map: &Map<String, Value>, look: &mut impl FnMut(Pointer)) {
    let target = map.get("$ref").and_then(Value::as_str);
    if let Some(target) = target.and_then(Pointer::from_reference) {
        look(target);
    }
    map.values().for_each(|value| visit_references(value, look));
}
