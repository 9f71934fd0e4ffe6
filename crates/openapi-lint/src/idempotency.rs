//! `x-idempotency-key`: it stands on a header that a fresh UUID fits, where a repeated call does harm.

use std::collections::{BTreeMap, HashSet};

use serde_json::Value;

use super::Subject;
use super::compared::{Compared, lists_values};
use openapi_document::extensions::IDEMPOTENCY_KEY;
use openapi_document::keywords::Kind;
use openapi_document::objects::Item;
use openapi_document::operation::{Located, Operation};
use openapi_document::{
    Diagnostic, Example, Pointer, Rule,
    Severity::{Error, Warning},
};

/// A key that the client can't fill in.
pub static PLACEMENT: Rule = Rule {
    code: "codegen::idempotency-key",
    severity: Error,
    summary: "`x-idempotency-key` marks no header that the client can fill in",
    docs: "`x-idempotency-key: true` on a header parameter says that the service carries out a call \
           once, however often it gets it with the same value. The client sends a fresh UUID with each \
           call, the same one with each attempt, and retries calls that it would not repeat otherwise. \
           So the parameter is a `string`, of format `uuid` or of none, and the only one of its \
           operation.",
    example: Some(Example {
        instead_of: "            type: string\n      requestBody:\n",
        wrong: "            type: string\n        - name: Idempotency-Key\n          in: query\n          description: Makes repeating safe.\n          «x-idempotency-key»: true\n          schema:\n            type: string\n      requestBody:\n",
        right: "            type: string\n        - name: Idempotency-Key\n          in: header\n          description: Makes repeating safe.\n          x-idempotency-key: true\n          schema:\n            type: string\n      requestBody:\n",
    }),
};

/// A key of a call that changes nothing.
pub static WITHOUT_EFFECT: Rule = Rule {
    code: "policy::idempotency-key",
    severity: Warning,
    summary: "`x-idempotency-key` marks a header of a call that changes nothing",
    docs: "A GET can be repeated without harm, and is retried in any case. A key adds nothing to it, \
           unless the service asks for one all the same.",
    example: Some(Example {
        instead_of: "        - name: color\n          in: query\n",
        wrong: "        - name: Idempotency-Key\n          in: header\n          description: Makes repeating safe.\n          «x-idempotency-key»: true\n          schema:\n            type: string\n        - name: color\n          in: query\n",
        right: "        - name: color\n          in: query\n",
    }),
};

/// The mark stands on headers that take a UUID, one an operation.
pub fn placement(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let items = subject.items.all();
    let sound = items.filter(|item| !item.is_reference() && subject.is_sound(&item.pointer));
    let mut found: Vec<Diagnostic> = sound.filter_map(|item| misplaced(subject, item)).collect();
    for operation in &subject.operations {
        let marked = marked(subject, operation);
        if let [first, second, ..] = marked.as_slice() {
            let label = operation.label();
            let told = PLACEMENT.told(format!("two headers of {label} are its idempotency key"));
            let contract = subject.contract;
            found.push(
                told.at(contract.key(&second.pointer.child(IDEMPOTENCY_KEY)))
                    .and(
                        contract.key(&first.pointer.child(IDEMPOTENCY_KEY)),
                        "the other one",
                    )
                    .help("mark the one by which the service recognizes a repeated call"),
            );
        }
    }
    found
}

fn misplaced(subject: &Subject<'_>, item: &Item<'_>) -> Option<Diagnostic> {
    let contract = subject.contract;
    let value = item.object.get(IDEMPOTENCY_KEY)?;
    let at = item.pointer.child(IDEMPOTENCY_KEY);
    let place = match (item.kind, item.text("in")) {
        (Kind::Parameter, Some("header")) => None,
        (Kind::Parameter, Some(place)) => Some(format!("{place} parameter")),
        (kind, _) => Some(kind.name().to_string()),
    };
    if let Some(place) = place {
        let told = PLACEMENT.told(format!("`{IDEMPOTENCY_KEY}` has no effect on this {place}"));
        return Some(
            told.at(contract.key(&at))
                .help("put it on the header parameter that makes a repeated call safe"),
        );
    }
    if value != &Value::Bool(true) {
        let told = PLACEMENT.told(format!("`{IDEMPOTENCY_KEY}` is not `true`"));
        return Some(
            told.at(contract.value(&at))
                .help(format!("write `{IDEMPOTENCY_KEY}: true`, or remove it")),
        );
    }
    let schema = Located {
        pointer: item.pointer.child("schema"),
        object: item.object.get("schema")?.as_object()?,
    };
    let found = Compared::of(subject, schema.clone())?;
    let takes_uuids = matches!(found.format.as_deref(), None | Some("uuid"));
    let what = match lists_values(&contract.document, schema) {
        true => "one of a list of values".to_string(),
        false if found.kind == "string" && takes_uuids => return None,
        false => found.to_string(),
    };
    let told = PLACEMENT.told(format!("the header is {what}, which no fresh UUID is"));
    Some(
        told.at(contract.key(&at))
            .and(contract.key(&item.pointer.child("schema")), "its schema")
            .help("describe it as `type: string`, if it takes any text, or with `format: uuid`"),
    )
}

/// The headers of an operation that are its key.
fn marked<'c>(subject: &Subject<'c>, operation: &Operation<'c>) -> Vec<Located<'c>> {
    let parameters = operation.parameters(&subject.contract.document).into_iter();
    let headers = parameters.filter(|parameter| parameter.text("in") == Some("header"));
    headers
        .filter(|parameter| parameter.flag(IDEMPOTENCY_KEY))
        .collect()
}

/// The key is one of a call that does something.
pub fn without_effect(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut of_safe: BTreeMap<Pointer, String> = BTreeMap::new();
    let mut of_others = HashSet::new();
    for operation in &subject.operations {
        for parameter in marked(subject, operation) {
            match operation.method {
                "get" | "head" | "options" | "trace" => {
                    of_safe.insert(parameter.pointer, operation.label());
                }
                _ => _ = of_others.insert(parameter.pointer),
            }
        }
    }
    let alone = of_safe
        .into_iter()
        .filter(|(at, _)| !of_others.contains(at));
    alone
        .map(|(at, label)| {
            WITHOUT_EFFECT
                .told(format!(
                    "{label} changes nothing, so it needs no idempotency key"
                ))
                .at(subject.contract.key(&at.child(IDEMPOTENCY_KEY)))
                .help(format!("remove `{IDEMPOTENCY_KEY}`"))
        })
        .collect()
}
