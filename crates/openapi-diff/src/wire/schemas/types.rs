//! `type`, null among them.

use super::{Pair, at, text};
use crate::place::code;
use crate::rules::{self, Shift};
use crate::wire::walk::Walk;
use openapi_document::Pointer;
use openapi_document::schema::{Schema, Stated, Types};

/// Compares the types. Returns whether values of any type are on both sides, so that the other
/// keywords can be compared.
pub fn compare<'v>(walk: &mut Walk<'v>, pair: &Pair<'v>) -> bool {
    if pair.context.medium.is_text() {
        return text::types(walk, pair);
    }
    null(walk, pair);
    let (was, is) = (
        pair.was.types.without(Types::NULL),
        pair.is.types.without(Types::NULL),
    );
    let Some(shift) = shift(was, is) else {
        unknown(walk, pair);
        return true;
    };
    let (old, new) = places(pair);
    let says = match pair.was.types.and(pair.is.types).meets(Types::NULL)
        && is != Types::ALL.without(Types::NULL)
    {
        // That it can be null has not changed.
        true => format!("is {is} now; it was {was}"),
        false => format!("is {} now; it was {}", pair.is.types, pair.was.types),
    };
    let index = pair.shifted(
        walk,
        (&rules::TYPE, shift),
        (old.as_ref(), new.as_ref()),
        says,
    );
    if was.and(is).is_empty() {
        pair.claim(walk, index);
        return false;
    }
    true
}

/// Null is reported as a type of its own, unless anything goes.
pub fn null<'v>(walk: &mut Walk<'v>, pair: &Pair<'v>) {
    let (was, is) = (pair.was.types, pair.is.types);
    let shared = was.and(is).without(Types::NULL);
    if shared.is_empty() || was == Types::ALL || is == Types::ALL {
        return;
    }
    let (shift, says) = match (was.meets(Types::NULL), is.meets(Types::NULL)) {
        (false, true) => (Shift::Widened, "can be null now"),
        (true, false) => (Shift::Narrowed, "can't be null any more"),
        _ => return,
    };
    let nullable = (pair.was.stated("nullable"), pair.is.stated("nullable"));
    let (old, new) = match nullable {
        (None, None) => places(pair),
        (was, is) => (was.map(|was| was.at), is.map(|is| is.at)),
    };
    pair.shifted(
        walk,
        (&rules::NULL, shift),
        (old.as_ref(), new.as_ref()),
        says,
    );
}

/// Reports a type that JSON has not.
pub fn unknown<'v>(walk: &mut Walk<'v>, pair: &Pair<'v>) {
    let name = |schema: &Schema<'v>| {
        schema.parts.iter().find_map(|part| {
            let name = part.text("type")?;
            let at = part.pointer.child("type");
            Types::named(name)
                .is_none()
                .then_some(Stated { value: name, at })
        })
    };
    let (was, is) = (name(&pair.was), name(&pair.is));
    let value = |stated: &Option<Stated<&'v str>>| stated.as_ref().map(|stated| stated.value);
    if value(&was) != value(&is) {
        let unknown = code(value(&is).or(value(&was)).unwrap_or_default());
        let says = format!("is or was of the type {unknown}, which JSON doesn't have");
        pair.tell(walk, &rules::UNCLASSIFIED, (at(&was), at(&is)), says);
    }
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

/// Where the types are stated. If one of the two is a component and the other is not, which of
/// them is meant has changed, and not the component.
pub fn places(pair: &Pair<'_>) -> (Option<Pointer>, Option<Pointer>) {
    if pair.was.component().is_some() != pair.is.component().is_some() {
        return (None, None);
    }
    let stated = |schema: &Schema<'_>| schema.stated("type").map(|stated| stated.at);
    (stated(&pair.was), stated(&pair.is))
}
