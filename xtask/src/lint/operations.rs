//! Operations: each has an id, parameters that its path knows, and one JSON answer.

use std::collections::HashMap;
use std::ops::Range;

use serde_json::Value;

use super::Subject;
use super::grammar::Kind;
use crate::diagnostics::{Context, Diagnostic};
use crate::load::Pointer;
use crate::spec::{self, Located, Operation};

/// Every operation has an id of its own: it becomes the method's name.
pub fn ids(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let contract = subject.contract;
    let mut found = Vec::new();
    let mut seen: HashMap<&str, Pointer> = HashMap::new();
    for operation in &subject.operations {
        let key = contract.key_span(&operation.at.pointer);
        let at = operation.at.pointer.child("operationId");
        match operation.id() {
            None => found.push(
                Diagnostic::error(
                    "spec::missing-operation-id",
                    format!("{} has no `operationId`", operation.label()),
                )
                .at(key)
                .help(format!(
                    "add `operationId: {}`; it becomes the client's method",
                    suggested_id(operation)
                )),
            ),
            Some(id) if !id.chars().any(char::is_alphanumeric) => found.push(
                Diagnostic::error("codegen::name", format!("`{id}` gives no method name"))
                    .at(contract.value_span(&at))
                    .help(format!("write `operationId: {}`", suggested_id(operation))),
            ),
            Some(id) => match seen.get(id) {
                Some(first) => found.push(
                    Diagnostic::error(
                        "spec::duplicate-operation-id",
                        format!("two operations are called `{id}`"),
                    )
                    .at(contract.value_span(&at))
                    .and(contract.value_span(first), "the other one")
                    .help("give each operation an id of its own"),
                ),
                None => {
                    seen.insert(id, at);
                }
            },
        }
    }
    found
}

/// `GET /v1/leads/{id}` is probably `get_lead`, `GET /v1/leads` `list_leads`.
fn suggested_id(operation: &Operation<'_>) -> String {
    let noun = operation
        .path
        .split('/')
        .rfind(|segment| !segment.is_empty() && !segment.contains('{'))
        .unwrap_or("root");
    let one = operation.path.ends_with('}');
    let singular = noun.strip_suffix('s').unwrap_or(noun);
    let (verb, noun) = match (operation.method, one) {
        ("get", true) => ("get", singular),
        ("get", false) => ("list", noun),
        ("post", false) => ("create", singular),
        ("patch", _) => ("update", singular),
        ("put", _) => ("replace", singular),
        (method, _) => (method, singular),
    };
    crate::naming::snake(&format!("{verb}_{noun}"))
}

