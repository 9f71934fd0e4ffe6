//! What the rewrite passes see to, told in the contract's terms.

use std::collections::BTreeSet;

use serde_json::Value;

use super::answers::Answered;
use super::arguments::{Argument, Location, arguments};
use super::bodies::Body;
use super::by_status::StatusCase;
use super::choices::Choice;
use super::draft::Draft;
use super::used::Use;
use crate::naming;
use openapi_document::composition::references;
use openapi_document::extensions::{IDEMPOTENCY_KEY, SENSITIVE, generated};
use openapi_document::parameter::Style;
use openapi_document::security::{self, Scheme};
use openapi_document::server::Own;
use openapi_document::{Success, operation, server};

/// The whole plan.
#[derive(Debug)]
pub struct Plan {
    /// `info.title` of the contract.
    pub title: String,
    /// `info.version` of the contract.
    pub version: String,
    /// Where the API is, and what its calls need.
    pub service: Service,
    /// The operations, in the contract's order.
    pub operations: Vec<Operation>,
    /// The choices whose alternatives a property tells apart.
    pub choices: Vec<Choice>,
    /// The names of properties and values that are spelled differently for Rust.
    pub respelled: Vec<Respelled>,
    /// The properties of all objects.
    pub properties: Vec<Property>,
    /// Rust names of the newtypes and enums that hold sensitive values.
    pub sensitive_types: BTreeSet<String>,
}

/// What the contract says about the service as a whole.
#[derive(Debug)]
pub struct Service {
    /// The URL of its first server, if that is absolute.
    pub server: Option<String>,
    /// The segment with which every path begins.
    pub first_segment: Option<String>,
    /// The security of a call that is none of the operations.
    pub security: Scheme,
}

/// A name that would not be its own in Rust, and is spelled differently there.
#[derive(Debug)]
pub struct Respelled {
    /// The type that it is a field or a variant of.
    pub rust_type: String,
    /// The name on the wire.
    pub wire: String,
    /// What Rust's name is made of.
    pub spelling: String,
}

/// A property of an object, with the names that it will have in Rust.
#[derive(Debug)]
pub struct Property {
    /// The object's component.
    pub schema: String,
    /// The struct's name.
    pub rust_type: String,
    /// The field's name.
    pub rust_name: String,
    /// What the field's name is made of, if it isn't the property's.
    pub spelling: Option<String>,
    /// What the passes need to know of the field.
    pub field: Field,
}

/// What the contract says about a field of a struct.
#[derive(Debug, Clone, Default)]
pub struct Field {
    /// The name on the wire.
    pub name: String,
    /// Personal data, not to be printed.
    pub sensitive: bool,
    /// Absent, null and a value are three things.
    pub twice_optional: bool,
    /// The place in the contract's `required:`, if it is there.
    pub required: Option<usize>,
}

/// An operation, which becomes a method or two.
#[derive(Debug)]
pub struct Operation {
    /// The contract's id.
    pub id: String,
    /// The method's name in Rust.
    pub rust_name: String,
    /// The HTTP method, in upper case.
    pub method: String,
    /// The path template.
    pub path: String,
    /// The path template as it is sent.
    pub sent_path: String,
    /// The contract's one line about it.
    pub summary: Option<String>,
    /// What else the contract says about it.
    pub description: Option<String>,
    /// Whether the contract advises against it.
    pub deprecated: bool,
    /// Parameters in the order of the arguments: the path's in the template's order, then other
    /// required ones, then the optional ones, both in the contract's order.
    pub parameters: Vec<Parameter>,
    /// What is sent: nothing, or a body that is required or not.
    pub body: Option<Body>,
    /// What comes back.
    pub answer: Answer,
    /// The media types to ask for, if it isn't plain JSON.
    pub accept: Option<String>,
    /// Whether all that comes back is personal data, not to be printed.
    pub answer_sensitive: bool,
    /// How the client says who it is.
    pub security: Scheme,
    /// The server that it has for itself.
    pub server: Option<OwnServer>,
    /// The code of the errors that mean "not found".
    pub not_found: Option<String>,
    /// The path parameter that the success value repeats.
    pub identifier: Option<Identifier>,
    /// How its pages follow each other.
    pub pagination: Option<Pagination>,
}

/// How the pages of an operation follow each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pagination {
    /// The name in Rust of the parameter that says where a page begins.
    pub cursor: String,
    /// The path to the next page's cursor in the success body.
    pub next: String,
    /// The path to the page's items there.
    pub items: String,
}

/// A server that an operation has for itself.
#[derive(Debug)]
pub struct OwnServer {
    /// Its absolute URL.
    pub url: String,
    /// How the client says there who it is.
    pub security: Scheme,
}

