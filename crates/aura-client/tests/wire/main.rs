//! What goes over the wire and what comes of it, against a server that plays back what a test says.

mod broken;
mod download;
mod own_client;
mod retries;
mod server;
mod time;
mod upload;

use std::error::Error as _;
use std::time::Duration;

use aura_client::http::Method;
use aura_client::serde_json::json;
use aura_client::types::Lead;
use aura_client::{Client, Error, ErrorKind, uuid::Uuid};

use server::{Server, answer, listen};

const KEY: &str = "aura_pk_test_key";
const LEAD: &str = r#"{"data":{"id":"00000000-0000-0000-0000-000000000000","status":"new","created_at":"2026-01-17T08:00:00Z","updated_at":"2026-01-17T09:30:00Z","email":"ada@example.com","custom":{"a":[1,null]}},"success":true}"#;

async fn get_lead_error(server: &Server) -> Error {
    server
        .client()
        .get_lead(&Uuid::nil())
        .await
        .expect_err("it fails")
}

/// Everything an error shows of itself and its causes.
fn shown(error: &Error) -> String {
    let mut text = format!("{error}\n{error:?}");
    let mut cause = error.source();
    while let Some(error) = cause {
        text += &format!("\n{error}\n{error:?}");
        cause = error.source();
    }
    text
}

