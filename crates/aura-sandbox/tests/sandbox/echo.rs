//! What was sent comes back in the response, and stays nowhere.

use aura_sandbox::Sandbox;
use aura_sandbox::aura_contract::Contract;
use reqwest::Method;
use serde_json::{Value, json};

use super::{Came, ask, started};

/// One operation with this method, that takes `sent` and responds with `body`.
fn contract(method: &str, sent: Value, body: Value, example: Value) -> Contract {
    let parameter = json!({
        "name": "id", "in": "path", "required": true, "x-identifies": "id",
        "schema": { "type": "integer" },
    });
    let document = json!({
        "openapi": "3.0.3",
        "info": { "title": "Notes", "version": "1.0.0" },
        "paths": { "/notes/{id}": { method: {
            "operationId": "write_note",
            "parameters": [parameter],
            "requestBody": { "content": { "application/json": { "schema": sent } } },
            "responses": { "200": {
                "description": "Done.",
                "content": { "application/json": { "schema": body, "example": example } },
            } },
        } } },
        "components": { "schemas": { "Note": note() } },
    });
    Contract::from_json(&document.to_string()).expect("it is a contract")
}

fn note() -> Value {
    json!({
        "type": "object",
        "required": ["id"],
        "properties": {
            "id": { "type": "integer", "readOnly": true },
            "text": { "type": "string" },
            "tags": { "type": "array", "items": { "type": "string", "maxLength": 5 } },
            "pin": { "type": "string", "writeOnly": true },
            "author": { "type": "string" },
        },
    })
}

fn new_note() -> Value {
    json!({
        "type": "object",
        "properties": {
            "id": { "type": "integer" },
            "text": { "type": "string" },
            "tags": { "type": "array", "items": { "type": "string" } },
            "pin": { "type": "string" },
            "other": { "type": "string" },
        },
    })
}

fn example() -> Value {
    json!({ "id": 1, "text": "John's", "tags": ["john"], "author": "John" })
}

async fn send(contract: Contract, method: Method, sent: &str) -> Value {
    let sandbox = started(Sandbox::builder().contract(contract)).await;
    let request = ask(&sandbox, method, "/notes/7").header("Content-Type", "application/json");
    let came = Came::from(request.body(sent.to_owned())).await;
    assert_eq!(came.status, 200, "{}", came.body);
    came.json()
}

#[tokio::test]
async fn repeats_what_was_sent_and_leaves_out_what_was_not() {
    let sent = r#"{"text":"mine","pin":"1234","other":"x","id":9}"#;
    for method in [Method::POST, Method::PUT] {
        let name = method.as_str().to_lowercase();
        let contract = contract(&name, new_note(), note(), example());
        let body = send(contract, method, sent).await;
        // The path's id, the example's author.
        assert_eq!(
            body,
            json!({ "id": 7, "text": "mine", "author": "John" }),
            "{name}"
        );
    }
}

#[tokio::test]
async fn keeps_what_a_patch_does_not_change() {
    let contract = contract("patch", new_note(), note(), example());
    let body = send(contract, Method::PATCH, r#"{"text":"mine"}"#).await;
    assert_eq!(
        body,
        json!({ "id": 7, "text": "mine", "tags": ["john"], "author": "John" })
    );
}

#[tokio::test]
async fn keeps_what_a_shared_schema_does_not_mark_as_the_services_own() {
    let shared = || json!({ "$ref": "#/components/schemas/Note" });
    let contract = contract("post", shared(), shared(), example());
    let body = send(contract, Method::POST, r#"{"text":"mine"}"#).await;
    assert_eq!(
        (&body["text"], &body["author"]),
        (&json!("mine"), &json!("John"))
    );
}

#[tokio::test]
async fn repeats_it_inside_data() {
    for rest in [json!({}), json!({ "meta": { "type": "object" } })] {
        let mut properties = rest;
        properties["data"] = note();
        let body = json!({ "type": "object", "required": ["data"], "properties": properties });
        let contract = contract("post", new_note(), body, json!({ "data": example() }));
        let body = send(contract, Method::POST, r#"{"text":"mine"}"#).await;
        assert_eq!(body["data"]["text"], "mine");
        assert_eq!(body["data"]["tags"], Value::Null);
    }
}

#[tokio::test]
async fn responds_with_the_example_where_what_was_sent_does_not_fit() {
    // A property alone, and the whole.
    let made = contract("post", new_note(), note(), example());
    let body = send(made, Method::POST, r#"{"text":"mine","tags":["too long"]}"#).await;
    assert_eq!(
        (&body["text"], &body["tags"]),
        (&json!("mine"), &json!(["john"]))
    );

    let mut never_mine = note();
    never_mine["not"] =
        json!({ "required": ["text"], "properties": { "text": { "enum": ["mine"] } } });
    let made = contract("post", new_note(), never_mine, example());
    let body = send(made, Method::POST, r#"{"text":"mine"}"#).await;
    assert_eq!(body["text"], "John's");

    // What is no object has no properties.
    for sent in ["[]", "1", ""] {
        let made = contract("post", json!({}), note(), example());
        let body = send(made, Method::POST, sent).await;
        assert_eq!(body["text"], "John's", "{sent}");
    }
}

#[tokio::test]
async fn whole_numbers_and_nulls_come_back_as_they_were_sent() {
    let schema = json!({
        "type": "object",
        "properties": { "cents": { "type": "integer" }, "rate": { "type": "number", "nullable": true } },
    });
    let example = json!({ "cents": 1, "rate": 0.5 });
    let contract = contract("post", schema.clone(), schema, example);
    let sent = r#"{"cents":9223372036854775807,"rate":null}"#;
    let body = send(contract, Method::POST, sent).await;
    assert_eq!(body["cents"], i64::MAX);
    assert!(body.as_object().expect("an object").contains_key("rate"));
}
