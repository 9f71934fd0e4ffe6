//! Operations: which one of the new contract is which of the old, and what became of it.

use super::walk::{Direction, Walk};
use super::{bodies, parameters, security};
use crate::place::{Spot, code, label};
use crate::rules;
use openapi_document::operation::{self, Operation};

/// Holds all operations against each other.
pub fn compare(walk: &mut Walk<'_>) {
    let (mut old, mut new) = (
        operation::operations(walk.base),
        operation::operations(walk.head),
    );
    let mut pairs = Vec::new();
    pair_off(&mut old, &mut new, &mut pairs, |was, is| {
        was.method == is.method && was.path == is.path
    });
    pair_off(&mut old, &mut new, &mut pairs, |was, is| {
        was.method == is.method && without_names(was.path) == without_names(is.path)
    });
    pair_off(&mut old, &mut new, &mut pairs, |was, is| {
        was.id().is_some() && was.id() == is.id()
    });
    for (was, is) in &pairs {
        walk.enter(is.id().map_or(is.label(), String::from));
        walk.pair(&was.at.pointer, &is.at.pointer);
        operation(walk, was, is);
    }
    for is in &new {
        walk.enter(is.id().map_or(is.label(), String::from));
        walk.tell_new(&rules::OPERATION_ADDED, &is.at.pointer, "is new");
        walk.see_spot(Spot::head(&is.item.pointer));
    }
    for was in &old {
        walk.enter(was.id().map_or(was.label(), String::from));
        let near = openapi_document::Pointer::of(["paths", was.path]);
        walk.tell_gone(&rules::OPERATION_REMOVED, &was.at.pointer, &near, "is gone");
        walk.see_spot(Spot::base(&was.item.pointer));
    }
    path_items(walk, &pairs);
}

fn pair_off<'b, 'h>(
    old: &mut Vec<Operation<'b>>,
    new: &mut Vec<Operation<'h>>,
    pairs: &mut Vec<(Operation<'b>, Operation<'h>)>,
    fits: impl Fn(&Operation<'b>, &Operation<'h>) -> bool,
) {
    old.retain(|was| {
        let found = new.iter().position(|is| fits(was, is));
        pairs.extend(found.map(|index| (was.clone(), new.remove(index))));
        found.is_none()
    });
}

/// `/v1/leads/{}`: in a URL, the names of the parameters don't stand.
fn without_names(path: &str) -> String {
    let mut text = String::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        text.push_str("{}");
        rest = after.split_once('}').map_or("", |(_, after)| after);
    }
    text + rest
}

fn operation(walk: &mut Walk<'_>, was: &Operation<'_>, is: &Operation<'_>) {
    let at = is.at.pointer.clone();
    let moved = was.method != is.method || without_names(was.path) != without_names(is.path);
    walk.way = Some(Direction::Request);
    if moved {
        let before = label(walk.base, &was.at.pointer);
        let index = walk.tell(&rules::OPERATION_MOVED, &at, &at, format!("was {before}"));
        walk.claim(Spot::base(&was.at.pointer), index);
    }
    walk.way = None;
    if was.id() != is.id() {
        let name = |of: &Operation<'_>| code(of.id().unwrap_or_default());
        let says = format!("has the operationId {} now; it had {}", name(is), name(was));
        walk.tell(
            &rules::OPERATION_ID_CHANGED,
            &at,
            &at.child("operationId"),
            says,
        );
    }
    security::compare(walk, was, is);
    walk.way = None;
    let unchanged = was.path == is.path && walk.same_object(&was.at, &is.at);
    let item = |of: &Operation<'_>| of.item.object.get("parameters").cloned();
    if unchanged && item(was).is_none() && item(is).is_none() {
        return;
    }
    let known = [
        "operationId",
        "security",
        "parameters",
        "requestBody",
        "responses",
        "servers",
    ];
    walk.see_keys(&was.at, &is.at, &known);
    super::document::servers(walk, &was.at, &is.at);
    parameters::compare(walk, was, is);
    bodies::request(walk, was, is);
    bodies::responses(walk, was, is);
}

/// What a path says for all its operations.
fn path_items(walk: &mut Walk<'_>, pairs: &[(Operation<'_>, Operation<'_>)]) {
    walk.enter(String::new());
    let mut known = vec!["parameters", "servers"];
    known.extend(operation::METHODS);
    let mut told = std::collections::HashSet::new();
    for (was, is) in pairs {
        if told.insert(is.path) {
            walk.see_keys(&was.item, &is.item, &known);
            super::document::servers(walk, &was.item, &is.item);
        }
    }
}
