//! Calls with an idempotency key are carried out once.

use aura_sandbox::Sandbox;
use aura_sandbox::aura_contract::Contract;
use reqwest::Method;
use serde_json::json;

use super::{Came, ask, started};

fn contract() -> Contract {
    let note = json!({ "type": "object", "properties": { "text": { "type": "string" } } });
    let content = json!({ "application/json": { "schema": note } });
    let document = json!({
        "openapi": "3.0.3",
        "info": { "title": "Notes", "version": "1.0.0" },
        "paths": { "/notes": { "post": {
            "operationId": "create_note",
            "parameters": [{
                "name": "Key", "in": "header", "required": true, "x-idempotency-key": true,
                "schema": { "type": "string" },
            }],
            "requestBody": { "content": content },
            "responses": { "201": { "description": "Done.", "content": content } },
        } } },
    });
    Contract::from_json(&document.to_string()).expect("it is a contract")
}

#[tokio::test]
async fn a_repeated_call_gets_the_same_response_and_another_one_none() {
    let sandbox = started(Sandbox::builder().contract(contract())).await;
    let send = async |key: &str, text: &str| {
        let request = ask(&sandbox, Method::POST, "/notes").header("Key", key);
        let body = json!({ "text": text }).to_string();
        let request = request
            .header("Content-Type", "application/json")
            .body(body);
        Came::from(request).await
    };
    let first = send("1", "a").await;
    assert_eq!(
        (first.status, first.json()["text"].as_str()),
        (201, Some("a"))
    );
    let again = send("1", "a").await;
    assert_eq!((again.status, again.json()), (201, first.json()));
    let misused = send("1", "b").await;
    assert_eq!(
        (misused.status, misused.code().as_str()),
        (422, "UNPROCESSABLE_ENTITY")
    );
    let other = send("2", "b").await;
    assert_eq!(
        (other.status, other.json()["text"].as_str()),
        (201, Some("b"))
    );

    // What is rejected is not remembered; and a key that is required must be there.
    let request = ask(&sandbox, Method::POST, "/notes")
        .header("Key", "3")
        .body("no type");
    assert_eq!(Came::from(request).await.status, 415);
    assert_eq!(send("3", "c").await.status, 201);
    let request = ask(&sandbox, Method::POST, "/notes");
    assert_eq!(Came::from(request).await.status, 400);
}

#[tokio::test]
async fn the_oldest_calls_are_forgotten() {
    let sandbox = started(Sandbox::builder().contract(contract())).await;
    let send = async |key: usize, text: &str| {
        let request = ask(&sandbox, Method::POST, "/notes").header("Key", key.to_string());
        let body = json!({ "text": text }).to_string();
        let request = request
            .header("Content-Type", "application/json")
            .body(body);
        Came::from(request).await.status
    };
    let large = "a".repeat(1024 * 1024 - 100);
    for key in 0..5 {
        assert_eq!(send(key, &large).await, 201);
    }
    assert_eq!(send(4, "b").await, 422);
    assert_eq!(send(0, "b").await, 201, "it was forgotten");
}
