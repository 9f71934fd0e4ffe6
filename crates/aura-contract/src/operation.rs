//! The operations of a contract, read from its document.

use std::collections::HashSet;
use std::collections::hash_map::{Entry, HashMap};
use std::fmt;
use std::sync::Arc;

use http::Method;
use serde_json::Value;

use crate::bounds::{MAX_NAME, MAX_SAMPLES_TEXT, MAX_SAMPLES_VALUES, shown};
use crate::document::{Document, flag, text};
use crate::problem::Problem;
use crate::schema::sample::extent;
use crate::schema::{Direction, Schema};
use crate::security::{self, Scheme};

/// A call that the API takes.
#[derive(Debug, Clone)]
pub struct Operation {
    /// `operationId`.
    pub id: String,
    /// The method.
    pub method: Method,
    /// The path with names for its variable parts: `/v1/leads/{id}`.
    pub path: String,
    /// What it does, in a line.
    pub summary: Option<String>,
    /// What it does, at length.
    pub description: Option<String>,
    /// The parameters, those of the path first, then in the contract's order.
    pub parameters: Vec<Parameter>,
    /// The body, if it takes one.
    pub body: Option<Body>,
    /// What it answers, in the contract's order.
    pub answers: Vec<Answer>,
    /// How a request carries the caller's key.
    pub security: Scheme,
    /// Whether a request may leave the key out: `{}` is among the alternatives of `security`.
    pub security_is_optional: bool,
}

/// Where a parameter stands in a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Location {
    /// In the path.
    Path,
    /// After the `?`.
    Query,
    /// In a header.
    Header,
    /// In a cookie.
    Cookie,
}

/// A parameter of an operation.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Its name in the request.
    pub name: String,
    /// Where it stands.
    pub location: Location,
    /// What it is called among the operation's parameters: its name, or `query-id` if it shares
    /// that with one elsewhere in the request.
    pub key: String,
    /// Whether a request must have it.
    pub required: bool,
    /// What it is for.
    pub description: Option<String>,
    /// What its value must look like.
    pub schema: Schema,
    /// A value.
    pub example: Option<Value>,
    /// The property of the success value that is equal to it: `x-identifies`.
    pub identifies: Option<String>,
}

/// A body that an operation takes.
#[derive(Debug, Clone)]
pub struct Body {
    /// Whether a request must have it.
    pub required: bool,
    /// What it is for.
    pub description: Option<String>,
    /// The forms that it can have.
    pub contents: Vec<Content>,
}

/// Which statuses an answer is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// This one.
    Code(u16),
    /// Those that begin with this digit: `4XX`.
    Class(u16),
    /// Those that nothing else is said of.
    Default,
}

/// What an operation answers with one status, or several.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Which.
    pub status: Status,
    /// What it means.
    pub description: Option<String>,
    /// Its headers.
    pub headers: Vec<Header>,
    /// The forms that its body can have; none: it has no body.
    pub contents: Vec<Content>,
    /// The code with which a body says that what was asked for does not exist: `x-not-found`.
    pub not_found: Option<String>,
}

/// A header of an answer.
#[derive(Debug, Clone)]
pub struct Header {
    /// Its name.
    pub name: String,
    /// Whether it is always there.
    pub required: bool,
    /// What its value must look like.
    pub schema: Schema,
    /// A value.
    pub example: Option<Value>,
}

/// One form of a body.
#[derive(Debug, Clone)]
pub struct Content {
    /// Its type, such as `application/json`.
    pub media_type: String,
    /// What it must look like.
    pub schema: Schema,
    /// A whole one.
    pub example: Option<Value>,
}

impl Operation {
    /// Whether a request without a key is rejected.
    pub fn needs_key(&self) -> bool {
        self.security != Scheme::None && !self.security_is_optional
    }

    /// The answer to a call that went well: the first with a status of 2xx.
    pub fn success(&self) -> Option<&Answer> {
        self.answers
            .iter()
            .find(|answer| matches!(answer.status, Status::Code(200..=299) | Status::Class(2)))
    }

    /// What is said of this status: by itself, else by its class, else by default.
    pub fn answer(&self, status: u16) -> Option<&Answer> {
        [
            Status::Code(status),
            Status::Class(status / 100),
            Status::Default,
        ]
        .into_iter()
        .find_map(|wanted| self.answers.iter().find(|answer| answer.status == wanted))
    }

    /// The code of a 404 that says that there is no such resource (`x-not-found`).
    pub fn not_found(&self) -> Option<&str> {
        self.answer(404)?.not_found.as_deref()
    }

    /// What is wrong with the body of a response with this status; nothing: it fits. Of a response
    /// whose body is not described as JSON, nothing.
    ///
    /// The bytes are checked as [`Schema::check_text`] does. What fits, `aura-client` reads.
    pub fn check_response(&self, status: u16, bytes: &[u8]) -> Vec<Problem> {
        let Some(answer) = self.answer(status) else {
            let reason = format!("{} has none with the status {status}", self.id);
            return vec![Problem::new("response", reason)];
        };
        let Some(content) = answer.json() else {
            return Vec::new();
        };
        match bytes.is_empty() {
            true => vec![Problem::new("body", "it is required")],
            false => content.check(bytes),
        }
    }
}

