//! Schemas: what would silently become another type than the one that is meant.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::Subject;
use super::grammar::Kind;
use super::structure::{Item, nearest};
use crate::diagnostics::Diagnostic;
use crate::load::Pointer;
use crate::spec::{self, Located};
use crate::transform::schemas::only_require;

const TYPES: [&str; 6] = ["array", "boolean", "integer", "number", "object", "string"];

fn schemas<'s, 'c>(subject: &'s Subject<'c>) -> impl Iterator<Item = &'s Item<'c>> {
    subject
        .items
        .of(Kind::Schema)
        .filter(|item| !item.object.contains_key("$ref"))
}

/// Types are those of OpenAPI 3.0, and say enough.
pub fn types(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let contract = subject.contract;
    let mut found = Vec::new();
    for schema in schemas(subject) {
        let at = |key: &str| contract.key_span(&schema.pointer.child(key));
        match schema.object.get("type").and_then(Value::as_str) {
            Some(kind) if !TYPES.contains(&kind) => {
                let help = match (kind, nearest(kind, TYPES.into_iter())) {
                    ("null", _) => {
                        "write `nullable: true` beside the type of the other values".into()
                    }
                    (_, Some(meant)) => format!("did you mean `{meant}`?"),
                    _ => format!("write one of {}", TYPES.join(", ")),
                };
                found.push(
                    Diagnostic::error("spec::type", format!("`{kind}` is no type"))
                        .at(contract.value_span(&schema.pointer.child("type")))
                        .help(help),
                );
            }
            Some("array") if !schema.object.contains_key("items") => found.push(
                Diagnostic::error("spec::missing-field", "this array has no `items`")
                    .at(at("type"))
                    .help("add `items:` with the schema of its elements"),
            ),
            None if says_only_nullable(schema) => found.push(
                Diagnostic::error(
                    "spec::nullable-without-type",
                    "`nullable` without `type` means nothing",
                )
                .at(at("nullable"))
                .help("add `type:` beside it; a schema without both takes any value, null too"),
            ),
            _ => {}
        }
    }
    found
}

/// A composition has the type of its parts.
fn says_only_nullable(schema: &Item<'_>) -> bool {
    let composed = ["allOf", "oneOf", "anyOf", "properties", "items", "enum"];
    schema.object.get("nullable") == Some(&Value::Bool(true))
        && !composed.iter().any(|key| schema.object.contains_key(*key))
}

/// `required` names properties that are there.
pub fn required(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let contract = subject.contract;
    let mut found = Vec::new();
    for schema in schemas(subject) {
        let parent = schema.pointer.parent();
        if parent.is_some_and(|parent| parent.last() == "allOf") {
            continue; // The whole of which it is a part can have the property.
        }
        let properties = all_properties(&contract.document, schema.object);
        for (part, index, name) in all_required(schema) {
            if properties.contains(name) {
                continue;
            }
            let help = match nearest(name, properties.iter().copied()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("add `{name}` to `properties`, or remove it here"),
            };
            found.push(
                Diagnostic::error(
                    "spec::required",
                    format!("`{name}` is required, but no property"),
                )
                .at(contract.value_span(&part.child("required").child(index)))
                .help(help),
            );
        }
    }
    found
}

/// The names in `required` of a schema and of the inline parts it is composed of.
fn all_required<'c>(schema: &Item<'c>) -> Vec<(Pointer, usize, &'c str)> {
    let parts = schema.object.get("allOf").and_then(Value::as_array);
    let parts = parts.into_iter().flatten().enumerate();
    let parts = parts.filter_map(|(index, part)| {
        let at = schema.pointer.child("allOf").child(index);
        Some((at, part.as_object()?))
    });
    std::iter::once((schema.pointer.clone(), schema.object))
        .chain(parts)
        .flat_map(|(at, part)| {
            let names = part.get("required").and_then(Value::as_array);
            let names = names.into_iter().flatten().enumerate();
            names.filter_map(move |(index, name)| Some((at.clone(), index, name.as_str()?)))
        })
        .collect()
}

