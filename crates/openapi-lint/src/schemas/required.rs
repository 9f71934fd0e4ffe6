//! `required`: it names properties that are there.

use std::collections::{BTreeSet, HashSet};

use serde_json::{Map, Value};

use super::{COMPOSED, composed_by, is_negated};
use crate::Subject;
use crate::suggest::nearest;
use openapi_document::Pointer;
use openapi_document::operation::{self, Located};
use openapi_document::{Diagnostic, Example, Rule, Severity::Warning};

/// A name that is no property.
pub static REQUIRED: Rule = Rule {
    code: "spec::required",
    severity: Warning,
    summary: "`required` names something that is no property",
    docs: "Each name in `required` is one of `properties`, here or in a part of `allOf`. A name that \
           is none asks for a field that nothing describes, and leaves the one that was meant \
           optional.",
    example: Some(Example {
        instead_of: "required: [id, text]",
        wrong: "required: [id, «txet»]",
        right: "required: [id, text]",
    }),
};

/// `required` names properties that are there.
pub fn required(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for schema in subject.schemas() {
        // The whole looks at its parts; that there is a `not` is told on its own.
        if composed_by(&schema.pointer).is_none() && !is_negated(&schema.pointer) {
            let (at, none) = (&schema.pointer, BTreeSet::new());
            required_of(subject, at, schema.object, &none, &mut found);
        }
    }
    found
}

/// Looks at a schema and its inline parts; `outer` are the properties of the whole it is part of.
fn required_of(
    subject: &Subject<'_>,
    at: &Pointer,
    schema: &Map<String, Value>,
    outer: &BTreeSet<&str>,
    found: &mut Vec<Diagnostic>,
) {
    let contract = subject.contract;
    // Some of its properties are not known, or none is asked for.
    if !subject.is_sound(at) || !requires(schema) {
        return;
    }
    let with = |keys| outer | &all_properties(&contract.document, schema, keys);
    let properties = with(&COMPOSED);
    let names = schema.get("required").and_then(Value::as_array);
    if properties.is_empty() && names.is_some_and(|names| !names.is_empty()) {
        found.push(
            REQUIRED
                .told("there are no properties to be required")
                .at(contract.key(&at.child("required")))
                .help("describe them in `properties`"),
        );
        return;
    }
    let mut seen = BTreeSet::new();
    for (index, name) in names.into_iter().flatten().enumerate() {
        if !seen.insert(name.as_str()) {
            found.push(
                REQUIRED
                    .told("a name stands twice in `required`")
                    .at(contract.value(&at.child("required").child(index)))
                    .help("remove it here"),
            );
            continue;
        }
        let Some(name) = name.as_str().filter(|name| !properties.contains(name)) else {
            continue;
        };
        let help = match nearest(name, properties.iter().copied()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("add `{name}` to `properties`, or remove it here"),
        };
        found.push(
            REQUIRED
                .told(format!("`{name}` is required, but no property"))
                .at(contract.value(&at.child("required").child(index)))
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
                required_of(subject, &at.child(key).child(index), part, outer, found);
            }
        }
    }
}

/// Whether a schema or one of its inline parts says that something is required.
fn requires(schema: &Map<String, Value>) -> bool {
    let parts = COMPOSED
        .iter()
        .filter_map(|key| schema.get(*key)?.as_array());
    let mut parts = parts.flatten().filter_map(Value::as_object);
    schema.contains_key("required") || parts.any(requires)
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
        let Some(at) = operation::resolve(document, at) else {
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
