//! All that a client's calls have in common.

use std::time::Duration;

use http::{HeaderMap, HeaderValue};
use url::Url;

use crate::transport::Retries;

/// What the builder was told, checked and ready to use.
#[derive(Clone)]
pub(crate) struct Settings {
    pub(crate) http: reqwest::Client,
    pub(crate) base_url: Url,
    /// `Bearer <key>`, marked sensitive.
    pub(crate) authorization: HeaderValue,
    pub(crate) user_agent: HeaderValue,
    /// Headers of [`Client::with_header`](crate::Client::with_header), marked sensitive.
    pub(crate) headers: HeaderMap,
    pub(crate) retries: Retries,
    /// For a whole call.
    pub(crate) timeout: Duration,
    /// For one attempt.
    pub(crate) attempt_timeout: Duration,
    /// After decompression.
    pub(crate) max_body_bytes: usize,
}
