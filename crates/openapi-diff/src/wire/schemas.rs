//! Schemas: what values were allowed, and are now.

use serde_json::{Map, Value};

use super::keywords;
use super::shape::{Property, Shape, Unnamed, meaning};
use super::walk::{Direction, Walk};
use crate::place::{Spot, code};
use crate::rules;
use openapi_document::extensions::SENSITIVE;
use openapi_document::operation::Located;

/// The keywords that a rule below, or one in [`keywords`], sees to.
const KNOWN: [&str; 29] = [
    "$ref",
    "additionalProperties",
    "allOf",
    "anyOf",
    "default",
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "items",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "nullable",
    "oneOf",
    "pattern",
    "properties",
    "readOnly",
    "required",
    "type",
    "uniqueItems",
    "writeOnly",
    SENSITIVE,
];

/// The keywords under which all that the parts say is taken together.
const PARTS: [&str; 8] = [
    "$ref",
    "additionalProperties",
    "allOf",
    "anyOf",
    "items",
    "oneOf",
    "properties",
    "required",
];

/// Holds two schemas against each other.
pub fn compare(walk: &mut Walk<'_>, base: &Located<'_>, head: &Located<'_>, way: Direction) {
    let was = Shape::of_one(walk.base, base);
    let is = Shape::of_one(walk.head, head);
    compare_shapes(walk, &was, &is, way);
}

/// The same of schemas that are taken together already.
pub fn compare_shapes(walk: &mut Walk<'_>, was: &Shape<'_>, is: &Shape<'_>, way: Direction) {
    walk.see_shapes(was, is);
    let place = |shape: &Shape<'_>| match shape.pieces.as_slice() {
        [only] => only.pointer.clone(),
        _ => shape.slot.clone(),
    };
    if !walk.first_time(&place(was), &place(is), way) || unchanged(walk, was, is) {
        return;
    }
    if let Some((old, new)) = swapped(walk, was, is) {
        return swap(walk, was, is, way, &old, &new);
    }
    compare_parts(walk, was, is, way);
}

fn compare_parts(walk: &mut Walk<'_>, was: &Shape<'_>, is: &Shape<'_>, way: Direction) {
    only_read(walk, was, is);
    keywords::sensitive(walk, was, is);
    if !keywords::kind(walk, was, is, way) {
        return; // Of another type, nothing else can be compared.
    }
    keywords::format(walk, was, is, way);
    keywords::values(walk, was, is, way);
    keywords::null(walk, was, is, way);
    keywords::limits(walk, was, is, way);
    keywords::default(walk, was, is, way);
    keywords::read_write(walk, was, is, way);
    properties(walk, was, is, way);
    unnamed(walk, was, is, way);
    match (was.part("items"), is.part("items")) {
        (Some(old), Some(new)) => compare(walk, &old, &new, way),
        (Some(_), None) => {
            walk.tell(
                rules::TYPE_WIDENED.of(way),
                &is.slot,
                &is.slot,
                "takes elements of any type now",
            );
        }
        (None, Some(new)) => {
            let at = is.slot.clone();
            walk.tell(
                rules::TYPE_NARROWED.of(way),
                &at,
                &new.pointer,
                "has elements of one type now",
            );
        }
        (None, None) => {}
    }
    choices(walk, was, is, way);
}

/// The quick way out: nothing in these schemas differs, nor behind them.
fn unchanged(walk: &Walk<'_>, was: &Shape<'_>, is: &Shape<'_>) -> bool {
    let mut pieces = was.pieces.iter().zip(&is.pieces);
    was.pieces.len() == is.pieces.len() && pieces.all(|(old, new)| walk.same_object(old, new))
}

/// Two components that are there before and after: a reference leads to the other one now.
fn swapped(walk: &Walk<'_>, was: &Shape<'_>, is: &Shape<'_>) -> Option<(String, String)> {
    let (old, new) = (was.component()?, is.component()?);
    if walk.swapping {
        return None; // They may hold themselves.
    }
    let has = |document: &Value, name: &str| document["components"]["schemas"].get(name).is_some();
    (old != new && has(walk.head, old) && has(walk.base, new)).then(|| (old.into(), new.into()))
}

