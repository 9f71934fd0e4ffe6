//! `minimum`, `maxLength`, `pattern` and their like.

use std::fmt::Display;

use super::{Pair, at};
use crate::place::code;
use crate::rules::{self, Shift};
use crate::wire::walk::Walk;
use openapi_document::schema::{Bound, Limits, Number, Schema, Size, Stated, Types};

/// Compares the limits, where the types have changed only those of types that are on both sides.
pub fn compare<'v>(walk: &mut Walk<'v>, pair: &Pair<'v>) {
    let (was, is) = (&pair.was.limits, &pair.is.limits);
    if listed_values_fit(pair) {
        return;
    }
    // In a text, a limit is taken at its word: what it was written for is read from the text.
    let at_its_word = pair.was.types == pair.is.types && pair.context.medium.is_text();
    let has = |types| at_its_word || pair.was.types.and(pair.is.types).meets(types);
    if has(Types::NUMBER) {
        bound(walk, pair, (&was.lower, &is.lower), true);
        bound(walk, pair, (&was.upper, &is.upper), false);
        multiples(walk, pair);
    }
    if has(Types::STRING) {
        size(
            walk,
            pair,
            (&was.length, &is.length),
            ["minLength", "maxLength"],
        );
        patterns(walk, pair);
    }
    if has(Types::ARRAY) {
        size(
            walk,
            pair,
            (&was.items, &is.items),
            ["minItems", "maxItems"],
        );
        if let Some(shift) = Shift::of_presence(was.unique.is_some(), is.unique.is_some()) {
            let says = match shift {
                Shift::Narrowed => "has unique items now; they could repeat",
                _ => "can repeat items now; they were unique",
            };
            pair.shifted(
                walk,
                (&rules::LIMIT, shift),
                (at(&was.unique), at(&is.unique)),
                says,
            );
        }
    }
    if has(Types::OBJECT) {
        let names = ["minProperties", "maxProperties"];
        size(walk, pair, (&was.properties, &is.properties), names);
    }
}

/// Whether what is listed fits the limits of both sides, so that these move nothing: the list that
/// comes or goes, or its values, are reported.
fn listed_values_fit(pair: &Pair<'_>) -> bool {
    let (was, is) = (&pair.was, &pair.is);
    let same_patterns = || {
        let texts = |schema: &Schema<'_>| -> Vec<String> {
            schema
                .patterns
                .iter()
                .map(|pattern| pattern.value.to_string())
                .collect()
        };
        texts(was) == texts(is)
    };
    let fits = |values: &Option<Stated<Vec<&serde_json::Value>>>, limits: &Limits| {
        let values = values.as_ref();
        values.is_none_or(|values| values.value.iter().all(|value| limits.allow(value)))
    };
    let listed = was.values.is_some() || is.values.is_some();
    listed && same_patterns() && fits(&was.values, &is.limits) && fits(&is.values, &was.limits)
}

/// The least or the greatest number.
fn bound<'v>(
    walk: &mut Walk<'v>,
    pair: &Pair<'v>,
    (was, is): (&Option<Stated<Bound>>, &Option<Stated<Bound>>),
    lower: bool,
) {
    let name = if lower { "minimum" } else { "maximum" };
    let written = |bound: &Stated<Bound>| match (bound.value.exclusive, lower) {
        (false, _) => bound.value.number.to_string(),
        (true, true) => format!("more than {}", bound.value.number),
        (true, false) => format!("less than {}", bound.value.number),
    };
    let shift = match (was, is) {
        (Some(old), Some(new)) if old.value == new.value => return,
        (Some(old), Some(new)) => match new.value.is_tighter(old.value, lower) {
            true => Some(Shift::Narrowed),
            false => Some(Shift::Widened),
        },
        (old, new) => Shift::of_presence(old.is_some(), new.is_some()),
    };
    let texts = (was.as_ref().map(written), is.as_ref().map(written));
    moved(walk, pair, name, shift, texts, (at(was), at(is)));
}

