//! Who may call: the schemes, and which of them an operation asks for.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::context::Direction;
use super::walk::Walk;
use crate::place::{Spot, code};
use crate::rules;
use openapi_document::operation::{self, Located, Operation};
use openapi_document::{Pointer, get};

/// One way to identify oneself: schemes by name, with their scopes, all of them together.
type Way = BTreeSet<(String, BTreeSet<String>)>;

/// The ways that an operation takes, and where they are listed.
fn ways(document: &Value, operation: &Operation<'_>) -> (Vec<Way>, Pointer) {
    let own = operation.at.object.get("security");
    let at = match own {
        Some(_) => operation.at.pointer.child("security"),
        None => Pointer::of(["security"]),
    };
    let list = get(document, &at).and_then(Value::as_array);
    let ways: Vec<Way> = list
        .into_iter()
        .flatten()
        .filter_map(Value::as_object)
        .map(|schemes| {
            schemes
                .iter()
                .map(|(name, scopes)| (name.clone(), texts(scopes)))
                .collect()
        })
        .collect();
    // No list, or an empty one: nothing is asked for.
    let nothing = ways.is_empty().then(Way::new);
    (ways.into_iter().chain(nothing).collect(), at)
}

fn texts(list: &Value) -> BTreeSet<String> {
    let list = list.as_array().into_iter().flatten();
    list.filter_map(Value::as_str).map(String::from).collect()
}

/// What an operation asks for.
pub fn compare(walk: &mut Walk<'_>, base: &Operation<'_>, head: &Operation<'_>) {
    let (mut old, at_old) = ways(walk.base, base);
    let (new, mut at) = ways(walk.head, head);
    for (name, _) in new.iter().flatten() {
        walk.ask_for_scheme(name.clone());
    }
    for way in &mut old {
        *way = std::mem::take(way)
            .into_iter()
            .map(|(name, scopes)| (called_now(walk, &name), scopes))
            .collect();
    }
    // Where the list is gone, the operation that had it is what is left.
    if get(walk.head, &at).is_none() {
        at = match at_old.parts().len() {
            1 => Pointer::ROOT,
            _ => head.at.pointer.clone(),
        };
    }
    walk.way = None;
    let lost: Vec<&Way> = old.iter().filter(|way| !served(way, &new)).collect();
    let won: Vec<&Way> = new.iter().filter(|way| !served(way, &old)).collect();
    let says = |word: &str| format!("{word}: {}; before, {}", written(&new), written(&old));
    let what = match at.parts() {
        [] => "the contract".to_string(),
        _ => walk.head_label(&at),
    };
    let (rule, says) = match (lost.is_empty(), won.is_empty()) {
        (false, _) => (
            &rules::SECURITY_CHANGED,
            says("asks for another way to identify oneself"),
        ),
        (true, false) => (&rules::SECURITY_LOOSENED, says("asks for less")),
        (true, true) => return,
    };
    let spot = Spot::head(&at);
    walk.way = Some(Direction::Request);
    let index = walk.put(rule, spot, at, format!("{what} {says}"));
    let scheme = |name: &str| Pointer::of(AT).child(name);
    for (name, _) in lost.into_iter().flatten() {
        walk.claim(Spot::base(&scheme(name)), index);
    }
    for (name, _) in won.into_iter().flatten() {
        walk.claim(Spot::head(&scheme(name)), index);
    }
}

/// Whether who calls in this way has what one of the others asks for.
fn served(way: &Way, others: &[Way]) -> bool {
    others.iter().any(|other| {
        other.iter().all(|(name, scopes)| {
            way.iter()
                .any(|(known, held)| known == name && scopes.is_subset(held))
        })
    })
}

fn written(ways: &[Way]) -> String {
    let one = |way: &Way| match way.is_empty() {
        true => "nothing".to_string(),
        false => {
            let names = way.iter().map(|(name, scopes)| {
                let scopes: Vec<&str> = scopes.iter().map(String::as_str).collect();
                match scopes.is_empty() {
                    true => code(name),
                    false => format!("{} with {}", code(name), code(&scopes.join(" "))),
                }
            });
            names.collect::<Vec<_>>().join(" and ")
        }
    };
    ways.iter().map(one).collect::<Vec<_>>().join(" or ")
}