/// What differs between the two components is no change of either: it is told where the reference
/// stands.
fn swap(
    walk: &mut Walk<'_>,
    was: &Shape<'_>,
    is: &Shape<'_>,
    way: Direction,
    old: &str,
    new: &str,
) {
    let mut inner = Walk::new(walk.base, walk.head);
    inner.swapping = true;
    compare_parts(&mut inner, was, is, way);
    let worst = inner.findings.iter().max_by_key(|found| found.rule.class);
    if let Some(worst) = worst {
        let differ = format!(
            "refers to {} now, to {} before: there, {}",
            code(new),
            code(old),
            worst.message
        );
        walk.tell(worst.rule, &is.slot, &is.slot, differ);
    }
}

/// What only people read, and what no rule knows.
fn only_read(walk: &mut Walk<'_>, was: &Shape<'_>, is: &Shape<'_>) {
    let mut told: Vec<&str> = Vec::new();
    let pieces = is.pieces.iter().chain(&was.pieces);
    for key in pieces.flat_map(|piece| piece.object.keys()) {
        let key = key.as_str();
        if told.contains(&key) || KNOWN.contains(&key) {
            continue;
        }
        told.push(key);
        let (old, new) = (was.value(key), is.value(key));
        if old != new {
            // Where a part came or went, it is the place that says something else.
            let home = match was.pieces.len() == is.pieces.len() {
                true => is.home(key, was),
                false => is.slot.clone(),
            };
            walk.tell_key(&home, key, old.is_some(), new.is_some());
        }
    }
    if was.pieces.len() == is.pieces.len() {
        for (old, new) in was.pieces.iter().zip(&is.pieces) {
            covered(walk, (was, old), (is, new));
        }
    }
}

/// What a part says and another part covers: it holds no more and no less, but it is not what it
/// was.
fn covered(
    walk: &mut Walk<'_>,
    (was, old): (&Shape<'_>, &Located<'_>),
    (is, new): (&Shape<'_>, &Located<'_>),
) {
    for key in super::walk::keys(old, new) {
        let (before, now) = (old.object.get(key), new.object.get(key));
        let both_hold = was.value(key) == is.value(key);
        let of_parts = PARTS.contains(&key) || was.flag(key) != is.flag(key);
        // An object with properties is one, whether or not it says so.
        let unsaid = key == "type" && (before.is_none() || now.is_none());
        if before != now && both_hold && !of_parts && !unsaid {
            walk.tell_key(&new.pointer, key, before.is_some(), now.is_some());
        }
    }
}

