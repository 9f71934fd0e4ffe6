//! Values that are text: in a query, a path, a header or a form.
//!
//! There, a number is a string, and one value can be a list of one.

use std::collections::HashSet;
use std::rc::Rc;

use super::types::{named, null, places, shift, unknown};
use super::{Pair, limits, values};
use crate::place::code;
use crate::rules::{self, Shift};
use crate::wire::context::Medium;
use crate::wire::walk::{Walk, plain};
use openapi_document::schema::{Schema, Types};

/// Compares the types of texts. Returns whether the other keywords can be compared.
pub fn types<'v>(walk: &mut Walk<'v>, pair: &Pair<'v>) -> bool {
    // Any text is a string.
    let types = |schema: &Schema<'v>| match schema.is_anything() {
        true => Types::STRING,
        false => schema.types,
    };
    let (was, is) = (types(&pair.was), types(&pair.is));
    let single = |types: Types| types.meets(Types::SCALAR) && !types.meets(Types::ARRAY);
    let list = |types: Types| types.without(Types::NULL) == Types::ARRAY;
    if single(was) && list(is) {
        becomes_list(walk, pair);
        return false;
    }
    null(walk, pair);
    if let (Some(old), Some(new)) = (listed(&pair.was), listed(&pair.is)) {
        lists(walk, pair, &old, &new);
        return false;
    }
    let (was, is) = (was.without(Types::NULL), is.without(Types::NULL));
    let Some(mut shift) = shift(was, is) else {
        if pair.was.is_anything() != pair.is.is_anything() {
            let (old, new) = places(pair);
            let says = "is text anyway, whether or not it names a type";
            pair.tell(
                walk,
                &rules::DESCRIPTION,
                (old.as_ref(), new.as_ref()),
                says,
            );
        }
        unknown(walk, pair);
        return true;
    };
    let (lost, won) = (was.without(is), is.without(was));
    if shift == Shift::Changed && lost.is_within(Types::SCALAR) && won.meets(Types::STRING) {
        // Any text is taken now, but for what the new schema excludes.
        let excludes =
            pair.is.values.is_some() || pair.is.format.is_some() || !pair.is.patterns.is_empty();
        shift = if excludes {
            Shift::Changed
        } else {
            Shift::Widened
        };
    } else if shift == Shift::Changed && won.is_within(Types::SCALAR) && lost.meets(Types::STRING) {
        shift = Shift::Narrowed;
    }
    let says = format!(
        "is {} now; it was {}",
        named(&pair.is, is),
        named(&pair.was, was)
    );
    let (old, new) = places(pair);
    let index = pair.shifted(
        walk,
        (&rules::TYPE, shift),
        (old.as_ref(), new.as_ref()),
        says,
    );
    let shared = was.and(is);
    if shared.is_empty() {
        pair.claim(walk, index);
    }
    !shared.is_empty()
}

/// The texts that are listed; a boolean is one of two.
fn listed(schema: &Schema<'_>) -> Option<Vec<String>> {
    match &schema.values {
        Some(values) => Some(values.value.iter().map(|value| plain(value)).collect()),
        None if schema.types.without(Types::NULL) == Types::BOOLEAN => {
            Some(vec!["true".into(), "false".into()])
        }
        None => None,
    }
}

/// Compares closed lists of texts, whatever the types of their values.
fn lists<'v>(walk: &mut Walk<'v>, pair: &Pair<'v>, was: &[String], is: &[String]) {
    let stated = |schema: &Schema<'v>| schema.values.as_ref().map(|values| values.at.clone());
    let (old, new) = (stated(&pair.was), stated(&pair.is));
    let without = |list: &[String], other: &[String]| -> Vec<String> {
        let known: HashSet<&String> = other.iter().collect();
        list.iter()
            .filter(|text| !known.contains(text))
            .map(|text| code(text))
            .collect()
    };
    for (texts, shift, verb) in [
        (without(is, was), Shift::Widened, "can also be"),
        (without(was, is), Shift::Narrowed, "can no longer be"),
    ] {
        if !texts.is_empty() {
            let says = format!("{verb} {}", texts.join(", "));
            pair.shifted(
                walk,
                (&rules::VALUE, shift),
                (old.as_ref(), new.as_ref()),
                says,
            );
        }
    }
}

/// A single value becomes a list: who writes one value writes a list of one, if each value is
/// written on its own, or no value can be taken for several.
fn becomes_list<'v>(walk: &mut Walk<'v>, pair: &Pair<'v>) {
    let list_of_one = pair.context.medium == Medium::Text { list_of_one: true };
    let one_fits = pair
        .is
        .limits
        .items
        .min
        .as_ref()
        .is_none_or(|least| least.value <= 1);
    let separable = list_of_one || !pair.was.types.meets(Types::STRING);
    let shift = match one_fits && separable {
        true => Shift::Widened,
        false => Shift::Changed,
    };
    let says = format!(
        "is a list now; it was {}",
        pair.was.types.without(Types::NULL)
    );
    let (old, new) = places(pair);
    let index = pair.shifted(
        walk,
        (&rules::TYPE, shift),
        (old.as_ref(), new.as_ref()),
        says,
    );
    if pair.is.items.is_empty() || shift == Shift::Changed {
        pair.claim(walk, index);
        return;
    }
    let element = Pair {
        was: Rc::clone(&pair.was),
        is: walk.documents.new.all(&pair.is.items),
        context: pair.context.within(),
    };
    if element.was.types.meets(Types::STRING) && element.is.types.meets(Types::STRING) {
        // Whatever else it could be was written as text.
        walk.see_schemas(&element.was, &element.is);
        values::format(walk, &element);
        values::values(walk, &element);
        limits::compare(walk, &element);
    } else {
        element.visit(walk);
    }
}