/// A path parameter that the success value repeats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identifier {
    /// The argument's name in Rust.
    pub argument: String,
    /// The name of the property that repeats it.
    pub property: String,
}

/// A parameter of an operation.
#[derive(Debug)]
pub struct Parameter {
    /// The name on the wire.
    pub name: String,
    /// The argument's name in Rust.
    pub rust_name: String,
    /// What the Rust name is made of.
    pub spelling: String,
    /// Where it is sent.
    pub location: Location,
    /// How its value is written.
    pub style: Style,
    /// Whether reserved characters are sent as they are.
    pub reserved: bool,
    /// Whether it must be sent.
    pub required: bool,
    /// Personal data, not to be printed.
    pub sensitive: bool,
    /// Filled in where it is not given, so that a repeated call does no harm.
    pub idempotency_key: bool,
    /// What the contract says about it.
    pub description: Option<String>,
}

/// What a successful call gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// No value.
    Nothing,
    /// No value: a redirect, which is not followed.
    Redirect,
    /// The body.
    Whole,
    /// The `data` of the body.
    Data,
    /// The body as text.
    Text,
    /// The body as bytes, which are read as they come.
    File,
    /// An enum of what the statuses mean.
    ByStatus {
        /// The enum's name in Rust.
        rust_type: String,
        /// Its variants.
        cases: Vec<StatusCase>,
    },
}

impl Operation {
    /// The parameters that need not be given.
    pub fn optional_parameters(&self) -> impl Iterator<Item = &Parameter> {
        self.parameters
            .iter()
            .filter(|parameter| !parameter.required)
    }

    /// The parameters that must be given, in the order of the arguments.
    pub fn required_parameters(&self) -> impl Iterator<Item = &Parameter> {
        self.parameters
            .iter()
            .filter(|parameter| parameter.required)
    }

    /// The header that makes repeating it safe.
    pub fn idempotency_key(&self) -> Option<&Parameter> {
        let mut parameters = self.parameters.iter();
        parameters.find(|parameter| parameter.idempotency_key)
    }

    /// The body, if it is among what need not be given.
    pub fn optional_body(&self) -> Option<&Body> {
        self.body.as_ref().filter(|body| !body.is_argument())
    }

    /// The body, if progenitor is to write how it is sent.
    pub fn typed_body(&self) -> Option<&Body> {
        self.body.as_ref().filter(|body| body.is_typed())
    }

    /// Whether there is a second method that takes what need not be given.
    pub fn has_params(&self) -> bool {
        self.optional_parameters().next().is_some() || self.optional_body().is_some()
    }
}

/// Makes the plan of a document and its draft.
pub fn plan(document: &Value, draft: &Draft, properties: Vec<Property>) -> Plan {
    let info = |key: &str| {
        document["info"][key]
            .as_str()
            .unwrap_or_default()
            .to_string()
    };
    let operations = generated(document);
    let server = server::url(document);
    let answers = draft.operations.iter().map(|drafted| &drafted.answer);
    Plan {
        title: info("title"),
        version: info("version"),
        service: Service {
            server: server.clone(),
            first_segment: server::first_segment(document).map(String::from),
            security: security::of_document(document).unwrap_or(Scheme::None),
        },
        operations: operations
            .iter()
            .zip(answers)
            .map(|(operation, answer)| {
                plan_operation(document, operation, answer, &properties, server.as_deref())
            })
            .collect(),
        sensitive_types: sensitive_types(draft, &properties),
        choices: Vec::new(),
        respelled: Vec::new(),
        properties,
    }
}

fn plan_operation(
    document: &Value,
    operation: &operation::Operation<'_>,
    answer: &Answered,
    properties: &[Property],
    service: Option<&str>,
) -> Operation {
    let id = operation.id();
    let arguments = arguments(document, operation);
    let success = Success::of(document, operation);
    let text = |key: &str| operation.at.text(key).map(str::trim).map(String::from);
    Operation {
        id: id.to_string(),
        rust_name: naming::snake(id),
        method: operation.method.to_uppercase(),
        path: operation.path.to_string(),
        sent_path: operation.sent_path().to_string(),
        summary: text("summary"),
        description: text("description"),
        deprecated: operation.at.flag("deprecated"),
        parameters: arguments.iter().map(parameter).collect(),
        body: Body::of(document, operation),
        answer: match answer {
            Answered::Nothing => Answer::Nothing,
            Answered::Redirect => Answer::Redirect,
            Answered::Whole(_) => Answer::Whole,
            Answered::Data { .. } => Answer::Data,
            Answered::Text => Answer::Text,
            Answered::File => Answer::File,
            Answered::ByStatus(by_status) => Answer::ByStatus {
                rust_type: by_status.name.clone(),
                cases: by_status.cases.clone(),
            },
        },
        accept: success
            .media_types()
            .filter(|media_types| media_types != operation::JSON),
        answer_sensitive: is_hidden(answer, properties),
        security: security::of_operation(document, operation).unwrap_or(Scheme::None),
        server: own_server(document, operation, service),
        not_found: operation.not_found_code(document).map(String::from),
        identifier: identifier(document, operation, &arguments)
            .filter(|_| !answer.bodies().is_empty()),
        pagination: operation.pagination().map(|pages| Pagination {
            cursor: cursor(&arguments, pages.cursor),
            next: pages.next.to_string(),
            items: pages.items.to_string(),
        }),
    }
}

