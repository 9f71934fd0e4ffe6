//! The wrapper around a value: `{"data": …, "success": true}`.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, Visitor};

/// What stands in an envelope.
///
/// Not derived: derived code takes an array for an object as well, field by field.
pub(super) struct Envelope<T> {
    pub(super) data: T,
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
        let mut data = None;
        while let Some(key) = map.next_key::<String>()? {
            if key != "data" {
                map.next_value::<IgnoredAny>()?;
            } else if data.is_none() {
                data = Some(map.next_value()?);
            } else {
                return Err(A::Error::duplicate_field("data"));
            }
        }
        let data = data.ok_or_else(|| A::Error::missing_field("data"))?;
        Ok(Envelope { data })
    }
}
