//! `format`, and the closed lists of `enum` and `const`.

use std::collections::HashSet;

use serde_json::Value;

use super::{Pair, at};
use crate::place::code;
use crate::rules::{self, Shift};
use crate::wire::walk::{Walk, plain};
use openapi_document::schema::{Types, canonical};

/// Compares `format`.
pub fn format<'v>(walk: &mut Walk<'v>, pair: &Pair<'v>) {
    let (was, is) = (&pair.was.format, &pair.is.format);
    let (old, new) = (
        was.as_ref().map(|was| was.value),
        is.as_ref().map(|is| is.value),
    );
    if old == new {
        return;
    }
    let both = pair.was.types.and(pair.is.types);
    let numbers = both.meets(Types::NUMBER) && !both.meets(Types::STRING);
    let places = (at(was), at(is));
    let says = match (old, new) {
        (Some(old), Some(new)) => format!("has the format {} now; it had {}", code(new), code(old)),
        (Some(old), None) => format!("no longer has the format {}", code(old)),
        (_, new) => format!(
            "has the format {} now; it had none",
            code(new.unwrap_or_default())
        ),
    };
    let shift = match (old, new) {
        _ if numbers => match (old == Some("int32"), new == Some("int32")) {
            (true, false) => Shift::Widened,
            (false, true) => Shift::Narrowed,
            // JSON has numbers of one kind; an integer without a format is read as an int64.
            _ => {
                pair.tell(walk, &rules::FORMAT_SAID, places, says);
                return;
            }
        },
        // Bytes are no text of a certain form: they come in place of text.
        (Some("binary"), _) | (_, Some("binary")) => Shift::Changed,
        (Some(_), None) => Shift::Widened,
        (None, Some(_)) => Shift::Narrowed,
        _ => Shift::Changed,
    };
    pair.shifted(walk, (&rules::FORMAT, shift), places, says);
}

/// Compares `enum` and `const`: a list put on, taken off, or of other values.
pub fn values<'v>(walk: &mut Walk<'v>, pair: &Pair<'v>) {
    let (was, is) = (&pair.was.values, &pair.is.values);
    let places = (at(was), at(is));
    let (old, new) = match (was, is) {
        (None, None) => return,
        (None, Some(new)) => {
            let says = format!(
                "is one of {} now; it could be any value",
                written(&new.value)
            );
            pair.shifted(walk, (&rules::LIST, Shift::Narrowed), places, says);
            return;
        }
        (Some(old), None) => {
            let says = format!(
                "can be any value now; it was one of {}",
                written(&old.value)
            );
            pair.shifted(walk, (&rules::LIST, Shift::Widened), places, says);
            return;
        }
        (Some(old), Some(new)) => (&old.value, &new.value),
    };
    let is_text = pair.context.medium.is_text();
    let come = without(new, old, is_text);
    let gone = without(old, new, is_text);
    if !come.is_empty() {
        let says = format!("can also be {} now", written(&come));
        pair.shifted(walk, (&rules::VALUE, Shift::Widened), places, says);
    }
    if !gone.is_empty() {
        let says = format!("can no longer be {}", written(&gone));
        pair.shifted(walk, (&rules::VALUE, Shift::Narrowed), places, says);
    }
}

/// The values of `list` that `other` has not; as text, `1` and `"1"` are one.
fn without<'v>(list: &[&'v Value], other: &[&Value], is_text: bool) -> Vec<&'v Value> {
    let key = |value: &Value| match is_text {
        true => plain(value),
        false => canonical(value),
    };
    let known: HashSet<String> = other.iter().map(|value| key(value)).collect();
    let new = list.iter().filter(|value| !known.contains(&key(value)));
    new.copied().collect()
}

/// The most values that a message lists.
const SHOWN: usize = 12;

fn written(values: &[&Value]) -> String {
    if values.is_empty() {
        return "nothing".into();
    }
    let shown = values.iter().take(SHOWN).map(|value| code(&plain(value)));
    let shown = shown.collect::<Vec<_>>().join(", ");
    match values.len().checked_sub(SHOWN) {
        None | Some(0) => shown,
        Some(more) => format!("{shown} and {more} more"),
    }
}
