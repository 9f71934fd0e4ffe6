//! Documents that are none, or that somebody is in the middle of writing.

use bolero::{TypeGenerator, check};
use openapi_diff::{Version, compare};
use serde_json::{Map, Value, json};

use super::model::{Contract, Style};

/// What is done to a place, which is found by its number.
#[derive(Clone, Debug, TypeGenerator)]
enum Edit {
    Remove(u16),
    Value(u16, #[generator(0..VALUES.len())] usize),
    Key(
        u16,
        #[generator(0..KEYS.len())] usize,
        #[generator(0..VALUES.len())] usize,
    ),
    /// What stands at one place stands at another as well.
    Copy(u16, u16),
    Text(u16, String),
}

const VALUES: [&str; 24] = [
    "null",
    "true",
    "0",
    "-1.5",
    "1e308",
    "99999999999999999999",
    "\"\"",
    "\"string\"",
    "\"array\"",
    "[]",
    "{}",
    "[[]]",
    "[null]",
    r#"["string","null",7]"#,
    r##"{"$ref":"#/components/schemas/First.One"}"##,
    r##"{"$ref":"#"}"##,
    r##"{"$ref":"#/paths/~1things/post"}"##,
    r##"{"$ref":"#/x/other"}"##,
    r#"{"$ref":7}"#,
    r##"{"allOf":[{"$ref":"#/components/schemas/First.One"},{}]}"##,
    r#"{"type":"object","required":["a"],"properties":{"a":{}}}"#,
    r#"{"a":{"post":{"responses":{}}}}"#,
    "\"^(a\"",
    "\"3.2.0\"",
];

const KEYS: [&str; 40] = [
    "$ref",
    "type",
    "items",
    "properties",
    "required",
    "allOf",
    "oneOf",
    "anyOf",
    "not",
    "enum",
    "const",
    "nullable",
    "format",
    "pattern",
    "maximum",
    "exclusiveMinimum",
    "multipleOf",
    "maxLength",
    "default",
    "readOnly",
    "writeOnly",
    "discriminator",
    "additionalProperties",
    "patternProperties",
    "prefixItems",
    "if",
    "xml",
    "schema",
    "content",
    "parameters",
    "in",
    "style",
    "headers",
    "links",
    "callbacks",
    "security",
    "servers",
    "webhooks",
    "x-sensitive",
    "`\n",
];

fn places(value: &Value, at: String, found: &mut Vec<String>) {
    found.push(at.clone());
    let escaped = |key: &str| key.replace('~', "~0").replace('/', "~1");
    match value {
        Value::Object(map) => map
            .iter()
            .for_each(|(key, value)| places(value, format!("{at}/{}", escaped(key)), found)),
        Value::Array(list) => list
            .iter()
            .enumerate()
            .for_each(|(index, value)| places(value, format!("{at}/{index}"), found)),
        _ => {}
    }
}

fn apply(document: &mut Value, edit: &Edit) {
    let mut all = Vec::new();
    places(document, String::new(), &mut all);
    let place = |number: &u16| all[usize::from(*number) % all.len()].clone();
    let value = |which: &usize| serde_json::from_str(VALUES[*which]).unwrap_or(Value::Null);
    let mut put = |at: &u16, value: Value| {
        if let Some(target) = document.pointer_mut(&place(at)) {
            *target = value;
        }
    };
    match edit {
        Edit::Value(at, which) => put(at, value(which)),
        Edit::Text(at, text) => put(at, text.as_str().into()),
        Edit::Copy(from, to) => {
            let copy = document.pointer(&place(from)).cloned().unwrap_or_default();
            if let Some(target) = document.pointer_mut(&place(to)) {
                *target = copy;
            }
        }
        Edit::Key(at, key, which) => {
            if let Some(Value::Object(map)) = document.pointer_mut(&place(at)) {
                map.insert(KEYS[*key].into(), value(which));
            }
        }
        Edit::Remove(at) => {
            let at = place(at);
            let Some((owner, key)) = at.rsplit_once('/') else {
                return;
            };
            let key = key.replace("~1", "/").replace("~0", "~");
            if let Some(Value::Object(map)) = document.pointer_mut(owner) {
                map.shift_remove(&key);
            }
        }
    }
}

#[test]
fn any_two_documents_can_be_compared() {
    check!()
        .with_type::<(Contract, Style, Vec<Edit>)>()
        .for_each(|(contract, style, edits)| {
            let whole = contract.document(*style);
            let mut other = whole.clone();
            for edit in edits.iter().take(6) {
                apply(&mut other, edit);
            }
            let read = |document: &Value| Version::read("a contract", &document.to_string());
            let Ok(other) = read(&other) else { return };
            let whole = read(&whole).expect("the model writes contracts");
            for found in [
                compare(&whole, &other),
                compare(&other, &whole),
                compare(&other, &other),
            ] {
                for change in &found.changes {
                    assert!(
                        !change.message.contains(['\n', '\r']),
                        "{:?}",
                        change.message
                    );
                    assert!(!change.message.contains("``"), "{:?}", change.message);
                }
            }
            let same = compare(&other, &other);
            assert!(same.changes.is_empty(), "{:#?}", same.changes);
        });
}

#[test]
fn paths_of_anything_can_be_compared() {
    for value in VALUES {
        let value: Value = serde_json::from_str(value).expect("it is JSON");
        let paths = Map::from_iter([("/a".to_string(), value)]);
        let odd = json!({"openapi": "3.0.3", "info": {}, "paths": paths}).to_string();
        let none = json!({"openapi": "3.0.3", "info": {}, "paths": {}}).to_string();
        let [odd, none] =
            [odd, none].map(|text| Version::read("a contract", &text).expect("it has paths"));
        compare(&odd, &none);
        compare(&none, &odd);
    }
}