#[tokio::test]
async fn a_lead_is_read_with_all_that_came_along() {
    let headers = "X-Request-Id: req_1\r\nX-RateLimit-Limit: 100\r\nX-RateLimit-Remaining: 99\r\nX-RateLimit-Reset: 1768636800\r\n";
    let server = Server::answering(answer("200 OK", headers, LEAD)).await;
    let lead = server
        .client()
        .get_lead(&Uuid::nil())
        .await
        .expect("it fits");

    assert_eq!(lead.status, "new");
    let custom = lead.extra.get("custom").map(|json| json.get());
    assert_eq!(custom, Some(r#"{"a":[1,null]}"#));
    assert_eq!(lead.http_status(), 200);
    assert_eq!(lead.request_id(), Some("req_1"));
    assert_eq!(lead.rate_limit().map(|limit| limit.remaining), Some(99));
    assert_eq!(lead.bytes(), LEAD.as_bytes());
    assert_eq!(lead.attempts(), 1);
    assert_eq!(lead.headers()["x-ratelimit-limit"], "100");
    assert!(!format!("{lead:?}").contains("ada@"), "{lead:?}");
    assert_eq!(lead.into_inner().email.as_deref(), Some("ada@example.com"));
}

#[tokio::test]
async fn a_request_has_the_key_what_is_accepted_and_who_asks() {
    let server = Server::answering(answer("200 OK", "", LEAD)).await;
    let base_url = format!("{}/prefix/", server.base_url);
    let client = Client::builder()
        .api_key(KEY)
        .base_url(base_url)
        .user_agent("billing/2.1")
        .build();
    let client = client
        .expect("valid")
        .with_header("X-Org", "old")
        .expect("valid");
    let view = client.with_header("x-org", "org_1").expect("valid");
    view.get_lead(&Uuid::nil()).await.expect("it fits");
    let request = server.request();

    assert!(
        request.starts_with("GET /prefix/v1/leads/00000000-0000-0000-0000-000000000000 HTTP/1.1"),
        "{request}"
    );
    assert!(
        request.contains(&format!("authorization: Bearer {KEY}\r\n")),
        "{request}"
    );
    assert!(
        request.contains("accept: application/json\r\n"),
        "{request}"
    );
    let agent = format!(
        "user-agent: aura-client/{} billing/2.1\r\n",
        env!("CARGO_PKG_VERSION")
    );
    assert!(request.contains(&agent), "{request}");
    assert!(
        request.contains("x-org: org_1\r\n") && !request.contains("old"),
        "{request}"
    );
}

#[tokio::test]
async fn the_documented_error_is_read_whole() {
    let body = r#"{"code":"NOT_FOUND","error":"no lead ada@example.com","requestId":"req_b","success":false}"#;
    let server = Server::answering(answer("404 Not Found", "X-Request-Id: req_h\r\n", body)).await;
    let error = get_lead_error(&server).await;

    assert_eq!(error.kind(), ErrorKind::Api);
    assert!(error.is_not_found() && !error.is_retryable());
    assert_eq!(error.code(), Some("NOT_FOUND"));
    assert_eq!(error.message(), Some("no lead ada@example.com"));
    assert_eq!(error.request_id(), Some("req_b"));
    assert_eq!(error.body().expect("kept"), body.as_bytes());
    assert_eq!(
        error.to_string(),
        "get_lead: the API answered 404 Not Found (code NOT_FOUND, request req_b, 1 attempt)",
    );
    assert!(!shown(&error).contains("ada@"), "{error:?}");
    assert!(error.source().is_none());
    assert_eq!(error.salvage::<Lead>(), None, "there is nothing to salvage");
}

#[tokio::test]
async fn a_key_that_is_not_accepted_is_told_as_that() {
    for (status, unauthorized) in [("401 No", true), ("403 No", true), ("404 No", false)] {
        let server = Server::answering(answer(status, "", "")).await;
        let error = get_lead_error(&server).await;

        assert_eq!(error.is_unauthorized(), unauthorized);
        assert!(!error.is_retryable());
    }
}

#[tokio::test]
async fn no_header_is_shown_and_no_key() {
    let headers = "x-note: secret\r\nlocation: secret\r\nset-cookie: secret=1\r\n";
    for status in ["302 Found", "500 No", "200 OK"] {
        let server = Server::answering(answer(status, headers, "secret")).await;
        let error = get_lead_error(&server).await;

        let shown = shown(&error);
        assert!(!shown.contains("secret") && !shown.contains(KEY), "{shown}");
    }
}

#[tokio::test]
async fn the_content_type_does_not_matter() {
    for content_type in ["", "content-type: text/html\r\n"] {
        let server = Server::answering(answer("200 OK", content_type, LEAD)).await;
        let lead = server.client().get_lead(&Uuid::nil()).await;

        assert_eq!(lead.expect("it fits").status, "new");
    }
}

#[tokio::test]
async fn an_error_without_a_readable_body_keeps_status_headers_and_body() {
    for body in ["", "<html>bad gateway</html>", "[1]"] {
        let headers = "X-Request-Id: req_h\r\nRetry-After: 7\r\n";
        let server = Server::answering(answer("503 Service Unavailable", headers, body)).await;
        let error = get_lead_error(&server).await;

        assert_eq!(error.kind(), ErrorKind::Api, "{body}");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(503));
        assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
        assert_eq!(error.request_id(), Some("req_h"));
        assert_eq!(error.body().expect("kept"), body.as_bytes());
        assert!(error.is_retryable());
    }
}

#[tokio::test]
async fn success_false_is_an_error_whatever_the_status() {
    let body = r#"{"success":false,"code":"ARCHIVED","error":"gone"}"#;
    let server = Server::answering(answer("200 OK", "", body)).await;
    let client = server.client();
    let typed = get_lead_error(&server).await;
    let raw = client.request(Method::GET, "/v1/leads/1", None).await;
    for error in [typed, raw.expect_err("it is refused")] {
        let what = (error.kind(), error.code());
        assert_eq!(what, (ErrorKind::Api, Some("ARCHIVED")));
        assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
        assert!(!error.is_retryable());
    }
}

#[tokio::test]
async fn what_does_not_fit_is_named_and_kept_but_not_shown() {
    let body = LEAD.replace("\"email\":", "\"total_paid_cents\":");
    let server = Server::answering(answer("200 OK", "X-Request-Id: req_h\r\n", &body)).await;
    let error = get_lead_error(&server).await;

    assert!(error.is_decode() && error.source().is_none());
    assert_eq!(error.json_path(), Some("data.total_paid_cents"));
    assert_eq!(error.body().expect("kept"), body.as_bytes());
    assert_eq!(error.request_id(), Some("req_h"));
    assert_eq!(
        error.to_string(),
        "get_lead: the response does not fit the contract: data.total_paid_cents: \
         expected a whole number, found a string (status 200, request req_h, 1 attempt)",
    );
    assert!(!shown(&error).contains("ada@"), "{error:?}");

    let salvaged = error.salvage::<Lead>().expect("the rest fits");
    assert_eq!(salvaged.value.total_paid_cents, None);
    let custom = salvaged.value.extra.get("custom");
    assert_eq!(custom.map(|json| json.get()), Some(r#"{"a":[1,null]}"#));
    let paths: Vec<_> = salvaged
        .anomalies
        .iter()
        .map(|found| &found.json_path)
        .collect();
    assert_eq!(paths, ["data.total_paid_cents"]);
    assert!(!format!("{salvaged:?}").contains("ada@"));
}

#[tokio::test]
async fn a_body_that_is_too_large_is_cut_at_the_limit() {
    for (limit, fits) in [(LEAD.len(), true), (LEAD.len() - 1, false)] {
        let server = Server::answering(answer("200 OK", "", LEAD)).await;
        let client = Client::builder()
            .api_key(KEY)
            .base_url(&server.base_url)
            .max_body_bytes(limit);
        let outcome = client.build().expect("valid").get_lead(&Uuid::nil()).await;

        match outcome {
            Ok(_) => assert!(fits),
            Err(error) => {
                assert!(!fits);
                assert_eq!(error.kind(), ErrorKind::BodyTooLarge);
                assert_eq!(error.body().expect("kept"), &LEAD.as_bytes()[..limit]);
                assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
            }
        }
    }
}

#[tokio::test]
async fn a_refused_connection_is_an_attempt() {
    let (listener, address) = listen().await;
    drop(listener);
    let client = Client::builder()
        .api_key(KEY)
        .base_url(format!("http://{address}"))
        .max_retries(0)
        .build();
    let error = client
        .expect("valid")
        .get_lead(&Uuid::nil())
        .await
        .expect_err("refused");

    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connect, 1));
    assert!(error.is_retryable() && !error.is_timeout());
    assert!(error.source().is_some() && error.status().is_none());
    assert!(
        !shown(&error).contains("v1/leads"),
        "no URL: {}",
        shown(&error)
    );
}

#[tokio::test]
async fn endless_settings_do_not_overflow() {
    let server = Server::answering(answer("200 OK", "", LEAD)).await;
    let client = Client::builder()
        .api_key(KEY)
        .base_url(&server.base_url)
        .timeout(Duration::MAX)
        .attempt_timeout(Duration::MAX)
        .connect_timeout(Duration::MAX)
        .max_body_bytes(usize::MAX)
        .build()
        .expect("valid");

    client.get_lead(&Uuid::nil()).await.expect("it fits");
}

#[tokio::test]
async fn any_endpoint_can_be_asked_and_its_value_is_not_shown() {
    let server = Server::answering(answer(
        "201 Created",
        "",
        r#"{"data":{"email":"ada@example.com"}}"#,
    ))
    .await;
    let body = json!({"email": "ada@example.com"});
    let client = server.client();
    let made = client
        .request(Method::POST, "/v1/leads?dry_run=true", Some(&body))
        .await
        .expect("made");

    assert_eq!(made.get(), r#"{"data":{"email":"ada@example.com"}}"#);
    assert!(!format!("{made:?}").contains("ada@"), "{made:?}");
    let request = server.request();
    assert!(
        request.starts_with("POST /v1/leads?dry_run=true HTTP/1.1"),
        "{request}"
    );
    assert!(
        request.contains("content-type: application/json\r\n"),
        "{request}"
    );
    assert!(request.ends_with(&body.to_string()), "{request}");
}

#[tokio::test]
async fn an_endpoint_without_a_body_gives_null() {
    let server = Server::answering("HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n").await;
    let gone = server
        .client()
        .request(Method::DELETE, "/v1/leads/1", None)
        .await
        .expect("gone");

    assert_eq!(gone.get(), "null");
}

#[tokio::test]
async fn a_path_that_leads_elsewhere_is_refused_before_anything_is_sent() {
    let client = Client::builder()
        .api_key(KEY)
        .base_url("http://127.0.0.1:9")
        .build()
        .expect("valid");
    for path in [
        "",
        "v1",
        "/v1/../x",
        "/v1/%2E%2e/x",
        "/v1\\..\\x",
        "/v1/a b",
        "https://evil.example/",
        "/v1?a=b#c",
        "/v1?a=b c",
    ] {
        let error = client
            .request(Method::GET, path, None)
            .await
            .expect_err(path);
        assert_eq!(
            (error.kind(), error.attempts()),
            (ErrorKind::Request, 0),
            "{path}"
        );
    }
}