/// Makes the values that the answers of operations have no example of, and holds them to their
/// bounds.
///
/// # Errors
///
/// Which bound they would exceed, and where, as a JSON pointer.
pub(crate) fn check_samples(operations: &[Operation]) -> Result<(), String> {
    let (mut values, mut text) = (0, 0);
    let answers = operations.iter().flat_map(|operation| {
        operation
            .answers
            .iter()
            .map(move |answer| (operation, answer))
    });
    for (operation, answer) in answers {
        let headers = answer.headers.iter();
        let headers = headers.filter(|header| header.example.is_none());
        let headers = headers.map(|header| (&header.schema, "headers", &header.name));
        let contents = answer.contents.iter();
        let contents = contents.filter(|content| content.example.is_none());
        let contents = contents.map(|content| (&content.schema, "content", &content.media_type));
        for (schema, kind, name) in headers.chain(contents) {
            let bound = match schema.made() {
                Err(bound) => format!("a value that fits takes more than {bound}"),
                Ok(made) => {
                    let (more, bytes) = made.as_ref().map_or((1, 0), extent);
                    (values, text) = (values + more, text + bytes);
                    if values <= MAX_SAMPLES_VALUES && text <= MAX_SAMPLES_TEXT {
                        continue;
                    }
                    format!("all made-up answers take more than {MAX_SAMPLES_VALUES} values")
                }
            };
            let escaped = |name: &str| name.replace('~', "~0").replace('/', "~1");
            let (path, name, status) = (escaped(&operation.path), escaped(name), answer.status);
            let method = operation.method.as_str().to_ascii_lowercase();
            let pointer =
                format!("#/paths/{path}/{method}/responses/{status}/{kind}/{name}/schema");
            return Err(format!("{bound} at {pointer}"));
        }
    }
    Ok(())
}

impl fmt::Display for Status {
    /// As the contract writes it: `404`, `4XX` or `default`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Status::Code(code) => write!(f, "{code}"),
            Status::Class(class) => write!(f, "{class}XX"),
            Status::Default => f.write_str("default"),
        }
    }
}

impl Answer {
    /// The body as JSON, if it has one.
    pub fn json(&self) -> Option<&Content> {
        self.contents.iter().find(|content| content.is_json())
    }

    /// The status to answer with: itself, or the first of its class.
    pub fn code(&self) -> Option<u16> {
        match self.status {
            Status::Code(code) => Some(code),
            Status::Class(class) => Some(class * 100),
            Status::Default => None,
        }
    }
}

impl Body {
    /// The body as JSON, if it can be that.
    pub fn json(&self) -> Option<&Content> {
        self.contents.iter().find(|content| content.is_json())
    }
}

impl Header {
    /// A value: the contract's example, or one made from the schema.
    pub fn sample(&self) -> Value {
        let example = self.example.clone();
        example.unwrap_or_else(|| self.schema.sample())
    }
}

impl Content {
    /// Whether the type is JSON, such as `application/json; charset=utf-8` or
    /// `application/problem+json`.
    pub fn is_json(&self) -> bool {
        let essence = self.media_type.split(';').next().unwrap_or_default().trim();
        essence == "application/json" || essence.ends_with("+json")
    }

    /// A body: the contract's example, or one made from the schema.
    pub fn sample(&self) -> Value {
        let example = self.example.clone();
        example.unwrap_or_else(|| self.schema.sample())
    }

    /// What is wrong with a body of this form; of one that is not JSON, nothing.
    pub fn check(&self, bytes: &[u8]) -> Vec<Problem> {
        if !self.is_json() {
            return Vec::new();
        }
        let problems = self.schema.check_text(bytes).into_iter();
        problems.map(|problem| problem.inside("body")).collect()
    }
}

const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// The operations of a document.
pub(crate) fn read(document: &Arc<Document>) -> Result<Vec<Operation>, String> {
    let mut operations = Vec::new();
    let mut ids = HashSet::new();
    for (path, item) in document.members(&document.value, "paths") {
        let methods = item.as_object().into_iter().flatten();
        for (name, operation) in methods.filter(|(name, _)| METHODS.contains(&name.as_str())) {
            let operation = read_operation(document, path, name, item, operation)?;
            if !ids.insert(operation.id.clone()) {
                let (path, id) = (shown(path, MAX_NAME), operation.id);
                let label = format!("{} {path}", operation.method);
                return Err(format!("{label}: another operation is called `{id}` too"));
            }
            operations.push(operation);
        }
    }
    Ok(operations)
}

