//! Objects: their properties, which of them are required, and what else they hold.

use openapi_document::schema::{Additional, Property, Schema, Stated, same_value};
use openapi_document::{Pointer, get};
use serde_json::Value;

use super::{Pair, at, compare as compare_slots};
use crate::place::{Spot, code};
use crate::rules::{self, Shift};
use crate::wire::affected::unit;
use crate::wire::context::Direction;
use crate::wire::walk::{Walk, plain};

/// Compares the properties of two objects, and what holds for others.
pub fn compare<'v>(walk: &mut Walk<'v>, pair: &Pair<'v>) {
    let (was, is) = (&pair.was.properties, &pair.is.properties);
    let mut gone: Vec<&Property<'v>> = was
        .iter()
        .filter(|old| pair.is.property(old.name).is_none())
        .collect();
    let mut come: Vec<&Property<'v>> = is
        .iter()
        .filter(|new| pair.was.property(new.name).is_none())
        .collect();
    for (old, new) in renames(walk, &gone, &come) {
        gone.retain(|property| property.name != old.name);
        come.retain(|property| property.name != new.name);
        renamed(walk, pair, old, new);
    }
    for new in come {
        added(walk, pair, new);
    }
    for old in gone {
        removed(walk, pair, old);
    }
    for new in is {
        if let Some(old) = pair.was.property(new.name) {
            kept(walk, pair, old, new);
        }
    }
    required_alone(walk, pair);
    unnamed(walk, pair);
}

/// Names that are required without being described.
fn required_alone<'v>(walk: &mut Walk<'v>, pair: &Pair<'v>) {
    let described = |schema: &Schema<'v>, name: &str| schema.property(name).is_some();
    let way = pair.way();
    for name in &pair.is.required {
        if !described(&pair.is, name.value) && !pair.was.requires(name.value) {
            let says = format!("requires {} now; it was optional", code(name.value));
            let at = pair.is.home();
            walk.tell(
                rules::PRESENCE.of(Shift::Narrowed).of(way),
                at,
                &name.at,
                says,
            );
        }
    }
    for name in &pair.was.required {
        if !described(&pair.was, name.value) && !pair.is.requires(name.value) {
            let says = format!("no longer requires {}; it is optional", code(name.value));
            let at = pair.is.home();
            walk.tell(rules::PRESENCE.of(Shift::Widened).of(way), at, at, says);
        }
    }
}

/// Whether a property is not met on this way: what is `readOnly` is not sent, and what is
/// `writeOnly` not received.
fn is_absent(schema: &Schema<'_>, way: Direction) -> bool {
    schema.flag(match way {
        Direction::Request => "readOnly",
        Direction::Response => "writeOnly",
    })
}

fn added<'v>(walk: &mut Walk<'v>, pair: &Pair<'v>, new: &Property<'v>) {
    let place = &new.slots[0].pointer;
    let schema = walk.documents.new.all(&new.slots);
    let way = pair.way();
    let closed = way == Direction::Response && matches!(pair.was.additional, Additional::Closed(_));
    let required = pair.is.requires(new.name);
    let marked = format!("is new, and {}", code(mark(way)));
    let (rule, says) = match () {
        () if is_absent(&schema, way) => (&rules::DESCRIPTION, marked.as_str()),
        () if required && way == Direction::Request => (
            rules::REQUIRED_PROPERTY_ADDED.of(way),
            "is new, and required",
        ),
        () if closed => (&rules::RESPONSE_PROPERTY_ADDED_TO_CLOSED, "is new"),
        () => (rules::PROPERTY_ADDED.of(way), "is new"),
    };
    if is_elsewhere(walk.base, place, &pair.was) {
        let name = code(new.name);
        let says = match required {
            true => format!("now has {name}, and requires it"),
            false => format!("now has {name}"),
        };
        walk.tell(rule, pair.is.home(), place, says);
        return;
    }
    walk.tell_new(rule, place, says);
}

