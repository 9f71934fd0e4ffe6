//! Compositions and objects: those that have one Rust type, and take what the service adds.

use serde_json::{Map, Value};

use super::COMPOSED;
use crate::Subject;
use openapi_document::composition::{Sums, only_require};
use openapi_document::objects::Item;
use openapi_document::{
    Diagnostic, Example, Rule,
    Severity::{Error, Warning},
};

/// A composition without a Rust type.
pub static COMPOSITION: Rule = Rule {
    code: "codegen::composition",
    severity: Error,
    summary: "a composition has no Rust type",
    docs: "`allOf` of several objects becomes one struct with the properties of all, so all must be \
           objects, and agree on what a property is. `oneOf` and `anyOf` become an enum of their \
           parts and nothing else, so what else describes the type belongs into the parts. `not` \
           has no Rust type at all.",
    example: Some(Example {
        instead_of: "          type: string\n          description: What it says.\n",
        wrong: "          «not»: {type: integer}\n          description: What it says.\n",
        right: "          type: string\n          description: What it says; not a number alone.\n",
    }),
};

/// A composition of nothing.
pub static EMPTY_COMPOSITION: Rule = Rule {
    code: "spec::composition",
    severity: Error,
    summary: "`allOf`, `oneOf` or `anyOf` is empty",
    docs: "A composition has at least one part. Of no parts, nothing fits an `anyOf`, and anything \
           an `allOf`.",
    example: Some(Example {
        instead_of: "          type: string\n          description: What it says.\n",
        wrong: "          «oneOf»: []\n          description: What it says.\n",
        right: "          oneOf: [{type: string}]\n          description: What it says.\n",
    }),
};

/// An object of an answer that takes no more fields.
pub static CLOSED_OBJECT: Rule = Rule {
    code: "codegen::closed-object",
    severity: Warning,
    summary: "an object of an answer is closed",
    docs: "With `additionalProperties: false` an answer fails to be read on the day on which the \
           service adds a field. With `true`, or without it, what is unknown is kept in `extra`.",
    example: Some(Example {
        instead_of: "      required: [id, text]\n",
        wrong: "      required: [id, text]\n      «additionalProperties»: false\n",
        right: "      required: [id, text]\n      additionalProperties: true\n",
    }),
};

/// Compositions are those that have one Rust type; an object that is closed is warned about.
pub fn composition(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let contract = subject.contract;
    let mut found = Vec::new();
    for schema in subject.schemas() {
        let at = |key: &str| contract.key(&schema.pointer.child(key));
        if schema.object.contains_key("not") {
            found.push(
                COMPOSITION
                    .told("`not` has no Rust type")
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
                    EMPTY_COMPOSITION
                        .told(format!("`{key}` is empty"))
                        .at(at(key))
                        .help("list at least one schema, or remove it"),
                );
            }
        }
        if is_closed(subject, schema) {
            found.push(
                CLOSED_OBJECT
                    .told("a closed object fails to read as soon as the service adds a field")
                    .at(at("additionalProperties"))
                    .help("write `additionalProperties: true`; what is unknown is kept in `extra`"),
            );
        }
        if let Some((choice, other)) = choice_beside(schema.object) {
            found.push(
                COMPOSITION.told(format!("`{choice}` beside `{other}` has no Rust type"),
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

/// Whether an object of an answer takes no more fields.
pub fn is_closed(subject: &Subject<'_>, schema: &Item<'_>) -> bool {
    let closed = schema.object.get("additionalProperties") == Some(&Value::Bool(false));
    closed && schema.object.contains_key("properties") && subject.is_answered(schema)
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
    let mut sums = Sums::new(&contract.document);
    subject
        .schemas()
        .filter_map(|schema| {
            let problem = unmerged(&mut sums, schema)?;
            let at = contract.key(&schema.pointer.child("allOf"));
            Some(
                COMPOSITION
                    .told(problem)
                    .at(at)
                    .help("compose objects of different properties, or write the schema out"),
            )
        })
        .collect()
}

fn unmerged(sums: &mut Sums<'_>, schema: &Item<'_>) -> Option<String> {
    let parts = schema.object.get("allOf")?.as_array()?;
    let own = schema.object.contains_key("properties");
    if parts.len() + usize::from(own) < 2 {
        return None;
    }
    sums.of(schema.object).err()
}