/// A server on another origin gets only what the operation itself says.
fn own_server(
    document: &Value,
    operation: &operation::Operation<'_>,
    service: Option<&str>,
) -> Option<OwnServer> {
    // Without an address of its own, the service is where the caller says, and so is all of it.
    service?;
    let Own::Url { url, foreign } = server::own(document, operation, service)? else {
        return None;
    };
    let is_silent = !operation.at.object.contains_key("security");
    let security = security::of_operation(document, operation);
    let security = security.filter(|_| !(foreign && is_silent));
    Some(OwnServer {
        url,
        security: security.unwrap_or(Scheme::None),
    })
}

fn identifier(
    document: &Value,
    operation: &operation::Operation<'_>,
    arguments: &[Argument<'_>],
) -> Option<Identifier> {
    let (parameter, property) = operation.identifier(document)?;
    let is_it = |argument: &&Argument<'_>| {
        argument.location == Location::Path && Some(argument.name) == parameter.text("name")
    };
    Some(Identifier {
        argument: arguments.iter().find(is_it)?.rust_name(),
        property: property.to_string(),
    })
}

/// The name in Rust of the parameter that says where a page begins.
fn cursor(arguments: &[Argument<'_>], name: &str) -> String {
    let in_query = |argument: &&Argument<'_>| argument.location == Location::Query;
    let mut of_query = arguments.iter().filter(in_query);
    let found = of_query.find(|argument| argument.name == name);
    found.map_or_else(|| naming::snake(name), Argument::rust_name)
}

fn parameter(argument: &Argument<'_>) -> Parameter {
    let parameter = argument.parameter.as_ref();
    let description = parameter.and_then(|parameter| parameter.text("description"));
    Parameter {
        name: argument.name.to_string(),
        rust_name: argument.rust_name(),
        spelling: argument.spelling.clone(),
        location: argument.location,
        style: argument.style(),
        reserved: parameter.is_some_and(|parameter| parameter.flag("allowReserved")),
        required: argument.required,
        idempotency_key: parameter.is_some_and(|parameter| parameter.flag(IDEMPOTENCY_KEY)),
        sensitive: argument
            .schema()
            .is_some_and(|schema| schema.flag(SENSITIVE)),
        description: description.map(|text| text.trim().into()),
    }
}

/// Whether all of a body is personal data.
fn is_hidden(answer: &Answered, properties: &[Property]) -> bool {
    match answer {
        Answered::ByStatus(by_status) => properties
            .iter()
            .any(|body| body.schema == by_status.name && body.field.sensitive),
        _ => answer.bodies().iter().any(is_sensitive),
    }
}

fn is_sensitive(used: &Use) -> bool {
    used.schema.get(SENSITIVE) == Some(&Value::Bool(true))
}

/// A sensitive value that has a type of its own must not be printed by that type either.
fn sensitive_types(draft: &Draft, properties: &[Property]) -> BTreeSet<String> {
    let of_properties = properties
        .iter()
        .filter(|property| property.field.sensitive)
        .flat_map(|property| {
            references(&draft.schemas[&property.schema]["properties"][&property.field.name])
        });
    let of_uses = draft
        .operations
        .iter()
        .flat_map(|operation| {
            let parameters = operation.parameters.iter().map(|(_, schema)| schema);
            parameters.chain(operation.answer.bodies())
        })
        .filter(|used| is_sensitive(used))
        .flat_map(|used| references(&used.schema));
    let by_status = draft
        .operations
        .iter()
        .filter_map(|operation| match &operation.answer {
            Answered::ByStatus(by_status) if is_hidden(&operation.answer, properties) => {
                Some(by_status.name.clone())
            }
            _ => None,
        });
    of_properties
        .chain(of_uses)
        .chain(by_status)
        .map(|name| naming::pascal(&name))
        .collect()
}
