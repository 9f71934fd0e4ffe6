//! What an operation returns when it succeeds: nothing, a value or a file, or what its status says.

use serde_json::{Map, Value};

use crate::composition;
use crate::content::{BodyKind, Content};
use crate::operation::{Located, Operation, REDIRECT};
use crate::pointer::Pointer;

/// What an operation returns.
#[derive(Debug, Clone)]
pub enum Success {
    /// No body.
    Nothing,
    /// A redirect, which is not followed: no body, and the place in a header.
    Redirect,
    /// The same for each status.
    Body(Body),
    /// What the status says, in the order of the statuses.
    ByStatus(Vec<Case>),
}

/// What an operation returns under one status.
#[derive(Debug, Clone)]
pub struct Case {
    /// The status as the contract writes it: `201`, or a range such as `2XX`.
    pub status: String,
    /// What the contract says about it.
    pub description: Option<String>,
    /// The body, if there is one.
    pub body: Option<Body>,
}

/// A body of a response.
#[derive(Debug, Clone)]
pub struct Body {
    /// What it holds.
    pub value: BodyValue,
    /// The media types to ask for, separated by commas.
    pub media_types: String,
}

/// What a body holds.
#[derive(Debug, Clone)]
pub enum BodyValue {
    /// JSON that is the value.
    Whole(Returned),
    /// JSON whose `data` is the value; the body is an envelope, `{data, success}`.
    Data {
        /// The schema of `data`.
        data: Returned,
        /// The component that describes the envelope, if one does.
        envelope: Option<String>,
    },
    /// Text.
    Text,
    /// Bytes.
    File,
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
    fn bodies(&self) -> Vec<&Body> {
        match self {
            Success::Nothing | Success::Redirect => Vec::new(),
            Success::Body(body) => vec![body],
            Success::ByStatus(cases) => {
                let bodies = cases.iter().filter_map(|case| case.body.as_ref());
                bodies.collect()
            }
        }
    }

    /// The schemas of the values that it returns as JSON.
    pub fn returned(&self) -> Vec<&Returned> {
        let values = self.bodies().into_iter().map(|body| &body.value);
        values.filter_map(BodyValue::returned).collect()
    }

    /// The media types to ask for, separated by commas; `None` without a body.
    pub fn media_types(&self) -> Option<String> {
        Some(media_types(self.bodies())).filter(|media_types| !media_types.is_empty())
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
        let cases = successes.into_iter().map(|(status, response)| Case {
            status: status.to_string(),
            description: response.text("description").map(|text| text.trim().into()),
            body: match status {
                "204" | "205" => None, // HTTP sends none.
                _ => Content::of(document, &response).map(|content| Body::of(document, content)),
            },
        });
        Success::of_cases(cases.collect())
    }

    fn of_cases(mut cases: Vec<Case>) -> Success {
        let bodies = || cases.iter().filter_map(|case| case.body.as_ref());
        let Some(first) = bodies().next() else {
            return Success::Nothing;
        };
        let is_file = bodies().any(|body| matches!(body.value, BodyValue::File));
        let is_same = |case: &Case| case.body.as_ref().is_some_and(|body| body.is_like(first));
        if !is_file && !cases.iter().all(is_same) {
            cases.sort_by(|one, other| one.status.cmp(&other.status));
            return Success::ByStatus(cases);
        }
        Success::Body(Body {
            value: match is_file {
                true => BodyValue::File, // Any body is read as bytes.
                false => first.value.clone(),
            },
            media_types: media_types(bodies()),
        })
    }
}

/// The media types of several bodies, each once, separated by commas.
fn media_types<'b>(bodies: impl IntoIterator<Item = &'b Body>) -> String {
    let mut found: Vec<&str> = Vec::new();
    for body in bodies {
        if !found.contains(&body.media_types.as_str()) {
            found.push(&body.media_types);
        }
    }
    found.join(", ")
}

impl Body {
    fn of(document: &Value, content: Content<'_>) -> Body {
        let value = match (content.kind, content.media.child("schema")) {
            (BodyKind::Text, _) => BodyValue::Text,
            (BodyKind::Binary, _) => BodyValue::File,
            (BodyKind::Json, Some(schema)) => match envelope_data(document, schema.clone()) {
                Some(data) => BodyValue::Data {
                    data: Returned::from(data),
                    envelope: component(&schema),
                },
                None => BodyValue::Whole(Returned::from(schema)),
            },
            (BodyKind::Json, None) => BodyValue::Whole(Returned {
                schema: Value::Object(Map::new()),
                pointer: content.media.pointer,
            }),
        };
        Body {
            value,
            media_types: content.media_types,
        }
    }

