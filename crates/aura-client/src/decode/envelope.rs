//! The wrapper around a value: `{"data": …, "success": true}`.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, Visitor};

/// What stands in an envelope.
///
/// Not derived: derived code takes an array for an object as well, field by field.
pub(super) struct Envelope<T> {
    /// There if there is anything but a refusal.
    data: Option<T>,
    /// Whether it says `success: false`.
    refused: bool,
}

impl<T> Envelope<T> {
    /// The data, unless the envelope refuses it.
    pub(super) fn into_data(self) -> Option<T> {
        self.data.filter(|_| !self.refused)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Envelope<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Fields(PhantomData))
    }
}

struct Fields<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Fields<T> {
    type Value = Envelope<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Envelope<T>, A::Error> {
        let (mut data, mut refused) = (None, false);
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "data" if data.is_none() => data = Some(map.next_value()?),
                "data" => return Err(A::Error::duplicate_field("data")),
                "success" => refused = map.next_value::<Success>()?.0 == Some(false),
                _ => _ = map.next_value::<IgnoredAny>()?,
            }
        }
        if data.is_none() && !refused {
            return Err(A::Error::missing_field("data"));
        }
        Ok(Envelope { data, refused })
    }
}

/// A boolean; anything else says nothing, and is no error.
struct Success(Option<bool>);

impl<'de> Deserialize<'de> for Success {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = serde_json::Value::deserialize(deserializer)?;
        Ok(Self(value.as_bool()))
    }
}