fn properties(walk: &mut Walk<'_>, was: &Shape<'_>, is: &Shape<'_>, way: Direction) {
    let (old, new) = (was.properties(walk.base), is.properties(walk.head));
    let (must, must_now) = (was.required(), is.required());
    let find =
        |list: &[Property<'_>], name: &str| list.iter().position(|property| property.name == name);
    let mut gone: Vec<usize> = (0..old.len())
        .filter(|&index| find(&new, old[index].name).is_none())
        .collect();
    let mut come: Vec<usize> = (0..new.len())
        .filter(|&index| find(&old, new[index].name).is_none())
        .collect();

    for (from, to) in renames(&old, &new, &gone, &come) {
        let (before, after) = (&old[from], &new[to]);
        let says = format!("was called {}", code(before.name));
        let at = &after.shape.slot;
        let index = walk.tell(rules::PROPERTY_RENAMED.of(way), at, at, says);
        walk.claim(Spot::base(&before.shape.slot), index);
        walk.renamed
            .push((at.clone(), before.name.into(), after.name.into()));
        required(
            walk,
            is,
            &after.shape,
            must.contains(&before.name),
            must_now.contains(&after.name),
            way,
        );
        compare_shapes(walk, &before.shape, &after.shape, way);
        gone.retain(|&index| index != from);
        come.retain(|&index| index != to);
    }
    for property in gone.iter().map(|&index| &old[index]) {
        let from = is.home("properties", was).child("properties");
        walk.tell_gone(
            rules::PROPERTY_REMOVED.of(way),
            &property.shape.slot,
            &from,
            "is gone",
        );
    }
    for property in come.iter().map(|&index| &new[index]) {
        let at = &property.shape.slot;
        let must = must_now.contains(&property.name);
        let closed = matches!(was.unnamed(), Unnamed::Closed) && way == Direction::Response;
        let rule = match must {
            _ if closed => &rules::RESPONSE_PROPERTY_ADDED_TO_CLOSED,
            true => rules::REQUIRED_PROPERTY_ADDED.of(way),
            false => rules::PROPERTY_ADDED.of(way),
        };
        let says = if must {
            "is new, and required"
        } else {
            "is new"
        };
        walk.tell_new(rule, at, says);
    }
    let listed = |name: &&&str| find(&old, name).is_none() && find(&new, name).is_none();
    let differ = |list: &[&str], other: &[&str]| -> Vec<String> {
        let names = list.iter().filter(|name| !other.contains(name));
        names.filter(listed).map(|name| code(name)).collect()
    };
    for (rule, names, says) in [
        (
            rules::PROPERTY_REQUIRED.of(way),
            differ(&must_now, &must),
            "requires",
        ),
        (
            rules::PROPERTY_OPTIONAL.of(way),
            differ(&must, &must_now),
            "no longer requires",
        ),
    ] {
        if !names.is_empty() {
            let home = is.home("required", was);
            let says = format!("{says} {}, which it doesn't describe", names.join(", "));
            walk.tell(rule, &home, &home.child("required"), says);
        }
    }
    for property in &new {
        let Some(before) = find(&old, property.name).map(|index| &old[index]) else {
            continue;
        };
        let (must, must_now) = (
            must.contains(&property.name),
            must_now.contains(&property.name),
        );
        required(walk, is, &property.shape, must, must_now, way);
        compare_shapes(walk, &before.shape, &property.shape, way);
    }
}

fn required(
    walk: &mut Walk<'_>,
    of: &Shape<'_>,
    property: &Shape<'_>,
    was: bool,
    is: bool,
    way: Direction,
) {
    let (rule, says) = match (was, is) {
        (false, true) => (rules::PROPERTY_REQUIRED.of(way), "is required now"),
        (true, false) => (rules::PROPERTY_OPTIONAL.of(way), "is no longer required"),
        _ => return,
    };
    // Where the list stands that names it now, or named it.
    let name = property.slot.last();
    let mut lists = of.pieces.iter().filter_map(|piece| {
        let list = piece.object.get("required")?.as_array()?;
        let index = list.iter().position(|entry| entry == name)?;
        Some(piece.pointer.child("required").child(index))
    });
    let line = lists.next_back().unwrap_or_else(|| property.slot.clone());
    walk.tell(rule, &property.slot, &line, says);
}

/// Properties that seem to have another name now: the same schema, and the same description or a
/// name that is much alike.
fn renames(
    old: &[Property<'_>],
    new: &[Property<'_>],
    gone: &[usize],
    come: &[usize],
) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for &from in gone {
        let alike = come
            .iter()
            .filter(|&&to| !found.iter().any(|(_, taken)| *taken == to))
            .filter(|&&to| means_the_same(&old[from].shape, &new[to].shape))
            .filter_map(|&to| {
                let says = |shape: &Shape<'_>| shape.value("description").cloned();
                let said = says(&old[from].shape);
                let same = said.is_some() && said == says(&new[to].shape);
                let alike = likeness(old[from].name, new[to].name);
                (same || alike >= 0.6).then_some((same, alike, to))
            });
        let best = alike.max_by(|a, b| (a.0, a.1).partial_cmp(&(b.0, b.1)).expect("no NaN"));
        found.extend(best.map(|(_, _, to)| (from, to)));
    }
    found
}

/// How much two names are alike, however they are spelled.
pub fn likeness(a: &str, b: &str) -> f64 {
    let plain = |name: &str| name.replace(['_', '-'], "").to_lowercase();
    strsim::jaro_winkler(&plain(a), &plain(b))
        .min(strsim::normalized_levenshtein(&plain(a), &plain(b)) + 0.25)
}

fn means_the_same(was: &Shape<'_>, is: &Shape<'_>) -> bool {
    let words = |shape: &Shape<'_>| -> Vec<Map<String, Value>> {
        shape
            .pieces
            .iter()
            .map(|piece| meaning(piece.object))
            .collect()
    };
    words(was) == words(is)
}

fn unnamed(walk: &mut Walk<'_>, was: &Shape<'_>, is: &Shape<'_>, way: Direction) {
    let key = "additionalProperties";
    let at = is.home(key, was);
    let line = is.find(key).map_or(at.clone(), |(_, line)| line);
    let (rule, says) = match (was.unnamed(), is.unnamed()) {
        (Unnamed::Of(old), Unnamed::Of(new)) => return compare(walk, &old, &new, way),
        (Unnamed::Open, Unnamed::Open) | (Unnamed::Closed, Unnamed::Closed) => return,
        (_, Unnamed::Closed) => (
            rules::CLOSED.of(way),
            "is closed now: it has no fields but the named ones",
        ),
        (Unnamed::Closed, _) => (
            rules::OPENED.of(way),
            "is open now: it can have fields beside the named ones",
        ),
        (Unnamed::Open, Unnamed::Of(_)) => (
            rules::TYPE_NARROWED.of(way),
            "says of which type its unnamed fields are",
        ),
        (Unnamed::Of(_), Unnamed::Open) => (
            rules::TYPE_WIDENED.of(way),
            "no longer says of which type its unnamed fields are",
        ),
    };
    walk.tell(rule, &at, &line, says);
}

/// `oneOf` and `anyOf`: variants that are the same are paired first, the others as they stand.
fn choices(walk: &mut Walk<'_>, was: &Shape<'_>, is: &Shape<'_>, way: Direction) {
    for key in ["oneOf", "anyOf"] {
        let (mut old, mut new) = (was.listed(key), is.listed(key));
        let at = is.home(key, was);
        match (old.is_empty(), new.is_empty()) {
            (true, true) => continue,
            (false, false) => {}
            (_, gone) => {
                let says = if gone {
                    "is no choice any more"
                } else {
                    "is a choice of several types now"
                };
                walk.tell(rules::TYPE.of(way), &at, &at, says);
                continue;
            }
        }
        let mut pairs = Vec::new();
        pair_off(&mut old, &mut new, &mut pairs, |a, b| a.object == b.object);
        pair_off(&mut old, &mut new, &mut pairs, |a, b| {
            a.text("$ref").is_some() && a.text("$ref") == b.text("$ref")
        });
        if old.len() == new.len() {
            pair_off(&mut old, &mut new, &mut pairs, |_, _| true);
        }
        for (before, after) in pairs {
            compare(walk, &before, &after, way);
        }
        for variant in new {
            let says = "has one more kind of value";
            let line = &variant.pointer;
            let index = walk.tell(rules::CHOICE_ADDED.of(way), &at, line, says);
            walk.claim(Spot::head(line), index);
        }
        for variant in old {
            let says = "has one kind of value less";
            let index = walk.tell(rules::CHOICE_REMOVED.of(way), &at, &at, says);
            walk.claim(Spot::base(&variant.pointer), index);
        }
    }
}

type Variants<'v> = Vec<Located<'v>>;

fn pair_off<'b, 'h>(
    old: &mut Variants<'b>,
    new: &mut Variants<'h>,
    pairs: &mut Vec<(Located<'b>, Located<'h>)>,
    fits: impl Fn(&Located<'b>, &Located<'h>) -> bool,
) {
    old.retain(|before| {
        let found = new.iter().position(|after| fits(before, after));
        pairs.extend(found.map(|index| (before.clone(), new.remove(index))));
        found.is_none()
    });
}
