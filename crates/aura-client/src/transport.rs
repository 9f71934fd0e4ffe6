//! One attempt: a request goes out, a response comes in, within the time and size it may have.

use std::pin::pin;
use std::time::{Duration, SystemTime};

use bytes::{Bytes, BytesMut};
use http::HeaderValue;
use http::header::LOCATION;
use tokio::time::Instant;
use url::Url;

use crate::answer::{Answer, Context};
use crate::deadline::Deadline;
use crate::request::Request;
use crate::service::SendError;
use crate::settings::{ApiKey, Settings};
use crate::upload::{Content, Progress, Streamed};
use crate::{Error, ErrorKind};

/// A response that is not an error.
pub(crate) struct Received {
    pub(crate) answer: Answer,
    /// The body, if the request asked for it to be streamed; the answer's own is empty then.
    pub(crate) body: Option<Incoming>,
}

/// Sends a request once; `number` counts from 1.
pub(crate) async fn attempt(
    settings: &Settings,
    request: &Request,
    body: Option<Content>,
    context: Context,
    number: u32,
    mut limit: Limit,
    key: Option<ApiKey>,
) -> Result<Received, Error> {
    let not_sent = |kind, what| Error::new(kind, what).in_call(context, number - 1);
    let (body, progress) = match body {
        None => (None, None),
        Some(Content::Bytes(bytes)) => (Some(bytes.into()), None),
        Some(Content::Stream(chunks)) => {
            let (body, progress) = Streamed::new(chunks);
            (Some(reqwest::Body::wrap(body)), Some(progress))
        }
    };
    let outgoing = outgoing(request, body, key.as_ref())
        .map_err(|problem| not_sent(ErrorKind::Config, format!("the API key {problem}")))?;
    let sending = settings.http.send(outgoing);
    let sent = within(&mut limit, settings, progress.as_ref(), sending).await;
    if let (Some(Err(_)), Some(problem)) = (&sent, progress.and_then(|body| body.problem())) {
        return Err(Error::new(ErrorKind::Request, problem).in_call(context, number));
    }
    let mut response = match sent {
        Some(Ok(response)) => response,
        Some(Err(SendError::Http(source))) if source.is_builder() => {
            let what = "the HTTP client refuses to send this request";
            return Err(not_sent(ErrorKind::Request, what.to_owned()));
        }
        Some(Err(error)) => return Err(failed(error).in_call(context, number)),
        None => return Err(limit.exceeded(NO_RESPONSE).in_call(context, number)),
    };

    let mut answer = Answer {
        context,
        attempts: number,
        status: response.status(),
        headers: std::mem::take(response.headers_mut()),
        body: Bytes::new(),
        received: SystemTime::now(),
    };
    let mut incoming = Incoming {
        response,
        is_layered: settings.http.is_layered(),
    };
    if request.streams_response && answer.is_success() {
        let body = Some(incoming);
        return Ok(Received { answer, body });
    }

    // Filled from within the future, so that what came is there even if it is dropped halfway.
    let mut body = BytesMut::new();
    let whole = incoming.read(settings.max_body_bytes, &mut body);
    let end = limit.deadline.bound(whole).await;
    answer.body = body.freeze();
    answer.received = SystemTime::now();
    let error = match end {
        Some(Ok(())) => return classify_status(answer, &request.url),
        Some(Err(error)) => error,
        None => limit.exceeded(NO_RESPONSE),
    };
    Err(error.in_call(context, number).with_answer(answer))
}

/// The body of a response, of which the rest is still to come.
pub(crate) struct Incoming {
    response: reqwest::Response,
    is_layered: bool,
}

impl Incoming {
    /// How many bytes are still to come, if that is known.
    pub(crate) fn length(&self) -> Option<u64> {
        self.response.content_length()
    }

    /// Returns what comes next; `None` at the end.
    pub(crate) async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        let chunk = self.response.chunk().await;
        chunk.map_err(|source| match self.is_layered {
            // The body may be a layer's, and nothing is known about what its error shows.
            true => Error::new(ErrorKind::Transport, NO_BODY),
            false => of_http_client(source, NO_BODY),
        })
    }

    /// Reads the rest up to the size that the body may have, counted after decompression.
    async fn read(&mut self, max: usize, body: &mut BytesMut) -> Result<(), Error> {
        while let Some(chunk) = self.chunk().await? {
            append(body, &chunk, max)?;
        }
        Ok(())
    }
}

/// Appends what came, as far as there is room for it.
pub(crate) fn append(body: &mut BytesMut, chunk: &[u8], max: usize) -> Result<(), Error> {
    let room = max - body.len();
    body.extend_from_slice(&chunk[..chunk.len().min(room)]);
    match chunk.len() > room {
        true => {
            let what = format!("the answer's body is larger than {max} bytes");
            Err(Error::new(ErrorKind::BodyTooLarge, what))
        }
        false => Ok(()),
    }
}

