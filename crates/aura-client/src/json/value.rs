//! A JSON value of any shape.

use std::fmt;
use std::ops::Deref;

use serde::de::{Deserializer, Error};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::value::{RawValue, to_raw_value};

use super::{equality, into_format, text_of};
use crate::redact::Redacted;

/// JSON whose shape the contract doesn't know, as text: the value of a
/// [`TriggeringField`](crate::types::TriggeringField), the result of
/// [`Client::request`](crate::Client::request).
///
/// It derefs to [`RawValue`], whose `get` is the text exactly as sent; [`read`](Self::read) makes a
/// type of it. Two are equal if they hold the same value, however it is written. serde_json writes
/// the text as it is, any other serializer gets plain values. `Debug` shows nothing of it.
///
/// ```
/// use aura_client::Json;
///
/// let json = Json::new([1, 2])?;
/// assert_eq!(json.get(), "[1,2]");
/// assert_eq!(json.read::<Vec<u8>>()?, [1, 2]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Json(Box<RawValue>);

impl Json {
    /// Returns the value as JSON.
    ///
    /// # Errors
    ///
    /// serde_json's, if the value cannot be written as JSON.
    pub fn new<T: Serialize>(value: T) -> Result<Self, serde_json::Error> {
        to_raw_value(&value).map(Self)
    }

    pub(crate) fn null() -> Self {
        Self(RawValue::NULL.to_owned())
    }

    /// Takes text that is JSON already.
    pub(crate) fn from_text(json: &str) -> Option<Self> {
        RawValue::from_string(json.to_owned()).ok().map(Self)
    }
}

impl Deref for Json {
    type Target = RawValue;

    fn deref(&self) -> &RawValue {
        &self.0
    }
}

impl PartialEq for Json {
    fn eq(&self, other: &Self) -> bool {
        equality::equal(self.get(), other.get())
    }
}

impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Redacted.fmt(f)
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        into_format::Text::new(self.get()).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = text_of(from)?;
        Self::from_text(&text).ok_or_else(|| D::Error::custom("expected JSON"))
    }
}