    /// Whether another one holds the same, whatever is said about it.
    fn is_like(&self, other: &Body) -> bool {
        match (&self.value, &other.value) {
            (BodyValue::Whole(one), BodyValue::Whole(other))
            | (BodyValue::Data { data: one, .. }, BodyValue::Data { data: other, .. }) => {
                without_annotations(&one.schema) == without_annotations(&other.schema)
            }
            (BodyValue::Text, BodyValue::Text) | (BodyValue::File, BodyValue::File) => true,
            _ => false,
        }
    }
}

impl BodyValue {
    /// The schema of the value, if it is JSON.
    pub fn returned(&self) -> Option<&Returned> {
        match self {
            BodyValue::Whole(value) | BodyValue::Data { data: value, .. } => Some(value),
            BodyValue::Text | BodyValue::File => None,
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

/// A schema without the keywords that say nothing about values.
fn without_annotations(schema: &Value) -> Value {
    const ANNOTATIONS: [&str; 6] = [
        "deprecated",
        "description",
        "example",
        "examples",
        "externalDocs",
        "title",
    ];
    match schema {
        Value::Object(object) => {
            let kept = object.iter();
            let kept = kept.filter(|(key, _)| !ANNOTATIONS.contains(&key.as_str()));
            let kept = kept.map(|(key, part)| match part {
                // Names, which may be those of keywords.
                Value::Object(properties) if key == "properties" => {
                    let properties = properties.iter();
                    let properties =
                        properties.map(|(name, part)| (name.clone(), without_annotations(part)));
                    (key.clone(), Value::Object(properties.collect()))
                }
                part => (key.clone(), without_annotations(part)),
            });
            let kept: Map<String, Value> = kept.collect();
            match kept
                .get("allOf")
                .and_then(Value::as_array)
                .map(Vec::as_slice)
            {
                // A reference that was annotated.
                Some([reference]) if kept.len() == 1 => reference.clone(),
                _ => Value::Object(kept),
            }
        }
        Value::Array(parts) => parts.iter().map(without_annotations).collect(),
        other => other.clone(),
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::operation::operations;

    fn success(responses: Value) -> Success {
        let document = json!({ "paths": { "/": { "post": { "responses": responses } } } });
        Success::of(&document, &operations(&document)[0])
    }

    fn json_of(schema: Value) -> Value {
        json!({ "content": { "application/json": { "schema": schema } } })
    }

    fn statuses(success: &Success) -> Vec<&str> {
        match success {
            Success::ByStatus(cases) => cases.iter().map(|case| case.status.as_str()).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn bodies_that_differ_in_words_alone_are_one() {
        let note = json!({ "$ref": "#/components/schemas/Note" });
        let told = json!({ "allOf": [note], "description": "As it is now." });
        let named = |text: &str, extra: Value| {
            let property = json!({ "type": "string", "description": text });
            json!({ "type": "object", "properties": { "title": property, "description": extra } })
        };
        for (one, other, same) in [
            (note.clone(), told, true),
            (named("A.", json!({})), named("B.", json!({})), true),
            (
                named("A.", json!({})),
                named("A.", json!({ "type": "string" })),
                false,
            ),
            (
                note.clone(),
                json!({ "allOf": [note], "nullable": true }),
                false,
            ),
        ] {
            let found = success(json!({ "201": json_of(other), "200": json_of(one) }));
            assert_eq!(matches!(found, Success::Body(_)), same, "{found:?}");
        }
    }

    #[test]
    fn a_status_without_a_body_is_a_case_of_its_own() {
        let body = json_of(json!({ "type": "string" }));
        let found = success(json!({ "2XX": {}, "204": body, "201": body, "404": {} }));
        assert_eq!(statuses(&found), ["201", "204", "2XX"]);
        assert_eq!(found.returned().len(), 1);

        assert!(matches!(
            success(json!({ "204": body, "200": {} })),
            Success::Nothing
        ));
        assert!(matches!(success(json!({})), Success::Nothing));
    }

    #[test]
    fn a_file_under_one_status_makes_bytes_of_all() {
        let file = json!({ "content": { "application/zip": {} } });
        let found = success(json!({ "200": file, "202": json_of(json!({})), "204": {} }));
        let Success::Body(body) = found else {
            panic!("{found:?}");
        };
        assert!(matches!(body.value, BodyValue::File));
        assert_eq!(body.media_types, "application/zip, application/json");
    }
}
