//! An answer of the API: what came, and what its headers tell.

mod download;
mod header;
mod rate_limit;
mod response;
pub(crate) mod retry_after;

use std::time::SystemTime;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

pub use download::Download;
pub use rate_limit::RateLimit;
pub use response::Response;

/// Which call something belongs to.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context {
    /// The operation's name in the contract.
    pub(crate) operation: &'static str,
    /// Whether asking twice does the same as asking once: by its method, or by an idempotency key.
    pub(crate) idempotent: bool,
    /// The code of a 404 that says that there is no such thing.
    pub(crate) not_found: Option<&'static str>,
    /// Whether a redirect is what the call is after, and no error.
    pub(crate) redirects: bool,
}

/// Status, headers and body, as they came.
#[derive(Clone)]
pub(crate) struct Answer {
    pub(crate) context: Context,
    /// The number of the attempt that brought it; 1 is the first.
    pub(crate) attempts: u32,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    /// Decompressed; only its beginning if the rest never came or was too much.
    pub(crate) body: Bytes,
    /// When it came, by this machine's clock.
    pub(crate) received: SystemTime,
}

impl Answer {
    /// Whether the status is one that the call is after.
    pub(crate) fn is_success(&self) -> bool {
        self.status.is_success() || (self.context.redirects && self.status.is_redirection())
    }

    /// The `X-Request-Id` header.
    pub(crate) fn request_id(&self) -> Option<&str> {
        self.headers.get("x-request-id")?.to_str().ok()
    }
}
