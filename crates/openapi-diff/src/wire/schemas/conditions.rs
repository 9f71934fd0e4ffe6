//! `if`, `patternProperties`, `contains` and their like: what JSON Schema 2020-12 adds.

use openapi_document::operation::Located;
use openapi_document::schema::{Stated, same_value, under};
use serde_json::Value;

use super::{Pair, at};
use crate::place::{Spot, code};
use crate::rules::{self, Shift};
use crate::wire::walk::Walk;

/// The keywords that exclude values by conditions.
pub const CONDITIONS: [&str; 13] = [
    "contains",
    "dependentRequired",
    "dependentSchemas",
    "else",
    "if",
    "maxContains",
    "minContains",
    "patternProperties",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "$dynamicRef",
    "contentSchema",
];

/// Those whose values are schemas that values within must fit.
const OF_ONE: [&str; 2] = ["contains", "propertyNames"];

/// Compares the conditions of two schemas.
pub fn compare<'v>(walk: &mut Walk<'v>, pair: &Pair<'v>) {
    for key in OF_ONE {
        let (was, is) = (
            slot(pair.was.parts.as_slice(), key),
            slot(pair.is.parts.as_slice(), key),
        );
        one(walk, pair, key, was, is);
    }
    patterns(walk, pair);
    for key in CONDITIONS
        .into_iter()
        .filter(|key| !OF_ONE.contains(key) && *key != "patternProperties")
    {
        other(walk, pair, key);
    }
}

/// The first schema under a keyword.
fn slot<'v>(parts: &[Located<'v>], key: &str) -> Option<Located<'v>> {
    parts.iter().find_map(|part| under(part, key))
}

/// A schema that values within must fit: it moves the set of values as it moves itself.
fn one<'v>(
    walk: &mut Walk<'v>,
    pair: &Pair<'v>,
    key: &str,
    was: Option<Located<'v>>,
    is: Option<Located<'v>>,
) {
    // A name is a string anyway, and a list holds anything.
    let says_nothing = |slot: &Located<'v>| match key {
        "propertyNames" => {
            slot.object.is_empty()
                || (slot.object.len() == 1 && slot.text("type") == Some("string"))
        }
        _ => false,
    };
    let (was, is) = (
        was.filter(|slot| !says_nothing(slot)),
        is.filter(|slot| !says_nothing(slot)),
    );
    match (was, is) {
        (Some(was), Some(is)) => {
            pair.inner(walk, std::slice::from_ref(&was), std::slice::from_ref(&is));
        }
        (None, Some(is)) => {
            let says = format!("has the condition {} now; it had none", code(key));
            let places = (None, Some(&is.pointer));
            let index = pair.shifted(walk, (&rules::LIMIT, Shift::Narrowed), places, says);
            walk.claim(Spot::head(&is.pointer), index);
        }
        (Some(was), None) => {
            let says = format!("no longer has the condition {}", code(key));
            let places = (Some(&was.pointer), None);
            let index = pair.shifted(walk, (&rules::LIMIT, Shift::Widened), places, says);
            walk.claim(Spot::base(&was.pointer), index);
        }
        (None, None) => {}
    }
}

/// `patternProperties`: what properties must be whose names match.
fn patterns<'v>(walk: &mut Walk<'v>, pair: &Pair<'v>) {
    let key = "patternProperties";
    let listed = |parts: &[Located<'v>]| -> Vec<(&'v str, Located<'v>)> {
        let parts = parts.iter().filter_map(|part| part.child(key));
        let entries = parts.flat_map(|entries| {
            let names = entries
                .object
                .keys()
                .map(String::as_str)
                .collect::<Vec<_>>();
            let slots = names
                .into_iter()
                .filter_map(move |name| Some((name, under(&entries, name)?)));
            slots.collect::<Vec<_>>()
        });
        entries.collect()
    };
    let (old, new) = (listed(&pair.was.parts), listed(&pair.is.parts));
    let find = |list: &[(&'v str, Located<'v>)], name: &str| {
        let found = list.iter().find(|(known, _)| *known == name);
        found.map(|(_, slot)| slot.clone())
    };
    for (name, was) in &old {
        one(
            walk,
            pair,
            &format!("{key}: {name}"),
            Some(was.clone()),
            find(&new, name),
        );
    }
    for (name, is) in new.iter().filter(|(name, _)| find(&old, name).is_none()) {
        one(
            walk,
            pair,
            &format!("{key}: {name}"),
            None,
            Some(is.clone()),
        );
    }
}

/// What nothing here compares but whether it is there.
fn other<'v>(walk: &mut Walk<'v>, pair: &Pair<'v>, key: &str) {
    let stated = |schema: &openapi_document::schema::Schema<'v>| -> Option<Stated<&'v Value>> {
        let has = |key: &str| schema.stated(key).is_some();
        let means_something = match key {
            "if" => has("then") || has("else"),
            "then" | "else" => has("if"),
            "minContains" | "maxContains" => has("contains"),
            _ => true,
        };
        schema.stated(key).filter(|_| means_something)
    };
    let (was, is) = (stated(&pair.was), stated(&pair.is));
    let places = (at(&was), at(&is));
    match (&was, &is) {
        (Some(old), Some(new)) if !same_value(old.value, new.value) => {
            let says = format!("has another {}", code(key));
            pair.tell(walk, &rules::UNCLASSIFIED, places, says);
        }
        (Some(old), Some(new)) if walk.leads_to_change(old.value) => {
            let says = format!("has another {}: what it refers to has changed", code(key));
            pair.tell(walk, &rules::UNCLASSIFIED, places, says);
            walk.see_places(&old.at, &new.at);
        }
        (None, Some(_)) => {
            let says = format!("has the condition {} now; it had none", code(key));
            pair.shifted(walk, (&rules::LIMIT, Shift::Narrowed), places, says);
        }
        (Some(_), None) => {
            let says = format!("no longer has the condition {}", code(key));
            pair.shifted(walk, (&rules::LIMIT, Shift::Widened), places, says);
        }
        _ => {}
    }
}
