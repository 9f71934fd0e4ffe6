//! Keys of examples: what an open object takes, though it is a slip.

use std::collections::HashMap;

use serde_json::Value;

use super::Subject;
use super::examples::given;
use openapi_document::Pointer;
use openapi_document::composition::properties_of;
use openapi_document::operation::{self, Located};
use openapi_document::{Diagnostic, Example, Rule, Severity::Warning};

/// A key that is nearly a property.
pub static MISSPELLED: Rule = Rule {
    code: "example::misspelled",
    severity: Warning,
    summary: "a key of an example is nearly the name of a property",
    docs: "Objects here take fields that are not listed, so a misspelled one in an example is \
           valid, and the property that was meant is missing. Only keys that differ by a letter or \
           two from a property that the example lacks are told.",
    example: Some(Example {
        instead_of: "              schema:\n                $ref: '#/components/schemas/Note'\n",
        wrong: "              schema:\n                $ref: '#/components/schemas/Note'\n              example: {id: 550e8400-e29b-41d4-a716-446655440000, text: Milk, «lieks»: 3}\n",
        right: "              schema:\n                $ref: '#/components/schemas/Note'\n              example: {id: 550e8400-e29b-41d4-a716-446655440000, text: Milk, likes: 3}\n",
    }),
};

/// Examples spell the properties as their schemas do.
pub fn spelled(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let contract = subject.contract;
    let mut found = Vec::new();
    for given in given(subject) {
        let schema = contract
            .get(&given.instance.schema)
            .and_then(Value::as_object);
        let schema = schema.map(|object| Located {
            pointer: given.instance.schema.clone(),
            object,
        });
        if let (Some(value), Some(schema)) = (contract.get(&given.instance.value), schema) {
            look(subject, value, given.instance.value, schema, &mut found);
        }
    }
    found
}

fn look<'c>(
    subject: &Subject<'c>,
    value: &Value,
    at: Pointer,
    schema: Located<'c>,
    found: &mut Vec<Diagnostic>,
) {
    let document = &subject.contract.document;
    match value {
        Value::Array(items) => {
            let schema = operation::resolve(document, schema);
            let Some(of_each) = schema.and_then(|schema| schema.child("items")) else {
                return;
            };
            for (index, item) in items.iter().enumerate() {
                look(subject, item, at.child(index), of_each.clone(), found);
            }
        }
        Value::Object(object) => {
            let properties: HashMap<_, _> = properties_of(document, schema).into_iter().collect();
            for (key, value) in object {
                let here = at.child(key);
                if let Some(property) = properties.get(key.as_str()) {
                    look(subject, value, here, property.clone(), found);
                    continue;
                }
                let lacking = properties
                    .keys()
                    .filter(|name| !object.contains_key(**name));
                if let Some(meant) = lacking.copied().find(|name| is_slip(key, name)) {
                    found.push(
                        MISSPELLED
                            .told(format!("`{key}` is no property, `{meant}` is one"))
                            .at(subject.contract.key(&here))
                            .help(format!("did you mean `{meant}`?")),
                    );
                }
            }
        }
        _ => {}
    }
}

/// Short names differ by a letter because they mean something else.
fn is_slip(key: &str, name: &str) -> bool {
    let letters = match name.chars().count() {
        0..4 => return false,
        4..9 => 1,
        _ => 2,
    };
    strsim::damerau_levenshtein(key, name) <= letters
}
