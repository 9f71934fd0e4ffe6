//! `x-not-found`: the code that means "not found" stands on a response of status 404.

use std::collections::HashMap;

use serde_json::Value;

use super::Subject;
use openapi_document::Pointer;
use openapi_document::extensions::{NOT_FOUND, NOT_FOUND_STATUS};
use openapi_document::keywords::Kind;
use openapi_document::objects::Item;
use openapi_document::operation::{Located, Operation};
use openapi_document::{
    Diagnostic, Example, Rule,
    Severity::{Error, Warning},
};

/// A code that has no effect.
pub static PLACEMENT: Rule = Rule {
    code: "codegen::not-found",
    severity: Error,
    summary: "`x-not-found` stands where it has no effect, or names no code",
    docs: "`x-not-found: CODE` says which `code` in the body of an error means that there is no such \
           thing; the client then calls that error \"not found\". It stands on a response under \
           `'404'`, or on a component that is used under `'404'` alone: with any other status, an \
           error with this code is an error like others.",
    example: Some(Example {
        instead_of: "        '404':\n          description: No such note.\n          x-not-found: NO_SUCH_NOTE\n",
        wrong: "        '404':\n          description: No such note.\n          x-not-found: NO_SUCH_NOTE\n        '410':\n          description: Gone.\n          «x-not-found»: GONE\n",
        right: "        '404':\n          description: No such note.\n          x-not-found: NO_SUCH_NOTE\n        '410':\n          description: Gone.\n",
    }),
};

/// A 404 that may mean anything.
pub static UNMARKED: Rule = Rule {
    code: "policy::not-found",
    severity: Warning,
    summary: "a response of status 404 does not say which code means \"not found\"",
    docs: "A wrong base URL, or a proxy in between, answers 404 as well. Only the `code` in the body \
           tells that the service knows of no such thing, so the client calls nothing \"not found\" \
           until the contract names that code: `x-not-found: CODE` on the response.",
    example: Some(Example {
        instead_of: "        '404':\n          description: No such note.\n          x-not-found: NO_SUCH_NOTE\n",
        wrong: "        «'404'»:\n          description: No such note.\n",
        right: "        '404':\n          description: Missing.\n          x-not-found: NO_SUCH_NOTE\n",
    }),
};

/// A response in use by an operation, references followed.
struct Used<'s, 'c> {
    operation: &'s Operation<'c>,
    status: &'c str,
    response: Located<'c>,
}

impl Used<'_, '_> {
    /// Where the operation lists it.
    fn listed_at(&self) -> Pointer {
        let responses = self.operation.at.pointer.child("responses");
        responses.child(self.status)
    }
}

fn used<'s, 'c>(subject: &'s Subject<'c>) -> Vec<Used<'s, 'c>> {
    let of_operation = |operation: &'s Operation<'c>| {
        let responses = operation.responses(&subject.contract.document);
        responses.into_iter().map(move |(status, response)| Used {
            operation,
            status,
            response,
        })
    };
    let all = subject.operations.iter().flat_map(of_operation);
    all.filter(|used| {
        subject.is_sound(&used.listed_at()) && subject.is_sound(&used.response.pointer)
    })
    .collect()
}

/// The code stands where it acts, and says something.
pub fn placement(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let used = used(subject).into_iter();
    let elsewhere = used.filter(|used| used.status != NOT_FOUND_STATUS);
    let elsewhere: HashMap<Pointer, Used<'_, '_>> = elsewhere
        .map(|used| (used.response.pointer.clone(), used))
        .collect();
    let items = subject.items.all();
    let marked = items.filter(|item| !item.is_reference() && subject.is_sound(&item.pointer));
    let on_objects = marked.filter_map(|item| misplaced(subject, &elsewhere, item));
    on_objects.chain(on_lists(subject)).collect()
}

/// `elsewhere` are the responses that are used under another status than 404.
fn misplaced(
    subject: &Subject<'_>,
    elsewhere: &HashMap<Pointer, Used<'_, '_>>,
    item: &Item<'_>,
) -> Option<Diagnostic> {
    let contract = subject.contract;
    let value = item.object.get(NOT_FOUND)?;
    let at = item.pointer.child(NOT_FOUND);
    if value.as_str().is_none_or(|code| code.trim().is_empty()) {
        let told = PLACEMENT.told(format!("`{NOT_FOUND}` names no code"));
        return Some(
            told.at(contract.value(&at))
                .help(format!("write it like `{NOT_FOUND}: NOT_FOUND`")),
        );
    }
    if item.kind != Kind::Response {
        return Some(without_effect(subject, &at, item.kind.name()));
    }
    let elsewhere = elsewhere.get(&item.pointer)?;
    if elsewhere.listed_at() == item.pointer {
        let of_status = format!("response of status {}", elsewhere.status);
        return Some(without_effect(subject, &at, &of_status));
    }
    let told = PLACEMENT.told(format!(
        "this response is used under `{}`, where `{NOT_FOUND}` has no effect",
        elsewhere.status
    ));
    Some(
        told.at(contract.key(&at))
            .and(contract.key(&elsewhere.listed_at()), "it is used here")
            .help(format!(
                "describe the response under `'{NOT_FOUND_STATUS}'` as a component of its own"
            )),
    )
}

/// Beside the statuses of an operation, one level too far out.
fn on_lists(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let operations = subject.operations.iter();
    let lists = operations.filter_map(|operation| operation.at.child("responses"));
    lists
        .filter(|list| list.object.contains_key(NOT_FOUND))
        .map(|list| without_effect(subject, &list.pointer.child(NOT_FOUND), "list of responses"))
        .collect()
}

fn without_effect(subject: &Subject<'_>, at: &Pointer, place: &str) -> Diagnostic {
    PLACEMENT
        .told(format!("`{NOT_FOUND}` has no effect on this {place}"))
        .at(subject.contract.key(at))
        .help(format!(
            "put it on the response under `'{NOT_FOUND_STATUS}'`"
        ))
}

/// Each response of status 404 names its code.
pub fn unmarked(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let misplaced = placement(subject);
    let is_misplaced_in = |around: &Pointer| {
        let mut places = misplaced.iter().filter_map(|found| found.pointer.as_ref());
        places.any(|place| place.starts_with(around))
    };
    used(subject)
        .into_iter()
        .filter(|used| used.status == NOT_FOUND_STATUS)
        .filter(|used| !used.response.object.contains_key(NOT_FOUND))
        .filter(|used| !is_misplaced_in(&used.operation.item.pointer))
        .map(|used| {
            UNMARKED
                .told("this response does not say which code means \"not found\"")
                .at(subject.contract.key(&used.response.pointer))
                .help(format!(
                    "add `{NOT_FOUND}:` with the `code` of the error{}",
                    example_code(&used.response)
                ))
        })
        .collect()
}

/// The code in the response's example, as what is probably meant.
fn example_code(response: &Located<'_>) -> String {
    let content = openapi_document::operation::json_content(response);
    let code = content.and_then(|media| media.object.get("example")?.get("code").cloned());
    match code {
        Some(Value::String(code)) => format!(", such as `{code}` in its example"),
        _ => String::new(),
    }
}
