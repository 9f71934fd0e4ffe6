//! `discriminator`: its mapping names schemas that are there, and it tells alternatives apart.

use serde_json::{Map, Value};

use crate::Subject;
use crate::suggest::nearest;
use openapi_document::Pointer;
use openapi_document::keywords::Kind;
use openapi_document::{
    Diagnostic, Example, Rule,
    Severity::{Error, Warning},
};

/// A discriminator that the client does not read.
pub static DISCRIMINATOR: Rule = Rule {
    code: "codegen::discriminator",
    severity: Warning,
    summary: "a `discriminator` is not read",
    docs: "`discriminator` tells the parts of `oneOf` or `anyOf` apart: by its mapping, the values that \
           each part lists for the property, or the names of the components. Elsewhere it has no \
           effect: of an object that others are made of, what these add is kept in `extra`. Where a \
           part has no value, the parts are tried in their order.",
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

/// Discriminators tell the parts of a choice apart.
pub fn unread(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let contract = subject.contract;
    let discriminators = subject.items.of(Kind::Discriminator);
    discriminators
        .filter(|item| subject.is_sound(&item.pointer))
        .filter_map(|item| {
            let schema = item.pointer.parent().and_then(|at| subject.item(&at))?;
            let property = item.text("propertyName")?;
            let choice = ["oneOf", "anyOf"].iter().find_map(|key| schema.object.get(*key));
            let (message, help) = match choice.and_then(Value::as_array) {
                None => (
                    "`discriminator` has no effect on a schema without `oneOf` or `anyOf`",
                    "describe the choice with `oneOf` where one of several is meant",
                ),
                Some(parts) if parts.iter().all(|part| has_value(part, property)) => return None,
                Some(_) => (
                    "`discriminator` is not read, since a part has no value: they are tried in order",
                    "make each part a reference, or list the property's value in it with `enum`",
                ),
            };
            let told = DISCRIMINATOR.told(message).at(contract.key(&item.pointer));
            Some(told.help(help))
        })
        .collect()
}

/// Whether a part of a choice has a value of the property: a component has its name.
fn has_value(part: &Value, property: &str) -> bool {
    let is_reference = |part: &Value| part.get("$ref").is_some();
    let alone = part["allOf"]
        .as_array()
        .is_some_and(|all| all.len() == 1 && is_reference(&all[0]));
    let lists = &part["properties"][property]["enum"];
    is_reference(part) || alone || lists.as_array().is_some_and(|values| !values.is_empty())
}
