//! The operations of a contract.

use std::collections::HashMap;
use std::fmt;

use http::Method;
use openapi_document::parameter::Style;
use openapi_document::security::Scheme;
use serde_json::Value;

use crate::pagination::Pagination;
use crate::parameter::Parameter;
use crate::problem::Problem;
use crate::schema::Schema;

/// A call that the API takes.
#[derive(Debug, Clone)]
pub struct Operation {
    /// `operationId`.
    pub id: String,
    /// The method.
    pub method: Method,
    /// The path with names for its variable parts: `/v1/leads/{id}`.
    pub path: String,
    /// What it does, in a line.
    pub summary: Option<String>,
    /// What it does, at length.
    pub description: Option<String>,
    /// The parameters, those of the path first, then in the contract's order.
    pub parameters: Vec<Parameter>,
    /// The body, if it takes one.
    pub body: Option<Body>,
    /// What it answers, in the contract's order.
    pub answers: Vec<Answer>,
    /// How a request carries the caller's key.
    pub security: Scheme,
    /// Whether a request may leave the key out: `{}` is among the alternatives of `security`.
    pub security_is_optional: bool,
    /// How its pages follow each other, if it has pages: `x-pagination`.
    pub pagination: Option<Pagination>,
}

/// A body that an operation takes.
#[derive(Debug, Clone)]
pub struct Body {
    /// Whether a request must have it.
    pub required: bool,
    /// What it is for.
    pub description: Option<String>,
    /// The forms that it can have.
    pub contents: Vec<Content>,
}

/// Which statuses an answer is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// This one.
    Code(u16),
    /// Those that begin with this digit: `4XX`.
    Class(u16),
    /// Those that nothing else is said of.
    Default,
}

/// What an operation answers with one status, or several.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Which.
    pub status: Status,
    /// What it means.
    pub description: Option<String>,
    /// Its headers.
    pub headers: Vec<Header>,
    /// The forms that its body can have; none: it has no body.
    pub contents: Vec<Content>,
    /// The code with which a body says that what was asked for does not exist: `x-not-found`.
    pub not_found: Option<String>,
}

/// A header of an answer.
#[derive(Debug, Clone)]
pub struct Header {
    /// Its name.
    pub name: String,
    /// Whether it is always there.
    pub required: bool,
    /// What its value must look like.
    pub schema: Schema,
    /// A value.
    pub example: Option<Value>,
}

/// One form of a body.
#[derive(Debug, Clone)]
pub struct Content {
    /// Its type, such as `application/json`.
    pub media_type: String,
    /// What it must look like.
    pub schema: Schema,
    /// A whole one.
    pub example: Option<Value>,
    /// How the properties of a form are written, where the contract says so.
    pub encodings: HashMap<String, Encoding>,
}

/// How a property of a form is written: an entry of `encoding`.
#[derive(Debug, Clone)]
pub struct Encoding {
    /// Its media types, the first of which is sent.
    pub content_type: Option<String>,
    /// How it is written, if the contract says so.
    pub style: Option<Style>,
}

impl Operation {
    /// Whether a request without a key is rejected.
    pub fn needs_key(&self) -> bool {
        self.security != Scheme::None && !self.security_is_optional
    }

    /// The answer to a call that went well: the first of [`successes`](Self::successes).
    pub fn success(&self) -> Option<&Answer> {
        self.successes().next()
    }

    /// The answers to calls that went well, in the contract's order: those with a status of 2xx,
    /// else the redirects, else the default.
    pub fn successes(&self) -> impl Iterator<Item = &Answer> {
        let classes: [fn(Status) -> bool; 3] = [
            |status| matches!(status, Status::Code(200..=299) | Status::Class(2)),
            |status| matches!(status, Status::Code(300..=399) | Status::Class(3)),
            |status| status == Status::Default,
        ];
        let exists = |class: &fn(Status) -> bool| self.answers.iter().any(|one| class(one.status));
        let class = classes.into_iter().find(exists);
        let answers = self.answers.iter();
        answers.filter(move |answer| class.is_some_and(|class| class(answer.status)))
    }

    /// What is said of this status: by itself, else by its class, else by default.
    pub fn answer(&self, status: u16) -> Option<&Answer> {
        [
            Status::Code(status),
            Status::Class(status / 100),
            Status::Default,
        ]
        .into_iter()
        .find_map(|wanted| self.answers.iter().find(|answer| answer.status == wanted))
    }

    /// The code of a 404 that says that there is no such resource (`x-not-found`).
    pub fn not_found(&self) -> Option<&str> {
        self.answer(404)?.not_found.as_deref()
    }

    /// What is wrong with the body of a response with this status; nothing: it fits. Of a response
    /// whose body is not described as JSON, nothing.
    ///
    /// The bytes are checked as [`Schema::check_text`] does. What fits, `aura-client` reads.
    pub fn check_response(&self, status: u16, bytes: &[u8]) -> Vec<Problem> {
        let Some(answer) = self.answer(status) else {
            let reason = format!("{} has none with the status {status}", self.id);
            return vec![Problem::new("response", reason)];
        };
        let Some(content) = answer.json() else {
            return Vec::new();
        };
        match bytes.is_empty() {
            true => vec![Problem::new("body", "it is required")],
            false => content.check(bytes),
        }
    }
}

impl fmt::Display for Status {
    /// As the contract writes it: `404`, `4XX` or `default`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Status::Code(code) => write!(f, "{code}"),
            Status::Class(class) => write!(f, "{class}XX"),
            Status::Default => f.write_str("default"),
        }
    }
}

impl Answer {
    /// The body as JSON, if it has one.
    pub fn json(&self) -> Option<&Content> {
        self.contents.iter().find(|content| content.is_json())
    }

    /// The status to answer with: itself, or the first of its class.
    pub fn code(&self) -> Option<u16> {
        match self.status {
            Status::Code(code) => Some(code),
            Status::Class(class) => Some(class * 100),
            Status::Default => None,
        }
    }
}

impl Header {
    /// A value: the contract's example, or one made from the schema.
    pub fn sample(&self) -> Value {
        let example = self.example.clone();
        example.unwrap_or_else(|| self.schema.sample())
    }
}

impl Content {
    /// A body: the contract's example, or one made from the schema.
    pub fn sample(&self) -> Value {
        let example = self.example.clone();
        example.unwrap_or_else(|| self.schema.sample())
    }
}