fn removed<'v>(walk: &mut Walk<'v>, pair: &Pair<'v>, old: &Property<'v>) {
    let place = &old.slots[0].pointer;
    let schema = walk.documents.old.all(&old.slots);
    let rule = match is_absent(&schema, pair.way()) {
        true => &rules::DESCRIPTION,
        false => rules::PROPERTY_REMOVED.of(pair.way()),
    };
    if is_elsewhere(walk.head, place, &pair.is) {
        let home = pair.is.home();
        let says = format!("no longer has {}", code(old.name));
        walk.tell(rule, home, home, says);
        return;
    }
    // Where it would stand now.
    let mut parts = pair.is.parts.iter();
    let with_others = parts.find(|part| part.object.contains_key("properties"));
    let near = with_others.map_or(pair.is.home().clone(), |part| {
        part.pointer.child("properties")
    });
    walk.tell_gone(rule, place, &near, "is gone");
}

fn renamed<'v>(walk: &mut Walk<'v>, pair: &Pair<'v>, old: &Property<'v>, new: &Property<'v>) {
    let place = new.slots[0].pointer.clone();
    let schema = walk.documents.new.all(&new.slots);
    let rule = match is_absent(&schema, pair.way()) {
        true => &rules::DESCRIPTION,
        false => rules::PROPERTY_RENAMED.of(pair.way()),
    };
    let says = format!("was called {}", code(old.name));
    let index = walk.tell(rule, &place, &place, says);
    walk.claim(Spot::base(&old.slots[0].pointer), index);
    walk.renamed.push((place, old.name.into(), new.name.into()));
    kept(walk, pair, old, new);
}

/// A property that is there before and after.
fn kept<'v>(walk: &mut Walk<'v>, pair: &Pair<'v>, old: &Property<'v>, new: &Property<'v>) {
    let property = Pair {
        was: walk.documents.old.all(&old.slots),
        is: walk.documents.new.all(&new.slots),
        context: pair.context.within(),
    };
    let way = pair.way();
    let required = (pair.was.requires(old.name), pair.is.requires(new.name));
    match (is_absent(&property.was, way), is_absent(&property.is, way)) {
        (true, true) => {
            for slot in &old.slots {
                walk.ignore(&Spot::base(&slot.pointer));
            }
            for slot in &new.slots {
                walk.ignore(&Spot::head(&slot.pointer));
            }
            return;
        }
        (false, true) => return turned_absent(walk, &property),
        (true, false) => return turned_present(walk, &property, required.1),
        (false, false) => {}
    }
    requirement(walk, pair, new, required);
    default(walk, &property, required == (true, true));
    marks(walk, &property);
    compare_slots(walk, &old.slots, &new.slots, property.context);
}

/// Reports a property that is required now, or no longer.
fn requirement<'v>(
    walk: &mut Walk<'v>,
    pair: &Pair<'v>,
    property: &Property<'v>,
    required: (bool, bool),
) {
    let way = pair.way();
    let (rule, list, [of_property, of_object]) = match required {
        (false, true) => (
            rules::PRESENCE.of(Shift::Narrowed).of(way),
            &pair.is.required,
            ["is required now; it was optional", "now requires"],
        ),
        (true, false) => (
            rules::PRESENCE.of(Shift::Widened).of(way),
            &pair.was.required,
            ["is optional now; it was required", "no longer requires"],
        ),
        _ => return,
    };
    let mut names = list.iter().filter(|name| name.value == property.name);
    let listed = names.next().map(|name| &name.at);
    let line = listed.filter(|_| required.1);
    let (place, home) = (&property.slots[0].pointer, pair.is.home());
    // The list can stand elsewhere than the property, which is as it was.
    match listed.is_some_and(|list| unit(list) != unit(place)) {
        true => {
            let says = format!("{of_object} {}", code(property.name));
            walk.tell(rule, home, line.unwrap_or(home), says)
        }
        false => walk.tell(rule, place, line.unwrap_or(place), of_property),
    };
}

