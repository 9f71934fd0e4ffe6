//! `x-sensitive`: the mark for personal data stands where it acts, and nowhere else.

use serde_json::Value;

use super::Subject;
use super::grammar::Kind;
use crate::diagnostics::Diagnostic;
use crate::load::Pointer;

/// The mark stands on a property, or on a parameter's schema; anywhere else it would be dropped
/// and the data printed in clear.
pub fn placement(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let contract = subject.contract;
    let mut found = Vec::new();
    for item in subject.items.all() {
        let Some(value) = item.object.get("x-sensitive") else {
            continue;
        };
        let at = item.pointer.child("x-sensitive");
        if !value.is_boolean() {
            found.push(
                Diagnostic::error("codegen::sensitive", "`x-sensitive` is `true` or `false`")
                    .at(contract.value_span(&at))
                    .help("write `x-sensitive: true`"),
            );
        } else if value == &Value::Bool(true) && !acts(subject, item.kind, &item.pointer) {
            found.push(
                Diagnostic::error(
                    "codegen::sensitive",
                    format!("`x-sensitive` has no effect on this {}", item.kind.name()),
                )
                .at(contract.key_span(&at))
                .help("put it on each property (or parameter's schema) that holds the data, beside its `type`"),
            );
        }
    }
    found
}

fn acts(subject: &Subject<'_>, kind: Kind, pointer: &Pointer) -> bool {
    let parents: Vec<&str> = pointer.parts().iter().rev().map(String::as_str).collect();
    let holder = |up: usize| {
        let mut holder = Some(pointer.clone());
        for _ in 0..up {
            holder = holder.and_then(|holder| holder.parent());
        }
        let holder = holder.unwrap_or_default();
        let mut items = subject.items.all();
        items
            .find(|item| item.pointer == holder)
            .map(|item| item.kind)
    };
    kind == Kind::Schema
        && match parents.as_slice() {
            ["schema", ..] if holder(1) == Some(Kind::Parameter) => true,
            [_, "properties", ..] => holder(2) == Some(Kind::Schema),
            _ => false,
        }
}
