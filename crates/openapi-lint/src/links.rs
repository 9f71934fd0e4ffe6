//! Links: each leads to an operation that is there.

use super::Subject;
use crate::suggest::nearest;
use openapi_document::Pointer;
use openapi_document::keywords::Kind;
use openapi_document::objects::Item;
use openapi_document::operation::Operation;
use openapi_document::{Diagnostic, Example, Rule, Severity::Error};

/// A link to nothing.
pub static LINK: Rule = Rule {
    code: "spec::link",
    severity: Error,
    summary: "a link leads to no operation",
    docs: "A link names the operation that a response leads to, by `operationId`, or by \
           `operationRef` (`#/paths/~1notes~1{id}/get`), and not by both. The operation must be in \
           the contract.",
    example: Some(Example {
        instead_of: "        '404':\n          description: No such note.\n          x-not-found: NO_SUCH_NOTE\n",
        wrong: "        '404':\n          description: No such note.\n          x-not-found: NO_SUCH_NOTE\n          links: {all: {operationId: «list_note»}}\n",
        right: "        '404':\n          description: No such note.\n          x-not-found: NO_SUCH_NOTE\n          links: {all: {operationId: list_notes}}\n",
    }),
};

/// Links lead to operations.
pub fn links(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let links = subject.items.of(Kind::Link);
    links
        .filter(|link| !link.is_reference() && subject.is_sound(&link.pointer))
        .filter_map(|link| broken(subject, link))
        .collect()
}

fn broken(subject: &Subject<'_>, link: &Item<'_>) -> Option<Diagnostic> {
    let contract = subject.contract;
    let key = |key: &str| contract.key(&link.pointer.child(key));
    let value = |key: &str| contract.value(&link.pointer.child(key));
    match (link.text("operationId"), link.text("operationRef")) {
        (Some(_), Some(_)) => Some(
            LINK.told("`operationRef` beside `operationId`: a link has one of the two")
                .at(key("operationRef"))
                .and(key("operationId"), "the other one")
                .help("keep one of the two"),
        ),
        (None, None) => Some(
            LINK.told("this link names no operation")
                .at(contract.key(&link.pointer))
                .help("add `operationId:` with the operation that it leads to"),
        ),
        (Some(id), None) => {
            let ids = || subject.operations.iter().map(Operation::id);
            if ids().any(|known| known == id) {
                return None;
            }
            let help = match nearest(id, ids()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => "write the `operationId` of an operation of this contract".into(),
            };
            let told = LINK.told(format!("there is no operation `{id}`"));
            Some(told.at(value("operationId")).help(help))
        }
        (None, Some(reference)) => {
            // What isn't in this document can't be looked up.
            let target = Pointer::from_reference(reference)?;
            let mut operations = subject.operations.iter();
            if operations.any(|operation| operation.at.pointer == target) {
                return None;
            }
            let told = LINK.told(format!("there is no operation at `{reference}`"));
            Some(told.at(value("operationRef")).help(
                "write it as `#/paths/~1notes/get`, `~1` for each slash of the path, or use `operationId`",
            ))
        }
    }
}
