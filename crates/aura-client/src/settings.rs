//! What all calls of a client have in common.

mod api_key;
pub(crate) mod base_url;
mod credentials;
pub(crate) mod header_value;

use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, HeaderValue};
use url::Url;

pub(crate) use api_key::{ApiKey, WHERE_KEYS_ARE};
pub(crate) use credentials::{Credentials, provided};

use crate::pacing::Pacer;
use crate::retry::Retries;
use crate::service::HttpService;

/// What the builder was told, checked and ready to use.
#[derive(Clone)]
pub(crate) struct Settings {
    pub(crate) http: HttpService,
    pub(crate) base_url: Url,
    /// Whether operations with servers of their own are asked there: no base URL was given.
    pub(crate) asks_declared_servers: bool,
    pub(crate) credentials: Credentials,
    pub(crate) user_agent: HeaderValue,
    /// Headers of [`Client::with_header`](crate::Client::with_header), marked sensitive.
    pub(crate) headers: HeaderMap,
    pub(crate) retries: Retries,
    /// Shared by a client, its clones and its views.
    pub(crate) pacer: Arc<Pacer>,
    /// How long a call may wait for its turns under the rate limit; zero: it is not held back.
    pub(crate) rate_limit_wait: Duration,
    /// For a whole call, waits for turns aside.
    pub(crate) timeout: Duration,
    /// For one attempt.
    pub(crate) attempt_timeout: Duration,
    /// After decompression.
    pub(crate) max_body_bytes: usize,
}
