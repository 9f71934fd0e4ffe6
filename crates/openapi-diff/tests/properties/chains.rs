//! Work in proportion to the documents, however often their parts refer to each other: each of
//! these would take longer than anybody waits if all ways through it were walked.

use openapi_diff::Compatibility;
use serde_json::{Map, Value, json};

use super::{compared, wire};

const LINKS: usize = 48;

/// What leads from one component to the next, which is `R`.
const FORMS: [&str; 7] = [
    r#"{"type":"object","properties":{"a":R,"b":R}}"#,
    r#"{"type":"object","properties":{"a":{"type":"array","items":R}},"additionalProperties":R}"#,
    r#"{"oneOf":[R,{"type":"array","items":R}]}"#,
    r#"{"anyOf":[{"type":"object","properties":{"a":R}},{"type":"object","properties":{"b":R}}]}"#,
    r#"{"allOf":[{"type":"object","properties":{"a":R}},{"type":"object","properties":{"b":R}}]}"#,
    r#"{"allOf":[R,R]}"#,
    r#"{"type":"array","items":{"oneOf":[R,R]}}"#,
];

fn chain(form: &str, last: Value, loops: bool) -> String {
    let mut schemas = Map::new();
    for link in 0..LINKS {
        let next = json!({"$ref": format!("#/components/schemas/L{}", link + 1)});
        let schema = serde_json::from_str(&form.replace('R', &next.to_string()));
        schemas.insert(format!("L{link}"), schema.expect("a form is JSON"));
    }
    let last = match loops {
        true => {
            json!({"type": "object", "properties": {"value": last, "again": {"$ref": "#/components/schemas/L0"}}})
        }
        false => last,
    };
    schemas.insert(format!("L{LINKS}"), last);
    let first = json!({"application/json": {"schema": {"$ref": "#/components/schemas/L0"}}});
    let document = json!({
        "openapi": "3.1.0",
        "info": {"title": "Links", "version": "1.0.0"},
        "paths": {"/a": {"post": {
            "operationId": "post_a",
            "requestBody": {"content": first},
            "responses": {"200": {"description": "Fine.", "content": first}},
        }}},
        "components": {"schemas": schemas},
    });
    document.to_string()
}

#[test]
fn a_change_at_the_end_of_a_chain_is_found_once() {
    for form in FORMS {
        for loops in [false, true] {
            let base = chain(form, json!({"type": "string", "maxLength": 9}), loops);
            let head = chain(form, json!({"type": "string", "maxLength": 5}), loops);
            let found = compared(&base, &head);
            assert_eq!(wire(&found), Compatibility::Breaking, "{form}");
            assert!(
                found.changes.len() <= 3,
                "{form}: {} changes",
                found.changes.len()
            );
        }
    }
}

#[test]
fn other_chains_end() {
    for one in FORMS {
        for other in FORMS {
            let text = json!({"type": "string"});
            compared(&chain(one, text.clone(), true), &chain(other, text, false));
        }
    }
}
