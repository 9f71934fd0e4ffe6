use serde_json::{Value, json};

use super::*;
use crate::pointer::get;

/// A schema of 3.1 among others, in a document.
fn document(schema: Value) -> Value {
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Things", "version": "1.0.0"},
        "components": {"schemas": {
            "It": schema,
            "Name": {"type": "string"},
            "Nothing": {"type": "null"},
        }},
    })
}

fn translated(schema: Value) -> (Value, Vec<String>) {
    let Translation {
        document, remarks, ..
    } = translate(&document(schema));
    let remarks = remarks.iter().map(|remark| remark.at.to_string());
    let remarks = remarks.map(|at| at.replace("/components/schemas/It/", ""));
    (
        document["components"]["schemas"]["It"].clone(),
        remarks.collect(),
    )
}

#[test]
fn schemas_say_the_same_in_the_words_of_3_0() {
    let name = || json!({"$ref": "#/components/schemas/Name"});
    for (newer, older) in [
        (
            json!({"type": ["string", "null"]}),
            json!({"type": "string", "nullable": true}),
        ),
        (json!({"type": ["string"]}), json!({"type": "string"})),
        (json!({"type": "null"}), json!({"enum": [null]})),
        (json!({"type": ["null"]}), json!({"enum": [null]})),
        (
            json!({"type": ["string", "integer", "null"], "maxLength": 9}),
            json!({"maxLength": 9, "anyOf": [{"type": "string"}, {"type": "integer"}], "nullable": true}),
        ),
        (
            json!({"type": ["array", "object"], "items": name(), "properties": {"a": name()}, "required": ["a"]}),
            json!({"anyOf": [
                {"type": "array", "items": name()},
                {"type": "object", "properties": {"a": name()}, "required": ["a"]},
            ]}),
        ),
        (
            json!({"type": ["string", "integer"], "enum": ["a", 1, 2]}),
            json!({"anyOf": [{"type": "string", "enum": ["a"]}, {"type": "integer", "enum": [1, 2]}]}),
        ),
        (
            json!({"type": ["string", "integer", "null"], "enum": ["a"]}),
            json!({"type": "string", "enum": ["a"]}),
        ),
        (
            json!({"type": ["string", "number", "integer", "boolean", "array", "object", "null"]}),
            json!({}),
        ),
        (
            json!({"const": "a"}),
            json!({"enum": ["a"], "type": "string"}),
        ),
        (json!({"const": null}), json!({"enum": [null]})),
        (
            json!({"enum": ["a", null]}),
            json!({"enum": ["a", null], "type": "string", "nullable": true}),
        ),
        (
            json!({"enum": [1, 2.5]}),
            json!({"enum": [1, 2.5], "type": "number"}),
        ),
        (
            json!({"type": "number", "exclusiveMinimum": 3, "maximum": 9}),
            json!({"type": "number", "minimum": 3, "exclusiveMinimum": true, "maximum": 9}),
        ),
        (
            json!({"type": "number", "minimum": 5, "exclusiveMinimum": 3, "exclusiveMaximum": 7, "maximum": 8}),
            json!({"type": "number", "minimum": 5, "maximum": 7, "exclusiveMaximum": true}),
        ),
        (json!({"examples": ["a", "b"]}), json!({"example": "a"})),
        (
            json!({"examples": ["a"], "example": "b"}),
            json!({"example": "b"}),
        ),
        (
            json!({"$ref": "#/components/schemas/Name", "description": "A name."}),
            json!({"description": "A name.", "allOf": [name()]}),
        ),
        (
            json!({"$ref": "#/components/schemas/Name", "allOf": [{"maxLength": 3}]}),
            json!({"allOf": [{"maxLength": 3}, name()]}),
        ),
        (
            json!({"$ref": "#/components/schemas/Name", "$comment": "a"}),
            name(),
        ),
        (
            json!({"anyOf": [name(), {"type": "null"}], "title": "It"}),
            json!({"title": "It", "allOf": [name()], "nullable": true}),
        ),
        (
            json!({"oneOf": [{"$ref": "#/components/schemas/Nothing"}, {"type": "array", "items": name()}]}),
            json!({"type": "array", "items": name(), "nullable": true}),
        ),
        (
            json!({"anyOf": [{"type": "null"}, {"anyOf": [name(), {"type": "integer"}]}]}),
            json!({"anyOf": [name(), {"type": "integer"}], "nullable": true}),
        ),
        (
            json!({"anyOf": [{"type": "string"}, {"type": "null"}, {"type": "integer"}]}),
            json!({"anyOf": [{"type": "string"}, {"type": "integer"}], "nullable": true}),
        ),
        (
            json!({"type": ["object", "null"], "anyOf": [name(), {"type": "null"}]}),
            json!({"type": "object", "allOf": [name()], "nullable": true}),
        ),
        (
            json!({"properties": {"a": true, "b": false}}),
            json!({"properties": {"a": {}, "b": {"not": {}}}}),
        ),
        (
            json!({"type": "array"}),
            json!({"type": "array", "items": {}}),
        ),
        (
            json!({"type": "array", "items": false}),
            json!({"type": "array", "maxItems": 0, "items": {}}),
        ),
        (
            json!({"type": "string", "contentEncoding": "base64"}),
            json!({"type": "string", "format": "byte"}),
        ),
        (
            json!({"contentMediaType": "application/octet-stream"}),
            json!({"format": "binary", "type": "string"}),
        ),
        (
            json!({"type": "object", "unevaluatedProperties": false}),
            json!({"type": "object", "additionalProperties": false}),
        ),
        (
            json!({"propertyNames": {"type": "string"}, "unevaluatedItems": true}),
            json!({}),
        ),
        (json!(true), json!({})),
    ] {
        assert_eq!(translated(newer.clone()), (older, Vec::new()), "{newer}");
    }
}

