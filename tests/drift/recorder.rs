//! What a recorder writes: whole responses, and nothing that only the caller may know.

use std::fs;
use std::path::Path;

use aura_client::http::Method;
use aura_client::{Client, Recorder};
use aura_sandbox::{Fault, Sandbox};
use serde_json::Value;
use tempfile::TempDir;

async fn recorded(fault: Option<Fault>, paths: &[&str]) -> (Vec<Value>, u64, TempDir) {
    let sandbox = Sandbox::start().await.expect("it starts");
    if let Some(fault) = fault {
        sandbox.inject(fault).expect("a valid fault");
    }
    let (client, recorder, folder) = recording(&sandbox);
    for path in paths {
        // Errors are recorded as well.
        client.request(Method::GET, path, None).await.ok();
    }
    let file = folder.path().join(RECORDING);
    (lines(&file), recorder.lost(), folder)
}

/// The name of what a client of [`recording`] writes.
pub const RECORDING: &str = "exchanges.ndjson";

/// A client of the sandbox whose exchanges are recorded in a folder.
pub fn recording(sandbox: &Sandbox) -> (Client, Recorder, TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let recorder = Recorder::append(folder.path().join(RECORDING)).expect("it is opened");
    let client = Client::builder()
        .api_key(sandbox.api_key())
        .base_url(sandbox.base_url())
        .layer(recorder.clone())
        .build()
        .expect("a client");
    (client, recorder, folder)
}

fn lines(file: &Path) -> Vec<Value> {
    let text = fs::read_to_string(file).expect("read");
    assert!(text.is_empty() || text.ends_with('\n'));
    let lines = text
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"));
    lines.collect()
}

const LEAD: &str = "/v1/leads/550e8400-e29b-41d4-a716-446655440000";

#[tokio::test]
async fn each_attempt_that_got_a_response_is_a_line() {
    let fault = Fault::service_unavailable().times(1);
    let (lines, lost, _folder) = recorded(Some(fault), &[LEAD, "/v1/nothing"]).await;
    let told: Vec<_> = lines
        .iter()
        .map(|line| (line["method"].as_str(), line["status"].as_u64()))
        .collect();
    assert_eq!(
        told,
        [
            (Some("GET"), Some(503)),
            (Some("GET"), Some(200)),
            (Some("GET"), Some(404))
        ]
    );
    assert_eq!(lines[1]["body"]["data"]["email"], "john@example.com");
    assert!(
        lines[1]["url"]
            .as_str()
            .is_some_and(|url| url.ends_with(LEAD))
    );
    assert_eq!(lines[1]["headers"]["content-type"], "application/json");
    assert_eq!(lost, 0);
}

#[tokio::test]
async fn a_query_is_recorded_without_its_values() {
    let path = format!("{LEAD}?email=ann%40example.com&token=abc&flag");
    let (lines, _, _folder) = recorded(None, &[&path]).await;
    let url = lines[0]["url"].as_str().expect("text");
    assert!(url.ends_with("?email&token&flag"), "{url}");
}

#[tokio::test]
async fn a_body_that_breaks_off_is_counted_as_lost() {
    let fault = Fault::truncated_body().times(1);
    let (lines, lost, _folder) = recorded(Some(fault), &[LEAD]).await;
    assert_eq!((lines.len(), lost), (1, 1));
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_can_read_a_recording() {
    use std::os::unix::fs::PermissionsExt;
    let (_, _, folder) = recorded(None, &[LEAD]).await;
    let file = folder.path().join(RECORDING);
    let mode = fs::metadata(&file)
        .expect("it is there")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    Recorder::append(folder.path()).expect_err("a folder is no file");
}
