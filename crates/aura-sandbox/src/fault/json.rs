//! How the fields of a fault are written as JSON.
//!
//! Messages quote no values: one may be a secret, and a name a value by mistake.

use std::collections::BTreeMap;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue};
use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::{Serialize, Serializer};
use serde_json::Value;

use super::Effect;

/// What stands for a key that is not shown.
pub(super) const REDACTED: &str = "[redacted]";

pub(super) fn redacted<S: Serializer>(_: &Option<String>, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(REDACTED)
}

/// An effect of the fields that no other part of a fault takes. Messages name the effect.
pub(super) fn effect<'de, D: Deserializer<'de>>(from: D) -> Result<Effect, D::Error> {
    let fields = Value::deserialize(from)?;
    Effect::deserialize(&fields).map_err(|error| {
        let message = error.to_string();
        let Some(name) = fields["fault"].as_str() else {
            return D::Error::custom(message);
        };
        let missing = message.strip_prefix("missing field ");
        let unknown = message.strip_prefix("unknown field ");
        let unknown = unknown.map(|rest| rest.trim_end_matches(", there are no fields"));
        D::Error::custom(match (missing, unknown) {
            (Some(field), _) => format!("`{name}` needs {field}"),
            (_, Some(field)) => match field.split_once(", ") {
                Some((field, known)) => format!("{field} means nothing to `{name}`, {known}"),
                None => format!("{field} means nothing to `{name}`"),
            },
            _ => message,
        })
    })
}

pub(super) mod milliseconds {
    use super::*;

    pub(crate) fn serialize<S: Serializer>(time: &Duration, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_u64(u64::try_from(time.as_millis()).unwrap_or(u64::MAX))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Duration, D::Error> {
        u64::deserialize(from).map(Duration::from_millis)
    }
}

pub(super) mod status {
    use super::*;
    use http::StatusCode;

    pub(crate) fn serialize<S: Serializer>(status: &StatusCode, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_u16(status.as_u16())
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<StatusCode, D::Error> {
        let status = StatusCode::from_u16(u16::deserialize(from)?).ok();
        let status = status.filter(|status| (200..600).contains(&status.as_u16()));
        status.ok_or_else(|| D::Error::custom("`status` is not between 200 and 599"))
    }
}

pub(super) mod headers {
    use super::*;

    pub(crate) fn serialize<S: Serializer>(headers: &HeaderMap, to: S) -> Result<S::Ok, S::Error> {
        let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        to.collect_map(
            headers
                .iter()
                .map(|(name, value)| (name.as_str(), text(value))),
        )
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<HeaderMap, D::Error> {
        let mut headers = HeaderMap::new();
        for (name, value) in BTreeMap::<String, String>::deserialize(from)? {
            let name = HeaderName::try_from(name)
                .map_err(|_| D::Error::custom("`headers` has an invalid name"))?;
            let value = HeaderValue::try_from(value).map_err(|_| {
                D::Error::custom(format!("`headers` has an invalid value for `{name}`"))
            })?;
            headers.insert(name, value);
        }
        Ok(headers)
    }
}

/// A text is the body as it stands, anything else is the body's JSON.
pub(super) mod body {
    use super::*;

    pub(crate) fn serialize<S: Serializer>(body: &Option<Bytes>, to: S) -> Result<S::Ok, S::Error> {
        let text = body.as_deref().map(String::from_utf8_lossy);
        text.serialize(to)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<Bytes>, D::Error> {
        Ok(Some(match Value::deserialize(from)? {
            Value::String(text) => text.into(),
            json => json.to_string().into(),
        }))
    }
}

#[cfg(test)]
mod tests {
    use http::StatusCode;
    use serde_json::json;

    use super::*;
    use crate::Fault;

    fn read(json: Value) -> Result<Fault, String> {
        serde_json::from_value(json).map_err(|error| error.to_string())
    }

    #[test]
    fn a_fault_is_the_same_after_a_round_trip() {
        let second = Duration::from_secs(1);
        let retry_after = http::header::RETRY_AFTER;
        for fault in [
            Fault::too_many_requests().retry_after(second).times(2),
            Fault::internal_server_error().after(3),
            Fault::bad_gateway().on("get_lead").lead("7"),
            Fault::service_unavailable().probability(0.25),
            Fault::latency(second),
            Fault::connection_reset(),
            Fault::truncated_body(),
            Fault::slow_drip(7, second),
            Fault::malformed_json(),
            Fault::drift("data.id", Value::Null),
            Fault::another_resource(),
            Fault::answer(StatusCode::IM_A_TEAPOT)
                .header(retry_after, HeaderValue::from_static("1"))
                .body("short and stout"),
            Fault::stall(),
        ] {
            let json = serde_json::to_value(&fault).expect("it can be written");
            assert_eq!(json["fault"], fault.name());
            assert_eq!(read(json), Ok(fault));
        }
    }

    #[test]
    fn a_body_may_be_text_or_json() {
        let with = |body| read(json!({"fault": "answer", "status": 200, "body": body}));
        assert_eq!(with(json!("<p>")).unwrap().body.unwrap(), "<p>");
        assert_eq!(
            with(json!({"a": [1]})).unwrap().body.unwrap(),
            r#"{"a":[1]}"#
        );
        assert_eq!(with(Value::Null).unwrap().body.unwrap(), "null");
    }

    #[test]
    fn what_is_wrong_is_told() {
        for (json, reason) in [
            (json!({"times": 1}), "missing field `fault`"),
            (
                json!(null),
                "invalid type: null, expected an object with `fault`",
            ),
            (
                json!({"fault": "flood"}),
                "unknown variant `flood`, expected one of `too_many_requests`, `internal_server_error`",
            ),
            (
                json!({"fault": "stall", "delay": 1}),
                "`delay` means nothing to `stall`",
            ),
            (
                json!({"fault": "latency", "delay": 1}),
                "`delay` means nothing to `latency`, expected `delay_ms`",
            ),
            (json!({"fault": "latency"}), "`latency` needs `delay_ms`"),
            (
                json!({"fault": "slow_drip", "pause_ms": 1}),
                "`slow_drip` needs `chunk_bytes`",
            ),
            (
                json!({"fault": "drift", "path": "a"}),
                "`drift` needs `value`",
            ),
            (
                json!({"fault": "stall", "status": 500}),
                "`status` means nothing to `stall`",
            ),
            (
                json!({"fault": "answer", "status": 100}),
                "`status` is not between 200 and 599",
            ),
            (
                json!({"fault": "stall", "headers": {"a b": "c"}}),
                "`headers` has an invalid name",
            ),
            (
                json!({"fault": "stall", "headers": {"a": "c\nd"}}),
                "`headers` has an invalid value for `a`",
            ),
        ] {
            let told = read(json).expect_err(reason);
            assert!(told.starts_with(reason), "{told}");
        }
    }
}