/// The names in the path and the path parameters are the same.
pub fn path_parameters(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let contract = subject.contract;
    let mut found = Vec::new();
    let mut lacking = HashMap::new();
    for operation in &subject.operations {
        let names = spec::template_names(operation.path);
        let declared: Vec<_> = operation
            .parameters(&contract.document)
            .into_iter()
            .filter(|parameter| parameter.text("in") == Some("path"))
            .collect();
        let path_key = contract.key_span(&operation.item.pointer);
        // A parameter that is called otherwise than in the path is one mistake, not two.
        let mut strangers = declared.iter().filter(|parameter| {
            parameter
                .text("name")
                .is_some_and(|name| !names.contains(&name))
        });
        let stranger = strangers.next().filter(|_| strangers.next().is_none());
        for (index, name) in names.iter().enumerate() {
            if names[..index].contains(name) {
                found.push(
                    Diagnostic::error(
                        "spec::path-parameter",
                        format!("`{{{name}}}` stands twice in `{}`", operation.path),
                    )
                    .at(path_key.clone())
                    .help("give each part of the path a name of its own"),
                );
            } else if let (false, Some(stranger)) = (
                declared.iter().any(|p| p.text("name") == Some(name)),
                stranger,
            ) {
                let other = stranger.text("name").unwrap_or_default();
                found.push(
                    Diagnostic::error(
                        "spec::path-parameter",
                        format!("the path says `{{{name}}}`, its parameter is called `{other}`"),
                    )
                    .at(contract.value_span(&stranger.pointer.child("name")))
                    .and(path_key.clone(), format!("`{{{name}}}` stands here"))
                    .help(format!("call both `{name}`, or both `{other}`")),
                );
            } else if declared.iter().any(|p| p.text("name") == Some(name)) {
                continue;
            } else if let Some(index) = lacking.get(&(operation.path, *name)) {
                // Nor has the path itself: one line there mends all of its operations.
                let first: &mut Diagnostic = &mut found[*index];
                let span = contract.key_span(&operation.at.pointer);
                let label = "nor has this".into();
                first.context.push(Context { span, label });
            } else {
                lacking.insert((operation.path, *name), found.len());
                found.push(
                    Diagnostic::error(
                        "spec::path-parameter",
                        format!(
                            "{} has no parameter for `{{{name}}}` in its path",
                            operation.label()
                        ),
                    )
                    .at(contract.key_span(&operation.at.pointer))
                    .and(path_key.clone(), format!("`{{{name}}}` stands here"))
                    .help(format!(
                        "add to its `parameters`, or to the path's: `{{name: {name}, in: path, required: true, schema: {{type: string}}}}`"
                    )),
                );
            }
        }
        let all_found = names
            .iter()
            .all(|name| declared.iter().any(|p| p.text("name") == Some(name)));
        for parameter in &declared {
            let name = parameter.text("name").unwrap_or_default();
            if !names.contains(&name) && (all_found || stranger.is_none()) {
                let help = match super::structure::nearest(name, names.iter().copied()) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => format!("write `{{{name}}}` into the path, or remove the parameter"),
                };
                found.push(
                    Diagnostic::error(
                        "spec::path-parameter",
                        format!("`{name}` does not stand in the path `{}`", operation.path),
                    )
                    .at(contract.value_span(&parameter.pointer.child("name")))
                    .help(help),
                );
            } else if names.contains(&name) && !parameter.flag("required") {
                let required = parameter.pointer.child("required");
                let span = match contract.get(&required) {
                    Some(_) => contract.key_span(&required),
                    None => contract.value_span(&parameter.pointer.child("name")),
                };
                found.push(
                    Diagnostic::error(
                        "spec::path-parameter",
                        format!("the path parameter `{name}` is not required"),
                    )
                    .at(span)
                    .help("write `required: true`: a path without it is another path"),
                );
            }
        }
    }
    found
}

/// Headers that the client sets itself; OpenAPI says that such a parameter is ignored.
const OWN_HEADERS: [&str; 6] = [
    "accept",
    "authorization",
    "content-length",
    "content-type",
    "host",
    "user-agent",
];

/// Parameters are what can be put into a URL or a header.
pub fn parameters(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for item in subject.items.of(Kind::Parameter) {
        if item.object.contains_key("$ref") {
            continue;
        }
        let at = Located {
            pointer: item.pointer.clone(),
            object: item.object,
        };
        found.extend(parameter(subject, &at));
    }
    found
}

/// No list of parameters has the same one twice: the first would silently be lost.
pub fn listed_twice(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let contract = subject.contract;
    let owners = [Kind::PathItem, Kind::Operation]
        .into_iter()
        .flat_map(|kind| subject.items.of(kind));
    let mut found = Vec::new();
    for owner in owners {
        let owner = Located {
            pointer: owner.pointer.clone(),
            object: owner.object,
        };
        let mut seen = HashMap::new();
        for (at, parameter) in spec::listed_parameters(&contract.document, &owner) {
            let place = parameter.text("in").unwrap_or_default();
            let name = parameter.text("name").unwrap_or_default();
            let same = match place {
                "header" => name.to_lowercase(),
                _ => name.to_string(),
            };
            let span = contract.value_span(&at);
            match seen.get(&(place, same.clone())) {
                Some(first) => found.push(
                    Diagnostic::error(
                        "spec::duplicate-parameter",
                        format!("the {place} parameter `{name}` is listed twice"),
                    )
                    .at(span)
                    .and(Range::clone(first), "the other one")
                    .help("keep one of the two"),
                ),
                None => {
                    seen.insert((place, same), span);
                }
            }
        }
    }
    found
}

