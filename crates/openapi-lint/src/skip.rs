//! `x-codegen-skip`: operations that stay described though no method is generated for them.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde_json::Value;

use super::Subject;
use super::extensions::EXTENSIONS;
use super::subject::targets;
use openapi_document::extensions::CODEGEN_SKIP;
use openapi_document::keywords::Kind;
use openapi_document::operation::{Operation, operations};
use openapi_document::{Contract, Pointer};
use openapi_document::{
    Diagnostic, Example, Rule,
    Severity::{Error, Warning},
};

/// A reason that is missing, or a place where it has no effect.
pub static PLACEMENT: Rule = Rule {
    code: "codegen::skip",
    severity: Error,
    summary: "`x-codegen-skip` gives no reason, or does not stand on an operation",
    docs: "`x-codegen-skip: REASON` on an operation leaves it out of the client, while it stays \
           described and the sandbox serves it. The reason is for those who look for the method.",
    example: Some(Example {
        instead_of: "      operationId: list_notes\n",
        wrong: "      operationId: list_notes\n      x-codegen-skip: «true»\n",
        right: "      operationId: list_notes\n",
    }),
};

/// An operation that is left out for no reason.
pub static UNNEEDED: Rule = Rule {
    code: "codegen::unneeded-skip",
    severity: Warning,
    summary: "an operation with `x-codegen-skip` could be generated",
    docs: "Without `x-codegen-skip`, the client would have a method for this operation. Remove it, \
           unless the method is not wanted.",
    example: Some(Example {
        instead_of: "      operationId: list_notes\n",
        wrong: "      operationId: list_notes\n      «x-codegen-skip»: not yet public\n",
        right: "      operationId: list_notes\n",
    }),
};

/// The extension stands on operations, with a reason.
pub fn placement(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let contract = subject.contract;
    let items = subject.items.all();
    let marked = items.filter_map(|item| Some((item, item.object.get(CODEGEN_SKIP)?)));
    marked
        .filter_map(|(item, reason)| {
            let at = item.pointer.child(CODEGEN_SKIP);
            if item.kind != Kind::Operation {
                let told = format!(
                    "`{CODEGEN_SKIP}` has no effect on this {}",
                    item.kind.name()
                );
                return Some(
                    PLACEMENT
                        .told(told)
                        .at(contract.key(&at))
                        .help("put it on the operation that should not be generated"),
                );
            }
            let is_reason = reason.as_str().is_some_and(|text| !text.trim().is_empty());
            (!is_reason).then(|| {
                PLACEMENT
                    .told(format!("`{CODEGEN_SKIP}` gives no reason"))
                    .at(contract.value(&at))
                    .help(format!("write it like `{CODEGEN_SKIP}: the body is XML`"))
            })
        })
        .collect()
}

/// Which operations are left out, and what only they are made of.
pub struct Skips {
    operations: Vec<Pointer>,
    /// The operations that share each path item or component, if all are left out.
    shared: HashMap<Pointer, Vec<Pointer>>,
    /// Those that could not be generated.
    needed: BTreeSet<Pointer>,
}

impl Skips {
    /// Looks for the operations that a contract leaves out.
    pub fn of(contract: &Contract) -> Skips {
        let document = &contract.document;
        let (skipped, generated): (Vec<_>, Vec<_>) = operations(document)
            .into_iter()
            .partition(|operation| operation.skip_reason().is_some());
        let mut shared: HashMap<Pointer, Vec<Pointer>> = HashMap::new();
        for operation in &skipped {
            for part in shared_parts(document, operation) {
                let owners = shared.entry(part).or_default();
                owners.push(operation.at.pointer.clone());
            }
        }
        if !skipped.is_empty() {
            let kept = generated.iter();
            for part in kept.flat_map(|operation| shared_parts(document, operation)) {
                shared.remove(&part);
            }
        }
        Skips {
            operations: skipped
                .into_iter()
                .map(|skipped| skipped.at.pointer)
                .collect(),
            shared,
            needed: BTreeSet::new(),
        }
    }

    /// Leaves out what only the generator minds about operations that are left out, and says of
    /// others that they can be.
    pub fn apply(&mut self, found: &mut Vec<Diagnostic>) {
        found.retain_mut(|found| {
            let Some(at) = found.pointer.as_deref().filter(|_| is_of_generator(found)) else {
                return true;
            };
            let within = self
                .operations
                .iter()
                .find(|skipped| at.starts_with(skipped));
            let owners = match within {
                Some(skipped) => std::slice::from_ref(skipped),
                None => self.shared.get(&part(at)).map_or(&[][..], Vec::as_slice),
            };
            if found.is_error() {
                self.needed.extend(owners.iter().cloned());
            }
            let is_kept = owners.is_empty();
            if found.is_error() && is_of_operation(at) {
                let help = found.help.take().unwrap_or_default();
                let hint =
                    "or keep the operation described and set `x-codegen-skip: <reason>` on it";
                found.help = Some(format!("{help}; {hint}").into());
            }
            is_kept
        });
    }

    /// The operations that could be generated after all.
    pub fn unneeded(&self, contract: &Contract) -> Vec<Diagnostic> {
        let operations = self.operations.iter();
        let unneeded = operations.filter(|operation| !self.needed.contains(operation));
        unneeded
            .map(|operation| {
                UNNEEDED
                    .told("this operation could be generated")
                    .at(contract.key(&operation.child(CODEGEN_SKIP)))
                    .help(format!("remove `{CODEGEN_SKIP}`"))
            })
            .collect()
    }
}

/// Whether only the generator minds, and not because of a mark for it.
fn is_of_generator(found: &Diagnostic) -> bool {
    let mut marks = EXTENSIONS.iter().map(|extension| extension.placement.code);
    found.code.starts_with("codegen::") && !marks.any(|code| code == found.code)
}

/// Whether this is part of operations alone: schemas become types whatever uses them.
fn is_of_operation(at: &Pointer) -> bool {
    match at.parts() {
        [components, section, _, ..] if components == "components" => {
            !matches!(section.as_str(), "schemas" | "securitySchemes")
        }
        [paths, _, _, ..] => paths == "paths",
        _ => false,
    }
}

/// The component or path item that this is part of.
fn part(at: &Pointer) -> Pointer {
    let length = match at.parts().first() {
        Some(first) if first == "paths" => 2,
        _ => 3,
    };
    let parts = at.parts().iter().take(length);
    parts.fold(Pointer::ROOT, |at, part| at.child(part))
}

/// What an operation is made of beside its own description: its path item, and components but
/// schemas.
fn shared_parts(document: &Value, operation: &Operation<'_>) -> HashSet<Pointer> {
    let item = &operation.item.pointer;
    let mut found = HashSet::from([part(item)]);
    let own = operation
        .at
        .object
        .values()
        .chain(operation.item.object.get("parameters"));
    let mut waiting: Vec<Pointer> = own.flat_map(targets).collect();
    while let Some(target) = waiting.pop() {
        let component = part(&target);
        if is_of_operation(&component) && found.insert(component) {
            let value = openapi_document::get(document, &target);
            waiting.extend(value.into_iter().flat_map(targets));
        }
    }
    found
}
