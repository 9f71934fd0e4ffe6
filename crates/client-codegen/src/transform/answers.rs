//! What an operation returns: the body of its success, taken out of its envelope.
//!
//! progenitor wants one kind of error body an operation and counts `default` as a success; the
//! client's runtime reads error bodies itself, of any status. So only the success is kept.

use std::slice;

use serde_json::{Value, json};

use super::by_status::{self, ByStatus};
use super::used::Use;
use openapi_document::operation::{self, Operation};
use openapi_document::success::BodyValue;
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
    /// The body is text.
    Text,
    /// The body is bytes.
    File,
    /// What the status says.
    ByStatus(ByStatus),
}

impl Answered {
    /// The schemas of the values.
    pub fn bodies_mut(&mut self) -> &mut [Use] {
        match self {
            Answered::Nothing | Answered::Redirect | Answered::Text | Answered::File => &mut [],
            Answered::Whole(body) | Answered::Data { data: body, .. } => slice::from_mut(body),
            Answered::ByStatus(by_status) => &mut by_status.bodies,
        }
    }

    /// The schemas of the values.
    pub fn bodies(&self) -> &[Use] {
        match self {
            Answered::Nothing | Answered::Redirect | Answered::Text | Answered::File => &[],
            Answered::Whole(body) | Answered::Data { data: body, .. } => slice::from_ref(body),
            Answered::ByStatus(by_status) => &by_status.bodies,
        }
    }

    /// The components that describe envelopes.
    pub fn envelopes(&self) -> &[String] {
        match self {
            Answered::Data { envelope, .. } => envelope.as_slice(),
            Answered::ByStatus(by_status) => &by_status.envelopes,
            _ => &[],
        }
    }

    /// The responses that progenitor is to see.
    pub fn into_responses(mut self) -> Value {
        match self.bodies_mut() {
            [] => json!({ "204": { "description": "" } }),
            [body, ..] => json!({
                "200": {
                    "description": "",
                    "content": { operation::JSON: { "schema": body.schema.take() } },
                },
            }),
        }
    }
}

/// Reads what an operation returns.
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
        Success::Body(body) => match body.value {
            BodyValue::Whole(value) => Answered::Whole(named(value)),
            BodyValue::Data { data, envelope } => Answered::Data {
                data: named(data),
                envelope,
            },
            BodyValue::Text => Answered::Text,
            BodyValue::File => Answered::File,
        },
        Success::ByStatus(cases) => Answered::ByStatus(by_status::read(operation, cases)),
    }
}
