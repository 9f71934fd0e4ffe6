//! What is sent beside parameters, and what comes back.

use std::collections::HashSet;

use openapi_document::Pointer;
use openapi_document::extensions::NOT_FOUND;
use openapi_document::operation::{self, Located, Operation};
use openapi_document::schema::{Schema, under};
use serde_json::Value;

use super::context::{Context, Direction, Medium};
use super::encoding;
use super::media::Media;
use super::schemas::{self, Pair};
use super::style::Style;
use super::walk::Walk;
use crate::place::{Spot, code};
use crate::rules::{self, Compatibility, Rule, Shift};

/// Compares the request bodies of an operation.
pub fn request<'v>(
    walk: &mut Walk<'v>,
    base: &Operation<'v>,
    head: &Operation<'v>,
    way: Direction,
) {
    walk.way = Some(way);
    slot(walk, &base.at, &head.at, "requestBody");
    match (base.body(walk.base), head.body(walk.head)) {
        (None, None) => {}
        (None, Some(new)) => {
            let rule = match new.flag("required") {
                true => rules::NEW_REQUIRED_BODY.of(way),
                false => rules::NEW_BODY.of(way),
            };
            let at = head.at.pointer.child("requestBody");
            walk.tell_new(rule, &at, "is new");
        }
        (Some(_), None) => {
            let at = base.at.pointer.child("requestBody");
            walk.tell_gone(
                rules::REMOVED_BODY.of(way),
                &at,
                &head.at.pointer,
                "is gone",
            );
        }
        (Some(old), Some(new)) => {
            walk.see_keys(&old, &new, &["content", "required"]);
            walk.pair(&old.pointer, &new.pointer);
            let (rule, says) = match (old.flag("required"), new.flag("required")) {
                (false, true) => (
                    Some(rules::REQUIRED_BODY.of(way)),
                    "is required now; it was optional",
                ),
                (true, false) => (
                    Some(rules::OPTIONAL_BODY.of(way)),
                    "is optional now; it was required",
                ),
                _ => (None, ""),
            };
            if let Some(rule) = rule {
                walk.tell(rule, &new.pointer, &new.pointer.child("required"), says);
            }
            content(walk, &old, &new, way);
        }
    }
}

/// The object under a key may be a reference: its place is seen to by those who follow it.
fn slot(walk: &mut Walk<'_>, base: &Located<'_>, head: &Located<'_>, key: &str) {
    let child = |at: &Located<'_>| at.child(key).map_or(at.pointer.clone(), |at| at.pointer);
    walk.see_places(&child(base), &child(head));
}

/// Responses by status, as one side lists them.
type Responses<'v> = Vec<(&'v str, Located<'v>)>;

/// Compares the responses of an operation.
pub fn responses<'v>(
    walk: &mut Walk<'v>,
    base: &Operation<'v>,
    head: &Operation<'v>,
    way: Direction,
) {
    walk.way = Some(way);
    let (old, new) = (base.responses(walk.base), head.responses(walk.head));
    let at = |of: &Operation<'_>, status: &str| of.at.pointer.child("responses").child(status);
    let list = head.at.pointer.child("responses");

    let (gone, come) = (missing(&old, &new), missing(&new, &old));
    let moved = only_success(&gone).zip(only_success(&come));
    if let Some(((from, was), (to, is))) = &moved {
        let place = at(head, to);
        let says = format!("is the success status now; it was {from}");
        let index = walk.tell(&rules::SUCCESS_STATUS, &place, &place, says);
        walk.claim(Spot::base(&at(base, from)), index);
        walk.see_places(&at(base, from), &place);
        response(walk, was, is, way);
    }
    let is_moved = |status: &str, of: fn(&Moved<'v>) -> &'v str| {
        moved.as_ref().is_some_and(|moved| of(moved) == status)
    };
    for (status, was) in &gone {
        if is_moved(status, |moved| moved.0.0) {
            continue;
        }
        let place = at(base, status);
        let covered = covering(&new, status);
        let Some((cover, is)) = covered else {
            let says = "is no longer described";
            walk.tell_gone(&rules::STATUS_REMOVED, &place, &list, says);
            continue;
        };
        walk.see_places(&place, &at(head, cover));
        match worst(walk, was, &is, way) {
            Some((rule, message)) => {
                let says = format!("is described by {} now: {message}", code(cover));
                walk.tell_gone(rule, &place, &list, says);
            }
            None => {
                let says = format!("is described by {} now", code(cover));
                walk.tell_gone(&rules::DESCRIPTION, &place, &list, says);
            }
        }
    }
    for (status, is) in &come {
        if is_moved(status, |moved| moved.1.0) {
            continue;
        }
        let place = at(head, status);
        let covered = covering(&old, status);
        let index = walk.tell_new(&rules::STATUS_ADDED, &place, "is new");
        if let Some((cover, was)) = covered
            && let Some((rule, message)) = worst(walk, &was, is, way)
            && rule.class == Compatibility::Breaking
        {
            let says = format!("was described by {}: {message}", code(cover));
            walk.tell(rule, &place, &place, says);
        }
        walk.claim(Spot::head(&is.pointer), index);
    }
    for (status, is) in &new {
        if let Some((_, was)) = old.iter().find(|(known, _)| known == status) {
            walk.see_places(&at(base, status), &at(head, status));
            response(walk, was, is, way);
        }
    }
}

type Moved<'v> = ((&'v str, Located<'v>), (&'v str, Located<'v>));

/// The statuses of one side that the other has not.
fn missing<'v>(of: &Responses<'v>, from: &Responses<'_>) -> Responses<'v> {
    let has = |status: &str| from.iter().any(|(known, _)| *known == status);
    of.iter()
        .filter(|(status, _)| !has(status))
        .cloned()
        .collect()
}

/// The one success among these.
fn only_success<'v>(of: &Responses<'v>) -> Option<(&'v str, Located<'v>)> {
    let mut found = of.iter().filter(|(status, _)| status.starts_with('2'));
    let first = found.next()?;
    found.next().is_none().then(|| first.clone())
}