/// The names of a schema's properties, with those of what it is composed of.
pub fn all_properties<'v>(
    document: &'v Value,
    schema: &'v Map<String, Value>,
) -> BTreeSet<&'v str> {
    let mut names = BTreeSet::new();
    let mut waiting = vec![(schema, 0)];
    while let Some((schema, depth)) = waiting.pop() {
        let at = Located {
            pointer: Pointer::ROOT,
            object: schema,
        };
        let Some(at) = spec::resolve(document, at) else {
            continue;
        };
        names.extend(at.children("properties").map(|(name, _)| name));
        if let Some(Value::Object(properties)) = at.object.get("properties") {
            names.extend(properties.keys().map(String::as_str));
        }
        // A component composed of itself is another rule's to tell.
        for key in ["allOf", "oneOf", "anyOf"] {
            let parts = at.object.get(key).and_then(Value::as_array);
            if depth < 16 {
                let parts = parts.into_iter().flatten().filter_map(Value::as_object);
                waiting.extend(parts.map(|part| (part, depth + 1)));
            }
        }
    }
    names
}

/// Compositions are those that have one Rust type; an object that is closed is warned about.
pub fn composition(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let contract = subject.contract;
    let mut found = Vec::new();
    for schema in schemas(subject) {
        let at = |key: &str| contract.key_span(&schema.pointer.child(key));
        if schema.object.contains_key("not") {
            found.push(
                Diagnostic::error("codegen::composition", "`not` has no Rust type")
                    .at(at("not"))
                    .help("say in `description` what is excluded"),
            );
        }
        for key in ["allOf", "oneOf", "anyOf"] {
            if schema
                .object
                .get(key)
                .is_some_and(|parts| parts == &Value::Array(Vec::new()))
            {
                found.push(
                    Diagnostic::error("spec::composition", format!("`{key}` is empty"))
                        .at(at(key))
                        .help("list at least one schema, or remove it"),
                );
            }
        }
        let closed = schema.object.get("additionalProperties") == Some(&Value::Bool(false));
        if closed && schema.object.contains_key("properties") {
            found.push(
                Diagnostic::warning(
                    "codegen::closed-object",
                    "a closed object fails to read as soon as the service adds a field",
                )
                .at(at("additionalProperties"))
                .help("write `additionalProperties: true`; what is unknown is kept in `extra`"),
            );
        }
        if let Some((choice, other)) = choice_beside(schema.object) {
            found.push(
                Diagnostic::error(
                    "codegen::composition",
                    format!("`{choice}` beside `{other}` has no Rust type"),
                )
                .at(at(choice))
                .help(format!(
                    "write what `{other}` says into each part of `{choice}`, or leave one of the two out"
                )),
            );
            continue;
        }
        if let Some(problem) = merged(&contract.document, schema) {
            found.push(
                Diagnostic::error("codegen::composition", problem)
                    .at(at("allOf"))
                    .help("compose objects of different properties, or write the schema out"),
            );
        }
    }
    found
}

/// A choice is of the types of its parts alone; what else describes a type can't stand beside it.
fn choice_beside(schema: &Map<String, Value>) -> Option<(&'static str, &'static str)> {
    let chooses = |key: &str| schema.get(key).is_some_and(|parts| !only_require(parts));
    let choice = ["anyOf", "oneOf"].into_iter().find(|key| chooses(key))?;
    let others = [
        "properties",
        "additionalProperties",
        "items",
        "enum",
        "allOf",
    ];
    let mut others = others.into_iter().filter(|key| schema.contains_key(*key));
    let other = others
        .next()
        .or((choice == "anyOf" && chooses("oneOf")).then_some("oneOf"))?;
    Some((choice, other))
}

/// `allOf` of several is one object with the properties of all, so all must be objects and agree.
fn merged(document: &Value, schema: &Item<'_>) -> Option<String> {
    let parts = schema.object.get("allOf")?.as_array()?;
    let own = schema.object.contains_key("properties");
    if parts.len() + usize::from(own) < 2 {
        return None;
    }
    crate::transform::compose::merge(document, schema.object).err()
}
