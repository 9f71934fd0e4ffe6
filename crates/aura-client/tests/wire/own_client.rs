//! With an HTTP client of the caller's own.

use std::time::Duration;

use aura_client::{Client, ErrorKind, reqwest, uuid::Uuid};

use super::server::{Reply, Server, answer};
use super::{KEY, LEAD};

fn client(server: &Server, http: reqwest::ClientBuilder) -> Client {
    server
        .builder()
        .http_client(http.build().expect("TLS can be set up"))
        .user_agent("billing/2.1")
        .max_body_bytes(LEAD.len())
        .max_retries(0)
        .build()
        .expect("valid")
}

#[tokio::test]
async fn key_user_agent_and_body_limit_hold() {
    let http = || {
        reqwest::Client::builder()
            .user_agent("theirs/1")
            .default_headers(
                [(
                    reqwest::header::AUTHORIZATION,
                    "theirs".parse().expect("valid"),
                )]
                .into_iter()
                .collect(),
            )
    };
    let server = Server::answering(answer("200 OK", "", LEAD)).await;
    let fits = client(&server, http()).get_lead(&Uuid::nil()).await;
    fits.expect("it is not too large");
    let request = server.request();
    assert!(
        request.contains(&format!("authorization: Bearer {KEY}\r\n")),
        "{request}"
    );
    assert!(request.contains(" billing/2.1\r\n"), "{request}");
    assert!(!request.contains("theirs"), "{request}");

    let server = Server::answering(answer("200 OK", "", &format!("{LEAD} "))).await;
    let error = client(&server, http()).get_lead(&Uuid::nil()).await;
    assert_eq!(
        error.expect_err("too large").kind(),
        ErrorKind::BodyTooLarge
    );
}

#[tokio::test(start_paused = true)]
async fn timeouts_hold() {
    super::time::tick();
    let server = Server::playing([Reply::Stall(Vec::new())]).await;
    let client = client(&server, reqwest::Client::builder());
    let hasty = client.with_timeout(Duration::from_secs(2));
    let error = hasty.get_lead(&Uuid::nil()).await.expect_err("it stalls");

    assert_eq!(error.kind(), ErrorKind::Timeout);
}

#[tokio::test]
async fn the_key_does_not_follow_a_redirect_to_another_origin() {
    let other = Server::answering(answer("200 OK", "", LEAD)).await;
    let location = format!("Location: {}/\r\n", other.base_url);
    let server = Server::answering(answer("302 Found", &location, "")).await;
    let lead = client(&server, reqwest::Client::builder());
    lead.get_lead(&Uuid::nil())
        .await
        .expect("it was led to a lead");

    assert!(server.request().contains(KEY));
    assert!(!other.request().contains(KEY));
}

#[tokio::test]
async fn a_redirect_loop_is_not_tried_again() {
    let server = Server::answering(answer("302 Found", "Location: /round\r\n", "")).await;
    let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::limited(3));
    let error = client(&server, http)
        .with_max_retries(5)
        .get_lead(&Uuid::nil())
        .await
        .expect_err("it never ends");

    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Request, 1));
    assert!(!error.is_retryable());
    assert_eq!(server.requests().len(), 4);
}

#[tokio::test]
async fn what_it_refuses_to_send_is_a_request_error() {
    let server = Server::answering(answer("200 OK", "", LEAD)).await;
    let http = reqwest::Client::builder().https_only(true);
    let error = client(&server, http).get_lead(&Uuid::nil()).await;
    let error = error.expect_err("the server has no TLS");

    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Request, 0));
    assert!(server.requests().is_empty());
}
