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
    if only_null(walk, pair) {
        return false;
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
    let says = format!(
        "is {} now; it was {}",
        named(&pair.is, is),
        named(&pair.was, was)
    );
    let stated = (old.as_ref(), new.as_ref());
    let index = pair.shifted(walk, (&rules::TYPE, shift), stated, says);
    if was.and(is).is_empty() {
        pair.claim(walk, index);
        return false;
    }
    true
}

/// The types of a schema as they follow on "is" and "was"; whether it can be null is another
/// matter.
pub fn named(schema: &Schema<'_>, types: Types) -> String {
    let alternatives = schema.choices.iter().map(|choice| choice.branches.len());
    match alternatives.max() {
        Some(count) if types == Types::ALL.without(Types::NULL) => {
            format!("one of {count} alternatives")
        }
        None if types == Types::ALL.without(Types::NULL) => "of any type".into(),
        _ => types.to_string(),
    }
}

/// Compares a schema that allows everything with one that does not. Returns whether these are
/// such, and so compared.
pub fn anything<'v>(walk: &mut Walk<'v>, pair: &Pair<'v>) -> bool {
    let shift = match (pair.was.is_anything(), pair.is.is_anything()) {
        (true, false) => Shift::Narrowed,
        (false, true) => Shift::Widened,
        _ => return false,
    };
    // An enum that comes or goes is reported as such, and any text is a string.
    let listed = pair.was.values.is_some() || pair.is.values.is_some();
    if listed || pair.context.medium.is_text() {
        return false;
    }
    let all = |schema: &Schema<'v>| named(schema, schema.types.without(Types::NULL));
    let says = format!("is {} now; it was {}", all(&pair.is), all(&pair.was));
    let (old, new) = places(pair);
    let stated = (old.as_ref(), new.as_ref());
    let index = pair.shifted(walk, (&rules::TYPE, shift), stated, says);
    pair.claim(walk, index);
    true
}

/// Null alone is no part of another type. Returns whether either side is null alone.
fn only_null<'v>(walk: &mut Walk<'v>, pair: &Pair<'v>) -> bool {
    let (was, is) = (pair.was.types, pair.is.types);
    if (was == Types::NULL) == (is == Types::NULL) {
        return was == Types::NULL;
    }
    let (old, new) = places(pair);
    let says = format!("is {is} now; it was {was}");
    let shift = shift(was, is).unwrap_or(Shift::Changed);
    let stated = (old.as_ref(), new.as_ref());
    let index = pair.shifted(walk, (&rules::TYPE, shift), stated, says);
    pair.claim(walk, index);
    true
}

/// Null is reported as a type of its own, unless anything goes.
pub fn null<'v>(walk: &mut Walk<'v>, pair: &Pair<'v>) {
    let (was, is) = (pair.was.types, pair.is.types);
    let shared = was.and(is).without(Types::NULL);
    let any = |schema: &Schema<'v>| schema.types == Types::ALL && schema.choices.is_empty();
    if shared.is_empty() || any(&pair.was) || any(&pair.is) {
        return;
    }
    let (shift, says) = match (was.meets(Types::NULL), is.meets(Types::NULL)) {
        (false, true) => (Shift::Widened, "can be null now; it could not"),
        (true, false) => (Shift::Narrowed, "cannot be null now; it could"),
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
        let says = format!("has or had the type {unknown}, which JSON Schema doesn't define");
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
