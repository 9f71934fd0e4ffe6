//! What an operation returns when it succeeds: one body, taken out of its envelope.

use serde_json::Value;

use crate::composition;
use crate::operation::{self, Located, Operation};
use crate::pointer::{Pointer, get};

/// The value that an operation returns.
#[derive(Debug, Clone)]
pub enum Success {
    /// No body.
    Nothing,
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
            Success::Nothing => None,
            Success::Whole(value) | Success::Data { data: value, .. } => Some(value),
        }
    }

    /// Reads what an operation returns.
    pub fn of(document: &Value, operation: &Operation<'_>) -> Success {
        if operation.method == "head" {
            return Success::Nothing; // The body that is described is the one of a GET.
        }
        let successes = operation.successes(document);
        let content = successes
            .iter()
            .find_map(|(_, response)| operation::json_content(response));
        let Some(schema) = content.and_then(|media| media.child("schema")) else {
            return Success::Nothing;
        };
        match data(document, schema.clone()) {
            Some((pointer, data)) => Success::Data {
                data: Returned {
                    schema: data,
                    pointer,
                },
                envelope: component(&schema),
            },
            None => Success::Whole(Returned {
                schema: Value::Object(schema.object.clone()),
                pointer: schema.pointer,
            }),
        }
    }
}

/// The `data` of a schema that is exactly an envelope, and never without it: what need not be
/// there can't be the value.
fn data(document: &Value, schema: Located<'_>) -> Option<(Pointer, Value)> {
    let at = operation::resolve(document, schema)?;
    let merged = composition::merge(document, at.object).ok()?;
    let properties = merged.get("properties")?.as_object()?;
    let required = merged.get("required").and_then(Value::as_array);
    let envelope = properties.len() == 2
        && properties.contains_key("success")
        && required.is_some_and(|names| names.iter().any(|name| name == "data"));
    let data = properties.get("data").filter(|_| envelope)?;
    let pointer = at.pointer.child("properties").child("data");
    let pointer = match get(document, &pointer) {
        Some(_) => pointer,
        None => at.pointer,
    };
    Some((pointer, data.clone()))
}

fn component(schema: &Located<'_>) -> Option<String> {
    let target = Pointer::from_reference(schema.text("$ref")?)?;
    Some(target.last().to_string())
}
