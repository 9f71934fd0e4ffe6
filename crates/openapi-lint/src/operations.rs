//! Operations: each has a name of its own, and needs nothing that the client can't do.

use std::collections::HashMap;

use heck::ToSnakeCase;

use super::Subject;
use openapi_document::operation::Operation;
use openapi_document::security::{self, Scheme};
use openapi_document::{
    Diagnostic, Example, Rule,
    Severity::{Error, Warning},
    server,
};

/// An operation without a name.
pub static MISSING_ID: Rule = Rule {
    code: "spec::missing-operation-id",
    severity: Warning,
    summary: "an operation has no `operationId`",
    docs: "OpenAPI does not ask for it, but the client's method is called after it, and so is the \
           operation in the sandbox and on the command line. Without it the name is derived from \
           method and path: `get_v1_leads_id` for `GET /v1/leads/{id}`. It changes with the path.",
    example: Some(Example {
        instead_of: "    get:\n      operationId: list_notes\n",
        wrong: "    «get»:\n",
        right: "    get:\n      operationId: list_notes\n",
    }),
};

/// Two operations of one name.
pub static DUPLICATE_ID: Rule = Rule {
    code: "spec::duplicate-operation-id",
    severity: Warning,
    summary: "two operations have the same `operationId`, or one that differs only in its letters",
    docs: "An `operationId` names one operation, and each becomes a method of its own: `getNote` and \
           `get_note` would be the same one. The first by path keeps the name; the method of \
           another one is called after its method and path.",
    example: Some(Example {
        instead_of: "operationId: get_note",
        wrong: "operationId: «list_notes»",
        right: "operationId: get_note",
    }),
};

/// A server of an operation's own that can't be asked.
pub static SERVER: Rule = Rule {
    code: "codegen::server",
    severity: Error,
    summary: "an operation has a server of its own that the client can't ask",
    docs: "An operation or a path can have other servers than the service. The client asks the first \
           of them, if it is an `https` URL, or relative to the service's first server. It can't \
           ask a server of another scheme, or one that is relative to nothing that is known.",
    example: Some(Example {
        instead_of: "    get:\n      operationId: list_notes\n",
        wrong: "    get:\n      servers: [{url: «'wss://other.example'»}]\n      operationId: list_notes\n",
        right: "    get:\n      servers: [{url: 'https://other.example'}]\n      security: [{key: []}]\n      operationId: list_notes\n",
    }),
};

/// A server of an operation's own that gets no key.
pub static WITHHELD_KEY: Rule = Rule {
    code: "codegen::withheld-key",
    severity: Warning,
    summary: "an operation is on another origin and does not say that it gets the key",
    docs: "An operation can have a server on another origin than the service. The client sends the \
           key there only if the operation's own `security` asks for it: what holds for the service \
           as a whole does not hold elsewhere. With a base URL that the caller sets, all calls go \
           there, with the key.",
    example: Some(Example {
        instead_of: "    get:\n      operationId: list_notes\n",
        wrong: "    get:\n      «servers»: [{url: 'https://other.example'}]\n      operationId: list_notes\n",
        right: "    get:\n      servers: [{url: 'https://other.example'}]\n      security: []\n      operationId: list_notes\n",
    }),
};

/// A request with a body that HTTP gives no meaning.
pub static BODY_WITHOUT_MEANING: Rule = Rule {
    code: "spec::request-body",
    severity: Warning,
    summary: "GET and HEAD have no body",
    docs: "HTTP gives the body of a GET or HEAD no meaning, OpenAPI 3.0 ignores it, and proxies drop \
           it. What the request is about belongs into `parameters`.",
    example: Some(Example {
        instead_of: "    get:\n      operationId: list_notes\n",
        wrong: "    get:\n      «requestBody»:\n        required: true\n        content: {application/json: {schema: {$ref: '#/components/schemas/NewNote'}}}\n      operationId: list_notes\n",
        right: "    post:\n      requestBody:\n        required: true\n        content: {application/json: {schema: {$ref: '#/components/schemas/NewNote'}}}\n      operationId: list_notes\n",
    }),
};

/// Another way to write a name.
pub static SNAKE_CASE: Rule = Rule {
    code: "policy::operation-id",
    severity: Warning,
    summary: "an `operationId` is not written in snake_case",
    docs: "Operations are called what they do to what, in small letters with `_` between words: \
           `get_lead`, `list_leads`. The method is then called as the contract says, and so is the \
           operation on the command line.",
    example: Some(Example {
        instead_of: "operationId: list_notes",
        wrong: "operationId: «listNotes»",
        right: "operationId: list_notes",
    }),
};

