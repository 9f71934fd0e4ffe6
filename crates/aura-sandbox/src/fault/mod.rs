//! Faults: what goes wrong, how often, and where.

mod another_value;
mod check;
mod effect;
mod json;
pub(crate) mod json_path;
mod plan;

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::clock::whole_seconds;

pub(crate) use another_value::another_value;
use check::MAX_HEADERS;
pub(crate) use effect::Effect;
pub(crate) use plan::{Context, Decision, Plan};

/// Something that goes wrong on purpose, for [`Sandbox::inject`](crate::Sandbox::inject).
///
/// A fault is an effect (the constructors), how often it strikes and where (the methods). Unless
/// limited, it strikes at every request that leads to an endpoint, until it is cleared. Of several
/// conditions ([`on`](Self::on), [`lead`](Self::lead), [`key`](Self::key)) a request must meet all,
/// and only such requests count for [`times`](Self::times) and [`after`](Self::after). Faults are
/// tried in the order in which they were injected; the first that strikes wins, except that
/// [`latency`](Self::latency) leaves the answer to those after it. Neither that nor
/// [`connection_reset`](Self::connection_reset) takes a header or body.
///
/// ```
/// use std::time::Duration;
/// use aura_sandbox::Fault;
///
/// // The first two requests fail, later ones do not.
/// let overloaded = Fault::service_unavailable().retry_after(Duration::from_secs(2)).times(2);
/// // A fifth of all calls of one operation break off, the same ones for the same seed.
/// let flaky = Fault::connection_reset().probability(0.2).on("get_lead");
/// // The third answer has a text where a number belongs.
/// let drift = Fault::drift("data.total_paid_cents", "12.50").after(2).times(1);
/// // One lead of many cannot be read.
/// let broken = Fault::internal_server_error().lead("550e8400-e29b-41d4-a716-446655440000");
/// ```
///
/// Over HTTP, a fault is a JSON object; [the crate's documentation](crate#from-other-languages)
/// shows it.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(expecting = "an object with `fault`")]
#[must_use = "a fault does nothing until it is injected"]
pub struct Fault {
    #[serde(flatten, deserialize_with = "json::effect")]
    pub(crate) effect: Effect,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) retry_after_seconds: Option<u64>,
    #[serde(
        with = "json::headers",
        default,
        skip_serializing_if = "HeaderMap::is_empty"
    )]
    pub(crate) headers: HeaderMap,
    #[serde(with = "json::body", default, skip_serializing_if = "Option::is_none")]
    pub(crate) body: Option<Bytes>,
    #[serde(skip_serializing_if = "Option::is_none")]
    times: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    probability: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    on: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lead: Option<String>,
    #[serde(
        serialize_with = "json::redacted",
        skip_serializing_if = "Option::is_none"
    )]
    key: Option<String>,
}

impl Fault {
    fn new(effect: Effect) -> Self {
        Self {
            effect,
            retry_after_seconds: None,
            headers: HeaderMap::new(),
            body: None,
            times: None,
            after: None,
            probability: None,
            on: None,
            lead: None,
            key: None,
        }
    }

    /// 429 as the contract documents it, with `Retry-After: 1` unless
    /// [`retry_after`](Self::retry_after) says otherwise, and nothing left in `X-RateLimit-*`.
    pub fn too_many_requests() -> Self {
        Self::new(Effect::TooManyRequests {})
    }

    /// 500 as the contract documents it.
    pub fn internal_server_error() -> Self {
        Self::new(Effect::InternalServerError {})
    }

    /// 502 with an HTML page, as proxies send.
    pub fn bad_gateway() -> Self {
        Self::new(Effect::BadGateway {})
    }

    /// 503 as the contract documents it, with `Retry-After: 1` unless
    /// [`retry_after`](Self::retry_after) says otherwise.
    pub fn service_unavailable() -> Self {
        Self::new(Effect::ServiceUnavailable {})
    }

    /// The answer comes later by this much. Several add up, and another fault can still shape the
    /// answer.
    pub fn latency(delay: Duration) -> Self {
        Self::new(Effect::Latency { delay })
    }

    /// The connection is reset (TCP RST) instead of an answer.
    pub fn connection_reset() -> Self {
        Self::new(Effect::ConnectionReset {})
    }

    /// The answer's head promises all of the body, half of it comes, and the connection ends.
    pub fn truncated_body() -> Self {
        Self::new(Effect::TruncatedBody {})
    }

    /// The body comes in pieces of so many bytes (at least one), with a pause before each.
    pub fn slow_drip(chunk_bytes: usize, pause: Duration) -> Self {
        Self::new(Effect::SlowDrip { chunk_bytes, pause })
    }

