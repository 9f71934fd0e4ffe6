//! What is sent beside parameters, and what is answered.

use serde_json::Value;

use super::schemas;
use super::shape::Shape;
use super::walk::{Direction, Walk};
use crate::place::{Spot, code};
use crate::rules;
use openapi_document::extensions::NOT_FOUND;
use openapi_document::operation::{self, Located, Operation};

/// The request body of an operation.
pub fn request(walk: &mut Walk<'_>, base: &Operation<'_>, head: &Operation<'_>) {
    walk.way = Some(Direction::Request);
    slot(walk, &base.at, &head.at, "requestBody");
    match (base.body(walk.base), head.body(walk.head)) {
        (None, None) => {}
        (None, Some(new)) => {
            let rule = match new.flag("required") {
                true => &rules::REQUIRED_BODY_ADDED,
                false => &rules::BODY_ADDED,
            };
            let at = head.at.pointer.child("requestBody");
            walk.tell_new(rule, &at, "is new");
        }
        (Some(_), None) => {
            let at = base.at.pointer.child("requestBody");
            walk.tell_gone(&rules::BODY_REMOVED, &at, &head.at.pointer, "is gone");
        }
        (Some(old), Some(new)) => {
            walk.see_keys(&old, &new, &["content", "required"]);
            walk.pair(&old.pointer, &new.pointer);
            let line = new.pointer.child("required");
            match (old.flag("required"), new.flag("required")) {
                (false, true) => {
                    walk.tell(
                        &rules::BODY_REQUIRED,
                        &new.pointer,
                        &line,
                        "is required now",
                    );
                }
                (true, false) => {
                    walk.tell(
                        &rules::BODY_OPTIONAL,
                        &new.pointer,
                        &line,
                        "is no longer required",
                    );
                }
                _ => {}
            }
            content(walk, &old, &new, Direction::Request);
        }
    }
}

/// The object under a key may be a reference: its place is seen to by those who follow it.
fn slot(walk: &mut Walk<'_>, base: &Located<'_>, head: &Located<'_>, key: &str) {
    let child = |at: &Located<'_>, other: &Located<'_>| {
        at.child(key).map_or(other.pointer.clone(), |at| at.pointer)
    };
    let seen = (child(base, base), child(head, head));
    walk.see_places(&seen.0, &seen.1);
}

