//! Why something failed, in words for people and in fields for programs.

use std::error::Error as _;
use std::fmt;
use std::time::Duration;

use aura_client::uuid::Uuid;
use aura_client::{Error, ErrorKind};
use serde::Serialize;

use crate::exit::Exit;
use crate::node::Node;
use crate::text::{as_code, as_request_id, count, piece};

/// What kind of failure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Wrong arguments, or no key.
    Usage,
    /// An id in a file that is none.
    InvalidId,
    /// There is no key, or it was not accepted, or not for this.
    Unauthorized,
    /// It does not exist, or is not the caller's.
    NotFound,
    /// Too many requests.
    RateLimited,
    /// The service failed, or is down.
    Unavailable,
    /// Time ran out.
    Timeout,
    /// No connection, or one that broke off.
    Network,
    /// An answer that does not fit the contract.
    UnexpectedAnswer,
    /// A field of a lead that does not fit the contract; the lead itself is there.
    Drift,
    /// Any other refusal.
    Refused,
    /// Something on this machine: a file, a full disk.
    Local,
}

impl Kind {
    fn exit(self) -> Exit {
        match self {
            Self::Drift => Exit::Good,
            Self::Usage => Exit::Usage,
            Self::Unauthorized => Exit::Unauthorized,
            Self::NotFound => Exit::NotFound,
            Self::RateLimited | Self::Unavailable | Self::Timeout | Self::Network => Exit::TryLater,
            Self::InvalidId | Self::UnexpectedAnswer | Self::Refused | Self::Local => Exit::Failed,
        }
    }
}

/// A failure. `Display` is one line without personal data, key or anything of a body.
// A box, since failures are rare and every `Result` has room for one.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub struct Failure(Box<Facts>);

#[derive(Clone, Debug, Serialize)]
struct Facts {
    /// The lead that was asked for, if it was one.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Uuid>,
    /// The line of the input where its id stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    kind: Kind,
    /// The field that does not fit the contract.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<String>,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<String>,
}

/// How failures are made.
impl Failure {
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self(Box::new(Facts {
            id: None,
            line: None,
            kind,
            path: None,
            status: None,
            code: None,
            request_id: None,
            message: message.into(),
            help: None,
        }))
    }

    /// Wrong arguments: nothing was sent.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(Kind::Usage, message)
    }

    /// Something on this machine.
    pub fn local(message: impl Into<String>) -> Self {
        Self::new(Kind::Local, message)
    }

    /// What a call of the API gave instead of a success.
    pub fn of_call(error: &Error) -> Self {
        Self::of_kind(kind(error), error)
    }

    /// What [`Client::request`](aura_client::Client::request) gave instead of a success, where the
    /// contract says which code means that there is no such thing.
    pub fn of_request(error: &Error, not_found: Option<&str>) -> Self {
        let kind = match is_no_such_thing(error, not_found) {
            true => Kind::NotFound,
            false => kind(error),
        };
        Self::of_kind(kind, error)
    }

    fn of_kind(kind: Kind, error: &Error) -> Self {
        let mut failure = Self::new(kind, message(error, kind));
        failure.0.status = error.status().map(|status| status.as_u16());
        failure.0.code = error.code().and_then(as_code).map(str::to_owned);
        failure.0.request_id = error
            .request_id()
            .and_then(as_request_id)
            .map(str::to_owned);
        failure.0.help = help(error, kind);
        failure
    }

    /// A lead whose answer holds none.
    pub fn without_data(id: Uuid) -> Self {
        Self::new(Kind::UnexpectedAnswer, "the answer holds no lead").of_lead(id, None)
    }

    /// A field that does not fit the contract, in a lead that is there all the same.
    pub fn drift(path: &str, reason: &str) -> Self {
        let message = format!("`{}` does not fit the contract: {reason}", piece(path));
        let mut failure = Self::new(Kind::Drift, message);
        failure.0.path = Some(path.to_owned());
        failure
    }

    /// What to do about it.
    pub fn or_try(mut self, help: impl Into<String>) -> Self {
        self.0.help = Some(help.into());
        self
    }

    /// Says which lead was asked for, and where in the input its id stands.
    pub fn of_lead(mut self, id: Uuid, line: Option<u64>) -> Self {
        self.0.id = Some(id);
        self.0.line = line;
        self
    }

    /// Says where in the input it lies.
    pub fn at_line(mut self, line: Option<u64>) -> Self {
        self.0.line = line;
        self
    }
}

impl Failure {
    pub fn kind(&self) -> Kind {
        self.0.kind
    }

    pub fn exit(&self) -> Exit {
        self.0.kind.exit()
    }

    /// The key was not accepted, for whatever it is used.
    pub fn is_of_key(&self) -> bool {
        self.0.kind == Kind::Unauthorized && self.0.status == Some(401)
    }

    /// The rate limit is the reason, for whatever is asked for.
    pub fn is_of_rate_limit(&self) -> bool {
        self.0.kind == Kind::RateLimited && self.0.status != Some(403)
    }

    pub fn help(&self) -> Option<&str> {
        self.0.help.as_deref()
    }
}

/// `lead 550e…: not found, or it belongs to another organization (404 NOT_FOUND, request req_1)`
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(id) = self.0.id {
            write!(f, "lead {id}: ")?;
        }
        f.write_str(&self.0.message)?;
        let status = self.0.status.map(|status| status.to_string());
        let answer: Vec<String> = status.into_iter().chain(self.0.code.clone()).collect();
        let request = self.0.request_id.as_ref().map(|id| format!("request {id}"));
        let answer = (!answer.is_empty()).then(|| answer.join(" "));
        let facts: Vec<String> = answer.into_iter().chain(request).collect();
        match facts.is_empty() {
            true => Ok(()),
            false => write!(f, " ({})", facts.join(", ")),
        }
    }
}

