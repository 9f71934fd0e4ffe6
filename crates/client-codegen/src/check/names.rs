//! Names: two things of the contract must not become one in Rust.

use std::collections::HashMap;

use crate::naming;
use crate::transform;
use openapi_document::operation::{Located, Operation};
use openapi_document::{Diagnostic, Example, Place, Pointer, Rule, Severity::Error};
use openapi_lint::Subject;
use serde_json::Value;

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

/// A name that can't be one in Rust.
pub static NAME: Rule = Rule {
    code: "codegen::name",
    severity: Error,
    summary: "a name is taken in Rust",
    docs: "Names of the contract become names of Rust: operations methods, components types, in \
           Rust's way of writing. A few are taken by the client's own methods (`new`, `request`, \
           `with_…`), by the method `<operation>_with` and the struct `<Operation>Params` for what \
           need not be given. Types, parameters, properties and values that would be one in Rust \
           never collide: each gets a name.",
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

/// The operations that become methods.
fn generated<'s, 'c>(subject: &'s Subject<'c>) -> impl Iterator<Item = &'s Operation<'c>> {
    let operations = subject.operations.iter();
    operations.filter(|operation| operation.skip_reason().is_none())
}

/// Components and the structs for optional parameters share one module. All other types get a name
/// that none of these has.
pub fn types(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let contract = subject.contract;
    let types = transform::types(&contract.document);
    let components = types.iter().filter(|named| named.is_component());
    let components: HashMap<String, &Pointer> = components
        .map(|named| (naming::pascal(&named.name), &named.pointer))
        .collect();
    let operations = generated(subject);
    let with_params = operations.filter(|operation| has_params(&contract.document, operation));
    with_params
        .filter_map(|operation| {
            let rust = naming::params(operation.id());
            let component = components.get(&rust)?;
            let told = NAME.told(format!(
                "the component `{}` and the struct for the optional parameters of `{}` would both be \
                 `{rust}` in Rust",
                component.last(),
                operation.id()
            ));
            let first = contract.value(&operation.at.pointer.child("operationId"));
            Some(
                told.at(contract.key(component))
                    .and(first, "the operation")
                    .help("rename the component or the operation"),
            )
        })
        .collect()
}

/// Whether an operation takes what need not be given.
fn has_params(document: &Value, operation: &Operation<'_>) -> bool {
    let is_optional = |at: &Located<'_>| !at.flag("required");
    operation.parameters(document).iter().any(is_optional)
        || operation
            .body(document)
            .is_some_and(|body| is_optional(&body))
}

/// Operations become methods of the client, which has some of its own.
pub fn methods(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let contract = subject.contract;
    let mut scope = Scope::default();
    let mut found = Vec::new();
    // The last ones take no name from others; what is wrong with theirs is why they are skipped.
    let skipped = subject
        .operations
        .iter()
        .filter(|operation| operation.skip_reason().is_some());
    for operation in generated(subject).chain(skipped) {
        let id = operation.id();
        let place = contract.value(&operation.at.pointer.child("operationId"));
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
