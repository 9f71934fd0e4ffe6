//! Which resource an answer is about: the one that was asked for, unless a fault says otherwise.

use aura_sandbox::aura_contract::Contract;
use aura_sandbox::{Fault, Sandbox};
use serde_json::{Value, json};

use super::documented::Documented;
use super::{Came, ID, OTHER_ID, get, started};

/// A contract with leads and notes, of which `x-identifies` names a property.
fn contract() -> Contract {
    let parameter = |name: &str, schema: Value, identifies: &str| {
        let parameter = json!({ "name": name, "in": "path", "required": true, "schema": schema });
        let mut parameter = parameter;
        parameter["x-identifies"] = identifies.into();
        parameter
    };
    let body = |schema: Value, example: Value| {
        let content = json!({ "application/json": { "schema": schema, "example": example } });
        json!({ "description": "Done.", "content": content })
    };
    let uuid = || json!({ "type": "string", "format": "uuid" });
    let number = || json!({ "type": "integer", "minimum": 1 });
    let note = json!({
        "type": "object",
        "required": ["number", "lead"],
        "properties": { "number": number(), "lead": uuid(), "text": { "type": "string" } }
    });
    let envelope = json!({
        "type": "object",
        "required": ["success", "data"],
        "properties": {
            "success": { "type": "boolean" },
            "data": { "$ref": "#/components/schemas/Lead" }
        }
    });
    let lead = json!({ "success": true, "data": { "id": ID, "name": "Ada" } });
    let missing = body(
        json!({ "type": "object" }),
        json!({ "number": 7, "data": { "id": ID } }),
    );
    let document = json!({
        "openapi": "3.0.3",
        "info": { "title": "Notes", "version": "1.0.0" },
        "paths": {
            "/leads/{id}": { "get": {
                "operationId": "get_lead",
                "parameters": [parameter("id", uuid(), "id")],
                "responses": { "200": body(envelope, lead), "404": missing }
            } },
            "/notes/{lead}/{note}": { "get": {
                "operationId": "get_note",
                "parameters": [parameter("lead", uuid(), "lead"), parameter("note", number(), "number")],
                "responses": { "200": body(note, json!({ "number": 1, "lead": ID, "text": "a" })) }
            } },
            "/tags/{name}": { "get": {
                "operationId": "get_tag",
                "parameters": [{ "name": "name", "in": "path", "required": true, "schema": { "type": "string" } }],
                "responses": { "200": body(json!({ "type": "object" }), json!({ "name": "new" })) }
            } }
        },
        "components": { "schemas": { "Lead": {
            "type": "object",
            "required": ["id"],
            "properties": { "id": uuid(), "name": { "type": "string" } }
        } } }
    });
    Contract::from_json(&document.to_string()).expect("it is a contract")
}

async fn sandbox() -> Sandbox {
    started(Sandbox::builder().contract(contract())).await
}

/// The body of an answer, which is as the contract documents it.
async fn body(sandbox: &Sandbox, target: &str, path: &str) -> Value {
    let came = Came::from(get(sandbox, target)).await;
    Documented::new(contract().document(), "get", path).check(&came);
    came.json()
}

#[tokio::test]
async fn an_example_is_of_the_resource_that_is_asked_for() {
    let sandbox = sandbox().await;
    let note = body(
        &sandbox,
        &format!("/notes/{OTHER_ID}/9"),
        "/notes/{lead}/{note}",
    )
    .await;
    assert_eq!(note, json!({ "number": 9, "lead": OTHER_ID, "text": "a" }));
    let tag = body(&sandbox, "/tags/old", "/tags/{name}").await;
    assert_eq!(tag, json!({ "name": "new" }), "nothing identifies it");
}

#[tokio::test]
async fn another_resource_differs_in_what_identifies_it() {
    let sandbox = sandbox().await;
    let (target, path) = (format!("/leads/{ID}"), "/leads/{id}");
    let asked = body(&sandbox, &target, path).await;
    sandbox
        .inject(Fault::another_resource())
        .expect("a valid fault");

    let mut other = body(&sandbox, &target, path).await;
    assert_ne!(other["data"]["id"], ID);
    other["data"]["id"] = ID.into();
    assert_eq!(other, asked);
    let recorded = sandbox.requests();
    assert_eq!(recorded[1].fault(), Some("another_resource"));

    let note = body(&sandbox, &format!("/notes/{ID}/1"), "/notes/{lead}/{note}").await;
    assert_eq!((&note["number"], &note["text"]), (&json!(2), &json!("a")));
    assert_ne!(note["lead"], ID);
}

#[tokio::test]
async fn another_resource_needs_a_success_and_a_mark() {
    let sandbox = sandbox().await;
    sandbox
        .inject(Fault::another_resource())
        .expect("a valid fault");
    let tag = body(&sandbox, "/tags/new", "/tags/{name}").await;
    assert_eq!(tag, json!({ "name": "new" }));
    let missing = body(&sandbox, &format!("/leads/{OTHER_ID}"), "/leads/{id}").await;
    assert_eq!(missing, json!({ "number": 7, "data": { "id": ID } }));
}