/// Whether a property is still in its component in the other document, though that is no part of
/// this schema there.
fn is_elsewhere(document: &Value, place: &Pointer, schema: &Schema<'_>) -> bool {
    place
        .parts()
        .first()
        .is_some_and(|part| part == "components")
        && unit(place) != unit(&schema.slot)
        && get(document, place).is_some()
}

/// The mark that takes a property off this way.
fn mark(way: Direction) -> &'static str {
    match way {
        Direction::Request => "readOnly",
        Direction::Response => "writeOnly",
    }
}

fn turned_absent<'v>(walk: &mut Walk<'v>, property: &Pair<'v>) {
    walk.see_schemas(&property.was, &property.is);
    let key = mark(property.way());
    let rule = match property.way() {
        Direction::Request => &rules::READ_ONLY,
        Direction::Response => &rules::WRITE_ONLY,
    };
    let is = property.is.stated(key);
    let index = property.tell(walk, rule, (None, at(&is)), format!("is {} now", code(key)));
    property.claim(walk, index);
}

fn turned_present<'v>(walk: &mut Walk<'v>, property: &Pair<'v>, required: bool) {
    walk.see_schemas(&property.was, &property.is);
    let key = mark(property.way());
    let (rule, must) = match (property.way(), required) {
        (Direction::Request, true) => (&rules::REQUEST_REQUIRED_PROPERTY_ADDED, ", and required"),
        _ => (&rules::NOT_ONLY, ""),
    };
    let was = property.was.stated(key);
    let says = format!("is no longer {}{must}", code(key));
    let index = property.tell(walk, rule, (at(&was), None), says);
    property.claim(walk, index);
}

/// The marks of the other way mean nothing on this one.
fn marks<'v>(walk: &mut Walk<'v>, property: &Pair<'v>) {
    let key = mark(property.way().reversed());
    let (was, is) = (property.was.stated(key), property.is.stated(key));
    let says = match (property.was.flag(key), property.is.flag(key)) {
        (false, true) => format!("is {} now", code(key)),
        (true, false) => format!("is no longer {}", code(key)),
        _ => return,
    };
    property.tell(walk, &rules::DESCRIPTION, (at(&was), at(&is)), says);
}

/// `default`: what leaving a value out means to the service. Of what is required, it never applies.
pub fn default<'v>(walk: &mut Walk<'v>, slot: &Pair<'v>, required: bool) {
    let (was, is) = (slot.was.stated("default"), slot.is.stated("default"));
    let is_text = slot.context.medium.is_text();
    let says = match (&was, &is) {
        (Some(was), Some(is)) if is_same_default(was.value, is.value, is_text) => return,
        (None, None) => return,
        (Some(was), Some(is)) => {
            format!(
                "has the default {} now; it had {}",
                written(is),
                written(was)
            )
        }
        (None, Some(is)) => format!("has the default {} now; it had none", written(is)),
        (Some(was), None) => format!("no longer has the default {}", written(was)),
    };
    // A default that is stated now may have held before.
    let rule = match was.is_none() || required {
        true => &rules::DEFAULT_SAID,
        false => rules::DEFAULT.of(slot.way()),
    };
    slot.tell(walk, rule, (at(&was), at(&is)), says);
}

/// In a text, `1` is written as `"1"` is, and a list of one as its only value.
fn is_same_default(was: &Value, is: &Value, is_text: bool) -> bool {
    let only = |value: &Value| match value.as_array().map(Vec::as_slice) {
        Some([only]) => plain(only),
        _ => plain(value),
    };
    same_value(was, is) || (is_text && only(was) == only(is))
}

fn written(stated: &Stated<&Value>) -> String {
    code(&plain(stated.value))
}

