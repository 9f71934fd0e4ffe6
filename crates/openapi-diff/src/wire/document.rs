//! What holds for the whole service: its addresses, its tags, its name.

use serde_json::Value;

use super::servers;
use super::walk::Walk;
use crate::place::code;
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
        "webhooks",
        "jsonSchemaDialect",
        "$self",
    ];
    walk.see_keys(&old, &new, &known);
    servers::of_all(walk);
    walk.way = None;
    info(walk, &old, &new);
    for (key, rule) in [
        ("openapi", &rules::INFO),
        ("jsonSchemaDialect", &rules::INFO),
        ("$self", &rules::INFO),
        ("tags", &rules::TAGS),
        ("externalDocs", &rules::DESCRIPTION),
    ] {
        if old.object.get(key) != new.object.get(key) {
            let at = Pointer::of([key]);
            walk.tell(rule, &at, &at, "has changed");
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
                "is missing in one of the two contracts",
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
                walk.tell(&rules::INFO, &at, &at, "has changed");
            }
            _ => {
                walk.tell_key(&is.pointer, key, old, new);
            }
        }
    }
}
