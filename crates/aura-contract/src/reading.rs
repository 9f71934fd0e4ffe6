//! Reading the operations of a contract from its document.

use std::collections::HashMap;
use std::sync::Arc;

use http::Method;
use openapi_document::extensions::{IDEMPOTENCY_KEY, IDENTIFIES, NOT_FOUND, NOT_FOUND_STATUS};
use openapi_document::operation::{self, Located};
use openapi_document::parameter::{Style, is_sent};
use openapi_document::security::{self, Scheme};
use openapi_document::validate::Direction;
use serde_json::{Value, json};

use crate::bounds::{MAX_NAME, shown};
use crate::document::Document;
use crate::operation::{Answer, Body, Content, Encoding, Header, Operation, Status};
use crate::pagination::Pagination;
use crate::parameter::{Location, Parameter};
use crate::schema::Schema;

/// The operations of a document.
pub(crate) fn operations(document: &Arc<Document>) -> Result<Vec<Operation>, String> {
    let mut operations = Vec::new();
    for described in operation::operations(document.value()) {
        let label = described.method.to_uppercase();
        let label = format!("{label} {}", shown(described.path, MAX_NAME));
        let operation = read_operation(document, &described);
        operations.push(operation.map_err(|problem| format!("{label}: {problem}"))?);
    }
    Ok(operations)
}

fn read_operation(
    document: &Arc<Document>,
    described: &operation::Operation<'_>,
) -> Result<Operation, String> {
    let method = described.method.to_uppercase();
    let body = described.body(document.value()).map(|body| Body {
        required: body.flag("required"),
        description: text(&body, "description"),
        contents: contents(document, &body, Direction::Request),
    });
    let responses = described.responses(document.value()).into_iter();
    let (security, security_is_optional) = read_security(document.value(), described)?;
    Ok(Operation {
        id: described.id().to_owned(),
        method: Method::from_bytes(method.as_bytes()).map_err(|error| error.to_string())?,
        path: described.sent_path().to_owned(),
        summary: text(&described.at, "summary"),
        description: text(&described.at, "description"),
        parameters: read_parameters(document, described)?,
        body,
        answers: responses
            .filter_map(|(status, answer)| read_answer(document, status, &answer))
            .collect(),
        security,
        security_is_optional,
        pagination: Pagination::of(described),
    })
}

/// How a request carries its key, and whether it may leave it out.
///
/// Codegen rejects an operation whose key cannot be sent, unless `x-codegen-skip` says that no
/// client is made for it. Such an operation is still read, as one without a key.
fn read_security(
    document: &Value,
    described: &operation::Operation<'_>,
) -> Result<(Scheme, bool), String> {
    let listed = security::in_force(document, described);
    let mut schemes = listed.iter().map(|alternative| &alternative.scheme);
    let is_optional = schemes.clone().any(|scheme| *scheme == Ok(Scheme::None));
    match (
        security::choose(&listed),
        schemes.find_map(|scheme| scheme.as_ref().err()),
    ) {
        (Some(scheme), _) => Ok((scheme, is_optional)),
        (None, Some(reason)) if !described.at.object.contains_key("x-codegen-skip") => {
            Err(format!("its key cannot be sent: {reason}"))
        }
        (None, _) => Ok((Scheme::None, is_optional)),
    }
}

fn read_answer(document: &Arc<Document>, key: &str, answer: &Located<'_>) -> Option<Answer> {
    let status = match key.as_bytes() {
        b"default" => Status::Default,
        [class @ b'1'..=b'5', b'X', b'X'] => Status::Class(u16::from(class - b'0')),
        _ => Status::Code(key.parse().ok()?),
    };
    let not_found = text(answer, NOT_FOUND).filter(|_| key == NOT_FOUND_STATUS);
    let headers = operation::members(document.value(), answer, "headers");
    Some(Answer {
        status,
        description: text(answer, "description"),
        headers: headers
            .map(|(name, header)| Header {
                name: name.to_owned(),
                required: header.flag("required"),
                schema: schema(document, &header, Direction::Response),
                example: example(document, &header),
            })
            .collect(),
        contents: contents(document, answer, Direction::Response),
        not_found,
    })
}

fn contents(document: &Arc<Document>, owner: &Located<'_>, direction: Direction) -> Vec<Content> {
    let contents = owner.children("content").map(|(name, content)| Content {
        media_type: name.to_owned(),
        schema: schema(document, &content, direction),
        example: example(document, &content),
        encodings: content
            .children("encoding")
            .map(|(name, encoding)| (name.to_owned(), read_encoding(&encoding)))
            .collect(),
    });
    contents.collect()
}

