//! What an operation returns when it succeeds: one body, taken out of its envelope.

use serde_json::Value;

use crate::composition;
use crate::operation::{self, Located, Operation, REDIRECT};
use crate::pointer::Pointer;

/// The value that an operation returns.
#[derive(Debug, Clone)]
pub enum Success {
    /// No body.
    Nothing,
    /// A redirect, which is not followed: no body, and the place in a header.
    Redirect,
    /// The body is the value.
    Whole(Returned),
    /// The value is the body's `data`; the body is an envelope, `{data, success}`.
    Data {
        /// The schema of `data`.
        data: Returned,
        /// The component that describes the envelope, if one does.
        envelope: Option<String>,
    },
}

/// A schema with its place.
#[derive(Debug, Clone)]
pub struct Returned {
    /// The schema, a reference in most cases.
    pub schema: Value,
    /// Where the document describes it.
    pub pointer: Pointer,
}

impl Success {
    /// The schema of the value.
    pub fn returned(&self) -> Option<&Returned> {
        match self {
            Success::Nothing | Success::Redirect => None,
            Success::Whole(value) | Success::Data { data: value, .. } => Some(value),
        }
    }

    /// Reads what an operation returns.
    pub fn of(document: &Value, operation: &Operation<'_>) -> Success {
        let successes = operation.successes(document);
        if successes
            .iter()
            .any(|(status, _)| status.starts_with(REDIRECT))
        {
            return Success::Redirect;
        }
        if operation.method == "head" {
            return Success::Nothing; // The body that is described is the one of a GET.
        }
        let content = successes
            .iter()
            .find_map(|(_, response)| operation::json_content(response));
        let Some(schema) = content.and_then(|media| media.child("schema")) else {
            return Success::Nothing;
        };
        match envelope_data(document, schema.clone()) {
            Some(data) => Success::Data {
                data: Returned::from(data),
                envelope: component(&schema),
            },
            None => Success::Whole(Returned::from(schema)),
        }
    }
}

impl From<Located<'_>> for Returned {
    fn from(schema: Located<'_>) -> Returned {
        Returned {
            schema: Value::Object(schema.object.clone()),
            pointer: schema.pointer,
        }
    }
}

/// The `data` of a schema that is exactly an envelope, and never without it: what need not be
/// there can't be the value.
pub fn envelope_data<'v>(document: &'v Value, schema: Located<'v>) -> Option<Located<'v>> {
    let parts = composition::parts_of(document, schema.clone());
    let properties = composition::properties_of(document, schema);
    let is_envelope = properties.len() == 2
        && properties.iter().any(|(name, _)| *name == "success")
        && composition::require(&parts, "data");
    let mut properties = properties.into_iter();
    let (_, data) = properties.find(|(name, _)| *name == "data")?;
    is_envelope.then_some(data)
}

fn component(schema: &Located<'_>) -> Option<String> {
    let target = Pointer::from_reference(schema.text("$ref")?)?;
    Some(target.last().to_string())
}
