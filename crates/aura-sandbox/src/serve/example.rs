//! The responses that the contract describes, worked out once: its examples, or values that fit.

use aura_contract::{Content, Operation, Status, is_in_range};
use bytes::Bytes;
use http::header::{ACCEPT, LOCATION};
use http::{HeaderMap, HeaderValue, StatusCode};
use serde_json::Value;

use super::answer::{Answer, text};

/// The successes of an operation, in the contract's order; if it has none, its first response.
pub(super) struct Examples {
    operation: String,
    listed: Vec<Example>,
}

/// A response without its body, and the bodies that it can have; none: it has no body.
struct Example {
    answer: Answer,
    bodies: Vec<Body>,
}

struct Body {
    media_type: HeaderValue,
    /// `None` if nothing fits.
    bytes: Option<Bytes>,
}

/// A body of any kind, which is not text in any encoding.
const BINARY: &[u8] = b"\x00\x01\x02\x03\xfc\xfd\xfe\xff";

impl Examples {
    /// If what is stored stands in JSON bodies, no example of these need fit.
    pub(super) fn of(operation: &Operation, is_stored: bool) -> Self {
        let mut described: Vec<_> = operation.successes().collect();
        if described.is_empty() {
            described.extend(operation.answers.first());
        }
        Self {
            operation: operation.id.clone(),
            listed: described
                .into_iter()
                .map(|described| Example::new(described, is_stored))
                .collect(),
        }
    }

    /// The response with this status and of a type that the caller accepts, as far as there is one;
    /// else the first that can be made.
    ///
    /// # Errors
    ///
    /// That there is none, in words.
    pub(super) fn choose(&self, code: Option<u16>, headers: &HeaderMap) -> Result<Answer, String> {
        let with_code = |example: &&Example| Some(example.answer.status.as_u16()) == code;
        let wanted = self.listed.iter().find(with_code);
        let mut candidates = wanted.into_iter().chain(&self.listed);
        match candidates.find_map(|example| example.choose(headers)) {
            Some(answer) => Ok(answer),
            None if self.listed.is_empty() => Ok(Answer::new(StatusCode::OK)),
            None => Err(format!(
                "The contract has no answer to {} that fits its own schema",
                self.operation
            )),
        }
    }
}

impl Example {
    fn new(described: &aura_contract::Answer, is_stored: bool) -> Self {
        let status = match described.status {
            // 300 leads nowhere.
            Status::Class(3) => Some(302),
            _ => described.code(),
        };
        let status = status.and_then(|status| StatusCode::from_u16(status).ok());
        let status = status.filter(|status| !status.is_informational());
        let mut answer = Answer::new(status.unwrap_or(StatusCode::OK)).with_documented(described);
        if is_redirect(answer.status) && !has_location(described) {
            let location = HeaderValue::from_static("https://example.com/");
            answer.headers.insert(LOCATION, location);
        }
        let (json, other): (Vec<_>, Vec<_>) = described
            .contents
            .iter()
            .partition(|content| content.is_json());
        let bodies = json.into_iter().chain(other).map(|content| Body {
            media_type: media_type(content),
            bytes: bytes(content).or((is_stored && content.is_json()).then(Bytes::new)),
        });
        Self {
            answer,
            bodies: bodies.collect(),
        }
    }

    fn choose(&self, headers: &HeaderMap) -> Option<Answer> {
        if self.bodies.is_empty() {
            return Some(self.answer.clone());
        }
        let accepted = headers
            .get_all(ACCEPT)
            .iter()
            .filter_map(|value| value.to_str().ok());
        let accepted = accepted.flat_map(|list| list.split(','));
        let mut wanted = accepted.filter_map(|range| {
            let mut bodies = self.bodies.iter();
            bodies.find(|body| body.bytes.is_some() && body.is_of(range))
        });
        let any = || self.bodies.iter().find(|body| body.bytes.is_some());
        let body = wanted.next().or_else(any)?;
        let bytes = body.bytes.clone()?;
        Some(
            self.answer
                .clone()
                .with_body(body.media_type.clone(), bytes),
        )
    }
}

impl Body {
    fn is_of(&self, range: &str) -> bool {
        is_in_range(self.media_type.to_str().unwrap_or_default(), range)
    }
}

/// Whether `Location` says where to go.
fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

/// Whether the contract says where its redirects lead.
fn has_location(described: &aura_contract::Answer) -> bool {
    let is_location =
        |header: &&aura_contract::Header| header.name.eq_ignore_ascii_case("location");
    let location = described.headers.iter().find(is_location);
    location.is_some_and(|location| {
        let is_url = |text: &str| text.starts_with('/') || text.contains("://");
        location.sample().as_str().is_some_and(is_url)
    })
}

/// A body of this form; `None` if nothing that could be made of the contract fits.
fn bytes(content: &Content) -> Option<Bytes> {
    if content.is_json() {
        return fitting(content).map(|body| body.to_string().into());
    }
    let example = content
        .example
        .as_ref()
        .filter(|example| example.is_string());
    if let Some(example) = example {
        return Some(text(example.clone()).into());
    }
    if !content.is_text() && !content.is_markup() {
        return Some(Bytes::from_static(BINARY));
    }
    let body = fitting(content).filter(|body| !body.is_object() && !body.is_array())?;
    Some(text(body).into())
}

/// The contract's example of a body; one that does not fit gives way to one that is made up.
pub(super) fn fitting(content: &Content) -> Option<Value> {
    let fits = |value: &Value| content.schema.check(value).is_empty();
    let example = content.example.clone().filter(fits);
    example.or_else(|| Some(content.schema.sample()).filter(fits))
}

/// A content's type; of a range such as `image/*`, one that belongs to it.
pub(super) fn media_type(content: &Content) -> HeaderValue {
    let name = match content.media_type.as_str() {
        _ if content.media_type.contains('*') && content.is_json() => "application/json",
        "text/*" => "text/plain; charset=utf-8",
        "image/*" => "image/png",
        "audio/*" => "audio/mpeg",
        "video/*" => "video/mp4",
        name if name.contains('*') => "application/octet-stream",
        name => name,
    };
    HeaderValue::try_from(name).unwrap_or(HeaderValue::from_static("application/octet-stream"))
}
