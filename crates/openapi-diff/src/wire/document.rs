//! What holds for the whole service: its address, its tags, its name.

use serde_json::Value;

use super::walk::Walk;
use crate::place::{Spot, code};
use crate::rules;
use openapi_document::Pointer;
use openapi_document::operation::{self, Located};

/// Holds the roots of the documents against each other.
pub fn compare(walk: &mut Walk<'_>) {
    walk.way = None;
    let (Some(old), Some(new)) = (operation::root(walk.base), operation::root(walk.head)) else {
        return;
    };
    let known = [
        "openapi",
        "info",
        "servers",
        "tags",
        "security",
        "paths",
        "components",
        "externalDocs",
    ];
    walk.see_keys(&old, &new, &known);
    servers(walk, &old, &new);
    info(walk, &old, &new);
    for (key, rule) in [
        ("openapi", &rules::INFO),
        ("tags", &rules::TAGS),
        ("externalDocs", &rules::DESCRIPTION),
    ] {
        if old.object.get(key) != new.object.get(key) {
            let at = Pointer::of([key]);
            walk.tell(rule, &at, &at, "is not what it was");
            walk.see_places(&at, &at);
        }
    }
}

fn info(walk: &mut Walk<'_>, old: &Located<'_>, new: &Located<'_>) {
    let (Some(was), Some(is)) = (old.child("info"), new.child("info")) else {
        if old.object.get("info") != new.object.get("info") {
            let at = Pointer::of(["info"]);
            walk.tell(
                &rules::UNCLASSIFIED,
                &at,
                &at,
                "is not there, now or before",
            );
        }
        return;
    };
    walk.see(&was, &is);
    for key in super::walk::keys(&was, &is) {
        let (old, new) = (was.object.get(key), is.object.get(key));
        if old == new {
            continue;
        }
        let at = is.pointer.child(key);
        walk.see_places(&was.pointer.child(key), &at);
        match (key, old, new) {
            ("version", Some(Value::String(old)), Some(Value::String(new))) => {
                let says = format!("is {} now; it was {}", code(new), code(old));
                walk.tell(&rules::VERSION, &at, &at, says);
            }
            (
                "title" | "description" | "termsOfService" | "contact" | "license" | "version",
                ..,
            ) => {
                walk.tell(&rules::INFO, &at, &at, "is not what it was");
            }
            _ => {
                walk.tell_key(&is.pointer, key, old.is_some(), new.is_some());
            }
        }
    }
}

/// The addresses of the service, or of one path or operation.
pub fn servers(walk: &mut Walk<'_>, old: &Located<'_>, new: &Located<'_>) {
    let list = |of: &Located<'_>| -> Vec<Value> {
        let list = of.object.get("servers").and_then(Value::as_array);
        list.cloned().unwrap_or_default()
    };
    let (was, is) = (list(old), list(new));
    let at = new.pointer.child("servers");
    let url = |server: &Value| code(server["url"].as_str().unwrap_or_default());
    let address = |server: &Value| (url(server), server["variables"].clone());
    let known = |list: &[Value], server: &Value| {
        let same = list
            .iter()
            .position(|other| address(other) == address(server));
        same.map(|index| list[index].clone())
    };
    let gone: Vec<&Value> = was
        .iter()
        .filter(|server| known(&is, server).is_none())
        .collect();
    let come: Vec<usize> = (0..is.len())
        .filter(|&index| known(&was, &is[index]).is_none())
        .collect();
    let of = match new.pointer.parts() {
        [] => String::new(),
        _ => format!(" of {}", walk.head_label(&new.pointer)),
    };
    let mut tell = |rule, line: Pointer, says: String| {
        walk.put(
            rule,
            Spot::head(&at),
            line,
            format!("the server{of} {says}"),
        );
    };
    match (gone.as_slice(), come.as_slice()) {
        ([before], [now]) => {
            let says = format!("is {} now; it was {}", url(&is[*now]), url(before));
            tell(&rules::SERVER_CHANGED, at.child(now), says);
        }
        (gone, come) => {
            for before in gone {
                let says = format!("{} is gone", url(before));
                tell(&rules::SERVER_REMOVED, first(&at, &is), says);
            }
            // Where there was none, calls went to the whole service's address.
            let apart = was.is_empty() && !new.pointer.parts().is_empty();
            let rule = if apart {
                &rules::SERVER_CHANGED
            } else {
                &rules::SERVER_ADDED
            };
            for now in come {
                tell(rule, at.child(now), format!("{} is new", url(&is[*now])));
            }
        }
    }
    for (index, server) in is.iter().enumerate() {
        if known(&was, server).is_some_and(|before| before != *server) {
            let says = format!("{} has another description", url(server));
            tell(&rules::DESCRIPTION, at.child(index), says);
        }
    }
}

/// The first server, or the list where there is none.
fn first(at: &Pointer, servers: &[Value]) -> Pointer {
    match servers.is_empty() {
        true => at.clone(),
        false => at.child(0),
    }
}
