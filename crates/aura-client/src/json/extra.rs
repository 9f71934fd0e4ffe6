//! The members of an object that the contract doesn't name.

use std::borrow::Cow;
use std::fmt::{self, Write};
use std::str;

use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use super::{equality, into_format, is_serde_json_text, name_of};

/// The members of an object that the contract doesn't name: custom fields, and what the API has
/// added since.
///
/// They are kept as JSON text, in the order sent, duplicates included: no number is rounded, and
/// nothing is dropped. Of several members of one name the last one counts. Two are equal if they
/// hold the same names and values, in whatever order and spelling. serde_json writes the members as
/// sent; any other serializer gets plain values. `Debug` shows how many there are, no name and no
/// value.
///
/// ```
/// use aura_client::Extra;
///
/// let mut extra = Extra::default();
/// extra.insert("seats", 12)?;
/// assert_eq!(extra.read::<u32>("seats")?, Some(12));
/// assert_eq!(extra.read::<u32>("plan")?, None);
/// assert_eq!(extra.get("seats").map(|json| json.get()), Some("12"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Default)]
pub struct Extra {
    /// What would stand between the braces: `"plan":"gold","seats":[1,2]`.
    text: String,
}

impl Extra {
    /// Returns how many members there are. A name that was sent twice counts twice.
    pub fn len(&self) -> usize {
        self.texts().count()
    }

    /// Returns whether there are none.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Returns the value of a member, the last one of that name.
    pub fn get(&self, name: &str) -> Option<&RawValue> {
        let named = self
            .texts()
            .filter(|(other, _)| *name_of(other.get()) == *name.as_bytes());
        named.last().map(|(_, value)| value)
    }

    /// Iterates over names and values, in the order sent. A half of a surrogate pair in a name, which
    /// no `str` holds, shows as U+FFFD.
    pub fn iter(&self) -> impl Iterator<Item = (Cow<'_, str>, &RawValue)> {
        self.texts().map(|(name, value)| {
            let name = match name_of(name.get()) {
                Cow::Borrowed(name) => String::from_utf8_lossy(name),
                Cow::Owned(name) => String::from_utf8_lossy(&name).into_owned().into(),
            };
            (name, value)
        })
    }

    /// Adds a member at the end, where it counts, for tests and sandboxes.
    ///
    /// # Errors
    ///
    /// serde_json's, if the value cannot be written as JSON.
    pub fn insert<T: Serialize>(&mut self, name: &str, value: T) -> Result<(), serde_json::Error> {
        let value = serde_json::to_string(&value)?;
        self.push(name.as_bytes(), &value);
        Ok(())
    }

    /// Adds a member whose value is JSON text. Returns whether the name is Unicode, but for halves
    /// of surrogate pairs, which come spelled as in WTF-8 and are written as escapes again.
    pub(crate) fn push(&mut self, name: &[u8], value: &str) -> bool {
        let before = self.text.len();
        let more = name.len() + value.len() + 4;
        if self.text.capacity() - before < more {
            // Mostly there is one member, or there are many.
            self.text.reserve(more.max(3 * before));
        }
        if before > 0 {
            self.text.push(',');
        }
        self.text.push('"');
        let is_plain = |byte: &u8| *byte >= b' ' && *byte != b'"' && *byte != b'\\';
        let written = match str::from_utf8(name) {
            Ok(name) if name.bytes().all(|byte| is_plain(&byte)) => {
                self.text.push_str(name);
                true
            }
            _ => escape(name, &mut self.text).is_some(),
        };
        if !written {
            self.text.truncate(before);
            return false;
        }
        self.text.push_str("\":");
        self.text.push_str(value);
        true
    }

    fn texts(&self) -> impl Iterator<Item = (&RawValue, &RawValue)> {
        let mut rest = self.text.as_str();
        std::iter::from_fn(move || Some((first(&mut rest)?, first(&mut rest)?)))
    }
}

/// Takes the first name or value off the text, with the colon or comma that follows.
fn first<'t>(rest: &mut &'t str) -> Option<&'t RawValue> {
    let mut values = serde_json::Deserializer::from_str(rest).into_iter();
    let value = values.next()?.ok()?;
    *rest = rest.get(values.byte_offset() + 1..).unwrap_or_default();
    Some(value)
}

/// Writes a name with escapes, without quotes.
fn escape(mut name: &[u8], text: &mut String) -> Option<()> {
    loop {
        let valid = match str::from_utf8(name) {
            Ok(all) => all,
            Err(error) => str::from_utf8(&name[..error.valid_up_to()]).ok()?,
        };
        let quoted = serde_json::to_string(valid).ok()?;
        text.push_str(&quoted[1..quoted.len() - 1]);
        let [0xED, high @ 0xA0..=0xBF, low @ 0x80..=0xBF, rest @ ..] = &name[valid.len()..] else {
            return (valid.len() == name.len()).then_some(());
        };
        let half = 0xD000 | u16::from(high & 0x3F) << 6 | u16::from(low & 0x3F);
        write!(text, "\\u{half:04x}").ok()?;
        name = rest;
    }
}

impl PartialEq for Extra {
    fn eq(&self, other: &Self) -> bool {
        let object = |extra: &Self| format!("{{{}}}", extra.text);
        self.text == other.text || equality::equal(&object(self), &object(other))
    }
}

impl Serialize for Extra {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if is_serde_json_text::<S>() {
            // Members whose names are not Unicode can't be passed on one by one.
            return serializer.collect_map(self.iter());
        }
        into_format::Text::new(&format!("{{{}}}", self.text)).serialize(serializer)
    }
}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Extra({})", self.len())
    }
}
