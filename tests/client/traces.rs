//! What a call tells `tracing`, and what it keeps to itself.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use aura_client::http::Method;
use aura_client::serde_json::json;
use aura_workspace_tests::answers;
use tracing_subscriber::fmt::format::FmtSpan;

use super::{ID, KEY, id, page_lead, with_lead};

/// What has been written so far.
#[derive(Clone, Default)]
pub(super) struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// Everything that is told while `call` runs, on this thread.
    pub(super) async fn of(call: impl Future<Output = ()>) -> String {
        let log = Log::default();
        let writer = log.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
            .with_span_events(FmtSpan::CLOSE)
            .with_ansi(false)
            .with_writer(move || writer.clone())
            .finish();
        let guard = tracing::subscriber::set_default(subscriber);
        call.await;
        drop(guard);
        let bytes = log.0.lock().expect("no writer panics").clone();
        String::from_utf8(bytes).expect("it is text")
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("no writer panics").write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn assert_told(log: &str, fields: &[&str]) {
    for field in fields {
        assert!(log.contains(field), "{field} in:\n{log}");
    }
}

#[tokio::test]
async fn a_call_is_a_span_with_opentelemetrys_names() {
    let (_sandbox, client) = with_lead(&page_lead()).await;
    let log = Log::of(async {
        client.get_lead(&id()).await.expect("it fits");
    })
    .await;

    assert_told(
        &log,
        &[
            "otel.name=\"GET /v1/leads/{id}\"",
            "otel.kind=\"client\"",
            "aura.operation=\"get_lead\"",
            "http.request.method=\"GET\"",
            "url.template=\"/v1/leads/{id}\"",
            "server.address=\"127.0.0.1\"",
            "http.response.status_code=200",
            "aura.attempts=1",
            "http.client.request.duration=",
        ],
    );
}

#[tokio::test]
async fn each_retry_is_told_and_so_is_the_error() {
    let down = answers::json(503, r#"{"code":"DOWN"}"#);
    let sandbox = answers::sandbox(KEY, answers::with(down, "retry-after-ms", "0")).await;
    let log = Log::of(async {
        sandbox
            .client()
            .get_lead(&id())
            .await
            .expect_err("it is down");
    })
    .await;

    assert_eq!(
        log.matches("attempt failed, trying again").count(),
        2,
        "{log}"
    );
    assert_told(
        &log,
        &[
            "error.type=\"503\"",
            "http.request.resend_count=2",
            "aura.attempts=3",
        ],
    );
}

#[tokio::test]
async fn no_argument_header_or_body_is_told() {
    let mut lead = page_lead();
    lead["total_paid_cents"] = json!("secret-money");
    let body = json!({"data": lead, "success": true});
    let answer = answers::with(answers::json(200, body), "x-note", "secret-header");
    let answer = answers::with(answer, "x-request-id", "req_header");
    let sandbox = answers::sandbox(KEY, answer).await;
    let log = Log::of(async {
        let client = sandbox.client().with_header("x-tenant", "secret-tenant");
        let client = client.expect("valid");
        client.get_lead(&id()).await.expect_err("it does not fit");
        let body = json!({"email": "secret@example.com"});
        let path = "/v1/leads/secret-path?q=secret-query";
        client
            .request(Method::GET, path, Some(&body))
            .await
            .expect("any JSON fits");
    })
    .await;
    // What the client's own lines say; reqwest and hyper have theirs.
    let ours: Vec<&str> = log.lines().filter(|line| line.contains("aura_c")).collect();
    let ours = ours.join("\n");

    assert_told(
        &ours,
        &["error.type=\"Decode\"", "aura.operation=\"request\""],
    );
    for hidden in ["secret", ID, KEY, "john@example.com", "req_header"] {
        assert!(!ours.contains(hidden), "{hidden} in:\n{ours}");
    }
    assert!(!log.contains(KEY), "{log}");
}