const AT: [&str; 2] = ["components", "securitySchemes"];

fn schemes(document: &Value) -> Option<&Map<String, Value>> {
    get(document, &Pointer::of(AT))?.as_object()
}

/// A scheme that has another name and is the same is the same.
fn called_now(walk: &Walk<'_>, name: &str) -> String {
    let (Some(old), Some(new)) = (schemes(walk.base), schemes(walk.head)) else {
        return name.to_string();
    };
    if new.contains_key(name) {
        return name.to_string();
    }
    let plain = |scheme: &Value| scheme.as_object().map(essence);
    let Some(was) = old.get(name).and_then(plain) else {
        return name.to_string();
    };
    let same = new
        .iter()
        .find(|(name, scheme)| !old.contains_key(*name) && plain(scheme).as_ref() == Some(&was));
    same.map_or(name, |(name, _)| name).to_string()
}

fn essence(scheme: &Map<String, Value>) -> Map<String, Value> {
    let mut scheme = scheme.clone();
    scheme.retain(|key, _| key != "description" && key != "bearerFormat" && !key.starts_with("x-"));
    scheme
}

/// The schemes that are there before and after; who uses one feels its change.
pub fn compare_schemes(walk: &mut Walk<'_>) {
    walk.way = None;
    let (Some(old), Some(new)) = (schemes(walk.base), schemes(walk.head)) else {
        return;
    };
    let at = Pointer::of(AT);
    for (name, is) in new {
        let now = at.child(name);
        let before = old
            .iter()
            .find(|(before, _)| called_now(walk, before) == *name);
        let Some((before, was)) = before else {
            continue;
        };
        let side = |pointer: Pointer, object| Located { pointer, object };
        let (Some(was), Some(is)) = (was.as_object(), is.as_object()) else {
            continue;
        };
        let (was, is) = (side(at.child(before), was), side(now.clone(), is));
        let (Some(was), Some(is)) = (
            operation::resolve(walk.base, was),
            operation::resolve(walk.head, is),
        ) else {
            continue;
        };
        let known = ["type", "scheme", "in", "name", "flows", "openIdConnectUrl"];
        walk.see_keys(&was, &is, &known);
        let mut differ = known
            .into_iter()
            .filter(|key| was.object.get(*key) != is.object.get(*key));
        if let Some(first) = differ.next() {
            let operations = walk.schemes.get(name).cloned();
            let rule = match operations {
                Some(_) => &rules::SCHEME_CHANGED,
                None => &rules::UNUSED,
            };
            let says = format!(
                "is {} now; it was {}",
                essentials(is.object),
                essentials(was.object)
            );
            let index = walk.tell(rule, &is.pointer, &is.pointer.child(first), says);
            walk.add_reach(index, Direction::Request, operations.unwrap_or_default());
        }
        if let (Some(old), Some(new)) = (was.child("flows"), is.child("flows")) {
            see_below(walk, &old.pointer, &new.pointer);
        }
    }
}

/// `flows` hold objects of their own, all of which are told as one change.
fn see_below(walk: &mut Walk<'_>, was: &Pointer, is: &Pointer) {
    let mut waiting = vec![(was.clone(), is.clone())];
    while let Some((was, is)) = waiting.pop() {
        walk.see_places(&was, &is);
        let names = get(walk.head, &is).and_then(Value::as_object);
        for name in names.into_iter().flatten().map(|(name, _)| name) {
            waiting.push((was.child(name), is.child(name)));
        }
    }
}

/// `type: http, scheme: bearer`.
fn essentials(scheme: &Map<String, Value>) -> String {
    let scheme = essence(scheme);
    let parts = scheme.iter().map(|(key, value)| match value {
        Value::String(text) => format!("{key}: {text}"),
        _ => format!("{key}: …"),
    });
    code(&parts.collect::<Vec<_>>().join(", "))
}
