//! `type`, null among them.

use super::{Pair, text};
use crate::rules::{self, Shift};
use crate::wire::walk::Walk;
use openapi_document::schema::Types;

/// Compares the types. Returns whether values of any type are on both sides, so that the other
/// keywords can be compared.
pub fn compare<'v>(walk: &mut Walk<'v>, pair: &Pair<'v>) -> bool {
    if pair.context.medium.is_text() {
        return text::types(walk, pair);
    }
    let (was, is) = (pair.was.types, pair.is.types);
    let (null, null_now) = (was.meets(Types::NULL), is.meets(Types::NULL));
    let (old, new) = (was.without(Types::NULL), is.without(Types::NULL));
    let places = places(pair);
    // Null is reported as a type of its own, unless anything goes.
    if null != null_now && was != Types::ALL && is != Types::ALL && !old.and(new).is_empty() {
        let (shift, says) = match null_now {
            true => (Shift::Widened, "can be null now"),
            false => (Shift::Narrowed, "can't be null any more"),
        };
        let nullable = (pair.was.stated("nullable"), pair.is.stated("nullable"));
        let places = match nullable {
            (None, None) => places,
            _ => (nullable.0.map(|was| was.at), nullable.1.map(|is| is.at)),
        };
        pair.shifted(
            walk,
            (&rules::NULL, shift),
            (places.0.as_ref(), places.1.as_ref()),
            says,
        );
    }
    let Some(shift) = shift(old, new) else {
        return true;
    };
    let places = self::places(pair);
    let says = match (old == new, pair.is.types == Types::ALL) {
        _ => format!(
            "is {} now; it was {}",
            named(pair.is.types),
            named(pair.was.types)
        ),
    };
    let index = pair.shifted(
        walk,
        (&rules::TYPE, shift),
        (places.0.as_ref(), places.1.as_ref()),
        says,
    );
    if old.and(new).is_empty() {
        pair.claim(walk, index);
        return false;
    }
    true
}

/// How a set of types has moved.
pub fn shift(was: Types, is: Types) -> Option<Shift> {
    match (is.is_within(was), was.is_within(is)) {
        (true, true) => None,
        (true, false) => Some(Shift::Narrowed),
        (false, true) => Some(Shift::Widened),
        (false, false) => Some(Shift::Changed),
    }
}

/// Types as they follow on "is" and "was".
pub fn named(types: Types) -> String {
    types.to_string()
}

type Places = (
    Option<openapi_document::Pointer>,
    Option<openapi_document::Pointer>,
);

/// Where the types are stated. If one of the two is a component and the other is not, which of
/// them is meant has changed, and not the component.
pub fn places(pair: &Pair<'_>) -> Places {
    let (was, is) = (pair.was.stated("type"), pair.is.stated("type"));
    if pair.was.component().is_some() != pair.is.component().is_some() {
        let beside = pair.is.references.contains(&pair.is.slot);
        let slot = pair.is.slot.child(if beside { "$ref" } else { "type" });
        return (None, Some(slot));
    }
    (was.map(|was| was.at), is.map(|is| is.at))
}
