//! The contract on its way to progenitor: named schemas, and operations with one answer each.

use serde_json::{Map, Value, json};

use super::answers::{self, Answered};
use super::callbacks;
use super::used::Use;
use openapi_document::Pointer;
use openapi_document::composition::is_choice_of_scalars;
use openapi_document::extensions::{IDEMPOTENCY_KEY, SENSITIVE, generated};
use openapi_document::operation::{self, Located, Operation};
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
    /// The path template.
    pub path: String,
    /// The method, in lower case.
    pub method: String,
    /// The parameters without their schemas, references followed.
    pub parameters: Vec<(Map<String, Value>, Use)>,
    /// The body that is sent as JSON, and whether it must be.
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
                parameter.insert("schema".into(), schema.schema);
                Value::Object(parameter)
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

/// The schema of an argument: a choice is written as the text of the one that is chosen.
fn as_argument(document: &Value, schema: &Located<'_>) -> Value {
    let mut argument = schema.object.clone();
    if let Some(items) = schema.child("items") {
        argument.insert("items".into(), as_argument(document, &items));
    }
    if is_choice_of_scalars(document, schema.clone()) {
        argument.retain(|key, _| matches!(key.as_str(), "description" | SENSITIVE));
        argument.insert("type".into(), "string".into());
    }
    Value::Object(argument)
}

fn read_operation(document: &Value, operation: &Operation<'_>) -> DraftOperation {
    let id = operation.id();
    let parameters = operation.parameters(document);
    let parameters = parameters.iter().map(|parameter| {
        let name = parameter.text("name").unwrap_or_default();
        let fields = ["name", "in", "required"].into_iter();
        let is_filled_in = parameter.flag(IDEMPOTENCY_KEY);
        let fields = fields.filter(|key| !(is_filled_in && *key == "required"));
        let fields =
            fields.filter_map(|key| Some((key.into(), parameter.object.get(key)?.clone())));
        let schema = parameter.child("schema");
        let schema = Use {
            schema: schema.map_or(Value::Null, |schema| as_argument(document, &schema)),
            name: format!("{id}-{name}"),
            pointer: parameter.pointer.child("schema"),
        };
        (fields.collect(), schema)
    });
    let (mut body, mut form) = (None, None);
    if let Some(at) = operation.body(document)
        && let Some(RequestContent { format, media, .. }) = RequestContent::of(document, &at)
    {
        let schema = media.object.get("schema").cloned();
        match format {
            BodyFormat::Json => {
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
        path: operation.path.to_string(),
        method: operation.method.to_string(),
        parameters: parameters.collect(),
        body,
        form,
        answer: answers::read(document, operation),
    }
}
