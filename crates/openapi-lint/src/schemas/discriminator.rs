//! `discriminator`: its mapping names schemas that are there. It is not read beyond that.

use serde_json::{Map, Value};

use crate::Subject;
use crate::suggest::nearest;
use openapi_document::Pointer;
use openapi_document::keywords::Kind;
use openapi_document::{
    Diagnostic, Example, Rule,
    Severity::{Error, Warning},
};

/// A discriminator, which the client does not read.
pub static DISCRIMINATOR: Rule = Rule {
    code: "codegen::discriminator",
    severity: Warning,
    summary: "a `discriminator` is not read",
    docs: "A choice is read by trying its parts in their order, whatever `discriminator` says. If \
           two parts can be mistaken for each other, give them a required property of one value \
           each (`enum: [call]`).",
    example: Some(Example {
        instead_of: "      required: [id, text]\n",
        wrong: "      required: [id, text]\n      «discriminator»: {propertyName: text}\n",
        right: "      required: [id, text]\n",
    }),
};

/// A mapping to nothing.
pub static MAPPING: Rule = Rule {
    code: "spec::discriminator-mapping",
    severity: Error,
    summary: "a `discriminator` maps a value to a schema that is not there",
    docs: "Each value under `mapping` is the name of a component, or a reference to one \
           (`#/components/schemas/Call`). One that leads to nothing describes a value that nobody \
           can read.",
    example: Some(Example {
        instead_of: "      required: [id, text]\n",
        wrong: "      required: [id, text]\n      discriminator:\n        propertyName: text\n        mapping: {note: «Nte»}\n",
        right: "      required: [id, text]\n      # lint: allow(codegen::discriminator) other clients read it\n      discriminator:\n        propertyName: text\n        mapping: {note: Note}\n",
    }),
};

/// Mappings lead to components.
pub fn mappings(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let contract = subject.contract;
    let schemas = contract.get(&Pointer::of(["components", "schemas"]));
    let schemas = schemas.and_then(Value::as_object);
    let names = || schemas.into_iter().flat_map(Map::keys).map(String::as_str);
    let mut found = Vec::new();
    for discriminator in subject.items.of(Kind::Discriminator) {
        let mapping = discriminator
            .object
            .get("mapping")
            .and_then(Value::as_object);
        for (value, target) in mapping.into_iter().flatten() {
            let Some(target) = target.as_str() else {
                continue;
            };
            let (name, exists) = match Pointer::from_reference(target) {
                Some(pointer) => (pointer.last().to_string(), contract.get(&pointer).is_some()),
                // Another file.
                None if target.contains(['/', '#', ':']) => continue,
                None => (target.to_string(), names().any(|name| name == target)),
            };
            if exists {
                continue;
            }
            let help = match nearest(&name, names()) {
                Some(meant) => format!("did you mean `#/components/schemas/{meant}`?"),
                None => format!("add `{name}` to `components.schemas`, or correct the name"),
            };
            let at = discriminator.pointer.child("mapping").child(value);
            found.push(
                MAPPING
                    .told(format!("`{target}` is no schema of this contract"))
                    .at(contract.value(&at))
                    .help(help),
            );
        }
    }
    found
}

/// No discriminator is read.
pub fn unread(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let contract = subject.contract;
    let discriminators = subject.items.of(Kind::Discriminator);
    discriminators
        .filter(|item| subject.is_sound(&item.pointer))
        .map(|item| {
            DISCRIMINATOR
                .told("`discriminator` is not read: the parts are tried in their order")
                .at(contract.key(&item.pointer))
                .help("remove it, and give each part a required property of one value")
        })
        .collect()
}
