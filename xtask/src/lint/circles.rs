//! Schemas that lead back to themselves without an object in between, or without an end.

use std::collections::HashSet;

use serde_json::Value;

use super::Subject;
use super::grammar::Kind;
use super::structure::Item;
use crate::diagnostics::Diagnostic;
use crate::load::Pointer;
use crate::spec::{self, Located};
use crate::transform::compose::is_sum;

const COMPOSITIONS: [&str; 3] = ["allOf", "oneOf", "anyOf"];

/// A schema that is composed of itself is that of no value.
pub fn compositions(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let composed = |at: &Located<'_>| at.object.keys().any(|key| COMPOSITIONS.contains(&&**key));
    tell(subject, composed, composed_of, |span| {
        Diagnostic::error("codegen::composition", "this schema is composed of itself")
            .at(span)
            .help("leave the part out that leads back here: it says nothing")
    })
}

fn composed_of<'c>(document: &'c Value, at: &Located<'c>) -> Vec<Located<'c>> {
    let parts = COMPOSITIONS.into_iter().flat_map(|key| listed(at, key));
    parts
        .filter_map(|part| spec::resolve(document, part))
        .collect()
}

/// A sum is written out where it stands; one that comes up again inside itself would have no end.
pub fn sums(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let inline = |at: &Located<'_>| is_sum(at.object) && at.pointer.parts().len() > 3;
    tell(subject, inline, written_out, |span| {
        Diagnostic::error(
            "codegen::composition",
            "this `allOf` would have to be written out inside itself",
        )
        .at(span)
        .help("move it to `components.schemas` under a name of its own, and refer to it here")
    })
}

/// What is written where a schema stands: what is inside it, and inside all it is the sum of.
fn written_out<'c>(document: &'c Value, at: &Located<'c>) -> Vec<Located<'c>> {
    if !is_sum(at.object) {
        let parts = COMPOSITIONS.into_iter().flat_map(|key| listed(at, key));
        return inside(at).chain(parts).collect();
    }
    let mut found = Vec::new();
    let mut seen = HashSet::new();
    let mut waiting = vec![at.clone()];
    while let Some(at) = waiting.pop() {
        found.extend(inside(&at));
        let parts = listed(&at, "allOf").into_iter();
        let parts = parts.filter_map(|part| spec::resolve(document, part));
        waiting.extend(parts.filter(|part| seen.insert(part.pointer.clone())));
    }
    found
}

fn inside<'c>(at: &Located<'c>) -> impl Iterator<Item = Located<'c>> + use<'c> {
    let single = ["items", "additionalProperties"].map(|key| at.child(key));
    let properties = at.children("properties").map(|(_, property)| property);
    single.into_iter().flatten().chain(properties)
}

/// Tells of each schema of some kind that is found again among its parts; of one circle once.
fn tell<'c>(
    subject: &Subject<'c>,
    is_meant: impl Fn(&Located<'c>) -> bool,
    parts: impl Fn(&'c Value, &Located<'c>) -> Vec<Located<'c>>,
    diagnostic: impl Fn(std::ops::Range<usize>) -> Diagnostic,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut told = HashSet::new();
    for Item {
        pointer, object, ..
    } in subject.items.of(Kind::Schema)
    {
        let at = Located {
            pointer: pointer.clone(),
            object,
        };
        if told.contains(pointer) || !is_meant(&at) {
            continue;
        }
        let mut seen: HashSet<Pointer> = HashSet::new();
        let mut waiting = vec![at];
        while let Some(at) = waiting.pop() {
            let new = parts(&subject.contract.document, &at).into_iter();
            waiting.extend(new.filter(|part| seen.insert(part.pointer.clone())));
        }
        if seen.contains(pointer) {
            let mut keys = COMPOSITIONS.into_iter();
            let key = keys.find(|key| object.contains_key(*key));
            let place = pointer.child(key.unwrap_or_default());
            found.push(diagnostic(subject.contract.key_span(&place)));
            told.extend(seen);
        }
    }
    found
}

/// The schemas in a list.
fn listed<'v>(at: &Located<'v>, key: &str) -> Vec<Located<'v>> {
    let list = at.object.get(key).and_then(Value::as_array);
    let place = at.pointer.child(key);
    let located = list.into_iter().flatten().enumerate();
    located
        .filter_map(|(index, part)| {
            Some(Located {
                pointer: place.child(index),
                object: part.as_object()?,
            })
        })
        .collect()
}
