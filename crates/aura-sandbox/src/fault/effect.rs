//! What a fault does to an answer.

use std::time::Duration;

use http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::Value;

#[derive(Clone, PartialEq)]
pub(crate) enum Effect {
    TooManyRequests,
    InternalServerError,
    BadGateway,
    ServiceUnavailable,
    Latency(Duration),
    ConnectionReset,
    TruncatedBody,
    SlowDrip { chunk_bytes: usize, pause: Duration },
    MalformedJson,
    Drift { path: String, value: Value },
    AnotherResource,
    Answer(StatusCode),
    Stall,
}

/// The effects by the names they have over HTTP.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    TooManyRequests,
    InternalServerError,
    BadGateway,
    ServiceUnavailable,
    Latency,
    ConnectionReset,
    TruncatedBody,
    SlowDrip,
    MalformedJson,
    Drift,
    AnotherResource,
    Answer,
    Stall,
}

impl Effect {
    pub(crate) fn kind(&self) -> Kind {
        match self {
            Self::TooManyRequests => Kind::TooManyRequests,
            Self::InternalServerError => Kind::InternalServerError,
            Self::BadGateway => Kind::BadGateway,
            Self::ServiceUnavailable => Kind::ServiceUnavailable,
            Self::Latency(_) => Kind::Latency,
            Self::ConnectionReset => Kind::ConnectionReset,
            Self::TruncatedBody => Kind::TruncatedBody,
            Self::SlowDrip { .. } => Kind::SlowDrip,
            Self::MalformedJson => Kind::MalformedJson,
            Self::Drift { .. } => Kind::Drift,
            Self::AnotherResource => Kind::AnotherResource,
            Self::Answer(_) => Kind::Answer,
            Self::Stall => Kind::Stall,
        }
    }
}

impl Kind {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::TooManyRequests => "too_many_requests",
            Self::InternalServerError => "internal_server_error",
            Self::BadGateway => "bad_gateway",
            Self::ServiceUnavailable => "service_unavailable",
            Self::Latency => "latency",
            Self::ConnectionReset => "connection_reset",
            Self::TruncatedBody => "truncated_body",
            Self::SlowDrip => "slow_drip",
            Self::MalformedJson => "malformed_json",
            Self::Drift => "drift",
            Self::AnotherResource => "another_resource",
            Self::Answer => "answer",
            Self::Stall => "stall",
        }
    }
}
