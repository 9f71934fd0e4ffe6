//! Schemas: what would silently become another type than the one that is meant.

use std::collections::{BTreeSet, HashSet};

use serde_json::{Map, Value};

use super::Subject;
use super::grammar::Kind;
use super::structure::{Item, nearest};
use crate::diagnostics::Diagnostic;
use crate::load::{Contract, Pointer};
use crate::spec::{self, Located};
use crate::transform::schemas::only_require;

const COMPOSED: [&str; 3] = ["allOf", "oneOf", "anyOf"];

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
            Some(kind) if misfit(schema, kind).is_some() => {
                let key = misfit(schema, kind).unwrap_or_default();
                found.push(
                    Diagnostic::error(
                        "spec::type",
                        format!("`{key}` means nothing beside `type: {kind}`"),
                    )
                    .at(at(key))
                    .help(format!("remove `{key}`, or correct `type`")),
                );
            }
            None => {
                let Some(key) = says_nothing(schema) else {
                    continue;
                };
                let help = match composed_by(&schema.pointer) {
                    Some(whole) => format!("write it beside `{whole}`, not as one of its parts"),
                    None => {
                        "add `type:` beside it; a schema without both takes any value, null too"
                            .into()
                    }
                };
                found.push(
                    Diagnostic::error(
                        "spec::missing-type",
                        format!("`{key}` without `type` means nothing"),
                    )
                    .at(at(key))
                    .help(help),
                );
            }
            _ => {}
        }
    }
    found
}

/// The keyword by which the schema here is part of another, if it is.
fn composed_by(at: &Pointer) -> Option<&'static str> {
    let [.., key, index] = at.parts() else {
        return None;
    };
    index.parse::<usize>().ok()?;
    COMPOSED.into_iter().find(|known| known == key)
}

/// Whether the schema here says what a value is not, and is no property of that name.
fn is_negated(at: &Pointer) -> bool {
    matches!(at.parts(), [.., parent, key] if key == "not" && parent != "properties")
}

/// What can't be said of a value of this type.
fn misfit(schema: &Item<'_>, kind: &str) -> Option<&'static str> {
    let of_type = [
        ("properties", "object"),
        ("additionalProperties", "object"),
        ("items", "array"),
    ];
    let mut misfits = of_type.into_iter().filter(|(_, of)| *of != kind);
    misfits.find_map(|(key, _)| schema.object.contains_key(key).then_some(key))
}

/// What a schema says of its type, where nothing says the type itself.
fn says_nothing(schema: &Item<'_>) -> Option<&'static str> {
    // A composition has the type of its parts.
    let typed = [
        "allOf",
        "oneOf",
        "anyOf",
        "properties",
        "additionalProperties",
        "items",
        "enum",
    ];
    let is_typed = typed.iter().any(|key| schema.object.contains_key(*key));
    let qualifies = |key: &&str| {
        let value = schema.object.get(*key);
        value.is_some_and(|value| value != &Value::Bool(false))
    };
    ["format", "nullable"]
        .into_iter()
        .find(qualifies)
        .filter(|_| !is_typed)
}

/// `required` names properties that are there.
pub fn required(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for schema in schemas(subject) {
        // The whole looks at its parts; that there is a `not` is told on its own.
        if composed_by(&schema.pointer).is_none() && !is_negated(&schema.pointer) {
            let (at, none) = (&schema.pointer, BTreeSet::new());
            required_of(subject.contract, at, schema.object, &none, &mut found);
        }
    }
    found
}

/// Looks at a schema and its inline parts; `outer` are the properties of the whole it is part of.
fn required_of(
    contract: &Contract,
    at: &Pointer,
    schema: &Map<String, Value>,
    outer: &BTreeSet<&str>,
    found: &mut Vec<Diagnostic>,
) {
    let with = |keys| outer | &all_properties(&contract.document, schema, keys);
    let properties = with(&COMPOSED);
    let names = schema.get("required").and_then(Value::as_array);
    if properties.is_empty() && names.is_some_and(|names| !names.is_empty()) {
        found.push(
            Diagnostic::error("spec::required", "there are no properties to be required")
                .at(contract.key_span(&at.child("required")))
                .help("describe them in `properties`"),
        );
        return;
    }
    for (index, name) in names.into_iter().flatten().enumerate() {
        let Some(name) = name.as_str().filter(|name| !properties.contains(name)) else {
            continue;
        };
        let help = match nearest(name, properties.iter().copied()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("add `{name}` to `properties`, or remove it here"),
        };
        found.push(
            Diagnostic::error(
                "spec::required",
                format!("`{name}` is required, but no property"),
            )
            .at(contract.value_span(&at.child("required").child(index)))
            .help(help),
        );
    }
    // One alternative has nothing of the others.
    let alternatives_have = with(&["allOf"]);
    for key in COMPOSED {
        let outer = match key {
            "allOf" => &properties,
            _ => &alternatives_have,
        };
        let parts = schema.get(key).and_then(Value::as_array);
        for (index, part) in parts.into_iter().flatten().enumerate() {
            let part = part.as_object().filter(|part| !part.contains_key("$ref"));
            if let Some(part) = part {
                required_of(contract, &at.child(key).child(index), part, outer, found);
            }
        }
    }
}

/// The names of a schema's properties, with those of what it is composed of by `keys`.
fn all_properties<'v>(
    document: &'v Value,
    schema: &'v Map<String, Value>,
    keys: &[&str],
) -> BTreeSet<&'v str> {
    let mut names = BTreeSet::new();
    let mut seen = HashSet::new();
    let mut waiting = vec![schema];
    while let Some(schema) = waiting.pop() {
        let at = Located {
            pointer: Pointer::ROOT,
            object: schema,
        };
        let Some(at) = spec::resolve(document, at) else {
            continue;
        };
        if !seen.insert(std::ptr::from_ref(at.object)) {
            continue;
        }
        if let Some(Value::Object(properties)) = at.object.get("properties") {
            names.extend(properties.keys().map(String::as_str));
        }
        for key in keys {
            let parts = at.object.get(*key).and_then(Value::as_array);
            waiting.extend(parts.into_iter().flatten().filter_map(Value::as_object));
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
        for key in COMPOSED {
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
pub fn merges(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let contract = subject.contract;
    schemas(subject)
        .filter_map(|schema| {
            let problem = unmerged(&contract.document, schema)?;
            let at = contract.key_span(&schema.pointer.child("allOf"));
            Some(
                Diagnostic::error("codegen::composition", problem)
                    .at(at)
                    .help("compose objects of different properties, or write the schema out"),
            )
        })
        .collect()
}

fn unmerged(document: &Value, schema: &Item<'_>) -> Option<String> {
    let parts = schema.object.get("allOf")?.as_array()?;
    let own = schema.object.contains_key("properties");
    if parts.len() + usize::from(own) < 2 {
        return None;
    }
    crate::transform::compose::merge(document, schema.object).err()
}
