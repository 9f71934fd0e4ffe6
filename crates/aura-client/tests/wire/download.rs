//! Bodies that are read in chunks.

use std::time::Duration;

use aura_client::http::Method;
use aura_client::{Client, Download, Error, ErrorKind};

use super::server::{Reply, Server, answer};
use super::shown;
use super::time::tick;

const LIMIT: Duration = Duration::from_secs(2);

async fn begin(client: &Client) -> Result<Download, Error> {
    client
        .request_download(Method::GET, "/v1/report", None)
        .await
}

async fn failed(mut download: Download) -> (Vec<u8>, Error, Download) {
    let mut body = Vec::new();
    loop {
        match download.chunk().await {
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => panic!("the body ended after {} bytes", body.len()),
            Err(error) => return (body, error, download),
        }
    }
}

#[tokio::test]
async fn has_its_head_before_its_body() {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/pdf\r\nx-request-id: req_1\r\ncontent-length: 9\r\n\r\n";
    let server = Server::playing([Reply::Stall(head.into())]).await;
    let download = begin(&server.client()).await.expect("the head came");

    assert_eq!(download.http_status(), 200);
    assert_eq!(download.headers()["content-type"], "application/pdf");
    assert_eq!(download.request_id(), Some("req_1"));
    assert_eq!(download.content_length(), Some(9));
    assert_eq!(download.attempts(), 1);
    assert!(server.request().contains("accept: */*\r\n"));
    assert!(!format!("{download:?}").contains("req_1"));
}

#[tokio::test]
async fn is_read_whole_or_in_chunks() {
    let body = "\u{0}binary".repeat(1_000);
    let server = Server::answering(answer("206 Partial Content", "", &body)).await;
    let client = server.client();
    let whole = begin(&client).await.expect("it is there").bytes().await;
    assert_eq!(whole.expect("it fits"), body.as_bytes());

    let mut download = begin(&client).await.expect("it is there");
    let mut length = 0;
    while let Some(chunk) = download.chunk().await.expect("it comes") {
        length += chunk.len();
    }
    assert_eq!(length, body.len());
    assert_eq!(download.content_length(), Some(0));
    assert_eq!(download.chunk().await.expect("it has ended"), None);
}

#[tokio::test]
async fn only_what_is_read_whole_is_bounded() {
    let server = Server::answering(answer("200 OK", "", &"x".repeat(100_000))).await;
    let client = server.builder().max_body_bytes(1_000).build();
    let client = client.expect("valid");
    let error = begin(&client).await.expect("it is there").bytes().await;
    let error = error.expect_err("it is too large");

    assert_eq!(error.kind(), ErrorKind::BodyTooLarge);
    assert_eq!(error.body().map(|body| body.len()), Some(1_000));
    assert_eq!(error.status().map(|status| status.as_u16()), Some(200));

    let mut download = begin(&client).await.expect("it is there");
    let mut length = 0;
    while let Some(chunk) = download.chunk().await.expect("it comes") {
        length += chunk.len();
    }
    assert_eq!(length, 100_000);
}

#[tokio::test]
async fn an_error_is_read_whole_and_tried_again() {
    let down = answer("503 No", "retry-after-ms: 1\r\n", r#"{"code":"DOWN"}"#);
    let gone = answer("404 No", "x-request-id: req_1\r\n", r#"{"code":"GONE"}"#);
    let server = Server::playing([Reply::send(down), Reply::Reset, Reply::send(gone)]).await;
    let client = server.builder().build().expect("valid");
    let error = begin(&client).await.expect_err("it is gone");

    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Api, 3));
    assert_eq!(
        (error.code(), error.request_id()),
        (Some("GONE"), Some("req_1"))
    );
}

#[tokio::test]
async fn a_body_that_breaks_off_is_no_whole_one() {
    for whole in [
        "HTTP/1.1 200 OK\r\nx-request-id: req_1\r\ncontent-length: 99\r\n\r\nsecret",
        "HTTP/1.1 200 OK\r\nx-request-id: req_1\r\ntransfer-encoding: chunked\r\n\r\n6\r\nsecret\r\n",
    ] {
        let server = Server::answering(whole).await;
        let client = server.builder().build().expect("valid");
        let download = begin(&client).await.expect("it begins");
        let (body, error, mut rest) = failed(download).await;

        assert_eq!(body, b"secret");
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Transport, 1));
        assert_eq!(error.request_id(), Some("req_1"));
        assert!(error.to_string().starts_with("request: "), "{error}");
        assert!(!shown(&error).contains("report"), "{}", shown(&error));
        assert!(!shown(&error).contains("secret"), "{}", shown(&error));
        let again = rest.chunk().await.expect_err("it never ends well");
        assert_eq!(again.kind(), ErrorKind::Transport);
        assert_eq!(server.requests().len(), 1, "it is not asked for again");

        let error = begin(&client).await.expect("it begins").bytes().await;
        let error = error.expect_err("it breaks off");
        assert_eq!(error.body().expect("what came is kept"), "secret");
    }
}

#[tokio::test(start_paused = true)]
async fn takes_its_time_while_bytes_come() {
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n";
    let drip = Reply::Drip(head.into(), LIMIT / 2);
    let server = Server::playing([drip]).await;
    tick();
    let client = server.builder().timeout(LIMIT).attempt_timeout(LIMIT);
    let client = client.build().expect("valid");
    let body = begin(&client).await.expect("it begins").bytes().await;

    assert_eq!(body.expect("all of it comes").len(), 100);
}

#[tokio::test(start_paused = true)]
async fn ends_when_it_stalls() {
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nsome";
    let server = Server::playing([Reply::Stall(head.into())]).await;
    tick();
    let client = server.builder().attempt_timeout(LIMIT).build();
    let client = client.expect("valid");
    let (body, error, mut rest) = failed(begin(&client).await.expect("it begins")).await;

    assert_eq!(body, b"some");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 1));
    assert!(
        error.to_string().contains("within 2s (attempt_timeout)"),
        "{error}"
    );
    assert!(rest.chunk().await.expect_err("still").is_timeout());
    drop(rest);
    while !server.is_idle() {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}
