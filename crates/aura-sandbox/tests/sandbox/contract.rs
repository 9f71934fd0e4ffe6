//! Whatever stands in a contract is served, with no line of code for it.

use aura_sandbox::aura_contract::Contract;
use aura_sandbox::{Sandbox, SandboxError};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

use super::documented::Documented;
use super::{Came, OTHER_ID, ask, fixture, get, started};

async fn sandbox() -> Sandbox {
    started(Sandbox::builder().contract(fixture()).no_rate_limit()).await
}

/// What came, which is as the contract documents it.
async fn documented(request: RequestBuilder, method: &str, path: &str) -> Came {
    let contract = fixture();
    let came = Came::from(request).await;
    Documented::new(contract.document(), method, path).check(&came);
    came
}

/// The lead that the sandbox made up, since the contract shows none.
async fn made_up(sandbox: &Sandbox) -> String {
    let list = get(sandbox, "/v1/leads?status=new").header("x-tenant", "7");
    let list = Came::from(list).await.json();
    list["data"][0]["id"]
        .as_str()
        .expect("it has an ID")
        .to_owned()
}

#[tokio::test]
async fn query_and_header_parameters_are_checked() {
    let sandbox = sandbox().await;
    let list = |query: &str| get(&sandbox, &format!("/v1/leads{query}"));
    let good = list("?status=new&limit=100&tag=ab&tag=cd&unknown=1").header("X-Tenant", "7");
    let came = documented(good, "get", "/v1/leads").await;
    assert_eq!(came.status, 200);
    assert_eq!(came.json()["data"].as_array().map(Vec::len), Some(2));
    assert_eq!(came.header("x-page"), "3");
    assert!(
        !came.headers.contains_key("x-ratelimit-limit"),
        "that is not for examples to say"
    );

    for (query, tenant) in [
        ("?status=new&limit=0", "7"),
        ("?status=new&limit=ten", "7"),
        ("?status=lost", "7"),
        ("?limit=1", "7"),
        ("?status=new&tag=ab&tag=c", "7"),
        ("?status=new", "seven"),
    ] {
        let request = list(query).header("x-tenant", tenant);
        let came = documented(request, "get", "/v1/leads").await;
        assert_eq!(came.status, 400, "{query} {tenant}");
        assert_eq!(came.header("content-type"), "application/problem+json");
    }
    assert_eq!(Came::from(list("?status=new")).await.status, 400);
}

#[tokio::test]
async fn bodies_are_checked() {
    let sandbox = sandbox().await;
    let post = || ask(&sandbox, Method::POST, "/v1/leads").bearer_auth(sandbox.api_key());
    let good = post().json(&json!({"email": "a@b.example", "age": 0}));
    let came = documented(good, "post", "/v1/leads").await;
    assert_eq!((came.status, came.header("location")), (201, "/v1/leads/1"));

    let json = "application/json";
    for (body, media_type, status, code, told) in [
        ("", json, 400, "INVALID_LEAD", "body: it is required"),
        (
            "{\"email\":",
            json,
            400,
            "INVALID_LEAD",
            "body: it is not JSON",
        ),
        (
            r#"{"email": "secret"}"#,
            json,
            400,
            "INVALID_LEAD",
            "body.email: ",
        ),
        (
            r#"{"email": "a@b.example", "secret": 1}"#,
            json,
            400,
            "INVALID_LEAD",
            "body",
        ),
        (
            r#"{"email": "a@b.example"}"#,
            "application/JSON; charset=utf-8",
            201,
            "",
            "",
        ),
        (
            "email=a",
            "application/x-www-form-urlencoded",
            415,
            "UNSUPPORTED_MEDIA_TYPE",
            "",
        ),
    ] {
        let request = post().header("content-type", media_type).body(body);
        let came = documented(request, "post", "/v1/leads").await;
        assert_eq!(came.status, status, "{body}");
        if status != 201 {
            assert_eq!(came.code(), code);
            let error = came.json()["error"].to_string();
            assert!(error.contains(told) && !error.contains("secret"), "{error}");
        }
    }
    let large = post()
        .header("content-type", json)
        .body(vec![b' '; (1 << 20) + 1]);
    assert_eq!(documented(large, "post", "/v1/leads").await.status, 413);
    let untyped = post().body("{}");
    assert_eq!(documented(untyped, "post", "/v1/leads").await.status, 415);
}

