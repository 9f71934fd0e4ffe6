//! What an operation answers: one success body, taken out of its envelope.
//!
//! progenitor wants one kind of error body an operation and counts `default` as a success; the
//! client's runtime reads error bodies itself, of any status. So only the success is kept.

use serde_json::{Value, json};

use super::used::Use;
use openapi_document::operation::{self, Operation};
use openapi_document::{Returned, Success};

/// What comes back when a call succeeds.
#[derive(Debug)]
pub enum Answered {
    /// No body.
    Nothing,
    /// A redirect.
    Redirect,
    /// The body is the value.
    Whole(Use),
    /// The value is the body's `data`; the body is an envelope, `{data, success}`.
    Data {
        /// The schema of `data`.
        data: Use,
        /// The component that describes the envelope, if one does.
        envelope: Option<String>,
    },
}

impl Answered {
    /// The schema of the value.
    pub fn body_mut(&mut self) -> Option<&mut Use> {
        match self {
            Answered::Nothing | Answered::Redirect => None,
            Answered::Whole(body) | Answered::Data { data: body, .. } => Some(body),
        }
    }

    /// The schema of the value.
    pub fn body(&self) -> Option<&Use> {
        match self {
            Answered::Nothing | Answered::Redirect => None,
            Answered::Whole(body) | Answered::Data { data: body, .. } => Some(body),
        }
    }

    /// The responses that progenitor is to see.
    pub fn into_responses(self) -> Value {
        match self {
            Answered::Nothing | Answered::Redirect => json!({ "204": { "description": "" } }),
            Answered::Whole(body) | Answered::Data { data: body, .. } => json!({
                "200": {
                    "description": "",
                    "content": { operation::JSON: { "schema": body.schema } },
                },
            }),
        }
    }
}

/// Reads what an operation answers.
pub fn read(document: &Value, operation: &Operation<'_>) -> Answered {
    let name = format!("{}-response", operation.id());
    let named = |Returned { schema, pointer }| Use {
        schema,
        name,
        pointer,
    };
    match Success::of(document, operation) {
        Success::Nothing => Answered::Nothing,
        Success::Redirect => Answered::Redirect,
        Success::Whole(value) => Answered::Whole(named(value)),
        Success::Data { data, envelope } => Answered::Data {
            data: named(data),
            envelope,
        },
    }
}
