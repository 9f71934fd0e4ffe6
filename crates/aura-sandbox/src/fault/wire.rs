//! A fault as JSON: one flat object, in which every field that does not belong is told.

use std::collections::BTreeMap;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Fault;
use super::effect::{Effect, Kind};
use super::json_path;
use crate::clock::whole_seconds;

#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object with `fault`")]
pub(crate) struct Wire {
    fault: Option<Kind>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    delay_ms: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    chunk_bytes: Option<usize>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pause_ms: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    /// Null is a value too.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    value: Option<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    retry_after_seconds: Option<u64>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    headers: BTreeMap<String, String>,
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    body: Option<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    times: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    after: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    probability: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    on: Option<String>,
}

fn present<'de, D: serde::Deserializer<'de>>(value: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(value).map(Some)
}

impl TryFrom<Wire> for Fault {
    type Error = String;

    fn try_from(mut wire: Wire) -> Result<Self, String> {
        let kind = wire.fault.ok_or("missing field `fault`")?;
        let effect = wire.effect(kind)?;
        wire.refuse_rest(kind)?;
        if wire.probability.is_some_and(|p| !(0.0..=1.0).contains(&p)) {
            return Err("`probability` is not between 0 and 1".to_owned());
        }
        Ok(Self {
            effect,
            retry_after: wire.retry_after_seconds.map(Duration::from_secs),
            headers: headers(&wire.headers)?,
            body: wire.body.map(body),
            times: wire.times,
            after: wire.after.unwrap_or_default(),
            probability: wire.probability,
            on: wire.on,
        })
    }
}

impl Wire {
    /// Takes what the effect is made of, so that the rest can be told.
    fn effect(&mut self, kind: Kind) -> Result<Effect, String> {
        let missing = |field| format!("`{}` needs `{field}`", kind.name());
        Ok(match kind {
            Kind::TooManyRequests => Effect::TooManyRequests,
            Kind::InternalServerError => Effect::InternalServerError,
            Kind::BadGateway => Effect::BadGateway,
            Kind::ServiceUnavailable => Effect::ServiceUnavailable,
            Kind::Latency => {
                let delay = self.delay_ms.take();
                Effect::Latency(Duration::from_millis(
                    delay.ok_or_else(|| missing("delay_ms"))?,
                ))
            }
            Kind::ConnectionReset => Effect::ConnectionReset,
            Kind::TruncatedBody => Effect::TruncatedBody,
            Kind::SlowDrip => {
                let chunk_bytes = self.chunk_bytes.take();
                let pause = self.pause_ms.take();
                Effect::SlowDrip {
                    chunk_bytes: chunk_bytes.ok_or_else(|| missing("chunk_bytes"))?,
                    pause: Duration::from_millis(pause.ok_or_else(|| missing("pause_ms"))?),
                }
            }
            Kind::MalformedJson => Effect::MalformedJson,
            Kind::Drift => Effect::Drift {
                path: json_path::bounded(self.path.take().ok_or_else(|| missing("path"))?)?,
                value: self.value.take().ok_or_else(|| missing("value"))?,
            },
            Kind::AnotherResource => Effect::AnotherResource,
            Kind::Answer => {
                let status = self.status.take().ok_or_else(|| missing("status"))?;
                let status = StatusCode::from_u16(status).ok();
                let status = status.filter(|status| (200..600).contains(&status.as_u16()));
                Effect::Answer(status.ok_or("`status` is not between 200 and 599")?)
            }
            Kind::Stall => Effect::Stall,
        })
    }

    fn refuse_rest(&self, kind: Kind) -> Result<(), String> {
        let shapes = !matches!(kind, Kind::Latency | Kind::ConnectionReset);
        let left = [
            ("delay_ms", self.delay_ms.is_some()),
            ("chunk_bytes", self.chunk_bytes.is_some()),
            ("pause_ms", self.pause_ms.is_some()),
            ("path", self.path.is_some()),
            ("value", self.value.is_some()),
            ("status", self.status.is_some()),
            (
                "retry_after_seconds",
                self.retry_after_seconds.is_some() && !shapes,
            ),
            ("headers", !self.headers.is_empty() && !shapes),
            ("body", self.body.is_some() && !shapes),
        ];
        match left.iter().find(|(_, is_left)| *is_left) {
            Some((field, _)) => Err(format!("`{field}` means nothing to `{}`", kind.name())),
            None => Ok(()),
        }
    }
}

/// How many headers a fault may set: clients take no more.
const MOST_HEADERS: usize = 100;

/// Names and values are not quoted: a value may be a secret, and a name a value by mistake.
fn headers(given: &BTreeMap<String, String>) -> Result<HeaderMap, String> {
    if given.len() > MOST_HEADERS {
        return Err(format!("`headers` has more than {MOST_HEADERS} names"));
    }
    let mut headers = HeaderMap::new();
    for (name, value) in given {
        let name = HeaderName::try_from(name).map_err(|_| "`headers` has an invalid name")?;
        let value = HeaderValue::try_from(value)
            .map_err(|_| format!("`headers` has an invalid value for `{name}`"))?;
        headers.insert(name, value);
    }
    Ok(headers)
}

/// A text is the body as it stands, anything else is the body's JSON.
fn body(given: Value) -> Bytes {
    match given {
        Value::String(text) => text.into(),
        json => json.to_string().into(),
    }
}

impl From<Fault> for Wire {
    fn from(fault: Fault) -> Self {
        let mut wire = Self {
            fault: Some(fault.effect.kind()),
            retry_after_seconds: fault.retry_after.map(whole_seconds),
            headers: shown(&fault.headers),
            body: fault.body.map(|body| String::from_utf8_lossy(&body).into()),
            times: fault.times,
            after: (fault.after > 0).then_some(fault.after),
            probability: fault.probability,
            on: fault.on,
            ..Self::default()
        };
        match fault.effect {
            Effect::Latency(delay) => wire.delay_ms = Some(milliseconds(delay)),
            Effect::SlowDrip { chunk_bytes, pause } => {
                wire.chunk_bytes = Some(chunk_bytes);
                wire.pause_ms = Some(milliseconds(pause));
            }
            Effect::Drift { path, value } => {
                wire.path = Some(path);
                wire.value = Some(value);
            }
            Effect::Answer(status) => wire.status = Some(status.as_u16()),
            _ => {}
        }
        wire
    }
}

fn shown(headers: &HeaderMap) -> BTreeMap<String, String> {
    let shown = headers.iter().map(|(name, value)| {
        let value = String::from_utf8_lossy(value.as_bytes());
        (name.to_string(), value.into_owned())
    });
    shown.collect()
}

fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

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
            Fault::bad_gateway().on("get_lead"),
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
                "unknown field `delay`, expected one of `fault`, `delay_ms`",
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
                json!({"fault": "connection_reset", "body": ""}),
                "`body` means nothing to `connection_reset`",
            ),
            (
                json!({"fault": "answer", "status": 100}),
                "`status` is not between 200 and 599",
            ),
            (
                json!({"fault": "stall", "probability": 1.5}),
                "`probability` is not between 0 and 1",
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
