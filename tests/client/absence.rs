//! "No such lead" is what the API itself says, and nothing else.

use aura_client::OptionalExt;
use aura_client::http::Method;
use aura_client::uuid::Uuid;
use aura_sandbox::{Fault, Sandbox};
use aura_workspace_tests::answers::{self, json, text};

use super::{KEY, id};

#[tokio::test]
async fn a_lead_that_is_not_there_is_none() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let client = sandbox.client();

    let lead = client.get_lead(&Uuid::from_u128(404)).await.optional();
    assert!(lead.expect("the API says so").is_none());
    let lead = client.get_lead(&id()).await.optional();
    assert_eq!(lead.expect("it is there").map(|lead| lead.id), Some(id()));
}

#[tokio::test]
async fn nothing_else_is_none() {
    let coded =
        |status, code: &str| json(status, format!(r#"{{"success":false,"code":"{code}"}}"#));
    for answer in [
        text(404, "text/html", "<h1>404 Not Found</h1>"),
        json(404, ""),
        json(404, r#"{"success":false}"#),
        json(404, r#"{"success":false,"code":null}"#),
        coded(404, ""),
        coded(404, "not_found"),
        coded(404, "NO_SUCH_ROUTE"),
        coded(410, "NOT_FOUND"),
        coded(403, "NOT_FOUND"),
        coded(200, "NOT_FOUND"),
    ] {
        let sandbox = answers::sandbox(KEY, answer).await;
        let outcome = sandbox.client().get_lead(&id()).await;
        let error = outcome.as_ref().expect_err("it is no success").to_string();

        assert!(
            !outcome.as_ref().is_err_and(|error| error.is_not_found()),
            "{error}"
        );
        assert!(outcome.optional().is_err(), "{error}");
    }
}

#[tokio::test]
async fn a_wrong_base_url_is_an_error() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let client = aura_client::Client::builder()
        .api_key(sandbox.api_key())
        .base_url(format!("{}/elsewhere", sandbox.base_url()))
        .build()
        .expect("valid");
    let error = client.get_lead(&id()).await.optional().err();

    assert_eq!(
        error.as_ref().and_then(|error| error.code()),
        Some("NO_SUCH_ROUTE")
    );
}

#[tokio::test]
async fn a_call_without_an_operation_finds_nothing_missing() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    let path = format!("/v1/leads/{}", Uuid::from_u128(404));
    let outcome = sandbox.client().request(Method::GET, &path, None).await;
    let error = outcome.expect_err("there is no such lead");

    assert_eq!(error.code(), Some("NOT_FOUND"));
    assert!(!error.is_not_found());
}

#[tokio::test]
async fn the_code_can_drift_too() {
    let sandbox = Sandbox::start().await.expect("a sandbox");
    sandbox
        .inject(Fault::drift("code", "GONE"))
        .expect("a valid fault");
    let error = sandbox.client().get_lead(&Uuid::from_u128(404)).await;

    assert!(!error.expect_err("there is no such lead").is_not_found());
}
