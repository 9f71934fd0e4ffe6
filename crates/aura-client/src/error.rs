//! The one error type, and what it can be asked.

mod kind;
mod line;
#[cfg(test)]
mod properties;

use std::any::TypeId;
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

pub use kind::ErrorKind;

use crate::RateLimit;
use crate::answer::{Answer, Context, retry_after};
use crate::decode::Envelope;
use crate::error_body::ErrorBody;

/// Why something failed, with all that was known when it did.
///
/// `Display` and `Debug` are one line each, fit for a log: operation, status, code, request ID and
/// attempts, but no personal data, no part of a body or header, and never the key. What the API
/// said in words is in [`message`](Self::message), and its whole answer in [`body`](Self::body).
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let sandbox = aura_sandbox::Sandbox::start().await?;
/// # let client = sandbox.client();
/// # let id = aura_client::uuid::Uuid::nil();
/// match client.get_lead(&id).await {
///     Ok(lead) => println!("{}", lead.status),
///     Err(error) if error.is_not_found() => println!("no such lead, or not yours"),
///     Err(error) if error.is_retryable() => println!("try later: {error}"),
///     Err(error) => return Err(error.into()),
/// }
/// # Ok(())
/// # }
/// ```
// A box, since errors are rare and every `Result` has room for one.
#[derive(Clone)]
pub struct Error(Box<Inner>);

#[derive(Clone)]
struct Inner {
    kind: ErrorKind,
    /// What went wrong, in words of our own.
    what: Cow<'static, str>,
    call: Option<Context>,
    attempts: u32,
    answer: Option<Answer>,
    said: ErrorBody,
    /// Taken when the answer came, since it may count from then on.
    retry_after: Option<Duration>,
    /// What the body was read as, if it does not fit.
    read_as: Option<ReadAs>,
    json_path: Option<String>,
    timed_out: bool,
    /// No turn came under the rate limit.
    without_turn: bool,
    source: Option<Arc<reqwest::Error>>,
}

/// What a body was read as.
#[derive(Clone, Copy)]
pub(crate) struct ReadAs {
    pub(crate) envelope: Envelope,
    pub(crate) value: TypeId,
}

/// How errors are made.
impl Error {
    pub(crate) fn new(kind: ErrorKind, what: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Inner {
            kind,
            what: what.into(),
            call: None,
            attempts: 0,
            answer: None,
            said: ErrorBody::default(),
            retry_after: None,
            read_as: None,
            json_path: None,
            timed_out: kind == ErrorKind::Timeout,
            without_turn: false,
            source: None,
        }))
    }

    pub(crate) fn config(what: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::Config, what)
    }

    /// Reports that no attempt could start in time under the rate limit.
    pub(crate) fn rate_limited(what: String, retry_after: Option<Duration>) -> Self {
        let mut error = Self::new(ErrorKind::Timeout, what);
        error.0.without_turn = true;
        error.0.retry_after = retry_after;
        error
    }

    /// Reports what an answer is, or is not; all that it says is kept.
    pub(crate) fn of_answer(
        kind: ErrorKind,
        what: impl Into<Cow<'static, str>>,
        answer: Answer,
    ) -> Self {
        Self::new(kind, what)
            .in_call(answer.context, answer.attempts)
            .with_answer(answer)
    }

    /// Says which call failed, and at which attempt; 0 is before the first.
    pub(crate) fn in_call(mut self, call: Context, attempts: u32) -> Self {
        self.0.call = Some(call);
        self.0.attempts = attempts;
        self
    }

    /// Keeps the answer, of which only a part may have come, and reads what it says.
    pub(crate) fn with_answer(mut self, answer: Answer) -> Self {
        self.0.retry_after = retry_after::read(&answer.headers, answer.status, answer.received);
        self.0.said = ErrorBody::read(&answer.body);
        self.0.answer = Some(answer);
        self
    }

    /// Takes over what an earlier attempt's answer said, if time ran out before there was another.
    pub(crate) fn or_answer_of(mut self, earlier: Option<Self>) -> Self {
        if self.0.kind == ErrorKind::Timeout
            && self.0.answer.is_none()
            && let Some(earlier) = earlier
        {
            self.0.said = earlier.0.said;
            self.0.answer = earlier.0.answer;
        }
        self
    }

    /// Says where in the body, and what it was read as.
    pub(crate) fn in_body(mut self, read_as: ReadAs, json_path: Option<String>) -> Self {
        self.0.read_as = Some(read_as);
        self.0.json_path = json_path;
        self
    }

    /// Says where in a value that is no response's body.
    pub(crate) fn at_path(mut self, json_path: &str) -> Self {
        self.0.json_path = Some(json_path.to_owned());
        self
    }

    pub(crate) fn read_as(&self) -> Option<ReadAs> {
        self.0.read_as
    }

    /// Keeps reqwest's error without its URL, which may hold a query.
    pub(crate) fn caused_by(mut self, source: reqwest::Error) -> Self {
        self.0.timed_out |= source.is_timeout();
        self.0.source = Some(Arc::new(source.without_url()));
        self
    }
}

