//! OpenAPI 3.1 and its translation to 3.0 are one contract on the wire.

use bolero::{TypeGenerator, check};
use openapi_diff::Compatibility;
use openapi_document::newer::translate;
use serde_json::{Value, json};

use super::model::{Contract, Style};
use super::{compared, listed, wire};

/// A schema in words that only 3.1 has.
#[derive(Clone, Debug, TypeGenerator)]
enum Newer {
    Any,
    Null,
    /// One of these types, null among them.
    Types(#[generator(1..128_u8)] u8),
    Constant(#[generator(0..CONSTANTS.len())] usize),
    /// One of two texts, or one of these and null.
    Listed(#[generator(0..CONSTANTS.len())] usize, bool),
    Between(#[generator(0..9_u8)] u8, #[generator(0..9_u8)] u8, bool),
    Encoded(bool),
    /// A reference, with something beside it.
    Beside(#[generator(0..BESIDE.len())] usize),
    /// A choice in which null can be a part.
    Choice(bool, Box<[Newer; 2]>, #[generator(0..4_usize)] usize),
    Defined(Box<Newer>),
    List(Option<Box<Newer>>),
    Object(Vec<(Newer, bool)>, bool),
}

const TYPES: [&str; 7] = [
    "string", "integer", "number", "boolean", "null", "array", "object",
];
const CONSTANTS: [&str; 6] = ["null", "true", "7", "1.5", "\"a\"", "\"b\""];
const BESIDE: [&str; 5] = [
    "{}",
    r#"{"description":"A name."}"#,
    r#"{"maxLength":7}"#,
    r#"{"type":"string"}"#,
    r#"{"anyOf":[{"minLength":1},{"type":"null"}]}"#,
];

/// The one of these that lists null.
const LISTS_NULL: usize = 4;

impl Newer {
    /// The schema, which stands at `at`.
    fn written(&self, at: &str) -> Value {
        let constant = |index: &usize| -> Value {
            serde_json::from_str(CONSTANTS[*index]).expect("a constant is JSON")
        };
        match self {
            Newer::Any => json!(true),
            Newer::Null => json!({"type": "null"}),
            Newer::Types(bits) => {
                let types = TYPES.iter().enumerate();
                let types = types.filter(|(index, _)| bits & (1 << index) != 0);
                let types: Vec<&str> = types.map(|(_, name)| *name).collect();
                json!({"type": types, "maxLength": 9})
            }
            Newer::Constant(index) => json!({"const": constant(index)}),
            Newer::Listed(_, true) => json!({"enum": ["a", "b"], "examples": ["b"]}),
            Newer::Listed(one, false) => json!({"enum": [constant(one), null]}),
            Newer::Between(least, most, exclusive) => {
                let mut schema = json!({"type": "number", "minimum": least, "maximum": most});
                if *exclusive {
                    schema["exclusiveMinimum"] = most.min(&4).to_owned().into();
                }
                schema
            }
            Newer::Encoded(true) => json!({"type": "string", "contentEncoding": "base64"}),
            Newer::Encoded(false) => {
                json!({"type": "string", "contentMediaType": "application/octet-stream"})
            }
            Newer::Beside(index) => {
                let mut schema: Value = serde_json::from_str(BESIDE[*index]).expect("it is JSON");
                schema["$ref"] = "#/components/schemas/Name".into();
                schema
            }
            Newer::Choice(any, parts, null) => {
                let key = if *any { "anyOf" } else { "oneOf" };
                let places = (0..3).filter(|index| index != null);
                let parts = parts.iter().zip(places);
                let written = |(part, index): (&Newer, usize)| match part {
                    // Null beside a reference is read with some goodwill, which an alternative
                    // among others doesn't get.
                    Newer::Beside(LISTS_NULL) => Newer::Beside(0).written(at),
                    part => part.written(&format!("{at}/{key}/{index}")),
                };
                let mut parts: Vec<Value> = parts.map(written).collect();
                if *null < 3 {
                    parts.insert(*null, json!({"type": "null"}));
                }
                json!({key: parts})
            }
            Newer::Defined(inner) => json!({
                "$ref": format!("{at}/$defs/own"),
                "$defs": {"own": inner.written(&format!("{at}/$defs/own"))},
            }),
            Newer::List(None) => json!({"type": ["array", "null"]}),
            Newer::List(Some(items)) => {
                json!({"type": "array", "items": items.written(&format!("{at}/items"))})
            }
            Newer::Object(properties, is_closed) => {
                let mut schema = json!({"type": "object", "properties": {}, "required": []});
                for (index, (property, required)) in properties.iter().enumerate().take(4) {
                    let name = format!("p{index}");
                    let at = format!("{at}/properties/{name}");
                    if *required {
                        let names = schema["required"].as_array_mut().expect("a list");
                        names.push(name.as_str().into());
                    }
                    schema["properties"][name] = property.written(&at);
                }
                if *is_closed {
                    schema["unevaluatedProperties"] = false.into();
                }
                schema
            }
        }
    }
}

fn holds(document: &Value) {
    let (newer, older) = (
        document.to_string(),
        translate(document).document.to_string(),
    );
    for (base, head) in [(&newer, &older), (&older, &newer)] {
        let found = compared(base, head);
        let text = listed(&found);
        assert!(
            wire(&found) <= Compatibility::Docs,
            "{text}{newer}\n{older}"
        );
    }
}

#[test]
fn any_contract_is_the_same_on_the_wire() {
    let style = check!().with_type::<(Contract, bool)>();
    style.for_each(|(contract, verbose)| {
        holds(&contract.document(Style {
            verbose: *verbose,
            ..Style::PLAIN
        }));
    });
}

#[test]
fn what_only_3_1_has_words_for_is_the_same_on_the_wire() {
    check!()
        .with_type::<(Newer, Newer)>()
        .for_each(|(one, other)| {
            let schemas = json!({
                "Name": {"type": "string"},
                "Sent": one.written("#/components/schemas/Sent"),
                "Received": other.written("#/components/schemas/Received"),
            });
            let content = |name: &str| {
                let schema = json!({"$ref": format!("#/components/schemas/{name}")});
                json!({"application/json": {"schema": schema}})
            };
            holds(&json!({
                "openapi": "3.1.0",
                "info": {"title": "Things", "version": "1.0.0"},
                "servers": [{"url": "https://things.example"}],
                "paths": {"/things": {"post": {
                    "operationId": "post_things",
                    "requestBody": {"required": true, "content": content("Sent")},
                    "responses": {"200": {"description": "Fine.", "content": content("Received")}},
                }}},
                "components": {"schemas": schemas},
            }));
        });
}
