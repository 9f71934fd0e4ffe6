//! Names: two things of the contract must not become one in Rust.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use serde_json::Value;

use super::Subject;
use super::grammar::Kind;
use super::structure::Item;
use crate::diagnostics::Diagnostic;
use crate::load::Pointer;
use crate::naming;
use crate::spec::{self, Located};
use crate::transform::{self, compose};

/// The client's own methods, which an operation can't be called; a test compares them with the
/// client's. Those that begin with `with_` are refused as a whole.
pub const RESERVED_METHODS: [&str; 10] = [
    "base_url",
    "builder",
    "call",
    "clone",
    "from_env",
    "from_settings",
    "from_variables",
    "new",
    "request",
    "with",
];

/// What generated code calls by these names must not be a component.
const RESERVED_TYPES: [&str; 6] = ["Deserialize", "Err", "None", "Ok", "Some", "String"];

/// Names given so far in one scope of Rust: what each stands for, and where.
#[derive(Default)]
struct Scope(HashMap<String, (String, Range<usize>)>);

impl Scope {
    /// Takes a name for `what`; tells if something else has it already.
    fn claim(&mut self, rust: String, what: String, span: Range<usize>) -> Option<Diagnostic> {
        match self.0.get(&rust) {
            None => {
                self.0.insert(rust, (what, span));
                None
            }
            Some((other, first)) => Some(
                Diagnostic::error(
                    "codegen::name",
                    format!("{what} and {other} would both be `{rust}` in Rust"),
                )
                .at(span)
                .and(first.clone(), "the other one")
                .help("rename one of the two, or leave one out"),
            ),
        }
    }
}

/// Properties of one object become fields of one struct, also if it is a sum of several.
pub fn properties(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let contract = subject.contract;
    let mut found: Vec<Diagnostic> = Vec::new();
    let sent = transform::sent_only(&contract.document);
    for item in subject.items.of(Kind::Schema) {
        // What only refers to another is looked at there.
        if item.object.contains_key("$ref") || compose::is_annotated_reference(item.object) {
            continue;
        }
        // What can't be summed up has been told already.
        let Ok(sum) = compose::merge(&contract.document, item.object) else {
            continue;
        };
        let open = match sum.get("additionalProperties") {
            None => !sent.contains(&item.pointer),
            Some(more) => more != &Value::Bool(false),
        };
        let mut scope = Scope::default();
        for (name, at) in places(&contract.document, item) {
            let rust = naming::field(name);
            let span = contract.key_span(&at);
            if rust == "extra" && open {
                found.push(
                    Diagnostic::error(
                        "codegen::name",
                        format!("`{name}` is where unknown fields are kept in Rust"),
                    )
                    .at(span)
                    .help("a property can't be called so in an open object; leave it out: it is then found in `extra`"),
                );
                continue;
            }
            found.extend(scope.claim(rust, format!("the property `{name}`"), span));
        }
    }
    // What a part says wrong, each sum that it is in would tell again.
    let mut told = HashSet::new();
    found.retain(|diagnostic| told.insert(diagnostic.span.clone()));
    found
}

/// The properties of an object and of the parts it is the sum of, each where it stands first.
fn places<'c>(document: &'c Value, item: &Item<'c>) -> Vec<(&'c str, Pointer)> {
    let mut found: Vec<(&str, Pointer)> = Vec::new();
    let mut seen = HashSet::new();
    let mut waiting = vec![Located {
        pointer: item.pointer.clone(),
        object: item.object,
    }];
    while let Some(at) = waiting.pop() {
        let Some(at) = spec::resolve(document, at) else {
            continue;
        };
        if !seen.insert(at.pointer.clone()) {
            continue;
        }
        for (name, property) in at.children("properties") {
            if found.iter().all(|(known, _)| *known != name) {
                found.push((name, property.pointer));
            }
        }
        let parts = at.object.get("allOf").and_then(Value::as_array);
        let parts = parts.map(Vec::as_slice).unwrap_or_default();
        // The last goes in first, so that the parts are looked at in their order.
        for (index, part) in parts.iter().enumerate().rev() {
            waiting.extend(part.as_object().map(|object| Located {
                pointer: at.pointer.child("allOf").child(index),
                object,
            }));
        }
    }
    found
}