fn parameter(subject: &Subject<'_>, at: &Located<'_>) -> Option<Diagnostic> {
    let contract = subject.contract;
    let name = at.text("name").unwrap_or_default();
    let place = at.text("in").unwrap_or_default();
    let told = |code, message: String, key: &str, help: &'static str| {
        let span = match contract.get(&at.pointer.child(key)) {
            Some(_) => contract.value_span(&at.pointer.child(key)),
            None => contract.key_span(&at.pointer),
        };
        Some(Diagnostic::error(code, message).at(span).help(help))
    };
    match place {
        "path" | "query" | "header" => {}
        "cookie" => {
            return told(
                "codegen::parameter",
                format!("the client sends no cookies, so `{name}` can't be one"),
                "in",
                "make it a `query` or `header` parameter, or remove it",
            );
        }
        _ => {
            return told(
                "spec::parameter",
                format!("a parameter can't be in `{place}`"),
                "in",
                "write `path`, `query` or `header`",
            );
        }
    }
    if place == "header" {
        if OWN_HEADERS.contains(&name.to_lowercase().as_str()) {
            return told(
                "codegen::parameter",
                format!("the client sets the header `{name}` itself"),
                "name",
                "remove the parameter; the key belongs into `security`, the type into `content`",
            );
        }
        let token = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b);
        if name.is_empty() || !name.bytes().all(token) {
            return told(
                "spec::parameter",
                format!("`{name}` is no header name"),
                "name",
                "a header name is letters, digits and `-`",
            );
        }
    }
    if at.object.contains_key("content") {
        return told(
            "codegen::parameter",
            format!("`{name}` is described by `content`; only `schema` is read"),
            "content",
            "describe it with `schema`",
        );
    }
    let default_style = if place == "query" { "form" } else { "simple" };
    if at.text("style").is_some_and(|style| style != default_style) {
        return told(
            "codegen::parameter",
            format!("`{name}` would be sent in the style `{default_style}`, not in this one"),
            "style",
            "remove `style`; if the service needs it, the client can't send it yet",
        );
    }
    let explodes = place == "query";
    if at.object.get("explode").and_then(Value::as_bool) == Some(!explodes) {
        return told(
            "codegen::parameter",
            format!("`{name}` would be sent with `explode: {explodes}`, not with this"),
            "explode",
            "remove `explode`; if the service needs it, the client can't send it yet",
        );
    }
    let Some(schema) = at.child("schema") else {
        return told(
            "spec::missing-field",
            format!("the parameter `{name}` has no `schema`"),
            "name",
            "add `schema:` with its type, such as `{type: string}`",
        );
    };
    let schema = described(&contract.document, schema)?;
    let fits = match schema.child("items") {
        Some(items) if place == "query" => {
            let items = described(&contract.document, items);
            items.is_some_and(|items| is_scalar(&items))
        }
        _ => is_scalar(&schema),
    };
    if !fits {
        return told(
            "codegen::parameter",
            format!("`{name}` is nothing that can be written into a {place}"),
            "schema",
            "give it `type: string`, `integer`, `number` or `boolean` (in a query also an array of them)",
        );
    }
    None
}

/// The schema that says the type: what is meant by a reference, or by `allOf` with one part.
fn described<'v>(document: &'v Value, schema: Located<'v>) -> Option<Located<'v>> {
    let schema = spec::resolve(document, schema)?;
    let parts = schema.object.get("allOf").and_then(Value::as_array);
    match parts.map(Vec::as_slice) {
        Some([Value::Object(object)]) => {
            let pointer = schema.pointer.child("allOf").child(0);
            described(document, Located { pointer, object })
        }
        _ => Some(schema),
    }
}

fn is_scalar(schema: &Located<'_>) -> bool {
    match schema.text("type") {
        Some(kind) => matches!(kind, "string" | "integer" | "number" | "boolean"),
        // Without a type, the values of an enum are text.
        None => schema.object.contains_key("enum"),
    }
}

/// Every operation says what it answers on success: one JSON body, or none.
pub fn successes(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let operations = subject.operations.iter();
    operations
        .filter_map(|operation| success(subject, operation))
        .collect()
}

