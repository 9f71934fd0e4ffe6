//! Successes that differ by status: an enum, which progenitor is shown as a struct with a field for
//! each body.

use serde_json::{Map, Value, json};

use super::used::Use;
use openapi_document::extensions::SENSITIVE;
use openapi_document::operation::Operation;
use openapi_document::success::{BodyValue, Case};

/// What is known of a success that differs by status.
#[derive(Debug)]
pub struct ByStatus {
    /// The struct that progenitor is shown.
    pub fields: Use,
    /// What each status means.
    pub cases: Vec<StatusCase>,
    /// The components that describe envelopes.
    pub envelopes: Vec<String>,
    /// Whether all of a body is personal data, not to be printed.
    pub sensitive: bool,
}

/// A variant of the enum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusCase {
    /// The status as the contract writes it: `201`, or the range `2XX`.
    pub status: String,
    /// What the contract says about it.
    pub description: Option<String>,
    /// What the body holds.
    pub holds: Holds,
}

/// What a body holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Nothing.
    Nothing,
    /// JSON that is the value.
    Whole,
    /// JSON whose `data` is the value.
    Data,
    /// Text.
    Text,
}

impl StatusCase {
    /// The variant's name: `Status201`, `Status2xx`.
    pub fn variant(&self) -> String {
        format!("Status{}", self.status.to_lowercase())
    }

    /// The name of the struct's field.
    pub fn field(&self) -> String {
        format!("status{}", self.status.to_lowercase())
    }
}

/// Reads the cases of an operation.
pub fn read(operation: &Operation<'_>, cases: Vec<Case>) -> ByStatus {
    let mut properties = Map::new();
    let mut envelopes = Vec::new();
    let mut sensitive = false;
    let cases = cases.into_iter().map(|case| {
        let value = case.body.as_ref().map(|body| &body.value);
        let returned = value.and_then(BodyValue::returned);
        let schema = returned.map(|returned| returned.schema.clone());
        let holds = match value {
            None | Some(BodyValue::File) => Holds::Nothing,
            Some(BodyValue::Whole(_)) => Holds::Whole,
            Some(BodyValue::Text) => Holds::Text,
            Some(BodyValue::Data { envelope, .. }) => {
                envelopes.extend(envelope.clone());
                Holds::Data
            }
        };
        let case = StatusCase {
            status: case.status,
            description: case.description,
            holds,
        };
        if holds != Holds::Nothing {
            let schema = schema.unwrap_or_else(|| json!({ "type": "string" }));
            sensitive |= schema.get(SENSITIVE) == Some(&Value::Bool(true));
            properties.insert(case.field(), schema);
        }
        case
    });
    let cases = cases.collect();
    let required: Vec<&String> = properties.keys().collect();
    let fields = json!({
        "type": "object",
        "required": required,
        "properties": properties,
        "additionalProperties": false,
    });
    ByStatus {
        fields: Use {
            schema: fields,
            name: format!("{}-success", operation.id()),
            pointer: operation.at.pointer.child("responses"),
        },
        cases,
        envelopes,
        sensitive,
    }
}
