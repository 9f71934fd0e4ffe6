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
        for (parent, heirs) in heirs(document) {
            for heir in heirs {
                users.entry(heir).or_default().push(parent.clone());
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
    let mut heirs = heirs(document);
    for section in ["paths", "webhooks"] {
        visit_references(&document[section], &mut |target| waiting.push(target));
    }
    while let Some(target) = waiting.pop() {
        let target = unit(&target);
        waiting.extend(heirs.remove(&target).unwrap_or_default());
        if let Some(value) = get(document, &target)
            && found.insert(target)
        {
            visit_references(value, &mut |target| waiting.push(target));
        }
    }
    found
}

/// Components that extend others by `allOf`, by the component that they extend.
pub type Heirs = HashMap<Pointer, Vec<Pointer>>;

/// Returns the components that extend one with a discriminator, or another of its heirs: where the
/// parent is expected, each of them is valid.
pub fn heirs(document: &Value) -> Heirs {
    let mut extended = Heirs::new();
    let mut waiting = Vec::new();
    let schemas = Pointer::of(["components", "schemas"]);
    for (pointer, schema) in entries(schemas, &document["components"]["schemas"]) {
        let mut parts = vec![schema];
        while let Some(part) = parts.pop() {
            if part.get("discriminator").is_some() {
                waiting.push(pointer.clone());
            }
            for part in part["allOf"].as_array().into_iter().flatten() {
                match part["$ref"].as_str().and_then(Pointer::from_reference) {
                    Some(parent) => extended.entry(parent).or_default().push(pointer.clone()),
                    None => parts.push(part),
                }
            }
        }
    }
    let mut found = Heirs::new();
    while let Some(parent) = waiting.pop() {
        if let Some(heirs) = extended.remove(&parent) {
            waiting.extend(heirs.iter().cloned());
            found.insert(parent, heirs);
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

/// Calls `look` with the target of every reference in a value, those of discriminators included.
pub fn visit_references(value: &Value, look: &mut impl FnMut(Pointer)) {
    match value {
        Value::Object(map) => {
            let target = map.get("$ref").and_then(Value::as_str);
            if let Some(target) = target.and_then(Pointer::from_reference) {
                look(target);
            }
            let mapping = map.get("mapping").and_then(Value::as_object);
            for target in mapping.into_iter().flat_map(Map::values) {
                target
                    .as_str()
                    .and_then(mapped)
                    .into_iter()
                    .for_each(&mut *look);
            }
            map.values().for_each(|value| visit_references(value, look));
        }
        Value::Array(list) => list.iter().for_each(|value| visit_references(value, look)),
        _ => {}
    }
}

/// Returns the component that a discriminator's mapping names by reference or by name.
pub fn mapped(target: &str) -> Option<Pointer> {
    let by_name = || {
        let is_name = !target.contains(['/', '#']);
        is_name.then(|| Pointer::of(["components", "schemas", target]))
    };
    Pointer::from_reference(target).or_else(by_name)
}
