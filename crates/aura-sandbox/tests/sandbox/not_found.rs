//! What does not exist is answered with the contract's code for it, and with no other.

use aura_sandbox::aura_contract::Contract;
use aura_sandbox::{Fault, Sandbox};
use reqwest::Method;
use serde_json::{Value, json};

use super::documented::Documented;
use super::{Came, OTHER_ID, ask, fixture, get, started};

/// The fixture with this 404 for a lead.
async fn sandbox(response: Value) -> Sandbox {
    let mut document = fixture().document().clone();
    document["paths"]["/v1/leads/{lead_id}"]["get"]["responses"]["404"] = response;
    let contract = Contract::from_json(&document.to_string()).expect("it is a contract");
    started(Sandbox::builder().contract(contract)).await
}

/// The answer to a request for a lead that does not exist, which is as the contract documents it.
async fn missing(sandbox: &Sandbox) -> Came {
    let came = Came::from(get(sandbox, &format!("/v1/leads/{OTHER_ID}"))).await;
    let openapi = Came::from(get(sandbox, "/openapi.json")).await.json();
    Documented::new(&openapi, "get", "/v1/leads/{lead_id}").check(&came);
    assert_eq!(came.status, 404);
    came
}

fn response(code: &str, schema: &Value, example: &Value) -> Value {
    json!({
        "description": "None.",
        "x-not-found": code,
        "content": { "application/json": { "schema": schema, "example": example } }
    })
}

#[tokio::test]
async fn a_missing_lead_has_the_code_that_the_contract_names() {
    let any = json!({ "type": "object", "required": ["code"] });
    let texts = json!({ "type": "string", "enum": ["GONE", "NO_LEAD"] });
    let listed = json!({ "type": "object", "properties": { "code": texts }, "required": ["code"] });
    for (schema, example) in [
        (&any, json!({ "code": "NO_LEAD", "hint": "look again" })),
        (&any, json!({ "code": "GONE", "hint": "look again" })),
        (&any, json!({ "hint": "look again" })),
        (&any, Value::Null),
        (&listed, json!({ "code": "GONE", "hint": "look again" })),
        (&listed, Value::Null),
    ] {
        let sandbox = sandbox(response("NO_LEAD", schema, &example)).await;
        let body = missing(&sandbox).await.json();
        assert_eq!(body["code"], "NO_LEAD", "{example}");
        assert_eq!(body.get("hint"), example.get("hint"), "{example}");
    }
    let without_body = json!({ "description": "None.", "x-not-found": "NO_LEAD" });
    let sandbox = sandbox(without_body).await;
    assert_eq!(missing(&sandbox).await.code(), "NO_LEAD");
}

#[tokio::test]
async fn a_code_that_the_schema_does_not_allow_is_not_sent() {
    let other = json!({ "type": "string", "enum": ["GONE"] });
    let other = json!({ "type": "object", "properties": { "code": other }, "required": ["code"] });
    let none = json!({ "type": "object", "additionalProperties": false });
    for (schema, example, code) in [
        (other, json!({ "code": "GONE" }), Some("GONE")),
        (none, json!({}), None),
    ] {
        let sandbox = sandbox(response("NO_LEAD", &schema, &example)).await;
        let body = missing(&sandbox).await.json();
        assert_eq!(body.get("code").and_then(Value::as_str), code);
    }
}

#[tokio::test]
async fn a_drift_can_change_the_code() {
    let sandbox = sandbox(response("NO_LEAD", &json!({}), &json!({}))).await;
    sandbox
        .inject(Fault::drift("code", "GONE").times(1))
        .expect("a valid fault");
    let path = format!("/v1/leads/{OTHER_ID}");
    let came = Came::from(get(&sandbox, &path)).await;
    assert_eq!((came.status, &came.json()["code"]), (404, &json!("GONE")));
    assert_eq!(missing(&sandbox).await.json()["code"], "NO_LEAD");
}

#[tokio::test]
async fn a_path_that_is_not_in_the_contract_is_no_missing_resource() {
    let sandbox = sandbox(response("NO_LEAD", &json!({}), &json!({}))).await;
    for path in [format!("/api/v1/leads/{OTHER_ID}"), "/v2".to_owned()] {
        let came = Came::from(ask(&sandbox, Method::GET, &path)).await;
        assert_eq!((came.status, came.code().as_str()), (404, "NO_SUCH_ROUTE"));
        assert_eq!(came.json()["error"], "No such route");
    }
}