#[test]
fn what_3_0_has_no_words_for_is_named() {
    for (newer, older, lost) in [
        (
            json!({"type": "object", "if": {}, "then": {}, "else": {}}),
            json!({"type": "object"}),
            vec!["if"],
        ),
        (
            json!({"type": "array", "contains": {}, "minContains": 1, "prefixItems": [true], "items": false}),
            json!({"type": "array", "items": {}, "maxItems": 1}),
            vec!["contains", "prefixItems"],
        ),
        (
            json!({"patternProperties": {"^x": {"type": "string"}}, "additionalProperties": false}),
            json!({"additionalProperties": {"type": "string"}, "type": "object"}),
            vec!["patternProperties"],
        ),
        (
            json!({"type": "object", "properties": {}, "patternProperties": {"^x": true}, "additionalProperties": false}),
            json!({"type": "object", "properties": {}}),
            vec!["patternProperties"],
        ),
        (
            json!({"allOf": [true], "unevaluatedProperties": false}),
            json!({"allOf": [{}]}),
            vec!["unevaluatedProperties"],
        ),
        (
            json!({"$dynamicRef": "#a", "nullable": true}),
            json!({}),
            vec!["$dynamicRef", "nullable"],
        ),
        (
            json!({"type": "number", "exclusiveMinimum": true, "minimum": 1}),
            json!({"type": "number", "minimum": 1}),
            vec!["exclusiveMinimum"],
        ),
        (
            json!({"$schema": "http://json-schema.org/draft-07/schema#"}),
            json!({}),
            vec!["$schema"],
        ),
    ] {
        let (found, mut remarks) = translated(newer.clone());
        remarks.sort();
        let lost: Vec<String> = lost.into_iter().map(String::from).collect();
        assert_eq!((found, remarks), (older, lost), "{newer}");
    }
}

#[test]
fn references_lead_to_where_their_targets_stand_now() {
    let document = document(json!({
        "$anchor": "it",
        "$id": "https://things.example/it",
        "$defs": {
            "name": {"type": "integer", "$defs": {"in/ner": {"type": "boolean"}}},
        },
        "properties": {
            "a": {"$ref": "#/components/schemas/It/$defs/name"},
            "b": {"$ref": "#/components/schemas/It/$defs/name/$defs/in~1ner"},
            "c": {"$ref": "#it"},
            "d": {"$ref": "https://things.example/it", "title": "D"},
            "e": {"type": ["array", "string"], "items": {"type": "string"}},
            "f": {"$ref": "#/components/schemas/It/properties/e/items"},
            "g": {"anyOf": [{"type": "null"}, {"type": "string"}, {"type": "integer"}]},
            "h": {"$ref": "#/components/schemas/It/properties/g/anyOf/2"},
        },
    }));
    let translation = translate(&document);
    let schemas = &translation.document["components"]["schemas"];
    let properties = &schemas["It"]["properties"];
    let leads_to = |property: &Value| {
        let reference = property["$ref"].as_str().unwrap();
        get(
            &translation.document,
            &Pointer::from_reference(reference).unwrap(),
        )
        .cloned()
    };
    assert_eq!(leads_to(&properties["a"]), Some(json!({"type": "integer"})));
    assert_eq!(properties["a"]["$ref"], "#/components/schemas/name-2");
    assert_eq!(leads_to(&properties["b"]), Some(json!({"type": "boolean"})));
    assert_eq!(properties["c"]["$ref"], "#/components/schemas/It");
    assert_eq!(
        properties["d"]["allOf"][0]["$ref"],
        "#/components/schemas/It"
    );
    assert_eq!(leads_to(&properties["f"]), Some(json!({"type": "string"})));
    assert_eq!(leads_to(&properties["h"]), Some(json!({"type": "integer"})));
}

