//! Faults and records over HTTP.

use aura_sandbox::{Fault, Sandbox};
use reqwest::header::{CONTENT_TYPE, HOST};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

use super::{Came, ID, ask, get, id, started};

const FAULTS: &str = "/__sandbox/faults";
const REQUESTS: &str = "/__sandbox/requests";

fn post(sandbox: &Sandbox, fault: &Value) -> RequestBuilder {
    ask(sandbox, Method::POST, FAULTS).json(fault)
}

#[tokio::test]
async fn faults_are_injected_listed_and_cleared() {
    let sandbox = started(Sandbox::builder()).await;
    let one = json!({"fault": "too_many_requests", "retry_after_seconds": 3, "times": 2});
    let injected = Came::from(post(&sandbox, &one)).await;
    assert_eq!(
        (injected.status, injected.json()),
        (200, json!({"injected": 1}))
    );
    let two = json!([{"fault": "stall", "on": "get_lead", "after": 5}, {"fault": "bad_gateway", "probability": 0.0}]);
    assert_eq!(Came::from(post(&sandbox, &two)).await.json()["injected"], 2);

    let error = sandbox.client().with_max_retries(0).get_lead(&id()).await;
    let error = error.expect_err("the first fault");
    assert_eq!(error.retry_after().map(|wait| wait.as_secs()), Some(3));
    let listed = Came::from(ask(&sandbox, Method::GET, FAULTS)).await.json();
    let expected = json!({"faults": [
        {"fault": "too_many_requests", "retry_after_seconds": 3, "times": 2, "struck": 1},
        {"fault": "stall", "after": 5, "on": "get_lead", "struck": 0},
        {"fault": "bad_gateway", "probability": 0.0, "struck": 0},
    ]});
    assert_eq!(listed, expected);

    let cleared = Came::from(ask(&sandbox, Method::DELETE, FAULTS)).await;
    assert_eq!(cleared.status, 204);
    assert!(sandbox.client().get_lead(&id()).await.is_ok());
}

#[tokio::test]
async fn faults_from_rust_are_listed_in_the_form_that_is_taken() {
    let sandbox = started(Sandbox::builder()).await;
    sandbox
        .inject(Fault::drift("data.id", 7))
        .expect("a valid fault");
    let listed = Came::from(ask(&sandbox, Method::GET, FAULTS)).await.json();
    let mut fault = listed["faults"][0].clone();
    assert_eq!(fault["value"], 7);
    fault.as_object_mut().expect("an object").remove("struck");
    assert_eq!(Came::from(post(&sandbox, &fault)).await.status, 200);
}

#[tokio::test]
async fn faults_for_a_lead_or_a_key_are_listed_without_the_key() {
    let sandbox = started(Sandbox::builder()).await;
    let key = sandbox.api_key();
    let fault = json!({"fault": "bad_gateway", "lead": ID.to_uppercase(), "key": key});
    assert_eq!(Came::from(post(&sandbox, &fault)).await.status, 200);
    let came = Came::from(get(&sandbox, &format!("/v1/leads/{ID}"))).await;
    assert_eq!(came.status, 502);

    let listed = Came::from(ask(&sandbox, Method::GET, FAULTS)).await;
    assert!(!listed.body.contains(key));
    let mut fault = listed.json()["faults"][0].take();
    let expected = json!({"fault": "bad_gateway", "lead": ID, "key": "[redacted]", "struck": 1});
    assert_eq!(fault, expected);
    fault.as_object_mut().expect("an object").remove("struck");
    let hidden = Came::from(post(&sandbox, &fault)).await;
    assert_eq!(hidden.status, 400, "a key that is hidden would never match");
}

