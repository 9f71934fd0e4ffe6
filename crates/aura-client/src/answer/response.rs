//! A successful answer, with what came along with its value.

use std::fmt;
use std::ops::Deref;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::{Serialize, Serializer};

use crate::answer::Answer;
use crate::redact::Redacted;
use crate::text::as_request_id;
use crate::{Error, RateLimit};

/// A successful answer: the value, to which it derefs, and what came along with it.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let sandbox = aura_sandbox::Sandbox::start().await?;
/// # let client = sandbox.client();
/// # let id = aura_client::uuid::uuid!("550e8400-e29b-41d4-a716-446655440000");
/// let lead = client.get_lead(&id).await?;
/// println!("{} is {}", lead.id, lead.status);
/// if let Some(limit) = lead.rate_limit() {
///     println!("{} requests left until {}", limit.remaining, limit.reset);
/// }
/// # assert!(lead.rate_limit().is_some());
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Response<T> {
    value: T,
    answer: Answer,
    hidden: bool,
}

impl<T> Response<T> {
    pub(crate) fn new(value: T, answer: Answer) -> Self {
        Self {
            value,
            answer,
            hidden: false,
        }
    }

    /// The same response with another value.
    #[allow(
        dead_code,
        reason = "which kinds of values exist is up to the contract"
    )]
    pub(crate) fn map<U>(self, change: impl FnOnce(T) -> U) -> Response<U> {
        Response {
            value: change(self.value),
            answer: self.answer,
            hidden: self.hidden,
        }
    }

    /// The value, to be changed.
    pub(crate) fn value_mut(&mut self) -> &mut T {
        &mut self.value
    }

    /// Completes the error of reading the body, of which this much has come.
    pub(crate) fn fail(&self, error: Error, body: Bytes) -> Error {
        let answer = Answer {
            body,
            ..self.answer.clone()
        };
        error
            .in_call(answer.context, answer.attempts)
            .with_answer(answer)
    }

    /// Keeps the value out of `Debug`, for one that cannot redact itself.
    pub(crate) fn hidden(self) -> Self {
        Self {
            hidden: true,
            ..self
        }
    }

    pub(crate) fn into_parts(self) -> (T, Answer) {
        (self.value, self.answer)
    }

    /// The value alone.
    pub fn into_inner(self) -> T {
        self.value
    }

    /// The HTTP status, 200 to 299. (Not `status`: that is a field of the lead.)
    pub fn http_status(&self) -> StatusCode {
        self.answer.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.answer.headers
    }

    /// The ID to quote when reporting a problem (`X-Request-Id`), if the API sent one.
    pub fn request_id(&self) -> Option<&str> {
        self.answer.request_id()
    }

    /// Where you stand with the rate limit; `None` unless all three headers came and are valid.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        RateLimit::read(&self.answer)
    }

    /// The body exactly as it came, after decompression: also what is around the value.
    pub fn bytes(&self) -> &Bytes {
        &self.answer.body
    }

    /// The number of attempts that this took; 1 means that the first one succeeded.
    pub fn attempts(&self) -> u32 {
        self.answer.attempts
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// Writes the value alone.
impl<T: Serialize> Serialize for Response<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

/// Shows the value through its own `Debug`, which redacts personal data; never headers or body.
impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value: &dyn fmt::Debug = if self.hidden { &Redacted } else { &self.value };
        f.debug_struct("Response")
            .field("http_status", &self.http_status().as_u16())
            .field("request_id", &self.request_id().and_then(as_request_id))
            .field("attempts", &self.attempts())
            .field("value", value)
            .finish()
    }
}
