//! One attempt: a request goes out, an answer comes in, within the time and size it may have.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::header::LOCATION;
use http::{HeaderMap, HeaderValue, Method};
use url::Url;

use crate::answer::{Answer, Context};
use crate::client::Settings;
use crate::deadline::Deadline;
use crate::{Error, ErrorKind};

/// A request, ready to be sent any number of times.
pub(crate) struct Outgoing {
    pub(crate) context: Context,
    pub(crate) method: Method,
    pub(crate) url: Url,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Option<Bytes>,
}

/// Sends a request once; `number` counts from 1, `total` ends the call that it belongs to.
pub(super) async fn attempt(
    settings: &Settings,
    outgoing: &Outgoing,
    number: u32,
    total: Deadline,
) -> Result<Answer, Error> {
    let context = outgoing.context;
    let limit = Limit::of_attempt(settings, total);

    let executed = limit
        .deadline
        .bound(settings.http.execute(request(outgoing)))
        .await;
    let mut response = match executed {
        Some(Ok(response)) => response,
        Some(Err(source)) if source.is_builder() => {
            let what = "the HTTP client refuses to send this request";
            return Err(Error::new(ErrorKind::Request, what).in_call(context, number - 1));
        }
        Some(Err(source)) if source.is_redirect() => {
            let what = "the HTTP client gave up on the API's redirects";
            return Err(Error::new(ErrorKind::Request, what).in_call(context, number));
        }
        Some(Err(source)) => return Err(failed(source, NO_HEAD).in_call(context, number)),
        None => return Err(limit.exceeded().in_call(context, number)),
    };

    // Filled from within the future, so that what came is there even if it is dropped halfway.
    let mut body = BytesMut::new();
    let end = limit
        .deadline
        .bound(receive(&mut response, settings.max_body_bytes, &mut body))
        .await;
    let answer = Answer {
        context,
        attempts: number,
        status: response.status(),
        headers: std::mem::take(response.headers_mut()),
        body: body.freeze(),
    };
    let error = match end {
        Some(Ok(())) => return classify_status(answer, &outgoing.url),
        Some(Err(error)) => error,
        None => limit.exceeded(),
    };
    Err(error.in_call(context, number).with_answer(answer))
}

/// The deadline of an attempt, and which setting it comes from.
struct Limit {
    deadline: Deadline,
    setting: &'static str,
    duration: Duration,
}

impl Limit {
    /// The attempt's own or the whole call's, whichever comes first.
    fn of_attempt(settings: &Settings, total: Deadline) -> Self {
        let own = Deadline::after(settings.attempt_timeout);
        if own.is_before(total) {
            Self {
                deadline: own,
                setting: "attempt_timeout",
                duration: settings.attempt_timeout,
            }
        } else {
            Self {
                deadline: total,
                setting: "timeout",
                duration: settings.timeout,
            }
        }
    }

    fn exceeded(&self) -> Error {
        let Self {
            setting, duration, ..
        } = self;
        let what = format!("no whole answer came within {duration:?} ({setting})");
        Error::new(ErrorKind::Timeout, what)
    }
}

fn request(outgoing: &Outgoing) -> reqwest::Request {
    let mut request = reqwest::Request::new(outgoing.method.clone(), outgoing.url.clone());
    *request.headers_mut() = outgoing.headers.clone();
    *request.body_mut() = outgoing.body.clone().map(reqwest::Body::from);
    request
}

/// Reads a body up to `max` bytes, counted after decompression.
async fn receive(
    response: &mut reqwest::Response,
    max: usize,
    body: &mut BytesMut,
) -> Result<(), Error> {
    while let Some(chunk) = response.chunk().await.map_err(broken_off)? {
        let room = max - body.len();
        body.extend_from_slice(&chunk[..chunk.len().min(room)]);
        if chunk.len() > room {
            let what = format!("the answer's body is larger than {max} bytes");
            return Err(Error::new(ErrorKind::BodyTooLarge, what));
        }
    }
    Ok(())
}

const NO_HEAD: &str = "the connection broke, or what came is not HTTP";
const NO_BODY: &str = "the answer's body was cut off, or is damaged";

fn broken_off(source: reqwest::Error) -> Error {
    failed(source, NO_BODY)
}

/// Sorts reqwest's errors. Connecting comes first: it can time out too, and is no less
/// connecting then.
fn failed(source: reqwest::Error, otherwise: &'static str) -> Error {
    let (kind, what) = match (source.is_connect(), source.is_timeout()) {
        (true, true) => (ErrorKind::Connect, "connecting took too long"),
        (true, false) => (ErrorKind::Connect, "could not connect"),
        (false, true) => (ErrorKind::Timeout, "no whole answer came in time"),
        (false, false) => (ErrorKind::Transport, otherwise),
    };
    Error::new(kind, what).caused_by(source)
}

/// Tells success from an error that the API reports by its status.
fn classify_status(answer: Answer, asked: &Url) -> Result<Answer, Error> {
    let status = answer.status;
    if status.is_success() {
        return Ok(answer);
    }
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
