//! Successes that differ by status: an enum, which progenitor is shown as a struct with a field for
//! each body.

use serde_json::{Map, Value, json};

use super::answers::Answered;
use super::draft::{Draft, Named};
use super::used::Use;
use crate::naming::pascal;
use openapi_document::Pointer;
use openapi_document::operation::Operation;
use openapi_document::success::{BodyValue, Case, Returned};

/// What is known of a success that differs by status.
#[derive(Debug)]
pub struct ByStatus {
    /// The name of the struct, and of the enum in its place.
    pub name: String,
    /// Where the contract describes it.
    pointer: Pointer,
    /// What each status means.
    pub cases: Vec<StatusCase>,
    /// The bodies, in the order of their cases; once the struct is shown, it alone.
    pub bodies: Vec<Use>,
    /// The components that describe envelopes.
    pub envelopes: Vec<String>,
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
    let mut bodies = Vec::new();
    let mut envelopes = Vec::new();
    let responses = operation.at.pointer.child("responses");
    let cases = cases.into_iter().map(|case| {
        let value = case.body.map(|body| body.value);
        let (holds, returned) = match value {
            None | Some(BodyValue::File) => (Holds::Nothing, None),
            Some(BodyValue::Text) => (Holds::Text, None),
            Some(BodyValue::Whole(value)) => (Holds::Whole, Some(value)),
            Some(BodyValue::Data { data, envelope }) => {
                envelopes.extend(envelope);
                (Holds::Data, Some(data))
            }
        };
        let case = StatusCase {
            status: case.status,
            description: case.description,
            holds,
        };
        if holds != Holds::Nothing {
            let Returned { schema, pointer } = returned.unwrap_or_else(|| Returned {
                schema: json!({ "type": "string" }),
                pointer: responses.child(&case.status),
            });
            bodies.push(Use {
                schema,
                name: format!("{}-{}", operation.id(), case.field()),
                pointer,
            });
        }
        case
    });
    ByStatus {
        name: pascal(&format!("{}-success", operation.id())),
        cases: cases.collect(),
        pointer: responses,
        bodies,
        envelopes,
    }
}

/// Describes the structs among the components.
pub fn show(draft: &mut Draft) {
    for operation in &mut draft.operations {
        let Answered::ByStatus(by_status) = &mut operation.answer else {
            continue;
        };
        let cases = by_status.cases.iter();
        let fields = cases.filter(|case| case.holds != Holds::Nothing);
        let fields = fields.map(StatusCase::field);
        let bodies = std::mem::take(&mut by_status.bodies).into_iter();
        let properties: Map<String, Value> = fields.zip(bodies.map(|body| body.schema)).collect();
        let required: Vec<&String> = properties.keys().collect();
        let described = json!({
            "type": "object",
            "required": required,
            "properties": properties,
            "additionalProperties": false,
        });
        let name = &by_status.name;
        by_status.bodies.push(Use {
            schema: json!({ "$ref": format!("#/components/schemas/{name}") }),
            name: name.clone(),
            pointer: by_status.pointer.clone(),
        });
        draft.names.push(Named {
            name: name.clone(),
            pointer: by_status.pointer.clone(),
        });
        draft.schemas.insert(name.clone(), described);
    }
}