fn success(subject: &Subject<'_>, operation: &Operation<'_>) -> Option<Diagnostic> {
    let contract = subject.contract;
    let document = &contract.document;
    let responses = operation.at.pointer.child("responses");
    for (status, _) in operation.responses(document) {
        if !is_status(status) {
            return Some(
                Diagnostic::error("spec::status", format!("`{status}` is no status"))
                    .at(contract.key_span(&responses.child(status)))
                    .help("write a status such as `'200'`, a range such as `2XX`, or `default`"),
            );
        }
    }
    let successes = operation.successes(document);
    let Some((first_status, first)) = successes.first() else {
        return Some(
            Diagnostic::error(
                "spec::no-success-response",
                format!("{} says nothing of a success", operation.label()),
            )
            .at(contract.key_span(&responses))
            .help("add the response for success: `'200':` with its body, or `'204':` without"),
        );
    };
    for (status, response) in &successes {
        let here = contract.key_span(&responses.child(status));
        match spec::json_content(response) {
            None if spec::has_content(response) => {
                let (other, media) = response.children("content").next()?;
                return Some(
                    Diagnostic::error(
                        "codegen::media-type",
                        format!("the answer is `{other}`; only JSON is read"),
                    )
                    .at(contract.key_span(&media.pointer))
                    .help("describe the body as `application/json`, or leave the operation out"),
                );
            }
            Some(media) if !media.object.contains_key("schema") => {
                return Some(
                    Diagnostic::error("spec::missing-field", "the answer's body has no `schema`")
                        .at(contract.key_span(&media.pointer))
                        .help("add `schema:` with a `$ref` to a component"),
                );
            }
            content => {
                let schema = |content: Option<Located<'_>>| {
                    content.and_then(|media| media.object.get("schema").cloned())
                };
                if schema(content) != schema(spec::json_content(first)) {
                    return Some(
                        Diagnostic::error(
                            "codegen::success-bodies",
                            format!("{} has two different success bodies", operation.label()),
                        )
                        .at(here)
                        .and(
                            contract.key_span(&responses.child(first_status)),
                            "the other one",
                        )
                        .help("a method has one result: give both the same schema, or keep one"),
                    );
                }
            }
        }
    }
    None
}

fn is_status(status: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    match status.as_bytes() {
        b"default" => true,
        [b'1'..=b'5', b'X', b'X'] => true,
        [b'1'..=b'5', _, _] => digits(status),
        _ => false,
    }
}

/// A request body is JSON with a schema.
pub fn bodies(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let contract = subject.contract;
    let mut found = Vec::new();
    for operation in &subject.operations {
        let Some(body) = operation.body(&contract.document) else {
            continue;
        };
        match spec::json_content(&body) {
            Some(media) if media.object.contains_key("schema") => {
                if !body.flag("required") && is_passed_as_value(&contract.document, &media) {
                    found.push(
                        Diagnostic::error(
                            "codegen::body",
                            "the client can't leave out a body that is one plain value yet",
                        )
                        .at(contract.key_span(&media.pointer.child("schema")))
                        .help(
                            "write `required: true` beside `content`, or let the body be an object",
                        ),
                    );
                }
            }
            Some(media) => found.push(
                Diagnostic::error("spec::missing-field", "the request's body has no `schema`")
                    .at(contract.key_span(&media.pointer))
                    .help("add `schema:` with a `$ref` to a component"),
            ),
            None => {
                let content = body.pointer.child("content");
                let other = body.children("content").next();
                let (what, span) = match &other {
                    Some((name, media)) => (format!("`{name}`"), contract.key_span(&media.pointer)),
                    None => ("nothing".to_string(), contract.key_span(&content)),
                };
                found.push(
                    Diagnostic::error(
                        "codegen::media-type",
                        format!("the request's body is {what}; only JSON is sent"),
                    )
                    .at(span)
                    .help("describe the body as `application/json`, or leave the operation out"),
                );
            }
        }
    }
    found
}

/// Whether progenitor's argument for a body is the value itself: it is then no `Option`, even if
/// the body can be left out.
fn is_passed_as_value(document: &Value, media: &Located<'_>) -> bool {
    let schema = media.child("schema");
    let Some(schema) = schema.and_then(|schema| described(document, schema)) else {
        return false;
    };
    // A component that is a number gets a type of its own, which is passed by reference.
    let is_component = schema.pointer.parts().len() == 3;
    match schema.text("type") {
        Some("integer" | "number" | "boolean") => !is_component,
        _ => schema.object.contains_key("enum"),
    }
}

/// The client has one base URL; a server of its own for an operation would be ignored.
pub fn servers(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let contract = subject.contract;
    let places = [Kind::PathItem, Kind::Operation]
        .into_iter()
        .flat_map(|kind| subject.items.of(kind));
    places
        .filter(|item| item.object.contains_key("servers"))
        .map(|item| {
            Diagnostic::error(
                "codegen::server",
                format!(
                    "this {} can't have servers of its own: the client has one base URL",
                    item.kind.name()
                ),
            )
            .at(contract.key_span(&item.pointer.child("servers")))
            .help("name the server at the top of the document, or leave the operation out")
        })
        .collect()
}
