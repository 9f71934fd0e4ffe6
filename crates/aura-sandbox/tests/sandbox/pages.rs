//! The contract as a page and as JSON.

use aura_sandbox::aura_contract::Contract;
use aura_sandbox::http::{HeaderValue, StatusCode};
use aura_sandbox::{Fault, Organization, Sandbox};
use reqwest::Method;
use reqwest::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, X_CONTENT_TYPE_OPTIONS};
use serde_json::{Value, json};

use super::keys::contract as contract_with_every_scheme;
use super::{Came, ID, ask, fixture, started};

async fn page(sandbox: &Sandbox, target: &str) -> Came {
    Came::from(ask(sandbox, Method::GET, target)).await
}

#[tokio::test]
async fn the_root_leads_to_the_page() {
    let sandbox = started(Sandbox::builder()).await;
    let came = page(&sandbox, "/").await;

    assert_eq!(came.status, 200, "reqwest follows");
    assert!(came.body.contains("swagger-ui"));
}

#[tokio::test]
async fn the_page_needs_nothing_from_elsewhere() {
    let sandbox = started(Sandbox::builder()).await;
    let docs = page(&sandbox, "/docs").await;
    assert_eq!(docs.header("content-type"), "text/html; charset=utf-8");
    assert!(
        docs.header("content-security-policy")
            .contains("default-src 'self'")
    );
    assert!(!docs.body.contains("http://") && !docs.body.contains("https://"));
    assert!(!docs.body.contains("{{"), "everything is filled in");

    let sources = docs.body.split(['"']).filter(|text| text.starts_with('/'));
    let sources: Vec<_> = sources.collect();
    assert!(sources.len() >= 4, "{sources:?}");
    for source in sources {
        let came = page(&sandbox, source).await;
        assert_eq!(came.status, 200, "{source}");
        assert!(!came.body.is_empty(), "{source}");
    }
}

/// What the page is told of the sandbox.
async fn settings(sandbox: &Sandbox) -> Value {
    let docs = page(sandbox, "/docs").await.body;
    let settings = docs.split_once("id=\"settings\">").expect("settings").1;
    let settings = settings.split_once("</script>").expect("their end").0;
    serde_json::from_str(settings).expect("JSON")
}

#[tokio::test]
async fn the_page_knows_every_organizations_key() {
    let acme = Organization::new("</script>").api_key("aura_pk_test_acme");
    let sandbox = started(Sandbox::builder().organization(acme)).await;
    let settings = settings(&sandbox).await;

    assert_eq!(settings["schemes"][0], "bearerAuth");
    assert_eq!(settings["keys"][0]["key"], sandbox.api_key());
    assert_eq!(settings["keys"][1]["name"], "</script>");
    assert_eq!(settings["keys"][1]["key"], "aura_pk_test_acme");
}

#[tokio::test]
async fn the_page_knows_every_scheme_that_takes_the_key() {
    let sandbox = started(Sandbox::builder().contract(contract_with_every_scheme())).await;
    let settings = settings(&sandbox).await;
    let schemes = json!(["token", "oauth", "password", "header", "query"]);
    assert_eq!(settings["schemes"], schemes);
}

#[tokio::test]
async fn the_contract_has_this_sandbox_as_its_server() {
    let sandbox = started(Sandbox::builder()).await;
    let openapi = page(&sandbox, "/openapi.json").await.json();
    assert_eq!(openapi["servers"][0]["url"], sandbox.base_url());
    assert_eq!(openapi["servers"].as_array().map(Vec::len), Some(1));
    assert!(openapi["paths"]["/v1/leads/{id}"]["get"].is_object());

    let by_name = ask(&sandbox, Method::GET, "/openapi.json").header(HOST, "localhost:81");
    let openapi = Came::from(by_name).await.json();
    assert_eq!(openapi["servers"][0]["url"], "http://localhost:81");
}

#[tokio::test]
async fn no_operation_of_the_page_has_another_server() {
    let elsewhere = json!([{ "url": "https://production.example" }]);
    let operation = json!({ "operationId": "a", "servers": elsewhere, "responses": {} });
    let document = json!({ "openapi": "3.0.3", "servers": elsewhere,
        "paths": { "/a": { "servers": elsewhere, "get": operation } } });
    let contract = Contract::from_json(&document.to_string()).expect("a contract");
    let sandbox = started(Sandbox::builder().contract(contract)).await;
    let openapi = page(&sandbox, "/openapi.json").await;
    assert!(!openapi.body.contains("production"), "{}", openapi.body);
}

#[tokio::test]
async fn a_path_that_the_contract_has_is_the_contracts() {
    let mut document = fixture().document().clone();
    let health = document["paths"]["/v1/ping"].take();
    document["paths"]["/health"] = health.clone();
    document["paths"]["/docs"] = health;
    document["paths"]["/docs"]["get"]["operationId"] = "docs".into();
    document["paths"]
        .as_object_mut()
        .expect("paths")
        .remove("/v1/ping");
    let contract = aura_sandbox::aura_contract::Contract::from_json(&document.to_string());
    let sandbox = started(Sandbox::builder().contract(contract.expect("a contract"))).await;

    for path in ["/health", "/docs"] {
        assert_eq!(page(&sandbox, path).await.body, "pong", "{path}");
    }
}

#[tokio::test]
async fn no_body_runs_script_on_the_origin_of_the_page() {
    let sandbox = started(Sandbox::builder()).await;
    let fault = Fault::answer(StatusCode::OK)
        .header(CONTENT_TYPE, HeaderValue::from_static("text/html"))
        .header(
            CONTENT_SECURITY_POLICY,
            HeaderValue::from_static("script-src *"),
        )
        .header(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("sniff"))
        .body("<script>alert(1)</script>")
        .times(1);
    sandbox.inject(fault.on("get_lead")).expect("a fault");
    let lead = format!("/v1/leads/{ID}");
    for target in [lead.as_str(), &lead, "/nowhere", "/health"] {
        let came = page(&sandbox, target).await;
        let policies = came.headers.get_all("content-security-policy");
        assert!(
            policies
                .iter()
                .any(|policy| policy == "sandbox; default-src 'none'"),
            "{target}: {:?}",
            came.headers
        );
        let sniffing: Vec<_> = came
            .headers
            .get_all("x-content-type-options")
            .iter()
            .collect();
        assert_eq!(sniffing, ["nosniff"], "{target}");
    }
}
