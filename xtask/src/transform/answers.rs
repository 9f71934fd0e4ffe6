//! What an operation answers: one success body, taken out of its envelope.
//!
//! progenitor wants one kind of error body an operation and counts `default` as a success; the
//! client's runtime reads error bodies itself, of any status. So only the success is kept.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::compose;
use super::draft::{DraftOperation, Use};
use super::schemas::visit;
use crate::load::{Pointer, get};
use crate::spec::{self, Located, Operation};

/// What comes back when a call succeeds.
#[derive(Debug)]
pub enum Answered {
    /// No body.
    Nothing,
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
            Answered::Nothing => None,
            Answered::Whole(body) | Answered::Data { data: body, .. } => Some(body),
        }
    }

    /// The schema of the value.
    pub fn body(&self) -> Option<&Use> {
        match self {
            Answered::Nothing => None,
            Answered::Whole(body) | Answered::Data { data: body, .. } => Some(body),
        }
    }

    /// The responses that progenitor is to see.
    pub fn into_responses(self) -> Value {
        match self {
            Answered::Nothing => json!({ "204": { "description": "" } }),
            Answered::Whole(body) | Answered::Data { data: body, .. } => json!({
                "200": {
                    "description": "",
                    "content": { spec::JSON: { "schema": body.schema } },
                },
            }),
        }
    }
}

/// Reads what an operation answers.
pub fn read(document: &Value, operation: &Operation<'_>) -> Answered {
    if operation.method == "head" {
        return Answered::Nothing; // The body that is described is the one of a GET.
    }
    let successes = operation.successes(document);
    let content = successes
        .iter()
        .find_map(|(_, response)| spec::json_content(response));
    let Some(schema) = content.and_then(|media| media.child("schema")) else {
        return Answered::Nothing;
    };
    let name = format!("{}-response", operation.id().unwrap_or_default());
    match data(document, schema.clone()) {
        Some((pointer, data)) => Answered::Data {
            data: Use {
                schema: data,
                name,
                pointer,
            },
            envelope: component(&schema),
        },
        None => Answered::Whole(Use {
            schema: Value::Object(schema.object.clone()),
            name,
            pointer: schema.pointer,
        }),
    }
}

/// The `data` of a schema that is exactly an envelope, and never without it: what need not be
/// there can't be the value.
fn data(document: &Value, schema: Located<'_>) -> Option<(Pointer, Value)> {
    let at = spec::resolve(document, schema)?;
    let merged = compose::merge(document, at.object).ok()?;
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

/// An envelope makes no type: its component goes, unless something else refers to it.
pub fn forget_envelopes(schemas: &mut Map<String, Value>, operations: &[DraftOperation]) {
    let envelopes: HashSet<String> = operations
        .iter()
        .filter_map(|operation| match &operation.answer {
            Answered::Data { envelope, .. } => envelope.clone(),
            _ => None,
        })
        .collect();
    let mut kept: HashSet<String> = HashSet::new();
    let mut keep = |schema: &Value| {
        visit(schema, &mut |part| {
            let target = part.get("$ref").and_then(Value::as_str);
            kept.extend(
                target
                    .and_then(Pointer::from_reference)
                    .map(|target| target.last().into()),
            );
        });
    };
    for (name, schema) in schemas.iter() {
        if !envelopes.contains(name) {
            keep(schema);
        }
    }
    for operation in operations {
        let body = operation.body.iter().map(|(body, _)| body);
        for schema in body.chain(operation.answer.body()) {
            keep(&schema.schema);
        }
    }
    schemas.retain(|name, _| !envelopes.contains(name) || kept.contains(name));
}
