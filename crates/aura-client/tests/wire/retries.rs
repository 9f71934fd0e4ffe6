//! Retries over real sockets. Time is paused: with no timer but those of retries, a wait takes no
//! time, and sockets behave as ever.

use std::time::Duration;

use aura_client::http::Method;
use aura_client::serde_json::json;
use aura_client::{Client, ErrorKind, reqwest, uuid::Uuid};
use tokio::time::Instant;

use super::LEAD;
use super::server::{Reply, Server, answer};

/// A client whose calls set no timers beside those of their retries.
fn client(server: &Server) -> Client {
    let http = reqwest::Client::builder()
        .pool_max_idle_per_host(0)
        .build()
        .expect("TLS can be set up");
    server
        .builder()
        .http_client(http)
        .timeout(Duration::MAX)
        .attempt_timeout(Duration::MAX)
        .build()
        .expect("valid")
}

fn unavailable(headers: &str) -> Reply {
    Reply::send(answer("503 Service Unavailable", headers, ""))
}

fn lead() -> Reply {
    Reply::send(answer("200 OK", "", LEAD))
}

#[tokio::test(start_paused = true)]
async fn what_passes_is_asked_for_again() {
    let cut_off = Reply::send("HTTP/1.1 200 OK\r\ncontent-length: 999\r\n\r\n{\"data\"");
    let not_ended = Reply::send("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n");
    let limited = Reply::send(answer("429 Too Many Requests", "", ""));
    for failure in [Reply::Reset, cut_off, not_ended, limited, unavailable("")] {
        let server = Server::playing([failure.clone(), failure, lead()]).await;
        let response = client(&server).get_lead(&Uuid::nil()).await;
        let response = response.expect("the third answer is a lead");

        assert_eq!(response.attempts(), 3);
        let requests = server.requests();
        assert_eq!(requests.len(), 3);
        assert!(requests.iter().all(|request| *request == requests[0]));
    }
}

#[tokio::test(start_paused = true)]
async fn a_refused_connection_is_tried_again() {
    let server = Server::answering("").await;
    let client = client(&server);
    drop(server);
    let error = client.get_lead(&Uuid::nil()).await;
    let error = error.expect_err("nobody is there");

    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connect, 3));
}

#[tokio::test(start_paused = true)]
async fn the_last_attempts_error_tells_of_them_all() {
    let server = Server::playing([
        unavailable("x-request-id: req_1\r\n"),
        unavailable("x-request-id: req_2\r\n"),
    ])
    .await;
    let error = client(&server)
        .with_max_retries(1)
        .get_lead(&Uuid::nil())
        .await;
    let error = error.expect_err("it is down");

    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Api, 2));
    assert_eq!(error.request_id(), Some("req_2"));
    assert!(
        error.to_string().ends_with("request req_2, 2 attempts)"),
        "{error}"
    );
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn the_api_says_when() {
    let ms = "retry-after-ms: 1500\r\nretry-after: 99\r\n";
    let date =
        "date: Sat, 17 Jan 2026 08:00:00 GMT\r\nretry-after: Sat, 17 Jan 2026 08:00:20 GMT\r\n";
    for (headers, wait) in [
        (ms, Duration::from_millis(1_500)),
        ("retry-after: 20\r\n", Duration::from_secs(20)),
        (date, Duration::from_secs(20)),
    ] {
        let server = Server::playing([unavailable(headers), lead()]).await;
        let begun = Instant::now();
        let lead = client(&server).get_lead(&Uuid::nil()).await;

        assert_eq!(lead.expect("it is up again").attempts(), 2);
        let took = begun.elapsed();
        assert!(
            took >= wait && took < wait + Duration::from_millis(1_010),
            "{took:?}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn on_a_429_the_rate_limits_reset_says_when() {
    let headers = "date: Sat, 17 Jan 2026 08:00:00 GMT\r\nx-ratelimit-limit: 100\r\nx-ratelimit-remaining: 0\r\nx-ratelimit-reset: 1768636830\r\n";
    let limited = Reply::send(answer("429 Too Many Requests", headers, ""));
    let server = Server::playing([limited, lead()]).await;
    let begun = Instant::now();
    client(&server)
        .get_lead(&Uuid::nil())
        .await
        .expect("the limit is reset");

    assert_eq!(begun.elapsed().as_secs(), 30);
}

#[tokio::test(start_paused = true)]
async fn a_wait_beyond_the_deadline_is_not_begun() {
    let headers = "retry-after: 61\r\nx-request-id: req_1\r\n";
    let limited = Reply::send(answer("429 Too Many Requests", headers, ""));
    let server = Server::playing([limited, lead()]).await;
    let begun = Instant::now();
    let hurried = client(&server).with_timeout(Duration::from_secs(60));
    super::time::tick();
    let error = hurried
        .get_lead(&Uuid::nil())
        .await
        .expect_err("it has no time");

    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Api, 1));
    assert!(error.is_rate_limited());
    assert_eq!(error.retry_after(), Some(Duration::from_secs(61)));
    assert_eq!(error.request_id(), Some("req_1"));
    assert!(begun.elapsed() < Duration::from_secs(60));
}

#[tokio::test(start_paused = true)]
async fn what_is_not_idempotent_is_asked_once() {
    for method in [Method::POST, Method::PATCH] {
        let server = Server::playing([unavailable("retry-after-ms: 0\r\n"), lead()]).await;
        let body = json!({});
        let call = client(&server);
        let error = call.request(method, "/v1/leads", Some(&body)).await;

        let error = error.expect_err("it is down");
        assert_eq!(error.attempts(), 1);
        assert!(!error.is_retryable(), "it may have been carried out");
        assert_eq!(server.requests().len(), 1);
    }
    let limited = Reply::send(answer("429 Too Many Requests", "", ""));
    let server = Server::playing([limited]).await;
    let error = client(&server)
        .request(Method::POST, "/v1/leads", None)
        .await;
    let error = error.expect_err("it is limited");
    assert_eq!(error.attempts(), 1);
    assert!(error.is_retryable(), "but by whoever knows what it does");
    for method in [Method::PUT, Method::DELETE] {
        let server = Server::playing([unavailable(""), lead()]).await;
        let made = client(&server).request(method, "/v1/leads/1", None).await;

        assert_eq!(made.expect("it is up again").attempts(), 2);
    }
}

#[tokio::test(start_paused = true)]
async fn two_hundred_calls_do_not_storm_a_service_that_is_down() {
    let server = Server::playing([unavailable("")]).await;
    super::time::tick();
    let begun = Instant::now();
    let client = client(&server).with_timeout(Duration::from_secs(60));
    let mut calls = Vec::new();
    for _ in 0..200 {
        let client = client.clone();
        calls.push(tokio::spawn(
            async move { client.get_lead(&Uuid::nil()).await },
        ));
        // Not more at once than a listener's queue holds: the rest would wait in real time.
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let mut attempts = 0;
    for call in calls {
        let error = call.await.expect("no panic").expect_err("it is down");
        let status = error.status().map(|status| status.as_u16());
        assert_eq!(status, Some(503), "{error:?}");
        attempts += error.attempts();
    }

    assert_eq!(
        attempts, 300,
        "200 first ones, and the 100 retries that the budget has"
    );
    assert_eq!(server.requests().len(), 300);
    assert!(
        begun.elapsed() < Duration::from_secs(60),
        "within the deadline"
    );
}
