//! Takes an array or object apart by one level, its members left as JSON text.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde_json::value::RawValue;

/// What is in a value that is known to be JSON.
pub(super) enum Members<'j> {
    /// It is a scalar.
    None,
    Elements(Vec<&'j RawValue>),
    /// In their order, and as often as they are there.
    Fields(Vec<(Name, &'j RawValue)>),
}

impl<'j> Members<'j> {
    pub(super) fn of(text: &'j str) -> Self {
        // What is JSON can be taken apart, so the defaults are never taken.
        match text.as_bytes().first() {
            Some(b'[') => Self::Elements(serde_json::from_str(text).unwrap_or_default()),
            Some(b'{') => {
                let Fields(fields) = serde_json::from_str(text).unwrap_or_default();
                Self::Fields(fields)
            }
            _ => Self::None,
        }
    }
}

/// A field's name.
pub(crate) struct Name {
    pub(crate) text: String,
    /// Whether that is all of it: JSON can escape half a character, which Rust text cannot hold.
    pub(super) whole: bool,
}

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // As bytes, since serde_json gives those of half a character too.
        deserializer.deserialize_bytes(NameVisitor)
    }
}

struct NameVisitor;

impl Visitor<'_> for NameVisitor {
    type Value = Name;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Name, E> {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let whole = text.as_bytes() == bytes;
        Ok(Name { text, whole })
    }
}

#[derive(Default)]
struct Fields<'j>(Vec<(Name, &'j RawValue)>);

impl<'de> Deserialize<'de> for Fields<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(FieldsVisitor)
    }
}

struct FieldsVisitor;

impl<'de> Visitor<'de> for FieldsVisitor {
    type Value = Fields<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields<'de>, A::Error> {
        let mut fields = Vec::new();
        while let Some(field) = map.next_entry()? {
            fields.push(field);
        }
        Ok(Fields(fields))
    }
}