/// The response that describes a status which has none of its own: that of its range, or the
/// default.
fn covering<'v>(of: &Responses<'v>, status: &str) -> Option<(&'v str, Located<'v>)> {
    let range = status.get(..1).map(|first| format!("{first}xx"))?;
    let has = |name: &str| {
        of.iter()
            .find(|(known, _)| known.to_lowercase() == name)
            .cloned()
    };
    let covered = has(&range).or_else(|| has("default"));
    covered.filter(|(cover, _)| *cover != status)
}

/// The worst that differs between two responses, without a trace in the walk.
fn worst<'v>(
    walk: &Walk<'v>,
    was: &Located<'v>,
    is: &Located<'v>,
    way: Direction,
) -> Option<(&'static Rule, String)> {
    let mut trial = walk.trial();
    trial.way = Some(way);
    headers(&mut trial, was, is, way);
    content(&mut trial, was, is, way);
    trial.compare_waiting();
    let found = trial.findings.into_iter().rev();
    let worst = found.max_by_key(|found| found.rule.class)?;
    (worst.rule.class > Compatibility::Docs).then_some((worst.rule, worst.message))
}

fn response<'v>(walk: &mut Walk<'v>, old: &Located<'v>, new: &Located<'v>, way: Direction) {
    if walk.is_unchanged(old, new) {
        return;
    }
    walk.see_keys(old, new, &["headers", "content", NOT_FOUND]);
    walk.see_extension(old, new, NOT_FOUND, &rules::NOT_FOUND);
    headers(walk, old, new, way);
    content(walk, old, new, way);
}

/// Compares the headers of a response, or of a part of a body.
pub fn headers<'v>(walk: &mut Walk<'v>, old: &Located<'v>, new: &Located<'v>, way: Direction) {
    // HTTP doesn't tell upper case from lower, and the body's type is said by `content`.
    let listed = |of: &Located<'v>| -> (Vec<(&'v str, Located<'v>)>, Vec<_>) {
        let headers = of.children("headers");
        headers.partition(|(name, _)| !name.eq_ignore_ascii_case("content-type"))
    };
    let ((was, was_ignored), (is, is_ignored)) = (listed(old), listed(new));
    let ignored = was_ignored.iter().map(|(_, it)| Spot::base(&it.pointer));
    for spot in ignored.chain(is_ignored.iter().map(|(_, it)| Spot::head(&it.pointer))) {
        walk.ignore(&spot);
    }
    let find = |list: &[(&'v str, Located<'v>)], name: &str| {
        list.iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, header)| header.clone())
    };
    for (name, header) in &was {
        if find(&is, name).is_none() {
            walk.tell_gone(
                rules::REMOVED_HEADER.of(way),
                &header.pointer,
                &new.pointer,
                "is gone",
            );
        }
    }
    for (name, header) in &is {
        let Some(before) = find(&was, name) else {
            let resolved = operation::resolve(walk.head, header.clone());
            let required = resolved.is_some_and(|header| header.flag("required"));
            let rule = match required && way == Direction::Request {
                true => rules::REQUIRED_HEADER.of(way),
                false => rules::NEW_HEADER.of(way),
            };
            walk.tell_new(rule, &header.pointer, "is new");
            continue;
        };
        walk.see_places(&before.pointer, &header.pointer);
        let resolved = (
            operation::resolve(walk.base, before),
            operation::resolve(walk.head, header.clone()),
        );
        match resolved {
            (Some(was), Some(is)) => self::header(walk, &was, &is, way),
            (None, None) => {}
            _ => {
                let says = "refers to nothing in one of the two contracts";
                walk.tell(&rules::UNCLASSIFIED, &header.pointer, &header.pointer, says);
            }
        }
    }
}

