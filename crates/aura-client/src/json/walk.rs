//! A walk through JSON text with serde_json, one level at a time.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

/// What kind of value a JSON text is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Kind {
    Null,
    Bool,
    Number,
    String,
    Array,
    Object,
}

impl Kind {
    /// Returns the kind of a valid JSON text; its first character tells.
    pub(crate) fn of(json: &str) -> Self {
        match json.as_bytes() {
            [b'n', ..] => Self::Null,
            [b't' | b'f', ..] => Self::Bool,
            [b'"', ..] => Self::String,
            [b'[', ..] => Self::Array,
            [b'{', ..] => Self::Object,
            _ => Self::Number,
        }
    }

    /// Returns the kind's name with its article.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool => "a boolean",
            Self::Number => "a number",
            Self::String => "a string",
            Self::Array => "an array",
            Self::Object => "an object",
        }
    }
}

/// Calls `each` with every member of an object, name first, or every element of an array, until it
/// returns false. Returns whether the walk came to the end.
///
/// Names and values are JSON text, names with their quotes.
pub(crate) fn walk<'t>(
    json: &'t str,
    each: &mut dyn FnMut(Option<&'t str>, &'t str) -> bool,
) -> bool {
    let mut json = serde_json::Deserializer::from_str(json);
    json.deserialize_any(Walk(each)).is_ok()
}

struct Walk<'a, 't>(&'a mut dyn FnMut(Option<&'t str>, &'t str) -> bool);

impl<'t> Visitor<'t> for Walk<'_, 't> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object or an array")
    }

    fn visit_map<A: MapAccess<'t>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some((name, value)) = map.next_entry::<&RawValue, &RawValue>()? {
            if !(self.0)(Some(name.get()), value.get()) {
                return Err(A::Error::custom("stopped"));
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'t>>(self, mut seq: A) -> Result<(), A::Error> {
        while let Some(value) = seq.next_element::<&RawValue>()? {
            if !(self.0)(None, value.get()) {
                return Err(A::Error::custom("stopped"));
            }
        }
        Ok(())
    }
}

/// Returns the members of an object by name, each with its position. The last one of a name counts.
pub(super) fn members(json: &str) -> HashMap<Cow<'_, [u8]>, (usize, &str)> {
    let mut members = HashMap::new();
    let mut position = 0;
    walk(json, &mut |name, value| {
        members.insert(name_of(name.unwrap_or_default()), (position, value));
        position += 1;
        true
    });
    members
}

/// Returns the text of an object's first member of this name; `None` if it is no text.
pub(crate) fn member_text<'t>(json: &'t str, wanted: &str) -> Option<Cow<'t, str>> {
    let mut found = None;
    walk(json, &mut |name, value| {
        if name.is_some_and(|name| *name_of(name) == *wanted.as_bytes()) {
            found = unescape(value);
            return false;
        }
        true
    });
    found
}

/// Returns the elements of an array.
pub(super) fn elements(json: &str) -> Vec<&str> {
    let mut elements = Vec::new();
    walk(json, &mut |_, value| {
        elements.push(value);
        true
    });
    elements
}

/// Returns a JSON string without quotes and escapes; `None` if it is not Unicode.
pub(crate) fn unescape(json: &str) -> Option<Cow<'_, str>> {
    let plain = json.strip_prefix('"')?.strip_suffix('"')?;
    match plain.contains('\\') {
        false => Some(plain.into()),
        true => serde_json::from_str(json).ok().map(Cow::Owned),
    }
}

/// Returns a name without quotes and escapes. An escaped half of a surrogate pair, which UTF-8 has
/// no bytes for, is spelled as in WTF-8.
pub(crate) fn name_of(json: &str) -> Cow<'_, [u8]> {
    let plain = json
        .strip_prefix('"')
        .and_then(|json| json.strip_suffix('"'));
    match plain {
        Some(plain) if !plain.contains('\\') => plain.as_bytes().into(),
        _ => {
            let mut json = serde_json::Deserializer::from_str(json);
            json.deserialize_bytes(Bytes).unwrap_or_default().into()
        }
    }
}

struct Bytes;

impl Visitor<'_> for Bytes {
    type Value = Vec<u8>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Vec<u8>, E> {
        Ok(bytes.to_owned())
    }
}