impl Error {
    /// What kind of failure this is.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The HTTP status, if an answer came, even only in part.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.answer.as_ref().map(|answer| answer.status)
    }

    /// The headers, if an answer came, even only in part. They may hold personal data.
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.0.answer.as_ref().map(|answer| &answer.headers)
    }

    /// The API's word for what went wrong, such as `NOT_FOUND` (`code` in the body).
    pub fn code(&self) -> Option<&str> {
        self.said().code.as_deref()
    }

    /// What the API says went wrong, in words for people (`error` in the body).
    ///
    /// Not part of `Display`, since nothing is known about what it holds.
    pub fn message(&self) -> Option<&str> {
        self.said().message.as_deref()
    }

    /// The ID to quote when reporting a problem: the body's `requestId`, else `X-Request-Id`.
    pub fn request_id(&self) -> Option<&str> {
        let in_body = self.0.said.request_id.as_deref();
        in_body.or_else(|| self.0.answer.as_ref()?.request_id())
    }

    /// How long the API asked to be left alone, counted from when its answer came.
    ///
    /// From `Retry-After-Ms`, else `Retry-After` (seconds, rounded up, or a date), else, on a 429,
    /// `X-RateLimit-Reset` (Unix seconds or milliseconds). What cannot be read or lies in the past is absent. Uncapped.
    /// What an earlier attempt was asked for has been waited for, and is not kept. If no turn came
    /// under the rate limit, how long until one may, as far as that is known.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// Where you stood with the rate limit; `None` unless all three headers came and are valid.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        RateLimit::read(self.0.answer.as_ref()?)
    }

    /// The number of attempts begun, one that could not connect included; 0: nothing was sent.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// The answer's body as it came, after decompression; of one that broke off or was too
    /// large, what there is of it. It may hold personal data.
    pub fn body(&self) -> Option<&Bytes> {
        self.0.answer.as_ref().map(|answer| &answer.body)
    }

    /// Where the body does not fit, for [`ErrorKind::Decode`]: `data.notes[1].content`.
    ///
    /// A required field that is missing has its own path; the body as a whole is `$`; a name that
    /// the contract doesn't know is `*`. `None` if the body is not JSON, and for any other kind.
    pub fn json_path(&self) -> Option<&str> {
        self.0.json_path.as_deref()
    }

    /// Whether the API itself says that there is no such thing, or that it is not yours, which it
    /// does not tell apart: status 404 with the [`code`](Self::code) that the contract marks for it
    /// (`NOT_FOUND` for a lead).
    ///
    /// A 404 of a proxy or of a wrong base URL has another code or none, and says nothing about the
    /// lead. See also [`OptionalExt::optional`].
    pub fn is_not_found(&self) -> bool {
        let marked = self.0.call.and_then(|call| call.not_found);
        let is_said = marked.is_some() && self.code() == marked;
        is_said && self.kind() == ErrorKind::Api && self.status() == Some(StatusCode::NOT_FOUND)
    }

    /// Status 401 or 403: the key was not accepted, or not for this.
    pub fn is_unauthorized(&self) -> bool {
        matches!(
            self.status(),
            Some(StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN)
        )
    }

    /// Whether the rate limit is the reason: status 429, or no turn in the time of
    /// [`wait_for_rate_limit`](crate::ClientBuilder::wait_for_rate_limit). See
    /// [`retry_after`](Self::retry_after).
    pub fn is_rate_limited(&self) -> bool {
        // Not one that an earlier attempt got, if time ran out later.
        let of_last_attempt = |answer: &Answer| {
            answer.status == StatusCode::TOO_MANY_REQUESTS && answer.attempts == self.0.attempts
        };
        self.0.without_turn || self.0.answer.as_ref().is_some_and(of_last_attempt)
    }

    /// Whether time ran out, while connecting ([`ErrorKind::Connect`]) or later
    /// ([`ErrorKind::Timeout`]).
    pub fn is_timeout(&self) -> bool {
        self.0.timed_out
    }

    /// Whether the body does not fit the contract ([`ErrorKind::Decode`]).
    pub fn is_decode(&self) -> bool {
        self.kind() == ErrorKind::Decode
    }

    /// Whether trying again later makes sense: the failure is transient, and asking twice does no
    /// harm. A 403 is transient if it says when to come back (`Retry-After`). A POST that may have been
    /// carried out is not retryable.
    pub fn is_retryable(&self) -> bool {
        let idempotent = self.0.call.is_some_and(|call| call.idempotent);
        match self.kind() {
            ErrorKind::Connect => true,
            ErrorKind::Timeout | ErrorKind::Transport => idempotent || self.0.without_turn,
            ErrorKind::Api => match self.status().map(|status| status.as_u16()) {
                Some(429) => true,
                Some(403) => self.retry_after().is_some(),
                Some(408 | 500 | 502 | 503 | 504) => idempotent,
                _ => false,
            },
            ErrorKind::Config
            | ErrorKind::Request
            | ErrorKind::Decode
            | ErrorKind::BodyTooLarge => false,
        }
    }

    /// Whether another attempt is ours to make: a method that is not idempotent is not repeated
    /// without being asked to.
    pub(crate) fn may_be_retried(&self) -> bool {
        self.0.call.is_some_and(|call| call.idempotent) && self.is_retryable()
    }

    /// Code and message, if the body is an error body; fields of these names in other bodies
    /// mean something else.
    fn said(&self) -> &ErrorBody {
        const NOTHING: &ErrorBody = &ErrorBody::NOTHING;
        let success = self.status().is_some_and(|status| status.is_success());
        match success && self.kind() != ErrorKind::Api {
            true => NOTHING,
            false => &self.0.said,
        }
    }
}