#[tokio::test]
async fn bodies_are_read_as_the_client_reads_them() {
    let sandbox = sandbox().await;
    let post = |body: &str| {
        let request = ask(&sandbox, Method::POST, "/v1/leads").bearer_auth(sandbox.api_key());
        let request = request.header("content-type", "application/json");
        request.body(body.to_owned())
    };
    for good in [
        r#"{"email": "a@b.example", "age": 12345.0}"#,
        r#"{"email": "a@b.example", "age": 1e2}"#,
        "\u{feff}{\"email\": \"a@b.example\"}",
    ] {
        let came = documented(post(good), "post", "/v1/leads").await;
        assert_eq!(came.status, 201, "{good}: {}", came.body);
    }
    for (bad, told) in [
        (
            r#"{"email": "a@b.example", "age": 12345.5}"#,
            r#"body.age: the value is not of type \"integer\""#,
        ),
        (
            r#"{"email": "a@b.example", "age": 1, "age": 1}"#,
            "body.age: it is there more than once",
        ),
        (
            r#"{"email": "\ud800"}"#,
            "body.email: the value is not Unicode",
        ),
        (
            r#"{"email": "a@b.example", "secret": 1e999}"#,
            "body: it has a property that is not allowed",
        ),
    ] {
        let came = documented(post(bad), "post", "/v1/leads").await;
        assert_eq!(came.status, 400, "{bad}");
        assert!(came.body.contains(told), "{}", came.body);
        assert!(!came.body.contains("secret"), "{}", came.body);
    }
    let deep = format!("{{\"secret\":{}{}}}", "[".repeat(9999), "]".repeat(9999));
    assert_eq!(Came::from(post(&deep)).await.status, 400);
}

#[tokio::test]
async fn a_lead_is_known_by_its_schema_and_what_is_below_it_by_its_path() {
    let sandbox = sandbox().await;
    let id = made_up(&sandbox).await;
    let lead = format!("/v1/leads/{id}");
    let came = documented(get(&sandbox, &lead), "get", "/v1/leads/{lead_id}").await;
    assert_eq!((came.status, &came.json()["id"]), (200, &Value::from(id)));

    let notes = format!("{lead}/notes");
    let came = documented(get(&sandbox, &notes), "get", "/v1/leads/{id}/notes").await;
    assert_eq!((came.status, came.json()), (200, json!(["does fit"])));
    let delete = |path: &str| ask(&sandbox, Method::DELETE, path).bearer_auth(sandbox.api_key());
    let came = documented(delete(&lead), "delete", "/v1/leads/{lead_id}").await;
    assert_eq!((came.status, came.body.as_str()), (204, ""));
    for gone in [&lead, &notes] {
        assert_eq!(Came::from(get(&sandbox, gone)).await.status, 404, "{gone}");
    }

    let unknown = format!("/v1/leads/{OTHER_ID}");
    let came = documented(delete(&unknown), "delete", "/v1/leads/{lead_id}").await;
    assert_eq!(came.status, 404);
    let notes = get(&sandbox, &format!("{unknown}/notes"));
    let came = documented(notes, "get", "/v1/leads/{id}/notes").await;
    assert_eq!(came.status, 404);
    // The contract documents no body for this one, so it has the API's own form.
    let came = documented(get(&sandbox, &unknown), "get", "/v1/leads/{lead_id}").await;
    assert_eq!((came.status, came.code().as_str()), (404, "NOT_FOUND"));
}

#[tokio::test]
async fn the_methods_of_a_path_are_told() {
    let sandbox = sandbox().await;
    let came = Came::from(ask(&sandbox, Method::PUT, &format!("/v1/leads/{OTHER_ID}"))).await;

    assert_eq!(
        (came.status, came.header("allow")),
        (405, "GET, DELETE, HEAD")
    );
}

#[tokio::test]
async fn what_needs_no_key_is_open_and_text_is_text() {
    let sandbox = sandbox().await;
    let ping = ask(&sandbox, Method::GET, "/v1/ping");
    let came = documented(ping, "get", "/v1/ping").await;

    assert_eq!((came.status, came.body.as_str()), (200, "pong"));
}

#[tokio::test]
async fn an_example_that_does_not_fit_is_not_served() {
    let sandbox = sandbox().await;
    let export = get(&sandbox, "/v1/leads/export");
    let came = documented(export, "get", "/v1/leads/export").await;
    assert_eq!(came.status, 200);

    let impossible = get(&sandbox, "/v1/impossible");
    let came = documented(impossible, "get", "/v1/impossible").await;
    assert_eq!(
        (came.status, came.code().as_str()),
        (501, "NOT_IMPLEMENTED")
    );
    assert!(came.json()["error"].to_string().contains("impossible"));
}

#[tokio::test]
async fn leads_must_fit_the_contract_that_is_served() {
    let lead = json!({"id": OTHER_ID, "email": null});
    let given = Sandbox::builder()
        .contract(fixture())
        .lead_json(lead.clone());
    let sandbox = started(given).await;
    let came = Came::from(get(&sandbox, &format!("/v1/leads/{OTHER_ID}"))).await;
    assert_eq!(came.json(), lead);

    let unfit = Sandbox::builder().lead_json(lead.clone()).start().await;
    assert!(matches!(unfit, Err(SandboxError::Lead { .. })));
    let without_leads =
        json!({"openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "paths": {}});
    let without_leads = Contract::from_json(&without_leads.to_string()).expect("a contract");
    let none = Sandbox::builder().contract(without_leads.clone());
    let told = none
        .clone()
        .lead_json(lead)
        .start()
        .await
        .expect_err("no leads");
    assert!(
        told.to_string()
            .contains("no operation that answers one lead"),
        "{told}"
    );
    assert_eq!(
        Came::from(get(&started(none).await, "/v1/leads/7"))
            .await
            .status,
        404
    );
}
