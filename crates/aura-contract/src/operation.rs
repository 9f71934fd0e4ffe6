//! The operations of a contract.

use std::fmt;

use http::Method;
use openapi_document::operation::is_json_text;
use openapi_document::security::Scheme;
use serde_json::Value;

use crate::pagination::Pagination;
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

/// Where a parameter stands in a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Location {
    /// In the path.
    Path,
    /// After the `?`.
    Query,
    /// In a header.
    Header,
    /// In a cookie.
    Cookie,
}

/// A parameter of an operation.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Its name in the request.
    pub name: String,
    /// Where it stands.
    pub location: Location,
    /// What it is called among the operation's parameters: its name, or `query-id` if it shares
    /// that with one elsewhere in the request.
    pub key: String,
    /// Whether a request must have it.
    pub required: bool,
    /// What it is for.
    pub description: Option<String>,
    /// What its value must look like.
    pub schema: Schema,
    /// A value.
    pub example: Option<Value>,
    /// The property of the success value that is equal to it: `x-identifies`.
    pub identifies: Option<String>,
    /// Whether a call with the same value is carried out once, however often it is sent, so that the
    /// caller sends a fresh one with each call: `x-idempotency-key`.
    pub idempotency_key: bool,
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
}

impl Operation {
    /// Whether a request without a key is rejected.
    pub fn needs_key(&self) -> bool {
        self.security != Scheme::None && !self.security_is_optional
    }

    /// The answer to a call that went well: the first with a status of 2xx, else the first redirect,
    /// else the default.
    pub fn success(&self) -> Option<&Answer> {
        let first = |has: fn(Status) -> bool| self.answers.iter().find(|answer| has(answer.status));
        first(|status| matches!(status, Status::Code(200..=299) | Status::Class(2)))
            .or_else(|| {
                first(|status| matches!(status, Status::Code(300..=399) | Status::Class(3)))
            })
            .or_else(|| first(|status| status == Status::Default))
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

impl Body {
    /// The body as JSON, if it can be that.
    pub fn json(&self) -> Option<&Content> {
        self.contents.iter().find(|content| content.is_json())
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
    /// Whether the type is JSON, such as `application/json; charset=utf-8` or
    /// `application/problem+json`.
    pub fn is_json(&self) -> bool {
        is_json_text(&self.media_type)
    }

    /// A body: the contract's example, or one made from the schema.
    pub fn sample(&self) -> Value {
        let example = self.example.clone();
        example.unwrap_or_else(|| self.schema.sample())
    }

    /// What is wrong with a body of this form; of one that is not JSON, nothing.
    pub fn check(&self, bytes: &[u8]) -> Vec<Problem> {
        if !self.is_json() {
            return Vec::new();
        }
        let problems = self.schema.check_text(bytes).into_iter();
        problems.map(|problem| problem.inside("body")).collect()
    }
}

impl Location {
    /// What people call it: `path`, `query`, `header` or `cookie`.
    pub fn name(self) -> &'static str {
        match self {
            Location::Path => "path",
            Location::Query => "query",
            Location::Header => "header",
            Location::Cookie => "cookie",
        }
    }
}
