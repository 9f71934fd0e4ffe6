//! What goes wrong on purpose, as a client sees it.

use std::time::Duration;

use aura_sandbox::aura_client::{Client, Error, ErrorKind};
use aura_sandbox::http::{HeaderName, HeaderValue, StatusCode};
use aura_sandbox::{Fault, Organization, Sandbox};
use reqwest::Method;
use serde_json::{Value, json};
use tokio::time::Instant;

use super::documented::Documented;
use super::{Came, ID, OTHER_ID, ask, fixture, get, id, lead_of_fixture, other_id, started};

const PATH: &str = "/v1/leads/550e8400-e29b-41d4-a716-446655440000";

/// A client that asks once.
fn hasty(sandbox: &Sandbox) -> Client {
    sandbox.client().with_max_retries(0)
}

async fn failed(sandbox: &Sandbox) -> Error {
    let lead = hasty(sandbox).get_lead(&id()).await;
    lead.expect_err("a fault strikes")
}

/// Lets paused time go on in steps of a millisecond, in each of which sockets have their turn.
fn tick() {
    tokio::spawn(async {
        loop {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    });
}

#[tokio::test]
async fn errors_are_as_the_contract_documents_them() {
    let sandbox = started(Sandbox::builder()).await;
    let openapi = Came::from(get(&sandbox, "/openapi.json")).await.json();
    let documented = Documented::new(&openapi, "get", "/v1/leads/{id}");
    for (fault, status, code) in [
        (Fault::too_many_requests(), 429, "RATE_LIMITED"),
        (Fault::internal_server_error(), 500, "INTERNAL_ERROR"),
        (Fault::service_unavailable(), 503, "SERVICE_UNAVAILABLE"),
    ] {
        sandbox.inject(fault.times(1)).expect("a valid fault");
        let came = Came::from(get(&sandbox, PATH)).await;
        assert_eq!((came.status, came.code().as_str()), (status, code));
        documented.check(&came);
    }
    assert_eq!(Came::from(get(&sandbox, PATH)).await.status, 200);
}

#[tokio::test]
async fn a_wait_is_told_in_every_way_that_a_client_may_read() {
    let sandbox = started(Sandbox::builder()).await;
    sandbox
        .inject(
            Fault::too_many_requests()
                .retry_after(Duration::from_millis(6500))
                .times(1),
        )
        .expect("a valid fault");
    let came = Came::from(get(&sandbox, PATH)).await;
    assert_eq!(came.number("retry-after"), 7);
    assert_eq!(came.number("x-ratelimit-remaining"), 0);
    let date = chrono::DateTime::parse_from_rfc2822(came.header("date")).expect("a date");
    let reset = i64::try_from(came.number("x-ratelimit-reset")).expect("a time");
    assert!((7..=8).contains(&(reset - date.timestamp())));

    sandbox
        .inject(Fault::service_unavailable().times(1))
        .expect("a valid fault");
    assert_eq!(
        Came::from(get(&sandbox, PATH)).await.number("retry-after"),
        1
    );
    sandbox
        .inject(Fault::internal_server_error().times(1))
        .expect("a valid fault");
    let came = Came::from(get(&sandbox, PATH)).await;
    assert!(!came.headers.contains_key("retry-after"));
}

#[tokio::test]
async fn a_bad_gateway_is_a_page() {
    let sandbox = started(Sandbox::builder()).await;
    sandbox.inject(Fault::bad_gateway()).expect("a valid fault");
    let error = failed(&sandbox).await;

    assert_eq!(error.kind(), ErrorKind::Api);
    assert_eq!(error.status(), Some(StatusCode::BAD_GATEWAY));
    assert_eq!(
        error.headers().expect("headers")["content-type"],
        "text/html"
    );
    assert!(error.body().expect("a page").starts_with(b"<html>"));
    assert_eq!(error.code(), None);
}

#[tokio::test]
async fn a_client_comes_through_what_passes() {
    let sandbox = started(Sandbox::builder()).await;
    let at_once = Duration::ZERO;
    sandbox
        .inject(Fault::too_many_requests().retry_after(at_once).times(1))
        .expect("a valid fault");
    sandbox
        .inject(Fault::connection_reset().times(1))
        .expect("a valid fault");
    let client = sandbox.client().with_max_retries(2);
    let lead = client.get_lead(&id()).await.expect("the third time");

    assert_eq!(lead.attempts(), 3);
    let faults: Vec<_> = sandbox
        .requests()
        .iter()
        .map(|asked| asked.fault().map(str::to_owned))
        .collect();
    let expected = [Some("too_many_requests"), Some("connection_reset"), None];
    assert_eq!(faults, expected.map(|name| name.map(str::to_owned)));
    assert_eq!(sandbox.requests()[1].status(), None);
}

#[tokio::test]
async fn a_reset_connection_is_reset_and_not_only_closed() {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let sandbox = started(Sandbox::builder()).await;
    sandbox
        .inject(Fault::connection_reset())
        .expect("a valid fault");
    let mut stream = tokio::net::TcpStream::connect(sandbox.address())
        .await
        .expect("it listens");
    let request = b"GET /health HTTP/1.1\r\nhost: a\r\n\r\n";
    stream.write_all(request).await.expect("it takes it");
    let end = stream.read(&mut [0]).await.expect_err("no end of file");
    assert_eq!(end.kind(), std::io::ErrorKind::ConnectionReset);

    let error = failed(&sandbox).await;
    assert_eq!((error.kind(), error.status()), (ErrorKind::Transport, None));
}

#[tokio::test]
async fn a_truncated_body_breaks_off_in_the_middle() {
    let sandbox = started(Sandbox::builder()).await;
    let whole = Came::from(get(&sandbox, PATH)).await.body;
    sandbox
        .inject(Fault::truncated_body())
        .expect("a valid fault");
    let error = failed(&sandbox).await;

    assert_eq!(error.kind(), ErrorKind::Transport);
    assert_eq!(error.status(), Some(StatusCode::OK));
    assert_eq!(
        error.body().expect("a half"),
        &whole.as_bytes()[..whole.len() / 2]
    );
}

#[tokio::test]
async fn malformed_json_is_a_whole_body_that_cannot_be_read() {
    let sandbox = started(Sandbox::builder()).await;
    sandbox
        .inject(Fault::malformed_json())
        .expect("a valid fault");
    let error = failed(&sandbox).await;

    assert_eq!((error.kind(), error.json_path()), (ErrorKind::Decode, None));
    let body = error.body().expect("a body");
    assert!(serde_json::from_slice::<Value>(body).is_err());
}

#[tokio::test]
async fn a_drift_changes_one_value_alone() {
    let sandbox = started(Sandbox::builder()).await;
    let mut whole = Came::from(get(&sandbox, PATH)).await.json();
    sandbox
        .inject(Fault::drift("data.notes[0].content", 7).times(1))
        .expect("a valid fault");
    let error = failed(&sandbox).await;

    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(error.json_path(), Some("data.notes[0].content"));
    whole["data"]["notes"][0]["content"] = json!(7);
    let body: Value = serde_json::from_slice(error.body().expect("a body")).expect("JSON");
    assert_eq!(body, whole);
}

#[tokio::test]
async fn a_drift_is_in_errors_too() {
    let sandbox = started(Sandbox::builder()).await;
    sandbox
        .inject(Fault::drift("code", json!(["odd"])))
        .expect("a valid fault");
    let came = Came::from(get(&sandbox, &format!("/v1/leads/{OTHER_ID}"))).await;

    assert_eq!(came.status, 404);
    assert_eq!(came.json()["code"], json!(["odd"]));
}

#[tokio::test]
async fn any_answer_can_be_made() {
    let sandbox = started(Sandbox::builder()).await;
    let teapot = Fault::answer(StatusCode::IM_A_TEAPOT)
        .header(
            HeaderName::from_static("x-pot"),
            HeaderValue::from_static("1"),
        )
        .header(
            HeaderName::from_static("content-length"),
            HeaderValue::from_static("9"),
        )
        .header(
            HeaderName::from_static("x-request-id"),
            HeaderValue::from_static("mine"),
        )
        .body("short");
    sandbox.inject(teapot.times(1)).expect("a valid fault");
    let came = Came::from(get(&sandbox, PATH)).await;
    assert_eq!((came.status, came.body.as_str()), (418, "short"));
    assert_eq!(came.header("x-pot"), "1");
    assert_eq!(came.header("x-request-id"), "mine");

    sandbox
        .inject(Fault::answer(StatusCode::NO_CONTENT).times(1))
        .expect("a valid fault");
    let came = Came::from(get(&sandbox, PATH)).await;
    assert_eq!((came.status, came.body.as_str()), (204, ""));

    sandbox
        .inject(Fault::answer(StatusCode::CONTINUE).times(1))
        .expect("a valid fault");
    assert!(hasty(&sandbox).get_lead(&id()).await.is_err());
    assert!(hasty(&sandbox).get_lead(&id()).await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn latency_delays_whatever_is_answered() {
    let sandbox = started(Sandbox::builder()).await;
    tick();
    let second = Duration::from_secs(1);
    sandbox
        .inject(Fault::latency(second))
        .expect("a valid fault");
    sandbox
        .inject(Fault::latency(second).times(1))
        .expect("a valid fault");
    sandbox
        .inject(Fault::internal_server_error().times(1))
        .expect("a valid fault");

    let begun = Instant::now();
    let error = failed(&sandbox).await;
    assert_eq!(error.status(), Some(StatusCode::INTERNAL_SERVER_ERROR));
    assert!(
        (2..3).contains(&begun.elapsed().as_secs()),
        "{:?}",
        begun.elapsed()
    );

    let begun = Instant::now();
    assert!(hasty(&sandbox).get_lead(&id()).await.is_ok());
    assert!(
        (1..2).contains(&begun.elapsed().as_secs()),
        "{:?}",
        begun.elapsed()
    );
}

#[tokio::test(start_paused = true)]
async fn a_request_is_on_record_before_its_answer_comes() {
    let sandbox = started(Sandbox::builder()).await;
    tick();
    sandbox
        .inject(Fault::latency(Duration::MAX))
        .expect("a valid fault");
    let client = hasty(&sandbox);
    let id = id();
    let call = tokio::time::timeout(Duration::from_secs(1), client.get_lead(&id));

    assert!(call.await.is_err(), "it does not come");
    assert_eq!(sandbox.requests()[0].fault(), Some("latency"));
}

#[tokio::test(start_paused = true)]
async fn a_slow_drip_comes_in_pieces() {
    let sandbox = started(Sandbox::builder()).await;
    let length = Came::from(get(&sandbox, PATH)).await.body.len();
    tick();
    sandbox
        .inject(Fault::slow_drip(length.div_ceil(4), Duration::from_secs(1)))
        .expect("a valid fault");

    let begun = Instant::now();
    let lead = hasty(&sandbox)
        .get_lead(&id())
        .await
        .expect("it comes whole");
    assert_eq!(lead.bytes().len(), length);
    assert!(
        (4..5).contains(&begun.elapsed().as_secs()),
        "{:?}",
        begun.elapsed()
    );
}

#[tokio::test(start_paused = true)]
async fn a_stalled_answer_has_a_head_and_nothing_else() {
    let sandbox = started(Sandbox::builder()).await;
    tick();
    sandbox.inject(Fault::stall()).expect("a valid fault");
    let client = hasty(&sandbox);
    let hasty = client.with_timeout(Duration::from_secs(2));
    let error = hasty.get_lead(&id()).await.expect_err("it stalls");

    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert_eq!(error.status(), Some(StatusCode::OK));
    assert!(error.body().is_none_or(|body| body.is_empty()));
}

#[tokio::test]
async fn chances_are_repeatable_and_faults_can_be_cleared() {
    let mut runs = Vec::new();
    for _ in 0..2 {
        let sandbox = started(Sandbox::builder().seed(42).no_rate_limit()).await;
        sandbox
            .inject(
                Fault::internal_server_error()
                    .probability(0.5)
                    .on("get_lead"),
            )
            .expect("a valid fault");
        let mut statuses = Vec::new();
        for _ in 0..30 {
            statuses.push(Came::from(get(&sandbox, PATH)).await.status);
        }
        runs.push(statuses);
        sandbox.inject(Fault::stall()).expect("a valid fault");
        sandbox.clear_faults();
        assert_eq!(Came::from(get(&sandbox, PATH)).await.status, 200);
    }
    assert_eq!(runs[0], runs[1]);
    assert!(runs[0].contains(&200) && runs[0].contains(&500));
}

#[tokio::test]
async fn faults_strike_where_they_are_told_and_never_at_what_leads_nowhere() {
    let sandbox = started(Sandbox::builder()).await;
    sandbox
        .inject(Fault::internal_server_error().on("health"))
        .expect("a valid fault");
    assert_eq!(Came::from(get(&sandbox, PATH)).await.status, 200);
    assert_eq!(Came::from(get(&sandbox, "/health")).await.status, 500);
    sandbox.clear_faults();

    sandbox
        .inject(Fault::internal_server_error().times(1))
        .expect("a valid fault");
    assert_eq!(Came::from(get(&sandbox, "/nowhere")).await.status, 404);
    assert_eq!(Came::from(get(&sandbox, PATH)).await.status, 500);
}

#[tokio::test]
async fn a_fault_can_strike_at_one_lead_and_what_lies_below_it() {
    let builder = Sandbox::builder().contract(fixture()).no_rate_limit();
    let sandbox = started(
        builder
            .lead_json(lead_of_fixture(OTHER_ID))
            .lead_json(lead_of_fixture(ID)),
    )
    .await;
    let status = async |target: &str| Came::from(get(&sandbox, target)).await.status;
    let struck = Fault::internal_server_error()
        .lead(other_id())
        .after(1)
        .times(2);
    sandbox.inject(struck).expect("a valid fault");

    let (lead, other) = (format!("/v1/leads/{OTHER_ID}"), format!("/v1/leads/{ID}"));
    assert_eq!(status(&other).await, 200);
    assert_eq!(status(&lead).await, 200, "the first is left alone");
    assert_eq!(status(&other).await, 200);
    let spelled = OTHER_ID.to_uppercase().replace('-', "%2D");
    assert_eq!(status(&format!("/v1/leads/{spelled}")).await, 500);
    assert_eq!(status(&format!("{lead}/notes")).await, 500);
    assert_eq!(status(&lead).await, 200, "it is spent");

    let notes = Fault::stall()
        .lead(OTHER_ID.to_uppercase())
        .on("list_notes");
    sandbox.inject(notes).expect("a valid fault");
    assert_eq!(status(&lead).await, 200);
}

#[tokio::test]
async fn a_fault_can_strike_at_one_key() {
    let acme = Organization::new("acme").api_key("a1").api_key("a2");
    let sandbox = started(Sandbox::builder().organization(acme)).await;
    for key in ["a2", "unknown"] {
        let fault = Fault::answer(StatusCode::IM_A_TEAPOT).key(key);
        sandbox.inject(fault).expect("a valid fault");
    }
    for (key, status) in [("a1", 404), ("a2", 418), ("unknown", 418), ("other", 401)] {
        let request = ask(&sandbox, Method::GET, PATH).bearer_auth(key);
        assert_eq!(Came::from(request).await.status, status, "{key}");
    }
}

#[tokio::test]
async fn what_cannot_strike_is_an_error() {
    let sandbox = started(Sandbox::builder()).await;
    let misspelt = sandbox.inject(Fault::stall().on("get_leed"));
    let message = misspelt.expect_err("it is unknown").to_string();
    let expected = "which has get_lead, health; did you mean `get_lead`?";
    assert!(message.ends_with(expected), "{message}");
    assert!(
        sandbox
            .inject(Fault::stall().probability(f64::NAN))
            .is_err()
    );
    assert_eq!(Came::from(get(&sandbox, PATH)).await.status, 200);
}

#[test]
fn a_key_and_a_lead_are_not_shown() {
    let fault = Fault::stall().key("secret").lead("secret");
    assert!(!format!("{fault:?}").contains("secret"));
    let json = serde_json::to_value(fault.lead("7")).expect("JSON");
    assert_eq!(
        json,
        json!({"fault": "stall", "lead": "7", "key": "[redacted]"})
    );
}

#[test]
fn debug_hides_what_a_fault_puts_into_an_answer() {
    let drift = Fault::drift("data.email", "me@example.com").body("me@example.com");
    let shown = format!("{drift:?}");
    assert!(
        shown.contains("data.email") && !shown.contains("me@"),
        "{shown}"
    );
}