/// Turns "there is no such thing" into a value.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let sandbox = aura_sandbox::Sandbox::start().await?;
/// # let client = sandbox.client();
/// # let id = aura_client::uuid::Uuid::nil();
/// use aura_client::OptionalExt;
///
/// match client.get_lead(&id).await.optional()? {
///     Some(lead) => println!("{}", lead.status),
///     None => println!("no such lead, or not yours"),
/// }
/// # Ok(())
/// # }
/// ```
pub trait OptionalExt<T> {
    /// Returns `None` for an error that [`is_not_found`](Error::is_not_found), and for nothing else.
    ///
    /// # Errors
    ///
    /// Any other error, as it is.
    fn optional(self) -> Result<Option<T>, Error>;
}

impl<T> OptionalExt<T> for Result<T, Error> {
    fn optional(self) -> Result<Option<T>, Error> {
        match self {
            Ok(value) => Ok(Some(value)),
            Err(error) if error.is_not_found() => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// One line of at most 500 characters.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&line::display(self))
    }
}

/// The kind, what `Display` shows, and the causes: one line of at most 500 characters.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&line::debug(self))
    }
}

impl std::error::Error for Error {
    /// reqwest's error, without its URL, for [`ErrorKind::Connect`], [`ErrorKind::Timeout`] and
    /// [`ErrorKind::Transport`]. Other causes would quote the body.
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}
