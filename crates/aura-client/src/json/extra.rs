//! The members of an object that the contract doesn't name.

use std::borrow::Cow;
use std::fmt;

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
        self.push(name, &value)
    }

    /// Adds a member whose value is JSON text.
    pub(crate) fn push(&mut self, name: &str, value: &str) -> Result<(), serde_json::Error> {
        let is_plain = |byte: u8| byte >= b' ' && byte != b'"' && byte != b'\\';
        match name.bytes().all(is_plain) {
            true => self.add(&["\"", name, "\":", value]),
            false => self.push_text(&serde_json::to_string(name)?, value),
        }
        Ok(())
    }

    /// Adds a member whose name and value are JSON text.
    pub(crate) fn push_text(&mut self, name: &str, value: &str) {
        self.add(&[name, ":", value]);
    }

    fn add(&mut self, parts: &[&str]) {
        let before = self.text.len();
        let more = 1 + parts.iter().map(|part| part.len()).sum::<usize>();
        if self.text.capacity() - before < more {
            // Mostly there is one member, or there are many.
            self.text.reserve(more.max(3 * before));
        }
        if before > 0 {
            self.text.push(',');
        }
        self.text.extend(parts.iter().copied());
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