/// What to do about an answer that is not the Aura API's.
pub const OTHER_SERVICE: &str = "is the base URL right?";

/// Whether it is a whole 404 with the code that says that there is no such thing: what
/// [`Error::is_not_found`] says of an operation's own call.
pub fn is_no_such_thing(error: &Error, code: Option<&str>) -> bool {
    error.kind() == ErrorKind::Api && is_404(error) && code.is_some() && error.code() == code
}

/// Any server says 404, of any path; only the API's own code says that there is no such lead. So
/// where that code is missing, another service answered.
pub fn is_404(error: &Error) -> bool {
    error.status().is_some_and(|status| status == 404)
}

fn is_redirect(error: &Error) -> bool {
    error.status().is_some_and(|status| status.is_redirection())
}

fn kind(error: &Error) -> Kind {
    match error.kind() {
        ErrorKind::Config | ErrorKind::Request => Kind::Usage,
        _ if error.is_rate_limited() => Kind::RateLimited,
        _ if error.is_timeout() => Kind::Timeout,
        ErrorKind::Connect | ErrorKind::Transport => Kind::Network,
        ErrorKind::Decode | ErrorKind::BodyTooLarge => Kind::UnexpectedAnswer,
        // A 403 that says when to come back.
        _ if error.is_unauthorized() && error.is_retryable() => Kind::RateLimited,
        _ if error.is_unauthorized() => Kind::Unauthorized,
        _ if error.is_not_found() => Kind::NotFound,
        _ => match error.status().map(|status| status.as_u16()) {
            Some(408 | 500..=599) => Kind::Unavailable,
            _ => Kind::Refused,
        },
    }
}

fn message(error: &Error, kind: Kind) -> String {
    match kind {
        Kind::NotFound => "not found, or it belongs to another organization".into(),
        Kind::Unauthorized if error.status().is_some_and(|status| status == 403) => {
            "the key may not do this".into()
        }
        Kind::Unauthorized => "the key was not accepted".into(),
        Kind::RateLimited => "too many requests".into(),
        Kind::Unavailable => "the service failed".into(),
        Kind::Timeout if error.kind() == ErrorKind::Connect => "connecting took too long".into(),
        Kind::Timeout => "no answer in time".into(),
        Kind::Network if error.kind() == ErrorKind::Connect => {
            format!("could not connect{}", cause(error))
        }
        Kind::Network => format!("the connection broke off{}", cause(error)),
        Kind::UnexpectedAnswer => match (error.kind(), error.json_path()) {
            (ErrorKind::BodyTooLarge, _) => "the answer is too large".into(),
            (_, Some("data.id")) if holds_an_id(error) => {
                "the answer holds another lead than was asked for".into()
            }
            (_, Some(path)) => format!("the answer does not fit the contract at {}", piece(path)),
            (_, None) => "the answer is not JSON".into(),
        },
        Kind::Refused if is_redirect(error) => {
            "the service redirects, which is not followed".into()
        }
        Kind::Refused if is_404(error) => "not found, but not in the API's own words".into(),
        Kind::Refused => "the service refused".into(),
        // In words of the client's own, which quote nothing.
        Kind::Usage | Kind::InvalidId | Kind::Drift | Kind::Local => error.to_string(),
    }
}

/// Whether the body says which lead it holds; else the id is what doesn't fit.
fn holds_an_id(error: &Error) -> bool {
    let data = error.body().and_then(|body| Node::data_of(body));
    let id = data.and_then(|data| data.member("id")?.string());
    id.is_some_and(|id| Uuid::try_parse(&id).is_ok())
}

/// The innermost cause, as the operating system or TLS tells it.
fn cause(error: &Error) -> String {
    let mut innermost = error.source();
    while let Some(deeper) = innermost.and_then(|cause| cause.source()) {
        innermost = Some(deeper);
    }
    innermost.map_or_else(String::new, |cause| {
        format!(": {}", piece(&cause.to_string()))
    })
}

fn help(error: &Error, kind: Kind) -> Option<String> {
    match kind {
        Kind::Unauthorized => {
            Some("`aura check` shows what works; keys are in Settings > Integrations".into())
        }
        Kind::RateLimited | Kind::Unavailable => error
            .retry_after()
            .map(|wait| format!("the service asks to be left alone for {}", in_words(wait))),
        Kind::Refused if is_redirect(error) || is_404(error) => Some(OTHER_SERVICE.into()),
        _ => None,
    }
}

/// A time to wait, rounded up.
fn in_words(wait: Duration) -> String {
    let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
    match seconds {
        0..=119 => count(seconds, "second"),
        120..=7199 => count(seconds.div_ceil(60), "minute"),
        _ => count(seconds.div_ceil(3600), "hour"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_what_and_which_request() {
        let id = Uuid::nil();
        let mut failure = Failure::new(Kind::NotFound, "not found").of_lead(id, Some(7));
        failure.0.status = Some(404);
        failure.0.code = Some("NOT_FOUND".into());
        failure.0.request_id = Some("req_1".into());

        assert_eq!(
            failure.to_string(),
            format!("lead {id}: not found (404 NOT_FOUND, request req_1)")
        );
        let json = serde_json::to_value(&failure).expect("serializable");
        assert_eq!(
            (&json["line"], &json["kind"]),
            (&7.into(), &"not_found".into())
        );
    }

    #[test]
    fn a_wait_is_rounded_up() {
        for (seconds, words) in [
            (0.2, "1 second"),
            (90.0, "90 seconds"),
            (121.0, "3 minutes"),
        ] {
            assert_eq!(in_words(Duration::from_secs_f64(seconds)), words);
        }
    }
}
