//! The parameters of an operation, and how their values are written into a request.

use openapi_document::parameter::Style;
use serde_json::Value;

use crate::schema::Schema;

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
    /// How its value is written.
    pub style: Style,
    /// A value.
    pub example: Option<Value>,
    /// The property of the success value that is equal to it: `x-identifies`.
    pub identifies: Option<String>,
    /// Whether a call with the same value is carried out once, however often it is sent, so that the
    /// caller sends a fresh one with each call: `x-idempotency-key`.
    pub idempotency_key: bool,
}

/// How the parts of a value are set apart in one text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Joint {
    pub(crate) separator: char,
    /// Whether a member of an object is `name=value`, instead of `name`, separator, `value`.
    pub(crate) pairs: bool,
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

impl Parameter {
    /// A value as [`Operation::request`](crate::Operation::request) takes it, one text for each item
    /// of a list: the contract's example, or one made from the schema.
    pub fn sample(&self) -> Vec<String> {
        let example = self.example.clone();
        let texts = |value: Value| match value {
            Value::String(text) => text,
            other => other.to_string(),
        };
        match example.unwrap_or_else(|| self.schema.sample()) {
            Value::Array(items) => items.into_iter().map(texts).collect(),
            one => vec![texts(one)],
        }
    }
}

/// How lists and objects are one text in this style; `None` if each of their parts is a pair of its
/// own, or they are JSON.
pub(crate) fn joint(style: Style) -> Option<Joint> {
    let (separator, pairs) = match style {
        Style::Simple { explode } => (',', explode),
        Style::Label { explode: true } => ('.', true),
        Style::Label { explode } | Style::Matrix { explode } | Style::Form { explode } => {
            return (!explode).then_some(Joint {
                separator: ',',
                pairs: false,
            });
        }
        Style::SpaceDelimited => (' ', false),
        Style::PipeDelimited => ('|', false),
        Style::DeepObject | Style::Json => return None,
    };
    Some(Joint { separator, pairs })
}
