//! Compositions and objects: those that have one Rust type, and take what the service adds.

use serde_json::{Value, json};

use super::COMPOSED;
use crate::Subject;
use crate::newer::IGNORED;
use openapi_document::composition::{self, Contradiction, Sums, parts_of};
use openapi_document::objects::Item;
use openapi_document::{
    Diagnostic, Example, Located, Pointer, Rule,
    Severity::{Error, Warning},
};

/// A composition without a Rust type.
pub static COMPOSITION: Rule = Rule {
    code: "codegen::composition",
    severity: Error,
    summary: "a composition has no Rust type",
    docs: "`allOf` becomes one type of all its parts: objects one struct with the properties of all. \
           The parts may annotate, narrow or limit each other, but a string is no number. `oneOf` \
           and `anyOf` become an enum of their parts, each with what stands beside the choice.",
    example: Some(Example {
        instead_of: "          allOf:\n            - $ref: '#/components/schemas/Source'\n",
        wrong: "          «allOf»:\n            - $ref: '#/components/schemas/Source'\n            - properties: {device: {type: integer, description: Its number.}}\n",
        right: "          allOf:\n            - $ref: '#/components/schemas/Source'\n            - properties: {device: {type: string, description: Its name.}}\n",
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

/// Compositions have parts; `not` and closed objects are warned about.
pub fn composition(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let contract = subject.contract;
    let mut found = Vec::new();
    for schema in subject.schemas() {
        let at = |key: &str| contract.key(&schema.pointer.child(key));
        if let Some(not) = schema.object.get("not") {
            let (message, help) = match not == &json!({}) {
                true => (
                    "that no value is allowed is ignored: any is read and sent",
                    "leave the schema out, or say in `description` what it is for",
                ),
                false => (
                    "`not` is ignored: values that it excludes are read and sent like others",
                    "say in `description` what is excluded",
                ),
            };
            found.push(IGNORED.told(message).at(at("not")).help(help));
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
    }
    found
}

/// Whether an object of an answer takes no more fields.
pub fn is_closed(subject: &Subject<'_>, schema: &Item<'_>) -> bool {
    let closed = schema.object.get("additionalProperties") == Some(&Value::Bool(false));
    closed && schema.object.contains_key("properties") && subject.is_answered(schema)
}

/// The parts of `allOf` describe one type.
pub fn merges(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut sums = Sums::new(&subject.contract.document);
    let schemas = subject.schemas();
    schemas
        .filter(|schema| composition::is_sum(schema.object))
        .filter_map(|schema| {
            let contradiction = sums.of(schema.object).err()?;
            Some(contradicted(subject, schema, &contradiction))
        })
        .collect()
}

/// Reports parts that have no type in common, with the places that say so.
fn contradicted(
    subject: &Subject<'_>,
    schema: &Item<'_>,
    contradiction: &Contradiction,
) -> Diagnostic {
    let contract = subject.contract;
    let here = Located {
        pointer: schema.pointer.clone(),
        object: schema.object,
    };
    let parts = parts_of(&contract.document, here);
    let places: Vec<Pointer> = match &contradiction.property {
        Some(name) => {
            let named = parts.iter().filter_map(|part| {
                let (_, property) = part.children("properties").find(|(key, _)| key == name)?;
                Some(property.pointer)
            });
            named.collect()
        }
        None => {
            let typed = parts.iter().filter(|part| part.object.contains_key("type"));
            typed.map(|part| part.pointer.child("type")).collect()
        }
    };
    let reason = &contradiction.reason;
    let mut keys = COMPOSED.into_iter();
    let key = keys
        .find(|key| schema.object.contains_key(*key))
        .unwrap_or("allOf");
    let told = COMPOSITION.told(match &contradiction.property {
        Some(name) => format!("the parts don't agree on what `{name}` is: {reason}"),
        None if key == "allOf" => {
            format!("the parts of `allOf` have no type in common: {reason}")
        }
        None => format!("`{key}` and what stands beside it have no type in common: {reason}"),
    });
    let told = told
        .at(contract.key(&schema.pointer.child(key)))
        .help("compose schemas that agree, or write the schema out");
    let places = places.iter().map(|place| contract.key(place));
    places.fold(told, |told, place| told.and(place, "described here"))
}
