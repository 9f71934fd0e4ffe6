//! What the walk has not come by: components that nothing uses, and what no rule knows.

use serde_json::{Map, Value};

use super::operations::METHODS;
use super::walk::Walk;
use crate::place::Spot;
use crate::rules;
use openapi_document::Pointer;
use openapi_document::operation::Located;

/// Tells differences in places where the walk has not been.
pub fn compare(walk: &mut Walk<'_>) {
    walk.way = None;
    let (Some(old), Some(new)) = (walk.base.as_object(), walk.head.as_object()) else {
        return;
    };
    let at = |object| Located {
        pointer: Pointer::ROOT,
        object,
    };
    objects(walk, &at(old), &at(new));
}

/// What is looked into even under an object whose keys are seen to: the rest of such an object's
/// values are compared whole.
const INTO: [&str; 13] = [
    "additionalProperties",
    "components",
    "content",
    "flows",
    "headers",
    "info",
    "items",
    "paths",
    "properties",
    "requestBody",
    "responses",
    "schema",
    "security",
];

fn objects(walk: &mut Walk<'_>, old: &Located<'_>, new: &Located<'_>) {
    if old.object == new.object {
        return;
    }
    let nothing = Value::Object(Map::new());
    for key in super::walk::keys(old, new) {
        let (was, is) = (old.object.get(key), new.object.get(key));
        if was == is {
            continue;
        }
        let seen =
            walk.has_seen(&Spot::base(&old.pointer)) || walk.has_seen(&Spot::head(&new.pointer));
        if seen && !INTO.contains(&key) && !METHODS.contains(&key) {
            continue;
        }
        let (before, now) = (old.pointer.child(key), new.pointer.child(key));
        // A list of components that comes or goes is told component by component.
        let is_list = matches!(now.parts(), [components, ..] if components == "components")
            && now.parts().len() <= 2;
        let (was, is) = match is_list {
            true => (was.or(Some(&nothing)), is.or(Some(&nothing))),
            false => (was, is),
        };
        if let (Some(Value::Object(was)), Some(Value::Object(is))) = (was, is) {
            let inside = |pointer: Pointer, object| Located { pointer, object };
            objects(walk, &inside(before, was), &inside(now, is));
        } else if !told(walk, old, new, &before, &now) {
            unseen(walk, &now, was, is);
        }
    }
}

/// Whether somebody has seen to a difference: to the object that has the key, or to the value.
fn told(
    walk: &Walk<'_>,
    old: &Located<'_>,
    new: &Located<'_>,
    before: &Pointer,
    now: &Pointer,
) -> bool {
    let spots = [
        Spot::base(before),
        Spot::head(now),
        Spot::base(&old.pointer),
        Spot::head(&new.pointer),
    ];
    spots
        .iter()
        .any(|spot| walk.has_seen(spot) || walk.claimed.contains_key(spot))
}

fn unseen(walk: &mut Walk<'_>, at: &Pointer, was: Option<&Value>, is: Option<&Value>) {
    let section = |place| at.parts().get(place).map(String::as_str);
    let scheme = section(1) == Some("securitySchemes") && walk.schemes.contains_key(at.last());
    let unused = section(0) == Some("components") && at.parts().len() > 2 && !scheme;
    let rule = match () {
        () if at.last().starts_with("x-") => &rules::EXTENSION,
        () if unused => &rules::UNUSED,
        () => &rules::UNCLASSIFIED,
    };
    let by = match unused {
        true => ", and no operation uses it",
        false => "",
    };
    match (was, is) {
        (Some(_), None) => {
            let near = at.parent().unwrap_or_default();
            walk.tell_gone(rule, at, &near, format!("is gone{by}"));
        }
        (None, _) => {
            walk.tell_new(rule, at, format!("is new{by}"));
        }
        _ => {
            walk.tell(rule, at, at, format!("has changed{by}"));
        }
    }
}
