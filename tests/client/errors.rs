//! An error says all that was known when it failed.

use aura_client::{Client, ErrorKind};
use aura_sandbox::Fault;
use aura_workspace_tests::answers::{self, json, text};

use super::{KEY, id};

async fn failed(answer: Fault) -> aura_client::Error {
    let sandbox = answers::sandbox(KEY, answer).await;
    let call = sandbox.client().get_lead(&id()).await;
    call.expect_err("it is no success")
}

#[tokio::test]
async fn a_page_of_a_proxy_keeps_status_headers_and_body() {
    let html = "<html><body>Bad gateway for me@example.com</body></html>";
    let error = failed(text(501, "text/html", html)).await;
    assert_eq!(error.kind(), ErrorKind::Api);
    assert_eq!(error.status().map(|status| status.as_u16()), Some(501));
    assert_eq!(
        error.headers().expect("they came")["content-type"],
        "text/html"
    );
    assert_eq!(error.body().map(|body| &body[..]), Some(html.as_bytes()));
    assert_eq!((error.code(), error.message()), (None, None));
    assert!(!format!("{error} {error:?}").contains("example.com"));
}

#[tokio::test]
async fn an_error_without_a_body_is_complete_too() {
    let answer = answers::with(json(401, ""), "x-request-id", "req_header");
    let error = failed(answer).await;
    assert_eq!(error.kind(), ErrorKind::Api);
    assert!(error.is_unauthorized());
    assert_eq!(error.request_id(), Some("req_header"));
}

#[tokio::test]
async fn a_success_that_says_it_is_none_is_an_error() {
    let body =
        r#"{"success":false,"code":"NOT_FOUND","error":"Lead not found","requestId":"req_1"}"#;
    let error = failed(json(200, body)).await;
    assert_eq!(error.kind(), ErrorKind::Api);
    assert_eq!(error.status().map(|status| status.as_u16()), Some(200));
    assert_eq!(error.code(), Some("NOT_FOUND"));
    assert_eq!(error.request_id(), Some("req_1"));
}

#[tokio::test]
async fn a_success_whose_body_does_not_fit_is_told_by_its_path() {
    for (body, path) in [
        (r#"{"success":true}"#, Some("data")),
        (r#"{"success":true,"data":[]}"#, Some("data")),
        ("<html></html>", None),
        ("", None),
        (r#"{"data":"#, None),
    ] {
        let error = failed(json(200, body)).await;
        assert_eq!(error.kind(), ErrorKind::Decode, "{body}");
        assert_eq!(error.json_path(), path, "{body}");
        assert_eq!(error.body().map(|body| body.to_vec()), Some(body.into()));
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let elsewhere = answers::sandbox(KEY, json(200, "{}")).await;
    let redirect = text(302, "text/plain", "");
    let error = failed(answers::with(redirect, "location", elsewhere.base_url())).await;
    assert_eq!(error.kind(), ErrorKind::Api);
    assert_eq!(error.status().map(|status| status.as_u16()), Some(302));
    assert!(elsewhere.requests().is_empty(), "the key went nowhere else");
    let line = error.to_string();
    assert!(
        line.contains("302 Found, and its redirect to 127.0.0.1 is not followed"),
        "{line}"
    );
}

#[tokio::test]
async fn the_display_is_one_line_for_a_log() {
    let body =
        r#"{"success":false,"code":"NOT_FOUND","error":"me@example.com","requestId":"req_1"}"#;
    let line = failed(json(404, body)).await.to_string();
    assert_eq!(line.lines().count(), 1);
    for said in ["get_lead", "404", "NOT_FOUND", "req_1"] {
        assert!(line.contains(said), "{said} in {line}");
    }
    assert!(!line.contains("example.com"));
    let body = r#"{"success":false,"code":"me@example.com","requestId":"me\n@example.com"}"#;
    let error = failed(json(404, body)).await;
    assert_eq!(error.code(), Some("me@example.com"));
    assert!(
        !format!("{error} {error:?}").contains("example.com"),
        "{error:?}"
    );
    let long = format!(
        r#"{{"code":"{}","requestId":"{}"}}"#,
        "x".repeat(9_000),
        "é".repeat(9_000)
    );
    let line = failed(json(404, long)).await.to_string();
    assert!(line.chars().count() <= 500, "{}", line.chars().count());
}

#[test]
fn a_key_or_url_that_cannot_work_is_told_before_a_call() {
    let build = |key: &str, url: &str| Client::builder().api_key(key).base_url(url).build();
    for (key, url) in [
        ("", "https://api.aura-app.ai"),
        ("bell\u{7}", "https://api.aura-app.ai"),
        (KEY, "http://api.aura-app.ai"),
        (KEY, "api.aura-app.ai"),
        (KEY, "https://user:secret@api.aura-app.ai"),
    ] {
        let error = build(key, url).expect_err("it cannot work");
        assert_eq!(error.kind(), ErrorKind::Config);
        assert_eq!(error.attempts(), 0);
        assert!(!format!("{error} {error:?}").contains("secret"));
    }
}