fn size<'v>(
    walk: &mut Walk<'v>,
    pair: &Pair<'v>,
    (was, is): (&Size, &Size),
    [min, max]: [&str; 2],
) {
    for (name, old, new, lower) in [
        (min, &was.min, &is.min, true),
        (max, &was.max, &is.max, false),
    ] {
        let value = |size: &Option<Stated<u64>>| size.as_ref().map(|size| size.value);
        let shift = match (value(old), value(new)) {
            (Some(old), Some(new)) if old == new => None,
            (Some(old), Some(new)) if (new > old) == lower => Some(Shift::Narrowed),
            (Some(_), Some(_)) => Some(Shift::Widened),
            (old, new) => Shift::of_presence(old.is_some(), new.is_some()),
        };
        moved(
            walk,
            pair,
            name,
            shift,
            (value(old), value(new)),
            (at(old), at(new)),
        );
    }
}

fn multiples<'v>(walk: &mut Walk<'v>, pair: &Pair<'v>) {
    let (was, is) = (&pair.was.limits.multiples, &pair.is.limits.multiples);
    // What is a multiple of 6 is one of 3.
    let covers = |coarse: &[Stated<Number>], fine: &[Stated<Number>]| {
        fine.iter().all(|fine| {
            let mut coarse = coarse.iter();
            coarse.any(|coarse| coarse.value.is_multiple_of(fine.value))
        })
    };
    let shift = match (covers(is, was), covers(was, is)) {
        (true, true) => None,
        (true, false) => Some(Shift::Narrowed),
        (false, true) => Some(Shift::Widened),
        (false, false) => Some(Shift::Changed),
    };
    let text = |list: &[Stated<Number>]| {
        let texts: Vec<String> = list
            .iter()
            .map(|multiple| multiple.value.to_string())
            .collect();
        (!texts.is_empty()).then(|| texts.join(" and "))
    };
    let places = (was.first().map(|was| &was.at), is.first().map(|is| &is.at));
    moved(
        walk,
        pair,
        "multipleOf",
        shift,
        (text(was), text(is)),
        places,
    );
}

fn patterns<'v>(walk: &mut Walk<'v>, pair: &Pair<'v>) {
    let (was, is) = (&pair.was.patterns, &pair.is.patterns);
    let lacks = |list: &[Stated<&str>], other: &[Stated<&str>]| {
        let has = |pattern: &str| list.iter().any(|known| known.value == pattern);
        other.iter().any(|pattern| !has(pattern.value))
    };
    // Nothing here knows which of two patterns matches more.
    let shift = match (lacks(was, is), lacks(is, was)) {
        (false, false) => None,
        (true, false) => Some(Shift::Narrowed),
        (false, true) => Some(Shift::Widened),
        (true, true) => Some(Shift::Changed),
    };
    let text = |list: &[Stated<&str>]| {
        let texts: Vec<&str> = list.iter().map(|pattern| pattern.value).collect();
        (!texts.is_empty()).then(|| texts.join(" and "))
    };
    let places = (was.first().map(|was| &was.at), is.first().map(|is| &is.at));
    moved(walk, pair, "pattern", shift, (text(was), text(is)), places);
}

fn moved<'v, T: Display>(
    walk: &mut Walk<'v>,
    pair: &Pair<'v>,
    name: &str,
    shift: Option<Shift>,
    (was, is): (Option<T>, Option<T>),
    places: (
        Option<&openapi_document::Pointer>,
        Option<&openapi_document::Pointer>,
    ),
) {
    let Some(shift) = shift else { return };
    let says = match (was, is) {
        (Some(was), Some(is)) => format!(
            "has the limit {} now; it was {}",
            code(&format!("{name}: {is}")),
            code(&was.to_string())
        ),
        (_, Some(is)) => format!(
            "has the limit {} now; it had none",
            code(&format!("{name}: {is}"))
        ),
        (Some(was), None) => format!(
            "no longer has the limit {}",
            code(&format!("{name}: {was}"))
        ),
        (None, None) => return,
    };
    pair.shifted(walk, (&rules::LIMIT, shift), places, says);
}