/// The deadline of an attempt, and which setting it comes from.
#[derive(Clone, Copy)]
pub(crate) struct Limit {
    pub(crate) deadline: Deadline,
    setting: &'static str,
    duration: Duration,
    /// The whole call's.
    total: Deadline,
}

impl Limit {
    /// The attempt's own or the whole call's, whichever comes first.
    pub(crate) fn of_attempt(settings: &Settings, total: Deadline) -> Self {
        Self::since(Instant::now(), settings, total)
    }

    fn since(begun: Instant, settings: &Settings, total: Deadline) -> Self {
        let own = Self::of_step(begun, settings.attempt_timeout);
        if own.deadline.is_before(total) {
            Self { total, ..own }
        } else {
            Self {
                deadline: total,
                setting: "timeout",
                duration: settings.timeout,
                total,
            }
        }
    }

    /// The attempt's own, from `begun` on.
    pub(crate) fn of_step(begun: Instant, attempt_timeout: Duration) -> Self {
        Self {
            deadline: Deadline::since(begun, attempt_timeout),
            setting: "attempt_timeout",
            duration: attempt_timeout,
            total: Deadline::NEVER,
        }
    }

    pub(crate) fn exceeded(&self, what: &str) -> Error {
        let Self {
            setting, duration, ..
        } = self;
        let what = format!("{what} within {duration:?} ({setting})");
        Error::new(ErrorKind::Timeout, what)
    }
}

/// Waits for the response, whose time begins anew with each chunk of a streamed body.
async fn within<T>(
    limit: &mut Limit,
    settings: &Settings,
    progress: Option<&Progress>,
    response: impl Future<Output = T>,
) -> Option<T> {
    let mut response = pin!(response);
    loop {
        let outcome = limit.deadline.bound(&mut response).await;
        if let Some(progress) = progress {
            *limit = Limit::since(progress.last(), settings, limit.total);
        }
        if outcome.is_some() || limit.deadline.has_passed() {
            return outcome;
        }
    }
}

/// The request as the HTTP client takes it, with the key in its place.
fn outgoing(
    request: &Request,
    body: Option<reqwest::Body>,
    key: Option<&ApiKey>,
) -> Result<reqwest::Request, &'static str> {
    let mut url = request.url.clone();
    let mut headers = request.headers.clone();
    if let Some(key) = key {
        key.put_into(request.security, &mut headers, &mut url)?;
    }
    let mut outgoing = reqwest::Request::new(request.method.clone(), url);
    *outgoing.headers_mut() = headers;
    *outgoing.body_mut() = body;
    Ok(outgoing)
}

const NO_RESPONSE: &str = "no whole answer came";
const NO_HEAD: &str = "the connection broke, or what came is not HTTP";
const NO_BODY: &str = "the answer's body was cut off, or is damaged";

fn failed(error: SendError) -> Error {
    match error {
        SendError::Layer => Error::new(
            ErrorKind::Transport,
            "a layer around the HTTP client failed",
        ),
        SendError::Http(source) if source.is_redirect() => {
            let what = "the HTTP client gave up on the API's redirects";
            Error::new(ErrorKind::Request, what)
        }
        SendError::Http(source) => of_http_client(source, NO_HEAD),
    }
}

/// Sorts reqwest's errors. Connecting comes first: it can time out too, and is no less
/// connecting then.
fn of_http_client(source: reqwest::Error, otherwise: &'static str) -> Error {
    let (kind, what) = match (source.is_connect(), source.is_timeout()) {
        (true, true) => (ErrorKind::Connect, "connecting took too long"),
        (true, false) => (ErrorKind::Connect, "could not connect"),
        (false, true) => (ErrorKind::Timeout, "no whole answer came in time"),
        (false, false) => (ErrorKind::Transport, otherwise),
    };
    Error::new(kind, what).caused_by(source)
}

/// Tells success from an error that the API reports by its status.
fn classify_status(answer: Answer, asked: &Url) -> Result<Received, Error> {
    if answer.is_success() {
        return Ok(Received { answer, body: None });
    }
    let status = answer.status;
    let redirect = answer
        .headers
        .get(LOCATION)
        .filter(|_| status.is_redirection());
    let message = match redirect.map(|location| host(location, asked)) {
        Some(Some(host)) => {
            format!("the API answered {status}, and its redirect to {host} is not followed")
        }
        Some(None) => format!("the API answered {status}, and redirects are not followed"),
        None => format!("the API answered {status}"),
    };
    Err(Error::of_answer(ErrorKind::Api, message, answer))
}

/// The host that a redirect leads to, and nothing else of it.
fn host(location: &HeaderValue, asked: &Url) -> Option<String> {
    let target = asked.join(location.to_str().ok()?).ok()?;
    target.host_str().map(str::to_owned)
}
