//! Values that are text: in a query, a path, a header or a form.
//!
//! There, a number is a string, null can't be written, and one value can be a list of one.

use super::types::{named, places, shift};
use super::{Pair, compare};
use crate::rules::{self, Shift};
use crate::wire::context::Medium;
use crate::wire::walk::Walk;
use openapi_document::schema::Types;

/// Compares the types of texts. Returns whether the other keywords can be compared.
pub fn types<'v>(walk: &mut Walk<'v>, pair: &Pair<'v>) -> bool {
    let (was, is) = (written(pair.was.types), written(pair.is.types));
    let list_of_one = pair.context.medium == Medium::Text { list_of_one: true };
    let single = Types::SCALAR;
    if was.meets(single) && !was.meets(Types::ARRAY) && is.meets(Types::ARRAY) && !is.meets(single)
    {
        return becomes_list(walk, pair, list_of_one);
    }
    let Some(mut shift) = shift(was, is) else {
        return true;
    };
    let told = |types: Types| types.without(Types::NULL);
    // Any text is taken now, but for what the new schema excludes.
    let excludes =
        pair.is.values.is_some() || pair.is.format.is_some() || !pair.is.patterns.is_empty();
    if shift == Shift::Widened && is.meets(Types::STRING) && !was.meets(Types::STRING) && excludes {
        shift = Shift::Changed;
    }
    let says = format!(
        "is {} now; it was {}",
        named(told(pair.is.types)),
        named(told(pair.was.types))
    );
    let (old, new) = places(pair);
    let index = pair.shifted(
        walk,
        (&rules::TYPE, shift),
        (old.as_ref(), new.as_ref()),
        says,
    );
    let shared = told(pair.was.types).and(told(pair.is.types));
    if shared.is_empty() {
        pair.claim(walk, index);
    }
    !shared.is_empty()
}

/// The types as a text can tell them apart.
fn written(types: Types) -> Types {
    let types = types.without(Types::NULL);
    match types.meets(Types::STRING) {
        true => types.or(Types::SCALAR),
        false => types,
    }
}

/// A single value becomes a list: who writes one value writes a list of one, if each value is
/// written on its own, or no value can be taken for several.
fn becomes_list<'v>(walk: &mut Walk<'v>, pair: &Pair<'v>, list_of_one: bool) -> bool {
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
        named(pair.was.types.without(Types::NULL))
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
        return false;
    }
    let was: Vec<_> = pair.was.parts.clone();
    compare(walk, &was, &pair.is.items, pair.context.within());
    false
}