fn read_encoding(encoding: &Located<'_>) -> Encoding {
    Encoding {
        content_type: text(encoding, "contentType"),
        style: Style::of_encoding(encoding),
    }
}

/// The schema of a parameter, header or body.
fn schema(document: &Arc<Document>, owner: &Located<'_>, direction: Direction) -> Schema {
    let schema = owner.object.get("schema").unwrap_or(&Value::Null);
    Schema::new(document, schema, direction)
}

/// The example of a parameter, header or body: the one, or the first of several.
fn example(document: &Document, owner: &Located<'_>) -> Option<Value> {
    let several = || {
        let (_, first) = operation::members(document.value(), owner, "examples").next()?;
        first.object.get("value")
    };
    owner.object.get("example").or_else(several).cloned()
}

/// A member that is text.
fn text(owner: &Located<'_>, key: &str) -> Option<String> {
    owner.text(key).map(str::to_owned)
}

/// The operation's parameters, those of the path first.
fn read_parameters(
    document: &Arc<Document>,
    described: &operation::Operation<'_>,
) -> Result<Vec<Parameter>, String> {
    for owner in [&described.item, &described.at] {
        let listed = owner.object.get("parameters").and_then(Value::as_array);
        let found = operation::listed_parameters(document.value(), owner);
        if listed.map_or(0, Vec::len) != found.len() {
            return Err("a parameter's `$ref` leads to nothing".into());
        }
    }
    let parameters = described.parameters(document.value()).into_iter();
    // Of what a client does not send, cookies alone can be given.
    let is_given = |parameter: &Located<'_>| {
        is_sent(parameter, described.path)
            || !matches!(parameter.text("in"), Some("path" | "header"))
    };
    let parameters = parameters.filter(is_given);
    let parameters = parameters.map(|parameter| read_parameter(document, &parameter));
    let mut parameters: Vec<Parameter> = parameters.collect::<Result<_, _>>()?;
    let undeclared = described.undeclared_names(document.value()).into_iter();
    parameters.extend(undeclared.map(|name| undeclared_parameter(document, name)));
    let place = |parameter: &Parameter| match parameter.location {
        Location::Path => described
            .path
            .find(&format!("{{{}}}", parameter.name))
            .unwrap_or(described.path.len()),
        _ => usize::MAX,
    };
    parameters.sort_by_cached_key(place);
    let mut names: HashMap<String, usize> = HashMap::new();
    for parameter in &parameters {
        *names.entry(parameter.name.clone()).or_default() += 1;
    }
    for parameter in &mut parameters {
        if names[&parameter.name] > 1 {
            parameter.key = format!("{}-{}", parameter.location.name(), parameter.name);
        }
    }
    Ok(parameters)
}

/// The parameter that a name in a path stands for if the contract describes none.
fn undeclared_parameter(document: &Arc<Document>, name: &str) -> Parameter {
    Parameter {
        name: name.to_owned(),
        location: Location::Path,
        key: name.to_owned(),
        required: true,
        description: None,
        schema: Schema::new(document, &json!({ "type": "string" }), Direction::Request),
        style: Style::Simple { explode: false },
        example: None,
        identifies: None,
        idempotency_key: false,
    }
}

fn read_parameter(document: &Arc<Document>, parameter: &Located<'_>) -> Result<Parameter, String> {
    let name = text(parameter, "name").ok_or("a parameter has no `name`")?;
    let location = match parameter.text("in") {
        Some("path") => Location::Path,
        Some("query") => Location::Query,
        Some("header") => Location::Header,
        Some("cookie") => Location::Cookie,
        _ => {
            return Err(format!(
                "the parameter `{name}` doesn't say where it stands"
            ));
        }
    };
    // One with `content` has its schema there, for its one media type.
    let content = parameter.children("content").next();
    let described = content.as_ref().map_or(parameter, |(_, content)| content);
    Ok(Parameter {
        key: name.clone(),
        name,
        location,
        required: parameter.flag("required") || location == Location::Path,
        description: text(parameter, "description"),
        schema: schema(document, described, Direction::Request),
        style: Style::of_parameter(parameter),
        example: example(document, described),
        identifies: text(parameter, IDENTIFIES),
        idempotency_key: parameter.flag(IDEMPOTENCY_KEY) && location == Location::Header,
    })
}