#[tokio::test]
async fn what_is_wrong_with_a_fault_is_told_and_none_is_injected() {
    let sandbox = started(Sandbox::builder()).await;
    for (body, told) in [
        ("{", "EOF while parsing"),
        (
            "[{\"fault\": \"stall\"}, {\"fault\": \"flood\"}]",
            "unknown variant `flood`, expected one of `too_many_requests`",
        ),
        ("7", "invalid type"),
        (
            "{\"fault\": \"stall\", \"key\": 12345}",
            "invalid type, expected a string",
        ),
        (
            "{\"fault\": \"connection_reset\", \"body\": \"\"}",
            "`connection_reset` takes no `retry_after`, headers or body",
        ),
        (
            "{\"fault\": \"stall\", \"probability\": 1.5}",
            "`probability` is not between 0 and 1",
        ),
        ("{\"fault\": \"latency\"}", "`latency` needs `delay_ms`"),
        (
            "{\"fault\": \"stall\", \"on\": \"get_leads\"}",
            "`on` is not an operation of the contract, which has get_lead, health; did you mean `get_lead`?",
        ),
    ] {
        let request = ask(&sandbox, Method::POST, FAULTS).header(CONTENT_TYPE, "application/json");
        let came = Came::from(request.body(body)).await;
        assert_eq!(came.status, 400);
        let error = came.json()["error"].as_str().expect("a text").to_owned();
        assert!(error.starts_with(told), "{error}");
    }
    assert!(sandbox.client().get_lead(&id()).await.is_ok());
}

#[tokio::test]
async fn requests_are_listed_and_cleared() {
    let sandbox = started(Sandbox::builder()).await;
    Came::from(get(&sandbox, &format!("/v1/leads/{ID}?a=b")).body("text")).await;
    let listed = Came::from(ask(&sandbox, Method::GET, REQUESTS))
        .await
        .json();

    assert_eq!(listed["count"], 1);
    let asked = &listed["requests"][0];
    assert_eq!(asked["method"], "GET");
    assert_eq!(asked["path"], format!("/v1/leads/{ID}"));
    assert_eq!(asked["query"], "a=b");
    assert_eq!(asked["body"], "text");
    assert_eq!(asked["operation"], "get_lead");
    assert_eq!(asked["organization"], "sandbox");
    assert_eq!(asked["status"], 200);
    assert_eq!(asked["fault"], Value::Null);
    assert!(!listed.to_string().contains(sandbox.api_key()));

    assert_eq!(
        Came::from(ask(&sandbox, Method::DELETE, REQUESTS))
            .await
            .status,
        204
    );
    assert_eq!(sandbox.request_count(), 0);
}

#[tokio::test]
async fn pages_from_elsewhere_are_kept_out() {
    let sandbox = started(Sandbox::builder()).await;
    for target in [
        FAULTS,
        REQUESTS,
        "/docs",
        "/openapi.json",
        "/docs/assets/swagger-ui.css",
    ] {
        for (host, status) in [("evil.example", 403), ("localhost", 200), ("[::1]:80", 200)] {
            let request = ask(&sandbox, Method::GET, target).header(HOST, host);
            assert_eq!(
                Came::from(request).await.status,
                status,
                "{target} of {host}"
            );
        }
    }
    let plain = ask(&sandbox, Method::POST, FAULTS).body(r#"{"fault": "stall"}"#);
    assert_eq!(Came::from(plain).await.status, 415);
    let other_method = Came::from(ask(&sandbox, Method::PUT, FAULTS)).await;
    assert_eq!(other_method.status, 405);
    assert!(sandbox.client().get_lead(&id()).await.is_ok());
}

#[tokio::test]
async fn a_body_that_is_too_large_is_rejected_with_its_bound() {
    let sandbox = started(Sandbox::builder()).await;
    let fault = json!({"fault": "answer", "status": 200, "body": "a".repeat(3 << 20)});
    let rejected = Came::from(post(&sandbox, &fault)).await;
    assert_eq!(
        (rejected.status, rejected.json()),
        (413, json!({"error": "the body is larger than 2 MiB"}))
    );
}
