//! The contract on its way to progenitor: named schemas, and operations with one answer each.

use serde_json::{Map, Value, json};

use super::answers::{self, Answered};
use super::arguments::{Argument, Location, arguments};
use super::callbacks;
use super::used::Use;
use crate::naming;
use openapi_document::Pointer;
use openapi_document::extensions::generated;
use openapi_document::operation::{self, Operation};
use openapi_document::{BodyFormat, RequestContent};

/// A schema that becomes a type.
#[derive(Debug, Clone)]
pub struct Named {
    /// Its name among the components.
    pub name: String,
    /// Where the contract describes it.
    pub pointer: Pointer,
}

impl Named {
    /// Whether it is a component of the contract.
    pub fn is_component(&self) -> bool {
        matches!(self.pointer.parts(), [components, _, _] if components == "components")
    }
}

/// An operation, reduced to what progenitor is to see of it.
#[derive(Debug)]
pub struct DraftOperation {
    /// The contract's id.
    pub id: String,
    /// A path of its own with the path's arguments, whatever the contract's looks like.
    pub path: String,
    /// The method, in lower case.
    pub method: String,
    /// The parameters without their schemas, by the spellings of their names.
    pub parameters: Vec<(Value, Use)>,
    /// The body that is sent as a value of a type, and whether it must be.
    pub body: Option<(Use, bool)>,
    /// The schema of a body that is sent otherwise: values of its types may be parts of a form.
    pub form: Option<Value>,
    /// What comes back.
    pub answer: Answered,
}

/// The whole draft.
#[derive(Debug)]
pub struct Draft {
    /// The component schemas by name.
    pub schemas: Map<String, Value>,
    /// The operations, in the contract's order.
    pub operations: Vec<DraftOperation>,
    /// What becomes a type, with its place.
    pub names: Vec<Named>,
}

impl Draft {
    /// Takes from the document what the client is made of.
    pub fn read(document: &Value) -> Draft {
        let components = document.pointer("/components/schemas");
        let mut schemas = components
            .and_then(Value::as_object)
            .cloned()
            .unwrap_or_default();
        let operations = generated(document);
        let at = Pointer::of(["components", "schemas"]);
        let names = schemas.keys().map(|name| Named {
            name: name.clone(),
            pointer: at.child(name),
        });
        let mut names: Vec<Named> = names.collect();
        for (named, schema) in callbacks::payloads(document, &schemas) {
            schemas.insert(named.name.clone(), schema);
            names.push(named);
        }
        Draft {
            operations: operations
                .iter()
                .map(|operation| read_operation(document, operation))
                .collect(),
            schemas,
            names,
        }
    }

    /// Every schema that an operation uses directly.
    pub fn uses_mut(&mut self) -> impl Iterator<Item = &mut Use> {
        self.operations.iter_mut().flat_map(|operation| {
            let parameters = operation.parameters.iter_mut().map(|(_, schema)| schema);
            let body = operation.body.iter_mut().map(|(body, _)| body);
            parameters.chain(body).chain(operation.answer.bodies_mut())
        })
    }

    /// The document for progenitor.
    pub fn into_document(mut self, contract: &Value) -> Value {
        let mut paths = Map::new();
        for operation in self.operations {
            let (path, method) = (operation.path.clone(), operation.method.clone());
            let item = paths.entry(path).or_insert_with(|| json!({}));
            item[method] = operation.into_value();
        }
        // In a cycle of types, typify boxes where it comes back to the first that it has seen.
        self.schemas.sort_keys();
        json!({
            "openapi": "3.0.3",
            "info": {
                "title": contract["info"]["title"],
                "version": contract["info"]["version"],
            },
            "paths": paths,
            "components": { "schemas": self.schemas },
        })
    }
}

impl DraftOperation {
    fn into_value(self) -> Value {
        let parameters: Vec<Value> = self
            .parameters
            .into_iter()
            .map(|(mut parameter, schema)| {
                parameter["schema"] = schema.schema;
                parameter
            })
            .collect();
        let mut operation = json!({
            "operationId": self.id,
            "parameters": parameters,
            "responses": self.answer.into_responses(),
        });
        if let Some((body, required)) = self.body {
            operation["requestBody"] = json!({
                "required": required,
                "content": { operation::JSON: { "schema": body.schema } },
            });
        }
        operation
    }
}

/// The path that progenitor is shown for an operation.
pub fn drafted_path(document: &Value, operation: &Operation<'_>) -> String {
    path_of(operation.id(), &arguments(document, operation))
}

fn path_of(id: &str, arguments: &[Argument<'_>]) -> String {
    let in_path = arguments.iter().filter(|a| a.location == Location::Path);
    let names = in_path.map(|argument| format!("/{{{}}}", argument.spelling));
    format!("/{}{}", naming::snake(id), names.collect::<String>())
}

fn read_operation(document: &Value, operation: &Operation<'_>) -> DraftOperation {
    let id = operation.id();
    let arguments = arguments(document, operation);
    let parameters = arguments.iter().map(|argument| {
        let fields = json!({
            "name": argument.spelling,
            "in": argument.location.name(),
            "required": argument.required,
        });
        let at = argument.schema().map(|schema| schema.pointer);
        let schema = Use {
            schema: argument.argument_schema(document),
            name: format!("{id}-{}", argument.spelling),
            pointer: at.unwrap_or_else(|| operation.at.pointer.clone()),
        };
        (fields, schema)
    });
    let (mut body, mut form) = (None, None);
    if let Some(at) = operation.body(document)
        && let Some(RequestContent { format, media, .. }) = RequestContent::of(document, &at)
    {
        let schema = media.object.get("schema").cloned();
        match format {
            BodyFormat::Json | BodyFormat::Form => {
                let schema = Use {
                    schema: schema.unwrap_or(json!({})),
                    name: format!("{id}-body"),
                    pointer: media.pointer.child("schema"),
                };
                body = Some((schema, at.flag("required")));
            }
            _ => form = schema,
        }
    }
    DraftOperation {
        id: id.to_string(),
        path: path_of(operation.id(), &arguments),
        method: operation.method.to_string(),
        parameters: parameters.collect(),
        body,
        form,
        answer: answers::read(document, operation),
    }
}
