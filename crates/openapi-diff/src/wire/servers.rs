//! The addresses of the service, as each operation has them.

use openapi_document::operation::{Located, Operation, root};
use openapi_document::{Pointer, get};
use serde_json::Value;

use super::context::Direction;
use super::walk::Walk;
use crate::place::{Spot, code};
use crate::rules::{self, Shift};

/// Where a list of servers stands, and the list.
struct Servers<'v> {
    at: Pointer,
    list: Vec<Server<'v>>,
}

struct Server<'v> {
    url: &'v str,
    at: Located<'v>,
}

impl<'v> Servers<'v> {
    /// The list of the operation itself, else of its path, else of the whole service.
    fn of(document: &'v Value, operation: Option<&Operation<'v>>) -> Servers<'v> {
        let owners = operation
            .into_iter()
            .flat_map(|it| [it.at.clone(), it.item.clone()]);
        let owners: Vec<Located<'v>> = owners.chain(root(document)).collect();
        let lists = |owner: &&Located<'v>| {
            let list = owner.object.get("servers").and_then(Value::as_array);
            list.is_some_and(|list| !list.is_empty())
        };
        let at = owners
            .iter()
            .find(lists)
            .map(|owner| owner.pointer.child("servers"));
        let at = at.unwrap_or_else(|| Pointer::of(["servers"]));
        let list = get(document, &at).and_then(Value::as_array);
        let servers = list
            .into_iter()
            .flatten()
            .enumerate()
            .filter_map(|(index, server)| {
                let object = server.as_object()?;
                let pointer = at.child(index);
                let url = object
                    .get("url")
                    .and_then(Value::as_str)
                    .unwrap_or_default();
                Some(Server {
                    url,
                    at: Located { pointer, object },
                })
            });
        Servers {
            list: servers.collect(),
            at,
        }
    }
}

/// Compares the addresses of an operation.
pub fn compare<'v>(walk: &mut Walk<'v>, was: &Operation<'v>, is: &Operation<'v>) {
    lists(
        walk,
        &Servers::of(walk.base, Some(was)),
        &Servers::of(walk.head, Some(is)),
    );
}

/// Compares the addresses of the whole service.
pub fn of_all(walk: &mut Walk<'_>) {
    lists(
        walk,
        &Servers::of(walk.base, None),
        &Servers::of(walk.head, None),
    );
}

fn lists(walk: &mut Walk<'_>, was: &Servers<'_>, is: &Servers<'_>) {
    walk.way = Some(Direction::Request);
    let same = |one: &Server<'_>, other: &Server<'_>| plain(one.url) == plain(other.url);
    let gone: Vec<&Server<'_>> = was
        .list
        .iter()
        .filter(|old| !is.list.iter().any(|new| same(old, new)))
        .collect();
    let come: Vec<&Server<'_>> = is
        .list
        .iter()
        .filter(|new| !was.list.iter().any(|old| same(old, new)))
        .collect();
    match (gone.as_slice(), come.as_slice()) {
        ([before], [now]) => {
            let says = format!("is {} now; it was {}", code(now.url), code(before.url));
            tell(walk, is, &rules::SERVER_CHANGED, &now.at.pointer, says);
        }
        (gone, come) => {
            for before in gone {
                let near = is.list.first().map_or(&is.at, |first| &first.at.pointer);
                tell(
                    walk,
                    is,
                    &rules::SERVER_REMOVED,
                    near,
                    format!("{} is gone", code(before.url)),
                );
            }
            // Without any, calls went to where the contract is served.
            let rule = match was.list.is_empty() {
                true => &rules::SERVER_CHANGED,
                false => &rules::SERVER_ADDED,
            };
            for now in come {
                tell(
                    walk,
                    is,
                    rule,
                    &now.at.pointer,
                    format!("{} is new", code(now.url)),
                );
            }
        }
    }
    for new in &is.list {
        if let Some(old) = was.list.iter().find(|old| same(old, new)) {
            walk.see_keys(&old.at, &new.at, &["url", "variables"]);
            variables(walk, &old.at, &new.at);
        }
    }
    walk.way = None;
}

/// A slash at the end means nothing: paths begin with one.
fn plain(url: &str) -> &str {
    url.trim_end_matches('/')
}

fn tell(
    walk: &mut Walk<'_>,
    is: &Servers<'_>,
    rule: &'static rules::Rule,
    line: &Pointer,
    says: String,
) {
    let owner = is.at.parent().unwrap_or_default();
    let of = match owner.parts() {
        [] => String::new(),
        _ => format!(" of {}", walk.head_label(&owner)),
    };
    walk.put(
        rule,
        Spot::head(&is.at),
        line.clone(),
        format!("the server{of} {says}"),
    );
}

/// The variables of an address: what they can be, and what they are if nothing is said.
fn variables(walk: &mut Walk<'_>, was: &Located<'_>, is: &Located<'_>) {
    for (name, new) in is.children("variables") {
        let old = was
            .child("variables")
            .and_then(|variables| variables.child(name));
        let Some(old) = old else { continue };
        walk.see_keys(&old, &new, &["default", "enum"]);
        let at = &new.pointer;
        let default = |of: &Located<'_>| of.text("default").map(code).unwrap_or_default();
        if default(&old) != default(&new) {
            let says = format!(
                "has the default {} now; it had {}",
                default(&new),
                default(&old)
            );
            walk.tell(&rules::DEFAULT_CHANGED, at, &at.child("default"), says);
        }
        let values = |of: &Located<'_>| -> Option<Vec<String>> {
            let list = of.object.get("enum")?.as_array()?;
            Some(list.iter().filter_map(Value::as_str).map(code).collect())
        };
        let (before, now) = (values(&old), values(&new));
        let lacks = |list: &Option<Vec<String>>, other: &Option<Vec<String>>| -> Vec<String> {
            let (Some(list), Some(other)) = (list, other) else {
                return Vec::new();
            };
            other
                .iter()
                .filter(|value| !list.contains(value))
                .cloned()
                .collect()
        };
        let line = at.child("enum");
        if let Some(shift) = Shift::of_presence(before.is_some(), now.is_some()) {
            let says = match shift {
                Shift::Narrowed => "is one of a closed list now",
                _ => "is no longer one of a closed list",
            };
            walk.tell(
                rules::LIST.of(shift).of(Direction::Request),
                at,
                &line,
                says,
            );
        }
        for (values, shift, verb) in [
            (lacks(&before, &now), Shift::Widened, "can be"),
            (lacks(&now, &before), Shift::Narrowed, "can't be"),
        ] {
            if !values.is_empty() {
                let end = if shift == Shift::Widened {
                    "too"
                } else {
                    "any more"
                };
                let says = format!("{verb} {} {end}", values.join(", "));
                walk.tell(
                    rules::VALUE.of(shift).of(Direction::Request),
                    at,
                    &line,
                    says,
                );
            }
        }
    }
}
