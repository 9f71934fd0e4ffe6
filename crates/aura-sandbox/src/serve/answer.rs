//! An answer before it is sent.

use bytes::Bytes;
use http::header::{
    CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, DATE, RETRY_AFTER, TRANSFER_ENCODING,
};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde_json::Value;

use crate::limits::Standing;

#[derive(Clone)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

pub(super) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
pub(super) const LIMIT: HeaderName = HeaderName::from_static("x-ratelimit-limit");
pub(super) const REMAINING: HeaderName = HeaderName::from_static("x-ratelimit-remaining");
pub(super) const RESET: HeaderName = HeaderName::from_static("x-ratelimit-reset");

/// Headers that the sandbox itself fills in, whatever the contract's examples say.
const OURS: [HeaderName; 10] = [
    CONNECTION,
    CONTENT_LENGTH,
    CONTENT_TYPE,
    DATE,
    RETRY_AFTER,
    TRANSFER_ENCODING,
    REQUEST_ID,
    LIMIT,
    REMAINING,
    RESET,
];

impl Answer {
    pub(super) fn new(status: StatusCode) -> Self {
        Self {
            status,
            headers: HeaderMap::new(),
            body: Bytes::new(),
        }
    }

    pub(super) fn with_body(mut self, media_type: HeaderValue, body: impl Into<Bytes>) -> Self {
        self.headers.insert(CONTENT_TYPE, media_type);
        self.body = body.into();
        self
    }

    /// The headers that the contract documents, with the values that it gives as examples.
    pub(super) fn with_documented(mut self, answer: &aura_contract::Answer) -> Self {
        for header in &answer.headers {
            let Ok(name) = HeaderName::try_from(&header.name) else {
                continue;
            };
            let value = HeaderValue::try_from(text(header.sample()));
            if let (false, Ok(value)) = (OURS.contains(&name), value) {
                self.headers.insert(name, value);
            }
        }
        self
    }

    pub(super) fn insert(&mut self, name: HeaderName, number: u64) {
        self.headers.insert(name, number.into());
    }

    /// Tells the caller where it stands; `reset` is in Unix seconds.
    pub(super) fn insert_standing(&mut self, standing: Standing, reset: u64) {
        self.insert(LIMIT, standing.limit);
        self.insert(REMAINING, standing.remaining);
        self.insert(RESET, reset);
    }
}

/// A value as it stands in a header or in a body that is not JSON.
pub(super) fn text(value: Value) -> String {
    match value {
        Value::String(text) => text,
        other => other.to_string(),
    }
}
