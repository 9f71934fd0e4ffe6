//! Names: two things of the contract must not become one in Rust.

use std::collections::HashMap;

use crate::naming;
use crate::transform;
use openapi_document::{Diagnostic, Example, Place, Rule, Severity::Error};
use openapi_lint::{Subject, suggested_id};

/// The client's own methods, which an operation can't be called; a test compares them with the
/// client's. Those that begin with `with_` are refused as a whole.
pub const RESERVED_METHODS: [&str; 11] = [
    "base_url",
    "builder",
    "call",
    "clone",
    "from_env",
    "from_settings",
    "from_variables",
    "new",
    "request",
    "request_download",
    "with",
];

/// What generated code calls by these names must not be a component.
const RESERVED_TYPES: [&str; 6] = ["Deserialize", "Err", "None", "Ok", "Some", "String"];

/// A name that can't be one in Rust.
pub static NAME: Rule = Rule {
    code: "codegen::name",
    severity: Error,
    summary: "a name is taken in Rust",
    docs: "Names of the contract become names of Rust: operations methods, components types, in \
           Rust's way of writing. Two that differ only in capitals or `-` become one (`NoteId`, \
           `noteId`), and a few are taken by the client's own methods (`new`, `request`, `with_…`). \
           Parameters, properties and values never collide: each gets a name.",
    example: Some(Example {
        instead_of: "operationId: replace_note",
        wrong: "operationId: «new»",
        right: "operationId: update_note",
    }),
};

/// Names given so far in one scope of Rust: what each stands for, and where.
#[derive(Default)]
struct Scope(HashMap<String, (String, Place)>);

impl Scope {
    /// Takes a name for `what`; tells if something else has it already.
    fn claim(&mut self, rust: String, what: String, place: Place) -> Option<Diagnostic> {
        match self.0.get(&rust) {
            None => {
                self.0.insert(rust, (what, place));
                None
            }
            Some((other, first)) => Some(
                NAME.told(format!("{what} and {other} would both be `{rust}` in Rust"))
                    .at(place)
                    .and(first.clone(), "the other one")
                    .help("rename one of the two, or leave one out"),
            ),
        }
    }
}

/// Components, the types named after where they stand, and parameter structs share one module.
pub fn types(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let contract = subject.contract;
    let types = transform::types(&contract.document);
    let mut scope = Scope::default();
    let mut found = Vec::new();
    for operation in &subject.operations {
        let id = operation.id();
        // Also where an operation has no optional parameter yet: adding one must be possible.
        let at = operation.at.pointer.child("operationId");
        let what = format!("the struct for the optional parameters of `{id}`");
        // Two operations that are one method are told by the rule for methods.
        scope.claim(naming::params(id), what, contract.value(&at));
    }
    for named in &types {
        let place = contract.key(&named.pointer);
        let what = match named.pointer.parts() {
            [_, _, _] => format!("the component `{}`", named.name),
            [paths, path, method, _] if paths == "paths" => {
                format!(
                    "the success of {} {path}, which depends on its status,",
                    method.to_uppercase()
                )
            }
            [paths, path, method, ..] if paths == "paths" => {
                format!("a schema in {} {path}", method.to_uppercase())
            }
            [_, _, name, ..] => format!("a schema in `{name}`"),
            _ => format!("the schema `{}`", named.name),
        };
        let rust = naming::pascal(&named.name);
        if RESERVED_TYPES.contains(&rust.as_str()) {
            found.push(
                NAME.told(format!(
                    "{what} would be `{rust}` in Rust, where this name means something else"
                ))
                .at(place)
                .help("name it after what it holds: `LeadName`, `CallOutcome`"),
            );
            continue;
        }
        found.extend(scope.claim(rust, what, place));
    }
    found
}

/// Operations become methods of the client, which has some of its own.
pub fn methods(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let contract = subject.contract;
    let mut scope = Scope::default();
    let mut found = Vec::new();
    for operation in &subject.operations {
        let id = operation.id();
        let place = contract.value(&operation.at.pointer.child("operationId"));
        if !id.chars().any(char::is_alphanumeric) {
            found.push(
                NAME.told(format!("`{id}` gives no method name"))
                    .at(place)
                    .help(format!("write `operationId: {}`", suggested_id(operation))),
            );
            continue;
        }
        let method = naming::snake(id);
        if RESERVED_METHODS.contains(&method.as_str()) || method.starts_with("with_") {
            found.push(
                NAME.told(format!("`{method}` is a method of the client itself"))
                    .at(place)
                    .help(
                        "name the operation after what it does to what: `get_lead`, `create_note`",
                    ),
            );
            continue;
        }
        let collision = scope.claim(method, format!("the operation `{id}`"), place.clone());
        let collision = collision.or_else(|| {
            let what = format!("the operation `{id}` with its optional parameters");
            scope.claim(naming::with_params(id), what, place.clone())
        });
        let pages = || operation.pagination();
        found.extend(collision.or_else(|| {
            let what = format!("the stream of the pages of `{id}`");
            pages().and_then(|_| scope.claim(naming::stream(id), what, place))
        }));
    }
    found
}
