//! `aura api`: what is sent, what is written, how it ends.

use aura_sandbox::Sandbox;
use aura_sandbox::aura_contract::Contract;
use aura_sandbox::{Fault, http};
use serde_json::{Value, json};

use crate::aura::{aura, with_key};

const LEAD: &str = "550e8400-e29b-41d4-a716-446655440000";
const NOBODY: &str = "00000000-0000-0000-0000-000000000000";

/// A contract that `aura` doesn't know: it can be asked for by path.
fn grown() -> Contract {
    let document = json!({
        "openapi": "3.0.3",
        "info": { "title": "Grown", "version": "2.0.0" },
        "paths": {
            "/v1/leads": { "post": {
                "operationId": "create_lead",
                "requestBody": { "required": true, "content": { "application/json": { "schema": { "type": "object" } } } },
                "responses": { "201": { "description": "Made.", "content": { "application/json": { "schema": { "type": "object", "example": { "made": true } }, "example": { "made": true } } } } }
            } },
            "/v1/text": { "post": {
                "operationId": "send_text",
                "requestBody": { "content": { "text/csv": {}, "image/png": {} } },
                "responses": { "200": { "description": "Text.", "content": { "text/csv": { "example": "a,b\n" } } } }
            } },
            "/v1/image": { "get": {
                "operationId": "get_image",
                "responses": { "200": { "description": "It.", "content": { "image/png": {} } } }
            } },
            "/v1/leads/{id}": { "delete": {
                "operationId": "delete_lead",
                "parameters": [{ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } }],
                "responses": { "204": { "description": "Gone." } }
            } }
        }
    });
    Contract::from_json(&document.to_string()).expect("it is one")
}

#[tokio::test]
async fn an_answer_comes_as_the_service_wrote_it() {
    let sandbox = Sandbox::start().await.expect("started");
    let run = aura(&sandbox, &format!("api get_lead --id {LEAD}")).await;

    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
    let id = LEAD.parse().expect("a UUID");
    let lead = sandbox.client().get_lead(&id).await.expect("there");
    assert_eq!(run.stdout.as_bytes(), lead.bytes());
}

#[tokio::test]
async fn a_refusal_is_printed_too_and_told_in_a_line() {
    let sandbox = Sandbox::start().await.expect("started");
    for (key, id, code, error) in [
        (sandbox.api_key(), NOBODY, 4, "NOT_FOUND"),
        ("aura_pk_test_wrong", LEAD, 3, "UNAUTHORIZED"),
    ] {
        let line = format!("api get_lead --id {id} --output json");
        let run = with_key(&sandbox, key, &line, "").await;

        assert_eq!(run.code, Some(code));
        assert_eq!(run.json()["code"], error);
        let told: Value = serde_json::from_str(&run.stderr).expect("one line of JSON");
        assert_eq!(told["error"]["code"], error);
        assert_eq!(told["error"]["request_id"], run.json()["requestId"]);
        assert!(!format!("{}{}", run.stdout, run.stderr).contains(key));
    }
}

#[tokio::test]
async fn a_refusal_that_breaks_off_is_no_absence() {
    let sandbox = Sandbox::start().await.expect("started");
    sandbox
        .inject(Fault::truncated_body())
        .expect("a valid fault");
    let run = aura(&sandbox, &format!("api get_lead --id {NOBODY}")).await;

    assert!(run.stdout.contains("NOT_FOUND"), "{}", run.stdout);
    assert_eq!(run.code, Some(5), "{}", run.stderr);
}

#[tokio::test]
async fn a_call_that_does_not_fit_is_not_sent() {
    let sandbox = Sandbox::start().await.expect("started");
    for line in [
        "api get_lead --id 7",
        "api get_lead",
        "api get_leads",
        "api get_lead --id 7 --body {}",
        "api get_lead --id 550e8400-e29b-41d4-a716-446655440000 --output csv",
        "api GET health",
        "api GET /v1/../health",
        "api POST /v1/leads --body {",
        "api POST /v1/leads --body @no-such-file",
    ] {
        let run = aura(&sandbox, line).await;
        assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{line}");
        assert!(run.stderr.starts_with("error: "), "{line}: {}", run.stderr);
    }
    assert_eq!(sandbox.request_count(), 0);
}