/// Values of an enum become variants of one Rust enum.
pub fn enums(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let contract = subject.contract;
    let mut found = Vec::new();
    for item in subject.items.of(Kind::Schema) {
        let Some(Value::Array(values)) = item.object.get("enum") else {
            continue;
        };
        let at = item.pointer.child("enum");
        let mut scope = Scope::default();
        for (index, value) in values.iter().enumerate() {
            let span = contract.value_span(&at.child(index));
            match (value, item.object.get("type").and_then(Value::as_str)) {
                (Value::String(text), _) => {
                    let what = format!("the value `{text}`");
                    found.extend(scope.claim(naming::pascal(text), what, span));
                }
                (Value::Null, _) => {}
                (_, Some("string") | None) => found.push(
                    Diagnostic::error(
                        "spec::enum",
                        format!("`{value}` is no text, as its type says"),
                    )
                    .at(span)
                    .help(format!(
                        "quote it: '{}'",
                        contract.written(&at.child(index))
                    )),
                ),
                _ => {}
            }
        }
    }
    found
}

/// Components, the types named after where they stand, and parameter structs share one module.
pub fn types(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let contract = subject.contract;
    let mut scope = Scope::default();
    let mut found = Vec::new();
    for operation in &subject.operations {
        let Some(id) = operation.id() else { continue };
        // Also where an operation has no optional parameter yet: adding one must be possible.
        let at = operation.at.pointer.child("operationId");
        let what = format!("the struct for the optional parameters of `{id}`");
        // Two operations that are one method are told by the rule for methods.
        scope.claim(naming::params(id), what, contract.value_span(&at));
    }
    for named in transform::type_names(&contract.document) {
        let span = contract.key_span(&named.pointer);
        let what = match named.pointer.parts() {
            [_, _, _] => format!("the component `{}`", named.name),
            [paths, path, method, ..] if paths == "paths" => {
                format!("a schema in {} {path}", method.to_uppercase())
            }
            [_, _, name, ..] => format!("a schema in `{name}`"),
            _ => format!("the schema `{}`", named.name),
        };
        let rust = naming::pascal(&named.name);
        if RESERVED_TYPES.contains(&rust.as_str()) {
            found.push(
                Diagnostic::error(
                    "codegen::name",
                    format!(
                        "{what} would be `{rust}` in Rust, where this name means something else"
                    ),
                )
                .at(span)
                .help("name it after what it holds: `LeadName`, `CallOutcome`"),
            );
            continue;
        }
        found.extend(scope.claim(rust, what, span));
    }
    found
}

/// Operations become methods of the client, which has some of its own.
pub fn methods(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let contract = subject.contract;
    let mut scope = Scope::default();
    let mut found = Vec::new();
    for operation in &subject.operations {
        let Some(id) = operation.id() else { continue };
        let span = contract.value_span(&operation.at.pointer.child("operationId"));
        let method = naming::snake(id);
        if RESERVED_METHODS.contains(&method.as_str()) || method.starts_with("with_") {
            found.push(
                Diagnostic::error(
                    "codegen::name",
                    format!("`{method}` is a method of the client itself"),
                )
                .at(span)
                .help("name the operation after what it does to what: `get_lead`, `create_note`"),
            );
            continue;
        }
        let collision = scope.claim(method, format!("the operation `{id}`"), span.clone());
        found.extend(collision.or_else(|| {
            let what = format!("the operation `{id}` with its optional parameters");
            scope.claim(naming::with_params(id), what, span)
        }));
    }
    found
}

/// Parameters of one operation become its arguments, and its body the argument `body`.
pub fn arguments(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let contract = subject.contract;
    let mut found = Vec::new();
    for operation in &subject.operations {
        let mut scope = Scope::default();
        if let Some(body) = operation.body(&contract.document) {
            scope.claim(
                "body".into(),
                "the body".into(),
                contract.key_span(&body.pointer),
            );
        }
        for parameter in operation.parameters(&contract.document) {
            let Some(name) = parameter.text("name") else {
                continue;
            };
            let span = contract.value_span(&parameter.pointer.child("name"));
            let rust = naming::snake(name);
            if matches!(rust.as_str(), "params" | "new" | "default") {
                found.push(
                    Diagnostic::error(
                        "codegen::name",
                        format!("a parameter can't be called `{rust}` in Rust"),
                    )
                    .at(span)
                    .help("the generated methods need this name; the client can't send such a parameter yet"),
                );
                continue;
            }
            found.extend(scope.claim(rust, format!("the parameter `{name}`"), span));
        }
    }
    found
}