#[test]
fn the_document_around_schemas_is_3_0() {
    let document = json!({
        "openapi": "3.1.1",
        "jsonSchemaDialect": "https://spec.openapis.org/oas/3.1/dialect/base",
        "info": {
            "title": "Things", "summary": "All about things.", "version": "1.0.0",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "paths": {
            "/a": {"$ref": "#/components/pathItems/A", "summary": "Its own."},
            "/b": {"get": {
                "callbacks": {"c": {"{$url}": {"$ref": "#/components/pathItems/A"}}},
                "responses": {"200": {"$ref": "#/components/responses/R", "description": "Another."}},
            }},
        },
        "webhooks": {
            "new thing": {"post": {"requestBody": {"content": {"application/json": {"schema": {"type": ["string", "null"]}}}}}},
            "gone": {"post": {"requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Gone"}}}}}},
        },
        "components": {
            "pathItems": {"A": {"summary": "Shared.", "get": {"operationId": "a"}}},
            "schemas": {"Gone": {"type": "string"}},
        },
    });
    let translation = translate(&document);
    assert_eq!(
        translation.document,
        json!({
            "openapi": "3.0.3",
            "info": {
                "title": "Things", "version": "1.0.0", "description": "All about things.",
                "license": {"name": "MIT", "url": "https://spdx.org/licenses/MIT.html"},
            },
            "paths": {
                "/a": {
                    "get": {"operationId": "a", "responses": {"default": {"description": "Any response."}}},
                    "summary": "Its own.",
                },
                "/b": {"get": {
                    "callbacks": {"c": {"{$url}": {}}},
                    "responses": {"200": {"$ref": "#/components/responses/R"}},
                }},
            },
            "components": {"schemas": {
                "Gone": {"type": "string"},
                "new-thing-payload": {"type": "string", "nullable": true},
            }},
        })
    );
    let remarks: Vec<_> = translation
        .remarks
        .iter()
        .map(|it| it.at.to_string())
        .collect();
    assert_eq!(remarks, ["/paths/~1b/get/responses/200/description"]);
    assert_eq!(
        translate(&json!({"openapi": "3.1.0"})).document["paths"],
        json!({})
    );
}

#[test]
fn values_are_found_where_they_are_written() {
    let text = r##"{"openapi": "3.1.0", "paths": {"/a": {"$ref": "#/components/pathItems/A"}},
        "components": {"pathItems": {"A": {"get": {"parameters": [{"schema": {"const": 7}}]}}},
        "schemas": {"It": {"$ref": "x", "title": "It", "$defs": {"a": {"anyOf": [{"type": "null"}, {"maxLength": 3}]}}}}}}"##;
    let written = Contract::load(text).unwrap();
    let (contract, _) = written.as_3_0().unwrap();
    for (place, text) in [
        ("/paths/~1a/get/parameters/0/schema/enum/0", "7"),
        ("/components/schemas/It/allOf/0/$ref", "\"x\""),
        ("/components/schemas/It/title", "\"It\""),
        ("/components/schemas/a/maxLength", "3"),
        ("/openapi", "\"3.1.0\""),
    ] {
        let pointer = Pointer::from_reference(&format!("#{place}")).unwrap();
        assert!(contract.get(&pointer).is_some(), "{place}");
        assert_eq!(contract.written(&pointer), text, "{place}");
    }
}

#[test]
fn any_value_is_translated() {
    for value in [
        "null",
        "7",
        "[]",
        r#"{"openapi": "3.1.0", "paths": [], "components": {"schemas": {"A": 1, "B": {"type": [7], "anyOf": {}, "$defs": [], "properties": {"a": null}}}}}"#,
    ] {
        let value: Value = serde_json::from_str(value).unwrap();
        translate(&value);
    }
}

#[test]
fn paths_that_refer_to_one_another_end_and_stay_small() {
    let mut paths = json!({"/a": {"$ref": "#/paths/~1b"}, "/b": {"$ref": "#/paths/~1a"}});
    let large: Vec<Value> = (0..2_000).map(Value::from).collect();
    for index in 0..2_000 {
        paths[format!("/{index}")] = json!({"$ref": "#/components/pathItems/Large"});
    }
    let document = json!({
        "openapi": "3.1.0", "paths": paths,
        "components": {"pathItems": {"Large": {"x-large": large}}},
    });
    let copies = translate(&document).document;
    let copies = copies["paths"].as_object().unwrap().values();
    assert!(copies.filter(|item| item.get("x-large").is_some()).count() < 100);
}