#[tokio::test]
async fn any_path_is_asked_for_with_key_and_body() {
    let sandbox = Sandbox::builder().contract(grown());
    let sandbox = sandbox.start().await.expect("started");
    let line = "api POST /v1/leads --body -";
    let run = with_key(&sandbox, sandbox.api_key(), line, r#"{"a":[1]}"#).await;
    assert_eq!((run.code, run.json()), (Some(0), json!({ "made": true })));

    let run = aura(&sandbox, "api DELETE /v1/leads/7").await;
    assert_eq!((run.code, run.stdout.as_str()), (Some(0), ""), "no content");

    let run = aura(&sandbox, "api PUT /v1/leads").await;
    assert_eq!(
        (run.code, &run.json()["code"]),
        (Some(1), &"METHOD_NOT_ALLOWED".into())
    );

    let requests = sandbox.requests();
    let operations: Vec<_> = requests.iter().map(|request| request.operation()).collect();
    assert_eq!(operations, [Some("create_lead"), Some("delete_lead"), None]);
    assert_eq!(requests[0].body().as_ref(), br#"{"a":[1]}"#);
}

#[tokio::test]
async fn what_is_no_json_is_printed_and_told() {
    let sandbox = Sandbox::start().await.expect("started");
    sandbox
        .inject(Fault::answer(http::StatusCode::NOT_IMPLEMENTED).body("<p>"))
        .expect("a valid fault");
    let run = aura(&sandbox, &format!("api get_lead --id {LEAD} --output json")).await;
    assert_eq!((run.code, run.stdout.as_str()), (Some(5), "<p>\n"));
    assert!(run.stderr.contains("501"), "{}", run.stderr);
}

#[tokio::test]
async fn status_and_headers_come_first_without_secrets() {
    let sandbox = Sandbox::start().await.expect("started");
    let fault = Fault::answer(http::StatusCode::ACCEPTED)
        .header(
            http::header::SET_COOKIE,
            http::HeaderValue::from_static("session=secret"),
        )
        .body("{}");
    sandbox.inject(fault).expect("a valid fault");
    let run = aura(&sandbox, &format!("api get_lead -i --id {LEAD}")).await;

    assert_eq!(run.code, Some(0));
    assert!(
        run.stdout.starts_with("HTTP 202 Accepted\n"),
        "{}",
        run.stdout
    );
    assert!(run.stdout.ends_with("\n\n{}"), "{}", run.stdout);
    assert!(run.stdout.contains("set-cookie: [redacted]"));
    assert!(!run.stdout.contains("secret"));
}

#[tokio::test]
async fn operations_are_listed_for_programs() {
    let sandbox = Sandbox::start().await.expect("started");
    let run = aura(&sandbox, "api --output ndjson").await;
    let lines: Vec<Value> = run
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();

    let contract = Contract::builtin();
    let ids: Vec<_> = contract.operations().iter().map(|each| &each.id).collect();
    let listed: Vec<_> = lines.iter().map(|line| &line["id"]).collect();
    assert_eq!(listed, ids);
    let array = aura(&sandbox, "api --output json").await.json();
    assert_eq!(array, Value::Array(lines));
}

/// The bytes that the sandbox has for what no text is.
const IMAGE: &[u8] = b"\x00\x01\x02\x03\xfc\xfd\xfe\xff";

async fn of_grown() -> Sandbox {
    let sandbox = Sandbox::builder().contract(grown());
    sandbox.start().await.expect("started")
}

#[tokio::test]
async fn a_body_is_read_from_a_file_while_it_is_sent() {
    let sandbox = of_grown().await;
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("large");
    std::fs::write(&file, vec![b'x'; 3 * 1024 * 1024]).expect("writable");
    let line = format!(
        "api POST /v1/text --content-type image/png --out - --body @{}",
        file.display()
    );
    let run = aura(&sandbox, &line).await;
    assert_eq!(
        (run.code, run.stdout.as_str()),
        (Some(0), "a,b\n"),
        "{}",
        run.stderr
    );
    let sent = &sandbox.requests()[0];
    assert_eq!(sent.headers()["content-length"], "3145728");
    assert_eq!(sent.headers()["content-type"], "image/png");

    let line = "api POST /v1/text --content-type text/csv --body - --out -";
    let run = with_key(&sandbox, sandbox.api_key(), line, "1,2").await;
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(sandbox.requests()[1].body().as_ref(), b"1,2");
}

#[tokio::test]
async fn a_response_is_written_to_a_file_whole_or_not_at_all() {
    let sandbox = of_grown().await;
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("image.png");
    let line = format!("api GET /v1/image --out {}", file.display());
    let run = aura(&sandbox, &line).await;
    assert_eq!(
        (run.code, run.stdout.as_str()),
        (Some(0), ""),
        "{}",
        run.stderr
    );
    assert_eq!(std::fs::read(&file).expect("it is there"), IMAGE);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&file)
            .expect("it is there")
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    let run = aura(&sandbox, &line).await;
    assert_eq!(run.code, Some(2));
    assert!(
        run.stderr.contains("the file is not empty"),
        "{}",
        run.stderr
    );
    assert_eq!(sandbox.request_count(), 1, "nothing was asked");

    std::fs::write(&file, "old").expect("writable");
    sandbox
        .inject(Fault::truncated_body())
        .expect("a valid fault");
    let overwrite = format!("{line} --overwrite");
    let run = aura(&sandbox, &overwrite).await;
    assert_eq!(run.code, Some(5), "{}", run.stderr);
    assert_eq!(std::fs::read(&file).expect("it is there"), b"old");
    let left = std::fs::read_dir(folder.path()).expect("a folder").count();
    assert_eq!(left, 1, "no half of a file is left");

    sandbox.clear_faults();
    let run = aura(&sandbox, &overwrite).await;
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    assert_eq!(std::fs::read(&file).expect("it is there"), IMAGE);
    let run = aura(&sandbox, "api GET /v1/image --out no-such-folder/x").await;
    assert_eq!(run.code, Some(2), "{}", run.stderr);
}
