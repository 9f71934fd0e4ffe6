//! The bodies of requests: which form one has, and what is wrong with it.

mod form;
mod media_type;
mod multipart;

pub use multipart::Part;

use openapi_document::operation::{charset, essence, is_json_text};
use serde_json::Value;

use self::media_type::is_among;
use crate::operation::{Body, Content, Operation};
use crate::problem::Problem;
use crate::schema::Schema;
use crate::schema::read::{Kind, Reading, Scalar};

impl Operation {
    /// What is wrong with the body of a request for this operation; of one that it doesn't take,
    /// nothing. `media_type` is its `Content-Type`; without one it is JSON, if the operation takes
    /// that. A body in parts is for [`Content::check_parts`] to check.
    pub fn check_body(&self, media_type: Option<&str>, bytes: &[u8]) -> Vec<Problem> {
        let Some(body) = &self.body else {
            return Vec::new();
        };
        if bytes.is_empty() {
            let missing = || Problem::new("body", "it is required");
            return body.required.then(missing).into_iter().collect();
        }
        let content = match media_type {
            Some(media_type) => body.content(media_type),
            None => body.json().or(body.contents.first()),
        };
        match content {
            Some(content) => content.check(bytes),
            None if body.contents.is_empty() => Vec::new(),
            None => vec![Problem::new(
                "body",
                "its media type is not in the contract",
            )],
        }
    }
}

impl Body {
    /// The body as JSON, if it can be that.
    pub fn json(&self) -> Option<&Content> {
        self.contents.iter().find(|content| content.is_json())
    }

    /// The form that a body of this media type has: the one that is described most closely.
    pub fn content(&self, media_type: &str) -> Option<&Content> {
        media_type::closest(&self.contents, media_type)
    }
}

impl Content {
    /// Whether a body is JSON: its type is one such as `application/problem+json`, or is left open
    /// (`*/*`) for a value that only JSON can be.
    pub fn is_json(&self) -> bool {
        let is_open = ["*/*", "application/*"].contains(&essence(&self.media_type));
        is_json_text(&self.media_type) || is_open && self.schema.has_shape()
    }

    /// Whether the type is `application/x-www-form-urlencoded`.
    pub fn is_form(&self) -> bool {
        self.is_of("application/x-www-form-urlencoded")
    }

    /// Whether the type is `multipart/form-data`.
    pub fn is_multipart(&self) -> bool {
        self.is_of("multipart/form-data")
    }

    /// Whether a body is text: its type is one such as `text/csv`, and nothing says that it is
    /// binary.
    pub fn is_text(&self) -> bool {
        is_among("text/*", &self.media_type) && !self.is_binary()
    }

    /// Whether the type is text that isn't called so, such as `application/xml`.
    pub fn is_markup(&self) -> bool {
        let essence = essence(&self.media_type).to_ascii_lowercase();
        let subtype = essence.rsplit(['/', '+']).next().unwrap_or_default();
        ["xml", "yaml", "x-yaml"].contains(&subtype) && !self.is_binary()
    }

    /// Whether the schema says that a body is bytes of any kind.
    fn is_binary(&self) -> bool {
        self.schema.format().as_deref() == Some("binary")
    }

    fn is_of(&self, media_type: &str) -> bool {
        essence(&self.media_type).eq_ignore_ascii_case(media_type)
    }

    /// What is wrong with a body of this form; of one that is neither JSON nor a form nor text,
    /// nothing.
    pub fn check(&self, bytes: &[u8]) -> Vec<Problem> {
        let problems = match self {
            _ if self.is_json() => self.schema.check_text(bytes),
            _ if self.is_form() => self.check_form(bytes),
            _ if self.is_text() => self.check_plain(bytes),
            _ => return Vec::new(),
        };
        let problems = problems.into_iter();
        problems.map(|problem| problem.inside("body")).collect()
    }

    /// Text of another encoding than UTF-8 is not looked at.
    fn check_plain(&self, bytes: &[u8]) -> Vec<Problem> {
        let charset = charset(&self.media_type);
        if charset.is_some_and(|charset| !charset.eq_ignore_ascii_case("utf-8")) {
            return Vec::new();
        }
        match std::str::from_utf8(bytes) {
            Ok(text) => self.schema.check_texts(text.into()),
            Err(_) => vec![Problem::new("", "it is not UTF-8")],
        }
    }
}

impl Schema {
    /// Whether it says of a value that it is more than a text.
    fn has_shape(&self) -> bool {
        let is_text = |reading: &Reading| reading.kind == Kind::Scalar(Scalar::Text);
        !self.readings().iter().all(is_text)
    }

    /// What is wrong with a value whose leaves are texts.
    fn check_texts(&self, value: Value) -> Vec<Problem> {
        match self.typed(value) {
            Ok(value) => self.check(&value),
            Err(problem) => vec![problem],
        }
    }
}