fn header<'v>(walk: &mut Walk<'v>, was: &Located<'v>, is: &Located<'v>, way: Direction) {
    if walk.is_unchanged(was, is) {
        return;
    }
    walk.see_keys(
        was,
        is,
        &["required", "schema", "content", "style", "explode"],
    );
    let (rule, says) = match (was.flag("required"), is.flag("required")) {
        (false, true) => (
            Some(rules::REQUIRED_HEADER.of(way)),
            "is required now; it was optional",
        ),
        (true, false) => (
            Some(rules::OPTIONAL_HEADER.of(way)),
            "is optional now; it was required",
        ),
        _ => (None, ""),
    };
    if let Some(rule) = rule {
        walk.tell(rule, &is.pointer, &is.pointer.child("required"), says);
    }
    let context = Context {
        way,
        medium: Medium::TEXT,
    };
    let style = Style::of(&walk.documents.old, was, "simple");
    let now = Style::of(&walk.documents.new, is, "simple");
    for (key, was, now) in style.differences(&now) {
        let says = format!("has {} now; it had {}", code(&now), code(&was));
        walk.tell(&rules::ENCODING, &is.pointer, &is.pointer.child(key), says);
    }
    schema(walk, was, is, "schema", context);
    content(walk, was, is, way);
}

/// Compares the schemas under a key of a parameter, a header or a media type.
pub fn schema<'v>(
    walk: &mut Walk<'v>,
    was: &Located<'v>,
    is: &Located<'v>,
    key: &str,
    context: Context,
) {
    let slot = |of: &Located<'v>| under(of, key).filter(|slot| !says_nothing(slot));
    let way = context.way;
    match (slot(was), slot(is)) {
        (Some(old), Some(new)) => schemas::compare(walk, &[old], &[new], context),
        (None, Some(new)) => {
            let rule = rules::TYPE.of(Shift::Narrowed).of(way);
            walk.tell_new(rule, &new.pointer, "has a schema now; it had none");
        }
        (Some(old), None) => {
            let rule = rules::TYPE.of(Shift::Widened).of(way);
            walk.tell_gone(
                rule,
                &old.pointer,
                &is.pointer,
                "has no schema now; it had one",
            );
        }
        (None, None) => {}
    }
}

/// Whether a schema allows everything, as none does.
fn says_nothing(schema: &Located<'_>) -> bool {
    let mut keys = schema.object.keys();
    keys.all(|key| key != "$ref" && rules::of_keyword(key).class < Compatibility::Additive)
}

/// Media types with what stands under them.
type Content<'v> = Vec<(Media, &'v str, Located<'v>)>;

fn listed<'v>(document: &'v Value, of: &Located<'v>) -> Content<'v> {
    let entries = of.children("content").filter_map(|(name, entry)| {
        let entry = operation::resolve(document, entry)?;
        Some((Media::of(name), name, entry))
    });
    entries.collect()
}

