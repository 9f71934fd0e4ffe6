//! Taking out of a document what is told about it, so that what follows from it is not told too.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::subject::Condemned;
use openapi_document::{Contract, Pointer};

/// One change that makes the next rules see what was probably meant.
#[derive(Debug)]
pub enum Mend {
    /// Leave it out.
    Remove(Pointer),
    /// Put something in its place that says nothing.
    Replace(Pointer, Value),
    /// Take its key for this one.
    Rename(Pointer, &'static str),
}

/// The contract as it is after these changes, which are in the text's order.
pub fn mend(contract: &Contract, mends: Vec<Mend>, condemned: &mut Condemned) -> Contract {
    let mut document = contract.document.clone();
    let mut renamed = HashMap::new();
    let mut elements: Vec<(Pointer, usize)> = Vec::new();
    // What stands inside is changed before what it stands in.
    for mend in mends.into_iter().rev() {
        match mend {
            Mend::Remove(at) => match (holder(&mut document, &at), at.last().parse()) {
                (Some(Value::Object(object)), _) => _ = object.shift_remove(at.last()),
                (Some(Value::Array(_)), Ok(index)) => {
                    elements.extend(at.parent().map(|list| (list, index)));
                }
                _ => {}
            },
            Mend::Replace(at, value) => {
                let place = at.parts().iter().try_fold(&mut document, step);
                if let Some(place) = place {
                    *place = value;
                }
            }
            Mend::Rename(at, meant) => {
                if let Some(Value::Object(object)) = holder(&mut document, &at) {
                    rename(object, at.last(), meant);
                    renamed.insert(at, meant);
                }
            }
        }
    }
    let meant = |pointer: &Pointer| as_meant(pointer, &renamed);
    // The last first, so that the others stay where they are.
    elements.sort_by_key(|(_, index)| std::cmp::Reverse(*index));
    for (list, index) in elements {
        let list = meant(&list);
        let list = list.parts().iter().try_fold(&mut document, step);
        if let Some(Value::Array(list)) = list
            && index < list.len()
        {
            list.remove(index);
        }
    }
    let written_at = renamed.keys().map(|at| (meant(at), at.clone()));
    let written_at = written_at.collect();
    *condemned = std::mem::take(condemned)
        .into_iter()
        .map(|(at, kind)| (meant(&at), kind))
        .collect();
    contract.mended(document, written_at)
}

/// Where something is under the names that were meant.
fn as_meant(pointer: &Pointer, renamed: &HashMap<Pointer, &'static str>) -> Pointer {
    if renamed.is_empty() {
        return pointer.clone();
    }
    let mut written = Pointer::ROOT;
    let mut meant = Pointer::ROOT;
    for part in pointer.parts() {
        written = written.child(part);
        meant = match renamed.get(&written) {
            Some(name) => meant.child(name),
            None => meant.child(part),
        };
    }
    meant
}

fn holder<'v>(document: &'v mut Value, at: &Pointer) -> Option<&'v mut Value> {
    let (_, holders) = at.parts().split_last()?;
    holders.iter().try_fold(document, step)
}

fn step<'v>(value: &'v mut Value, part: &String) -> Option<&'v mut Value> {
    match value {
        Value::Object(object) => object.get_mut(part),
        Value::Array(items) => items.get_mut(part.parse::<usize>().ok()?),
        _ => None,
    }
}

/// Keeps the order of the keys.
fn rename(object: &mut Map<String, Value>, from: &str, to: &str) {
    let entries = std::mem::take(object).into_iter();
    object.extend(entries.map(|(key, value)| match key == from {
        true => (to.to_string(), value),
        false => (key, value),
    }));
}