fn read_operation(
    document: &Arc<Document>,
    path: &str,
    method: &str,
    item: &Value,
    operation: &Value,
) -> Result<Operation, String> {
    let method = method.to_uppercase();
    let label = format!("{method} {}", shown(path, MAX_NAME));
    let id = text(operation, "operationId")
        .ok_or_else(|| format!("{label} has no `operationId` in the contract"))?;
    let body = operation
        .get("requestBody")
        .and_then(|body| document.resolve(body))
        .map(|body| Body {
            required: flag(body, "required"),
            description: text(body, "description"),
            contents: contents(document, body, Direction::Sent),
        });
    let answers = document
        .members(operation, "responses")
        .filter_map(|(status, answer)| read_answer(document, status, answer))
        .collect();
    let security =
        security::read(document, operation).map_err(|problem| format!("{label}: {problem}"))?;
    Ok(Operation {
        id,
        method: Method::from_bytes(method.as_bytes()).map_err(|error| error.to_string())?,
        path: path.to_string(),
        summary: text(operation, "summary"),
        description: text(operation, "description"),
        parameters: read_parameters(document, path, item, operation)
            .map_err(|problem| format!("{label}: {problem}"))?,
        body,
        answers,
        security: security.scheme,
        security_is_optional: security.optional,
    })
}

fn read_answer(document: &Arc<Document>, status: &str, answer: &Value) -> Option<Answer> {
    let status = match status.as_bytes() {
        b"default" => Status::Default,
        [class @ b'1'..=b'5', b'X', b'X'] => Status::Class(u16::from(class - b'0')),
        _ => Status::Code(status.parse().ok()?),
    };
    let headers = document.members(answer, "headers").map(|(name, header)| {
        let schema = header.get("schema").unwrap_or(&Value::Null);
        Header {
            name: name.to_string(),
            required: flag(header, "required"),
            schema: Schema::new(document, schema, Direction::Answered),
            example: example(document, header),
        }
    });
    Some(Answer {
        status,
        description: text(answer, "description"),
        headers: headers.collect(),
        contents: contents(document, answer, Direction::Answered),
        not_found: text(answer, "x-not-found"),
    })
}

fn contents(document: &Arc<Document>, owner: &Value, direction: Direction) -> Vec<Content> {
    let contents = document.members(owner, "content").map(|(name, content)| {
        let schema = content.get("schema").unwrap_or(&Value::Null);
        Content {
            media_type: name.to_string(),
            schema: Schema::new(document, schema, direction),
            example: example(document, content),
        }
    });
    contents.collect()
}

/// The example of a parameter, header or body: the one, or the first of several.
fn example(document: &Document, owner: &Value) -> Option<Value> {
    let several = || {
        let (_, first) = document.members(owner, "examples").next()?;
        first.get("value")
    };
    owner.get("example").or_else(several).cloned()
}

/// The operation's parameters and those of its path, which it may replace.
fn read_parameters(
    document: &Arc<Document>,
    path: &str,
    item: &Value,
    operation: &Value,
) -> Result<Vec<Parameter>, String> {
    let mut parameters: Vec<Parameter> = Vec::new();
    let mut known = HashMap::new();
    for owner in [item, operation] {
        let listed = owner.get("parameters").and_then(Value::as_array);
        for parameter in listed.into_iter().flatten() {
            let parameter = document
                .resolve(parameter)
                .ok_or("a parameter's `$ref` leads to nothing")?;
            let parameter = read_parameter(document, parameter)?;
            let last = parameters.len();
            match known.entry((parameter.name.clone(), parameter.location)) {
                Entry::Occupied(same) => parameters[*same.get()] = parameter,
                Entry::Vacant(new) => {
                    new.insert(last);
                    parameters.push(parameter);
                }
            }
        }
    }
    let place = |parameter: &Parameter| match parameter.location {
        Location::Path => path
            .find(&format!("{{{}}}", parameter.name))
            .unwrap_or(path.len()),
        _ => usize::MAX,
    };
    parameters.sort_by_cached_key(place);
    let mut names: HashMap<String, usize> = HashMap::new();
    for (name, _) in known.into_keys() {
        *names.entry(name).or_default() += 1;
    }
    for parameter in &mut parameters {
        if names[&parameter.name] > 1 {
            parameter.key = format!("{}-{}", parameter.location.name(), parameter.name);
        }
    }
    Ok(parameters)
}

fn read_parameter(document: &Arc<Document>, parameter: &Value) -> Result<Parameter, String> {
    let name = text(parameter, "name").ok_or("a parameter has no `name`")?;
    let location = match text(parameter, "in").as_deref() {
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
    let schema = parameter.get("schema").unwrap_or(&Value::Null);
    Ok(Parameter {
        key: name.clone(),
        name,
        location,
        required: flag(parameter, "required") || location == Location::Path,
        description: text(parameter, "description"),
        schema: Schema::new(document, schema, Direction::Sent),
        example: example(document, parameter),
        identifies: text(parameter, "x-identifies"),
    })
}

impl Location {
    /// What people call it: `path`, `query`, `header` or `cookie`.
    pub fn name(self) -> &'static str {
        match self {
            Location::Path => "path",
            Location::Query => "query",
            Location::Header => "header",
            Location::Cookie => "cookie",
        }
    }
}
