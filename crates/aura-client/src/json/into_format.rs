//! JSON text as a value of any serializer.

use serde::ser::{Error, SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use super::walk::{Kind, elements, members, unescape};
use super::{MAX_DEPTH, NOT_UNICODE, TOO_DEEP, is_serde_json_text};

/// JSON text that serde_json writes as it is, and every other serializer as plain values.
///
/// `RawValue` alone would show serde_json's private type to other serializers. Of members with one
/// name the last one is passed on: other formats know no duplicates.
pub(super) struct Text<'t> {
    json: &'t str,
    levels: usize,
}

impl<'t> Text<'t> {
    pub(super) fn new(json: &'t str) -> Self {
        let levels = MAX_DEPTH;
        Self { json, levels }
    }

    fn part<E: Error>(&self, json: &'t str) -> Result<Self, E> {
        match self.levels.checked_sub(1) {
            Some(levels) => Ok(Self { json, levels }),
            None => Err(E::custom(TOO_DEEP)),
        }
    }
}

impl Serialize for Text<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let json = self.json;
        if is_serde_json_text::<S>() {
            let raw: &RawValue = serde_json::from_str(json).map_err(S::Error::custom)?;
            return raw.serialize(serializer);
        }
        match Kind::of(json) {
            Kind::Null => serializer.serialize_unit(),
            Kind::Bool => serializer.serialize_bool(json == "true"),
            Kind::Number => number(json, serializer),
            Kind::String => match unescape(json) {
                Some(text) => serializer.serialize_str(&text),
                None => Err(S::Error::custom(NOT_UNICODE)),
            },
            Kind::Array => {
                let elements = elements(json);
                let mut seq = serializer.serialize_seq(Some(elements.len()))?;
                for element in elements {
                    seq.serialize_element(&self.part(element)?)?;
                }
                seq.end()
            }
            Kind::Object => {
                let mut members: Vec<_> = members(json).into_iter().collect();
                members.sort_unstable_by_key(|(_, (position, _))| *position);
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for (name, (_, value)) in members {
                    let name = str::from_utf8(&name).map_err(|_| S::Error::custom(NOT_UNICODE))?;
                    map.serialize_entry(name, &self.part(value)?)?;
                }
                map.end()
            }
        }
    }
}

/// Writes a number without a loss where the format has room for it, else as the nearest `f64`.
fn number<S: Serializer>(json: &str, serializer: S) -> Result<S::Ok, S::Error> {
    // A `Value` holds 64 bits unless somebody turns on `arbitrary_precision`, and binary formats
    // write 128 bits as bytes.
    let is_value = std::any::type_name::<S>().contains("serde_json::value::");
    let has_128_bits = serializer.is_human_readable() && !is_value;
    // Of whole numbers, only `f64` knows a negative zero.
    let whole = json.parse::<i128>().ok().filter(|_| json != "-0");
    if let Some(whole) = whole {
        if let Ok(whole) = u64::try_from(whole) {
            return serializer.serialize_u64(whole);
        }
        if let Ok(whole) = i64::try_from(whole) {
            return serializer.serialize_i64(whole);
        }
        if has_128_bits {
            return serializer.serialize_i128(whole);
        }
    } else if has_128_bits && let Ok(whole) = json.parse::<u128>() {
        return serializer.serialize_u128(whole);
    }
    match json.parse() {
        Ok(number) if f64::is_finite(number) => serializer.serialize_f64(number),
        _ => Err(S::Error::custom("a number beyond the range of f64")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json, to_value};

    use crate::{Extra, Json};

    fn json(text: &str) -> Json {
        Json::from_text(text).expect(text)
    }

    #[test]
    fn serde_json_writes_the_text_as_sent() {
        let sent = r#"{ "a" : 1.10, "a": 1e999, "b":"\u00e9\ud800" }"#;
        assert_eq!(serde_json::to_string(&json(sent)).expect("JSON"), sent);

        let mut extra = Extra::default();
        extra.push_text(r#""b""#, "1.10");
        extra.push_text(r#""a""#, "{ }");
        extra.push_text(r#""b""#, "12345678901234567890123");
        assert_eq!(
            serde_json::to_string(&extra).expect("JSON"),
            r#"{"b":1.10,"a":{ },"b":12345678901234567890123}"#
        );
    }

    #[test]
    fn other_serializers_get_plain_values() {
        for text in [
            r#"{"a":[1,-2,18446744073709551615,0.1,-0,1e2],"b":{"c":null,"d":"é\n"},"e":true}"#,
            r#"{"$serde_json::private::RawValue":"1"}"#,
            "[]",
        ] {
            let value = to_value(json(text)).expect(text);
            let plain = value.to_string();
            // Spelled out, since serde_json itself takes its private name for its private type.
            let spelled = text.replace("1e2", "100.0").replace(r"-0,", "-0.0,");
            assert_eq!(plain, spelled, "{text}");
        }
        assert_eq!(
            to_value(json(r#"{"a":1,"a":2}"#)).expect("fits"),
            json!({"a": 2})
        );
    }

    #[test]
    fn numbers_beyond_64_bits_become_the_nearest_f64() {
        assert_eq!(
            to_value(json("18446744073709551616")).expect("fits"),
            json!(18446744073709551616.0)
        );
        let error = to_value(json("[1e999]")).expect_err("it is beyond f64");
        assert_eq!(error.to_string(), "a number beyond the range of f64");
    }

    #[test]
    fn what_no_value_holds_is_an_error_that_quotes_nothing() {
        let deep = "[".repeat(100_000) + &"]".repeat(100_000);
        for text in [
            r#"{"secret":"secret\ud800"}"#,
            r#"{"secret\udfff":1}"#,
            &*deep,
        ] {
            let error = to_value(json(text)).expect_err("no value holds it");
            assert!(!error.to_string().contains("secret"), "{error}");
        }
        let written: Value = json!({"a": 1});
        assert_eq!(to_value(json(r#"{"a":1}"#)).expect("fits"), written);
    }
}