fn unnamed<'v>(walk: &mut Walk<'v>, pair: &Pair<'v>) {
    let stated = |schema: &Schema<'_>| {
        schema
            .stated("additionalProperties")
            .map(|stated| stated.at)
    };
    let place = |schema: &Schema<'_>| match &schema.additional {
        Additional::Open => stated(schema),
        Additional::Closed(at) => Some(at.clone()),
        Additional::Of(slots) => slots.first().map(|slot| slot.pointer.clone()),
    };
    let (was, is) = (&pair.was.additional, &pair.is.additional);
    let places = (place(&pair.was), place(&pair.is));
    let places = (places.0.as_ref(), places.1.as_ref());
    let way = pair.way();
    match (was, is) {
        (Additional::Of(old), Additional::Of(new)) => pair.inner(walk, old, new),
        (Additional::Open, Additional::Open) | (Additional::Closed(_), Additional::Closed(_)) => {}
        (_, Additional::Closed(_)) => {
            let says = "is closed now; it could have other properties than the listed ones";
            let index = pair.tell(
                walk,
                rules::CLOSURE.of(Shift::Narrowed).of(way),
                places,
                says,
            );
            claim(walk, was, Spot::base, index);
        }
        (Additional::Closed(_), _) => {
            let says = "is open now; it had the listed properties only";
            let index = pair.tell(
                walk,
                rules::CLOSURE.of(Shift::Widened).of(way),
                places,
                says,
            );
            claim(walk, is, Spot::head, index);
        }
        (Additional::Open, Additional::Of(_)) => {
            let says = "has a schema for its other properties now; they could be anything";
            let index = pair.shifted(walk, (&rules::TYPE, Shift::Narrowed), places, says);
            claim(walk, is, Spot::head, index);
        }
        (Additional::Of(_), Additional::Open) => {
            let says = "has no schema for its other properties now; it had one";
            let index = pair.shifted(walk, (&rules::TYPE, Shift::Widened), places, says);
            claim(walk, was, Spot::base, index);
        }
    }
}

fn claim(
    walk: &mut Walk<'_>,
    additional: &Additional<'_>,
    side: fn(&Pointer) -> Spot,
    index: usize,
) {
    if let Additional::Of(slots) = additional {
        for slot in slots {
            walk.claim(side(&slot.pointer), index);
        }
    }
}

/// Properties that seem to have another name now: the same schema, and the same description or a
/// name that is much alike.
fn renames<'p, 'v>(
    walk: &Walk<'v>,
    gone: &[&'p Property<'v>],
    come: &[&'p Property<'v>],
) -> Vec<(&'p Property<'v>, &'p Property<'v>)> {
    /// Beyond this, it is another object, and comparing each with each takes too long.
    const MANY: usize = 64;
    let mut found: Vec<(&Property<'v>, &Property<'v>)> = Vec::new();
    if gone.len() > MANY || come.len() > MANY {
        return found;
    }
    let documents = &walk.documents;
    for old in gone {
        let was = documents.old.all(&old.slots);
        let description = |schema: &Schema<'v>| schema.stated("description").map(|said| said.value);
        let alike = come
            .iter()
            .filter(|new| !found.iter().any(|(_, taken)| taken.name == new.name))
            .filter_map(|new| {
                let is = documents.new.all(&new.slots);
                let same = documents.old_prints.of(&documents.old, &was)
                    == documents.new_prints.of(&documents.new, &is);
                let described =
                    description(&was).is_some() && description(&was) == description(&is);
                let alike = likeness(old.name, new.name);
                (same && (described || alike >= 0.6)).then_some((described, alike, *new))
            });
        let best = alike.max_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        found.extend(best.map(|(_, _, new)| (*old, new)));
    }
    found
}

/// How much two names are alike, however they are spelled.
pub fn likeness(a: &str, b: &str) -> f64 {
    let plain = |name: &str| name.replace(['_', '-'], "").to_lowercase();
    strsim::jaro_winkler(&plain(a), &plain(b))
        .min(strsim::normalized_levenshtein(&plain(a), &plain(b)) + 0.25)
}
