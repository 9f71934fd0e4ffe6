//! What a page of another origin may do.

use aura_sandbox::aura_contract::Contract;
use aura_sandbox::http::StatusCode;
use aura_sandbox::{Fault, RateLimit, Sandbox};
use reqwest::{Method, RequestBuilder};
use serde_json::json;

use super::{Came, ID, ask, fixture, get, started};

const ORIGIN: &str = "https://app.example";

fn preflight(sandbox: &Sandbox, target: &str) -> RequestBuilder {
    ask(sandbox, Method::OPTIONS, target)
        .header("origin", ORIGIN)
        .header("access-control-request-method", "PATCH")
        .header("access-control-request-headers", "authorization,x-tenant")
}

fn assert_open(came: &Came) {
    assert_eq!(came.header("access-control-allow-origin"), "*");
    let exposed = came.header("access-control-expose-headers").to_lowercase();
    for name in [
        "x-request-id",
        "x-ratelimit-limit",
        "x-ratelimit-remaining",
        "x-ratelimit-reset",
        "retry-after",
    ] {
        assert!(exposed.contains(name), "{exposed}");
    }
}

#[tokio::test]
async fn a_preflight_is_answered_whatever_else_holds() {
    let limit = RateLimit::per_minute(1);
    let sandbox = started(Sandbox::builder().rate_limit(limit)).await;
    sandbox.inject(Fault::stall()).expect("a valid fault");
    for target in ["/v1/leads/1", "/health", "/nowhere"] {
        for _ in 0..2 {
            let came = Came::from(preflight(&sandbox, target)).await;
            assert_eq!((came.status, came.body.as_str()), (204, ""), "{target}");
            assert_open(&came);
            assert_eq!(came.header("access-control-allow-methods"), "PATCH");
            let headers = came.header("access-control-allow-headers");
            assert_eq!(headers, "authorization,x-tenant");
        }
    }
    assert_eq!(sandbox.request_count(), 0);
}

#[tokio::test]
async fn responses_can_be_read_from_any_origin_errors_and_faults_too() {
    let sandbox = started(Sandbox::builder().rate_limit(RateLimit::per_minute(1))).await;
    let lead = format!("/v1/leads/{ID}");
    let send = async |request: RequestBuilder| Came::from(request.header("origin", ORIGIN)).await;
    for (request, status) in [
        (get(&sandbox, &lead), 200),
        (get(&sandbox, &lead), 429),
        (ask(&sandbox, Method::GET, &lead), 401),
        (ask(&sandbox, Method::POST, &lead), 405),
        (ask(&sandbox, Method::GET, "/nowhere"), 404),
        (ask(&sandbox, Method::GET, "/health"), 200),
    ] {
        let came = send(request).await;
        assert_eq!(came.status, status);
        assert_open(&came);
    }
    for fault in [
        Fault::service_unavailable(),
        Fault::bad_gateway(),
        Fault::answer(StatusCode::IM_A_TEAPOT),
        Fault::malformed_json(),
    ] {
        sandbox.clear_faults();
        sandbox.inject(fault).expect("a valid fault");
        assert_open(&send(get(&sandbox, &lead)).await);
    }
}

#[tokio::test]
async fn the_sandboxes_own_pages_stay_closed_to_other_origins() {
    let sandbox = started(Sandbox::builder()).await;
    for target in [
        "/",
        "/docs",
        "/docs/assets/sandbox.js",
        "/openapi.json",
        "/__sandbox/faults",
        "/__sandbox/requests",
        "/__sandbox/leads",
        "/__sandbox/leads/1",
    ] {
        let read = ask(&sandbox, Method::GET, target).header("origin", ORIGIN);
        for request in [preflight(&sandbox, target), read] {
            let came = Came::from(request).await;
            let opened = came
                .headers
                .keys()
                .find(|name| name.as_str().starts_with("access-control"));
            assert_eq!(opened, None, "{target}");
        }
    }
}

#[tokio::test]
async fn a_contract_keeps_its_own_options() {
    let mut document = fixture().document().clone();
    let mut options = document["paths"]["/v1/ping"]["get"].clone();
    options["operationId"] = json!("ping_options");
    document["paths"]["/v1/ping"]["options"] = options;
    let contract = Contract::from_json(&document.to_string()).expect("it is a contract");
    let sandbox = started(Sandbox::builder().contract(contract)).await;

    let plain =
        Came::from(ask(&sandbox, Method::OPTIONS, "/v1/ping").header("origin", ORIGIN)).await;
    assert_eq!((plain.status, plain.body.as_str()), (200, "pong"));
    assert_eq!(
        Came::from(preflight(&sandbox, "/v1/ping")).await.status,
        204
    );
    assert_eq!(sandbox.requests()[0].operation(), Some("ping_options"));
}