/// Every operation has an id of its own: it becomes the method's name.
pub fn ids(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let contract = subject.contract;
    let mut found = Vec::new();
    let sound = subject
        .operations
        .iter()
        .filter(|operation| operation.derived_id.is_none());
    let named: HashMap<String, &Operation<'_>> = sound
        .map(|operation| (operation.id().to_snake_case(), operation))
        .collect();
    for operation in &subject.operations {
        if !subject.is_sound(&operation.at.pointer) {
            continue;
        }
        let key = contract.key(&operation.at.pointer);
        let at = operation.at.pointer.child("operationId");
        let called_after_path = format!(
            "the client's method is called `{}`, after method and path",
            operation.id()
        );
        let suggested = || format!("add `operationId: {}`", suggested_id(operation));
        match operation.declared_id() {
            None => found.push(
                MISSING_ID
                    .told(format!("{} has no `operationId`", operation.label()))
                    .at(key)
                    .help(format!("{called_after_path}; to name it, {}", suggested())),
            ),
            Some(id) if operation.derived_id.is_some() => {
                let Some(first) = named.get(&id.to_snake_case()) else {
                    let told = MISSING_ID.told(format!("`{id}` gives no name"));
                    let help = format!("{called_after_path}; to name it, {}", suggested());
                    found.push(told.at(contract.value(&at)).help(help));
                    continue;
                };
                let message = match first.id() == id {
                    true => format!("two operations are called `{id}`"),
                    false => format!("`{id}` and `{}` would be one method", first.id()),
                };
                let other = contract.value(&first.at.pointer.child("operationId"));
                found.push(
                    DUPLICATE_ID
                        .told(message)
                        .at(contract.value(&at))
                        .and(other, "the other one")
                        .help(format!(
                            "{called_after_path}; give the operation an id of its own"
                        )),
                );
            }
            Some(_) => {}
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
    format!("{verb}_{noun}").to_snake_case()
}

/// Operations are called in small letters.
pub fn snake_case(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let is_snake = |id: &str| {
        let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
        id.bytes().all(allowed) && id.starts_with(|c: char| c.is_ascii_lowercase())
    };
    let operations = subject.operations.iter();
    operations
        .filter_map(|operation| {
            let id = operation.declared_id().filter(|id| !is_snake(id))?;
            let at = operation.at.pointer.child("operationId");
            let snake = id.to_snake_case();
            id.contains(char::is_alphanumeric).then(|| {
                SNAKE_CASE
                    .told(format!("`{id}` is not in snake_case"))
                    .at(subject.contract.value(&at))
                    .help(format!("write `{snake}`"))
            })
        })
        .collect()
}

/// A request that has no body in HTTP has none here.
pub fn bodies_without_meaning(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let operations = subject.operations.iter();
    operations
        .filter(|operation| matches!(operation.method, "get" | "head"))
        .filter(|operation| operation.at.object.contains_key("requestBody"))
        .map(|operation| {
            let method = operation.method.to_uppercase();
            BODY_WITHOUT_MEANING
                .told(format!("the body of a {method} means nothing"))
                .at(subject
                    .contract
                    .key(&operation.at.pointer.child("requestBody")))
                .help("describe what it holds in `parameters`, or make it a `post`")
        })
        .collect()
}

/// Servers of operations can be asked, and it is said whether they get the key.
pub fn servers(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let contract = subject.contract;
    let document = &contract.document;
    let service = server::url(document);
    let told = |operation: &Operation<'_>| {
        let holder = [&operation.at, &operation.item].into_iter();
        let mut holder = holder.filter(|at| at.object.contains_key("servers"));
        let servers = holder.next()?.pointer.child("servers");
        match server::own(document, operation, service.as_deref())? {
            server::Own::Unusable(url) => Some(
                SERVER
                    .told(format!("the client can't ask `{url}`"))
                    .at(contract.value(&servers.child(0).child("url")))
                    .help(
                        "write an `https` URL, or name an absolute one in the document's `servers`",
                    ),
            ),
            server::Own::Url { url, foreign: true } => {
                let is_silent = !operation.at.object.contains_key("security");
                let of_all = security::of_document(document);
                let gets_none = is_silent && of_all.is_some_and(|scheme| scheme != Scheme::None);
                let message = format!("the key is not sent to `{url}`, which is on another origin");
                let help = "say in the operation's own `security` what is sent there; `security: []` if nothing is";
                let told = || {
                    WITHHELD_KEY
                        .told(message)
                        .at(contract.key(&servers))
                        .help(help)
                };
                gets_none.then(told)
            }
            server::Own::Url { .. } => None,
        }
    };
    subject.operations.iter().filter_map(told).collect()
}