    /// The body ends in the middle, with a character that no JSON has there; its length is told
    /// right.
    pub fn malformed_json() -> Self {
        Self::new(Effect::MalformedJson {})
    }

    /// The answer is what it would be, but for this value at this place, such as
    /// `data.total_paid_cents`, `data.notes[0].content` or `data["odd name"]`; the empty path is
    /// the whole body.
    ///
    /// What does not exist is made: a missing member is added, an index beyond the end of an array
    /// appends, and what stands in the way is replaced. An answer that is not JSON stays as it is.
    ///
    /// A path of more than 100 steps or 4,096 bytes is rejected when it is injected.
    pub fn drift(json_path: impl Into<String>, value: impl Into<Value>) -> Self {
        Self::new(Effect::Drift {
            path: json_path.into(),
            value: value.into(),
        })
    }

    /// The answer is about another resource than was asked for: the property that `x-identifies`
    /// names in the contract has another value, of the same type and format. Everything else is as
    /// it would be.
    ///
    /// Does nothing to an operation without `x-identifies`, nor to an error.
    pub fn another_resource() -> Self {
        Self::new(Effect::AnotherResource {})
    }

    /// An answer with this status and, unless set by [`header`](Self::header) and
    /// [`body`](Self::body), no body: for all that the others are not.
    pub fn answer(status: StatusCode) -> Self {
        Self::new(Effect::Answer { status })
    }

    /// The answer's head comes, and then nothing, on a connection that stays open.
    pub fn stall() -> Self {
        Self::new(Effect::Stall {})
    }

    /// How long the answer's `Retry-After` says to wait, in seconds, rounded up.
    pub fn retry_after(mut self, wait: Duration) -> Self {
        self.retry_after_seconds = Some(whole_seconds(wait));
        self
    }

    /// Puts a header into the answer, in place of any of the same name that the sandbox sends, but
    /// for `Content-Length`, `Transfer-Encoding` and `Connection`, which belong to the connection.
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        // One more than a fault may have is enough to reject it.
        if self.headers.len() <= MAX_HEADERS {
            self.headers.append(name, value);
        }
        self
    }

    /// Puts a body into the answer, in place of the one that it would have.
    pub fn body(mut self, body: impl Into<Bytes>) -> Self {
        self.body = Some(body.into());
        self
    }

    /// Strikes so many times and is then forgotten; without it, until it is cleared.
    pub fn times(mut self, times: u64) -> Self {
        self.times = Some(times);
        self
    }

    /// Leaves the first so many requests alone, of those that it could strike at.
    pub fn after(mut self, requests: u64) -> Self {
        self.after = Some(requests);
        self
    }

    /// Strikes by chance, from 0, which is never, to 1, which is always. Chances are drawn from the
    /// seed of [`SandboxBuilder::seed`](crate::SandboxBuilder::seed).
    pub fn probability(mut self, probability: f64) -> Self {
        self.probability = Some(probability);
        self
    }

    /// Strikes at one operation alone, named as in the contract, such as `get_lead`, or `health`
    /// for `/health`.
    pub fn on(mut self, operation: impl Into<String>) -> Self {
        self.on = Some(operation.into());
        self
    }

    /// Strikes at requests for one lead alone, or for what lies below it. Any spelling of its ID
    /// will do; the lead need not exist.
    pub fn lead(mut self, id: impl ToString) -> Self {
        self.lead = Some(id.to_string());
        self
    }

    /// Strikes at requests with this API key alone. It is shown nowhere: JSON has `[redacted]`
    /// instead.
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.key = Some(key.into());
        self
    }

    pub(crate) fn name(&self) -> &'static str {
        (&self.effect).into()
    }
}

impl fmt::Debug for Fault {
    /// Without the values that an answer is given, which may be a person's, the lead's ID and the
    /// key.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Fault");
        shown.field("fault", &self.name());
        match &self.effect {
            Effect::Latency { delay } => shown.field("delay", delay),
            Effect::SlowDrip { chunk_bytes, pause } => shown
                .field("chunk_bytes", chunk_bytes)
                .field("pause", pause),
            Effect::Drift { path, .. } => shown.field("path", path),
            Effect::Answer { status } => shown.field("status", &status.as_u16()),
            _ => &mut shown,
        };
        shown
            .field("times", &self.times)
            .field("after", &self.after)
            .field("probability", &self.probability)
            .field("on", &self.on)
            .field("lead", &self.lead.as_ref().map(|_| json::REDACTED))
            .field("key", &self.key.as_ref().map(|_| json::REDACTED))
            .finish_non_exhaustive()
    }
}
