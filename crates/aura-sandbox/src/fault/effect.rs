//! What a fault does to a response.

use std::time::Duration;

use http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use strum::IntoStaticStr;

use super::json;

/// The effects with the names and fields that they have over HTTP.
///
/// Each has braces, since serde lets any field pass for a variant without them.
#[derive(Clone, PartialEq, Serialize, Deserialize, IntoStaticStr)]
#[serde(tag = "fault", rename_all = "snake_case", deny_unknown_fields)]
#[strum(serialize_all = "snake_case")]
pub(crate) enum Effect {
    TooManyRequests {},
    InternalServerError {},
    BadGateway {},
    ServiceUnavailable {},
    Latency {
        #[serde(rename = "delay_ms", with = "json::milliseconds")]
        delay: Duration,
    },
    ConnectionReset {},
    TruncatedBody {},
    SlowDrip {
        chunk_bytes: usize,
        #[serde(rename = "pause_ms", with = "json::milliseconds")]
        pause: Duration,
    },
    MalformedJson {},
    Drift {
        path: String,
        value: Value,
    },
    AnotherResource {},
    Answer {
        #[serde(with = "json::status")]
        status: StatusCode,
    },
    Stall {},
}
