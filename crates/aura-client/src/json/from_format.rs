//! A value of any deserializer as JSON text.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::{Kind, MAX_DEPTH, TOO_DEEP, is_of};

/// The name by which serde_json is asked for the text of a value, that of its `RawValue`.
const RAW_VALUE: &str = "$serde_json::private::RawValue";

/// Returns the next value as JSON text: from serde_json as it stands there, from any other format
/// written anew.
pub(crate) fn text_of<'de, D: Deserializer<'de>>(from: D) -> Result<Cow<'de, str>, D::Error> {
    from.deserialize_newtype_struct(RAW_VALUE, AnyValue { levels: MAX_DEPTH })
}

/// Reads a value of a format that describes itself.
#[derive(Clone, Copy)]
struct AnyValue {
    levels: usize,
}

impl AnyValue {
    fn part<E: Error>(self) -> Result<Self, E> {
        match self.levels.checked_sub(1) {
            Some(levels) => Ok(Self { levels }),
            None => Err(E::custom(TOO_DEEP)),
        }
    }
}

impl<'de> DeserializeSeed<'de> for AnyValue {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Cow<'de, str>, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for AnyValue {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value that JSON can hold")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Self::Value, E> {
        Ok(if value { "true" } else { "false" }.into())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Self::Value, E> {
        Ok(value.to_string().into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Self::Value, E> {
        Ok(value.to_string().into())
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<Self::Value, E> {
        Ok(value.to_string().into())
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<Self::Value, E> {
        Ok(value.to_string().into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Self::Value, E> {
        match value.is_finite() {
            // With a fraction or an exponent, so that it is an `f64` again when it is read.
            true => Ok(format!("{value:?}").into()),
            false => Err(E::custom("JSON has neither NaN nor infinity")),
        }
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Self::Value, E> {
        written(value)
    }

    fn visit_bytes<E: Error>(self, value: &[u8]) -> Result<Self::Value, E> {
        written(value)
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok("null".into())
    }

    fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut text = "[".to_owned();
        while let Some(element) = seq.next_element_seed(self.part()?)? {
            separate(&mut text);
            text.push_str(&element);
        }
        text.push(']');
        Ok(text.into())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        // In a body, or in another format, serde_json's private name is a name like any other.
        if is_of::<A>(&["serde_json::raw::"]) {
            map.next_key::<IgnoredAny>()?;
            return Ok(map.next_value::<RawText<'de>>()?.0);
        }
        let mut text = "{".to_owned();
        while let Some(name) = map.next_key_seed(self)? {
            separate(&mut text);
            // Some formats have names that are no strings.
            match name.starts_with('"') {
                true => text.push_str(&name),
                false => text.push_str(&written::<A::Error>(&*name)?),
            }
            text.push(':');
            text.push_str(&map.next_value_seed(self.part()?)?);
        }
        text.push('}');
        match number(&text) {
            Some(number) if is_of::<A::Error>(&["serde_json::error::"]) => {
                Ok(number.to_owned().into())
            }
            _ => Ok(text.into()),
        }
    }
}

/// Returns the number that serde_json passes on as an object if `arbitrary_precision` is on and
/// serde keeps the value before it is read, as for a struct that flattens its type. The same object
/// in a body looks no different there.
fn number(object: &str) -> Option<&str> {
    let number = object.strip_prefix(r#"{"$serde_json::private::Number":""#)?;
    let number: &RawValue = serde_json::from_str(number.strip_suffix("\"}")?).ok()?;
    Some(number.get()).filter(|number| Kind::of(number) == Kind::Number)
}

fn separate(text: &mut String) {
    if text.len() > 1 {
        text.push(',');
    }
}

fn written<'de, E: Error>(value: impl serde::Serialize) -> Result<Cow<'de, str>, E> {
    let text = serde_json::to_string(&value);
    text.map(Cow::Owned).map_err(|_| E::custom("not JSON"))
}

/// The text in serde_json's `RawValue`.
#[derive(Deserialize)]
#[serde(transparent)]
struct RawText<'a>(#[serde(borrow)] Cow<'a, str>);

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;
    use serde::de::IntoDeserializer;
    use serde::de::value::Error;
    use serde_json::{Value, json};

    use crate::Json;

    #[test]
    fn serde_json_gives_the_text_as_it_stands() {
        for text in [
            r#"{ "a": [1.10, 1e999, "\ud800"] }"#,
            r#"{"$serde_json::private::RawValue":"1"}"#,
            &("[".repeat(10_000) + &"]".repeat(10_000)),
        ] {
            let borrowed: Json = serde_json::from_str(text).expect(text);
            let owned: Json = serde_json::from_reader(text.as_bytes()).expect(text);
            assert_eq!((borrowed.get(), owned.get()), (text, text));
        }
    }

    #[test]
    fn a_value_is_written_as_text() {
        let value = json!({"a": [1, -2, 0.5, null, true], "b": {"c": "é\n"}});
        let json: Json = serde_json::from_value(value.clone()).expect("any value");
        assert_eq!(json.read::<Value>().expect("JSON"), value);
    }

    #[test]
    fn no_format_but_serde_json_has_raw_text() {
        let sent = BTreeMap::from([("$serde_json::private::RawValue", "}")]);
        let json = Json::deserialize(IntoDeserializer::<Error>::into_deserializer(sent.clone()));
        let json = json.expect("a map");
        assert_eq!(json.get(), r#"{"$serde_json::private::RawValue":"}"}"#);

        #[derive(Deserialize)]
        struct Flattened {
            #[serde(flatten)]
            members: BTreeMap<String, Json>,
        }
        let text = r#"{"a":{"$serde_json::private::RawValue":"}"}}"#;
        let read: Flattened = serde_json::from_str(text).expect("it fits");
        assert_eq!(read.members["a"], json);
    }

    #[test]
    fn a_number_that_was_kept_as_an_object_is_a_number() {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Kept {
            Json(Json),
        }
        for (text, read) in [
            (r#"{"$serde_json::private::Number":"1.10"}"#, "1.10"),
            (r#"[{"$serde_json::private::Number":"1"},0]"#, "[1,0]"),
        ] {
            let Kept::Json(json) = serde_json::from_str(text).expect("it is JSON");
            // With `arbitrary_precision`, this is how numbers come; without it, no body has this.
            assert_eq!(json.get(), read);
        }
        for text in [
            r#"{"$serde_json::private::Number":"true"}"#,
            r#"{"$serde_json::private::Number":"1","a":"2"}"#,
        ] {
            let Kept::Json(json) = serde_json::from_str(text).expect("it is JSON");
            assert_eq!(json.get(), text);
        }
    }

    #[test]
    fn another_format_is_written_as_text() {
        let map = BTreeMap::from([(1, 2.0), (3, 1e300)]);
        let json = Json::deserialize(IntoDeserializer::<Error>::into_deserializer(map));
        assert_eq!(json.expect("numbers").get(), r#"{"1":2.0,"3":1e300}"#);

        let nan = IntoDeserializer::<Error>::into_deserializer(vec![f64::NAN]);
        Json::deserialize(nan).expect_err("JSON has no NaN");
    }
}