/// The answers of an operation.
pub fn responses(walk: &mut Walk<'_>, base: &Operation<'_>, head: &Operation<'_>) {
    walk.way = Some(Direction::Response);
    let (old, new) = (base.responses(walk.base), head.responses(walk.head));
    let at = |of: &Operation<'_>, status: &str| of.at.pointer.child("responses").child(status);
    let list = head.at.pointer.child("responses");

    let success = |status: &str| status.starts_with('2');
    let gone: Vec<&(&str, Located<'_>)> = missing(&old, &new);
    let come: Vec<&(&str, Located<'_>)> = missing(&new, &old);
    let only = |list: &[&(&str, Located<'_>)]| -> Option<usize> {
        let mut found = (0..list.len()).filter(|&index| success(list[index].0));
        found.next().filter(|_| found.next().is_none())
    };
    let moved = only(&gone).zip(only(&come));
    if let Some((from, to)) = moved {
        let (from, to) = (gone[from], come[to]);
        let place = at(head, to.0);
        let says = format!("is the success now; it was {}", from.0);
        let index = walk.tell(&rules::SUCCESS_STATUS, &place, &place, says);
        walk.claim(Spot::base(&at(base, from.0)), index);
        walk.see_places(&at(base, from.0), &place);
        response(walk, &from.1, &to.1);
    }
    for (index, (status, _)) in gone.iter().enumerate() {
        if moved.is_none_or(|(from, _)| from != index) {
            walk.tell_gone(
                &rules::STATUS_REMOVED,
                &at(base, status),
                &list,
                "is no longer described",
            );
        }
    }
    for (index, (status, _)) in come.iter().enumerate() {
        if moved.is_none_or(|(_, to)| to != index) {
            walk.tell_new(&rules::STATUS_ADDED, &at(head, status), "is new");
        }
    }
    for (status, new) in &new {
        if let Some((_, old)) = old.iter().find(|(known, _)| known == status) {
            walk.see_places(&at(base, status), &at(head, status));
            response(walk, old, new);
        }
    }
}

/// The statuses of one that the other hasn't.
fn missing<'l, 'v>(
    of: &'l [(&'v str, Located<'v>)],
    from: &[(&str, Located<'_>)],
) -> Vec<&'l (&'v str, Located<'v>)> {
    let has = |status: &str| from.iter().any(|(known, _)| *known == status);
    of.iter().filter(|(status, _)| !has(status)).collect()
}

fn response(walk: &mut Walk<'_>, old: &Located<'_>, new: &Located<'_>) {
    if walk.same_object(old, new) {
        return;
    }
    walk.see_keys(old, new, &["headers", "content", NOT_FOUND]);
    walk.see_extension(old, new, NOT_FOUND, &rules::NOT_FOUND);
    headers(walk, old, new);
    content(walk, old, new, Direction::Response);
}

fn headers(walk: &mut Walk<'_>, old: &Located<'_>, new: &Located<'_>) {
    let list = new.pointer.child("headers");
    // HTTP doesn't tell upper case from lower.
    let find = |of: &Located<'_>, name: &str| {
        let name = name.to_lowercase();
        let mut names = of.children("headers").map(|(name, _)| name.to_string());
        names.find(|known| known.to_lowercase() == name)
    };
    for (name, _) in old.children("headers") {
        if find(new, name).is_none() {
            let at = old.pointer.child("headers").child(name);
            walk.tell_gone(&rules::HEADER_REMOVED, &at, &new.pointer, "is gone");
        }
    }
    for (name, is) in new.children("headers") {
        let at = list.child(name);
        let Some(before) = find(old, name) else {
            walk.tell_new(&rules::HEADER_ADDED, &at, "is new");
            continue;
        };
        let was = old
            .child("headers")
            .and_then(|headers| headers.child(&before));
        let Some((was, is)) = was.zip(Some(is)) else {
            continue;
        };
        walk.see_places(&was.pointer, &is.pointer);
        let at = is.pointer.clone();
        match (
            operation::resolve(walk.base, was),
            operation::resolve(walk.head, is),
        ) {
            (Some(was), Some(is)) => header(walk, &was, &is),
            (None, None) => {}
            _ => {
                walk.tell(
                    &rules::UNCLASSIFIED,
                    &at,
                    &at,
                    "refers to nothing, now or before",
                );
            }
        }
    }
}

fn header(walk: &mut Walk<'_>, was: &Located<'_>, is: &Located<'_>) {
    if walk.same_object(was, is) {
        return;
    }
    walk.see_keys(was, is, &["required", "schema"]);
    let line = is.pointer.child("required");
    match (was.flag("required"), is.flag("required")) {
        (false, true) => {
            walk.tell(
                &rules::HEADER_REQUIRED,
                &is.pointer,
                &line,
                "is always there now",
            );
        }
        (true, false) => {
            walk.tell(
                &rules::HEADER_OPTIONAL,
                &is.pointer,
                &line,
                "is no longer always there",
            );
        }
        _ => {}
    }
    schema(walk, was, is, Direction::Response);
}

/// The schema of a parameter, a header or a media type.
pub fn schema(walk: &mut Walk<'_>, was: &Located<'_>, is: &Located<'_>, way: Direction) {
    match (was.child("schema"), is.child("schema")) {
        (Some(old), Some(new)) => schemas::compare(walk, &old, &new, way),
        (None, Some(new)) => {
            let says = "says of which type it is";
            walk.tell_new(rules::TYPE_NARROWED.of(way), &new.pointer, says);
        }
        (Some(old), None) => {
            let says = "no longer says of which type it is";
            walk.tell_gone(rules::TYPE_WIDENED.of(way), &old.pointer, &is.pointer, says);
        }
        (None, None) => {}
    }
}

/// The media types of a body.
pub fn content(walk: &mut Walk<'_>, old: &Located<'_>, new: &Located<'_>, way: Direction) {
    let (at_old, at_new) = (old.pointer.child("content"), new.pointer.child("content"));
    let plain = |media: &str| media.replace(' ', "").to_lowercase();
    let find = |of: &Located<'_>, media: &str| {
        let mut names = of.children("content").map(|(name, _)| name.to_string());
        names.find(|known| plain(known) == plain(media))
    };
    for (media, _) in old.children("content") {
        if find(new, media).is_none() {
            let says = "is gone";
            walk.tell_gone(
                rules::MEDIA_REMOVED.of(way),
                &at_old.child(media),
                &new.pointer,
                says,
            );
        }
    }
    for (media, is) in new.children("content") {
        let Some(before) = find(old, media) else {
            walk.tell_new(rules::MEDIA_ADDED.of(way), &at_new.child(media), "is new");
            continue;
        };
        let was = old
            .child("content")
            .and_then(|content| content.child(&before));
        let Some(was) = was else { continue };
        walk.see_keys(&was, &is, &["schema"]);
        if !(way == Direction::Response && envelope(walk, &was, &is)) {
            schema(walk, &was, &is, way);
        }
    }
}

/// An answer whose value came in `data` and no longer does, or the other way round, is one change.
fn envelope(walk: &mut Walk<'_>, was: &Located<'_>, is: &Located<'_>) -> bool {
    let (Some(old), Some(new)) = (was.child("schema"), is.child("schema")) else {
        return false;
    };
    let (outer, outer_now) = (
        Shape::of_one(walk.base, &old),
        Shape::of_one(walk.head, &new),
    );
    let (data, data_now) = (data(walk.base, &outer), data(walk.head, &outer_now));
    let at = new.pointer.clone();
    match (data, data_now) {
        (Some(data), None) if of_same_names(walk.base, &data, walk.head, &outer_now) => {
            let says = format!(
                "is no longer wrapped: what came in {} is the whole",
                code("data")
            );
            let index = walk.tell(&rules::ENVELOPE_REMOVED, &at, &at, says);
            schemas::compare_shapes(walk, &data, &outer_now, Direction::Response);
            walk.claim(Spot::base(&old.pointer), index);
        }
        (None, Some(data)) if of_same_names(walk.base, &outer, walk.head, &data) => {
            let says = format!(
                "is wrapped now: what was the whole comes in {}",
                code("data")
            );
            let index = walk.tell(&rules::ENVELOPE_ADDED, &at, &at, says);
            schemas::compare_shapes(walk, &outer, &data, Direction::Response);
            walk.claim(Spot::head(&at), index);
        }
        _ => return false,
    }
    true
}

/// The `data` of what may be an envelope: an object of little else.
fn data<'v>(document: &'v Value, shape: &Shape<'v>) -> Option<Shape<'v>> {
    let properties = shape.properties(document);
    let few = properties.len() <= 3;
    let data = properties
        .into_iter()
        .find(|property| property.name == "data");
    data.map(|data| data.shape).filter(|_| few)
}

/// Whether the new object has all properties of the old one.
fn of_same_names(base: &Value, was: &Shape<'_>, head: &Value, is: &Shape<'_>) -> bool {
    let (old, new) = (was.properties(base), is.properties(head));
    let has = |name: &str| new.iter().any(|property| property.name == name);
    !old.is_empty() && old.iter().all(|property| has(property.name))
}