/// Compares the media types of a body.
pub fn content<'v>(walk: &mut Walk<'v>, old: &Located<'v>, new: &Located<'v>, way: Direction) {
    let (was, is) = (listed(walk.base, old), listed(walk.head, new));
    let mut compared = HashSet::new();
    for (media, name, entry) in &was {
        if let Some((_, now, new)) = exact(&is, media, name) {
            if now != name && exact(&was, media, now).is_some_and(|(_, it, _)| it == name) {
                let says = format!("was written {}, which means the same", code(name));
                walk.tell(&rules::DESCRIPTION, &new.pointer, &new.pointer, says);
            }
            compared.insert(*now);
            media_type(walk, entry, new, media, way);
            continue;
        }
        // What is sent may be of a kind that a range covers now.
        let cover = is.iter().find(|(range, ..)| range.covers(media));
        match cover.filter(|_| way == Direction::Request) {
            Some((_, _, covering)) => media_type(walk, entry, covering, media, way),
            // Of all that a range promised, one kind is left.
            None if way == Direction::Response && is.iter().any(|(one, ..)| media.covers(one)) => {
                let says = "is gone; the media types that remain of it are listed";
                let index = walk.tell_gone(
                    &rules::RESPONSE_MEDIA_ADDED,
                    &entry.pointer,
                    &new.pointer,
                    says,
                );
                walk.claim(Spot::base(&entry.pointer), index);
            }
            None => {
                walk.tell_gone(
                    rules::MEDIA_REMOVED.of(way),
                    &entry.pointer,
                    &new.pointer,
                    "is gone",
                );
            }
        }
    }
    for (media, name, entry) in is.iter().filter(|(_, name, _)| !compared.contains(name)) {
        match exact(&was, media, name) {
            Some((_, _, old)) => media_type(walk, old, entry, media, way),
            None => {
                walk.tell_new(rules::MEDIA_ADDED.of(way), &entry.pointer, "is new");
            }
        }
    }
}

/// The entry for a media type: the one that is spelled in the same way, if several are there.
fn exact<'c, 'v>(
    of: &'c Content<'v>,
    media: &Media,
    name: &str,
) -> Option<&'c (Media, &'v str, Located<'v>)> {
    let mut same = of.iter().filter(|(known, ..)| known == media);
    let spelled = same.clone().find(|(_, known, _)| *known == name);
    spelled.or_else(|| same.next())
}

fn media_type<'v>(
    walk: &mut Walk<'v>,
    was: &Located<'v>,
    is: &Located<'v>,
    media: &Media,
    way: Direction,
) {
    walk.see_keys(was, is, &["schema", "itemSchema", "encoding"]);
    let medium = media.medium();
    let context = Context { way, medium };
    if media.is_form() {
        encoding::compare(walk, was, is, way);
    }
    if !(way == Direction::Response && envelope(walk, was, is, context)) {
        schema(walk, was, is, "schema", context);
    }
    schema(walk, was, is, "itemSchema", context);
}

/// A response whose value came in `data` and no longer does, or the other way round, is one change.
fn envelope<'v>(
    walk: &mut Walk<'v>,
    was: &Located<'v>,
    is: &Located<'v>,
    context: Context,
) -> bool {
    let (Some(old), Some(new)) = (was.child("schema"), is.child("schema")) else {
        return false;
    };
    let documents = std::rc::Rc::clone(&walk.documents);
    let (outer, outer_now) = (documents.old.one(&old), documents.new.one(&new));
    let data = |schemas: &openapi_document::schema::Schemas<'v>, outer: &Schema<'v>| {
        // An envelope holds little else.
        let data = outer
            .property("data")
            .filter(|_| outer.properties.len() <= 3)?;
        Some(schemas.all(&data.slots))
    };
    let at: Pointer = new.pointer.clone();
    let (rule, says, pair, claimed) = match (
        data(&documents.old, &outer),
        data(&documents.new, &outer_now),
    ) {
        (Some(data), None) if has_names_of(&data, &outer_now) => (
            &rules::ENVELOPE_REMOVED,
            format!(
                "has its fields at the top now; they were in {}",
                code("data")
            ),
            (data, outer_now),
            Spot::base(&old.pointer),
        ),
        (None, Some(data)) if has_names_of(&outer, &data) => (
            &rules::ENVELOPE_ADDED,
            format!(
                "has its fields in {} now; they were at the top",
                code("data")
            ),
            (outer, data),
            Spot::head(&at),
        ),
        _ => return false,
    };
    let index = walk.tell(rule, &at, &at, says);
    let (was, is) = pair;
    Pair { was, is, context }.visit(walk);
    walk.compare_waiting();
    walk.claim(claimed, index);
    true
}

/// Whether the new object has all properties of the old one.
fn has_names_of(was: &Schema<'_>, is: &Schema<'_>) -> bool {
    let has = |name: &str| is.property(name).is_some();
    !was.properties.is_empty() && was.properties.iter().all(|property| has(property.name))
}
