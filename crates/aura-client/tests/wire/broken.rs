//! Answers that are damaged, cut off, compressed, or no HTTP at all.

use std::io::Write;

use aura_client::{Client, ErrorKind, uuid::Uuid};
use flate2::Compression;
use flate2::write::GzEncoder;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::server::{Reply, Server, answer, listen};
use super::{KEY, LEAD, get_lead_error, shown};

fn gzip(body: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder
        .write_all(body.as_bytes())
        .expect("memory takes all bytes");
    encoder.finish().expect("memory takes all bytes")
}

/// An answer with this compressed body, which may be said to be longer than it is.
fn compressed(body: &[u8], length: usize) -> Vec<u8> {
    let head =
        format!("HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {length}\r\n\r\n");
    [head.as_bytes(), body].concat()
}

#[tokio::test]
async fn a_compressed_answer_is_given_as_it_was_before() {
    let body = gzip(LEAD);
    let server = Server::answering(compressed(&body, body.len())).await;
    let lead = server.client().get_lead(&Uuid::nil()).await;

    assert_eq!(lead.expect("it fits").bytes(), LEAD.as_bytes());
    assert!(server.request().contains("accept-encoding: gzip"));
}

#[tokio::test]
async fn a_damaged_or_cut_off_compressed_body_is_a_transport_error() {
    let whole = gzip(LEAD);
    let half = &whole[..whole.len() / 2];
    let mut damaged = whole.clone();
    damaged[20] ^= 0xff;
    for answer in [
        compressed(half, whole.len()),
        compressed(half, half.len()),
        compressed(&damaged, damaged.len()),
    ] {
        let error = get_lead_error(&Server::answering(answer).await).await;

        assert_eq!(error.kind(), ErrorKind::Transport);
        assert!(error.is_retryable());
        let came = error.body().expect("what could be read is kept");
        assert!(!came.starts_with(LEAD.as_bytes()));
        assert!(
            error.to_string().contains("cut off, or is damaged"),
            "{error}"
        );
    }
}

#[tokio::test]
async fn the_limit_counts_what_a_compressed_body_holds() {
    let bomb = gzip(&" ".repeat(10_000_000));
    assert!(bomb.len() < 20_000);
    let server = Server::answering(compressed(&bomb, bomb.len())).await;
    let client = server.builder().max_body_bytes(1_000).build();
    let error = client.expect("valid").get_lead(&Uuid::nil()).await;

    let error = error.expect_err("it is too large");
    assert_eq!(error.kind(), ErrorKind::BodyTooLarge);
    assert_eq!(error.body().map(|body| body.len()), Some(1_000));
}

#[tokio::test]
async fn a_cut_off_body_is_a_transport_error_that_keeps_what_came() {
    for whole in [
        "HTTP/1.1 404 Not Found\r\ncontent-length: 99\r\n\r\n{\"requestId\":\"req_1\",\"code\"",
        "HTTP/1.1 404 Not Found\r\ntransfer-encoding: chunked\r\n\r\n1b\r\n{\"requestId\":\"req_1\",\"code\"\r\n",
        "HTTP/1.1 404 Not Found\r\ntransfer-encoding: chunked\r\n\r\n1b\r\n{\"requestId\":\"req_1\",\"code\"\r\nzz\r\n",
    ] {
        let error = get_lead_error(&Server::answering(whole).await).await;

        assert_eq!(error.kind(), ErrorKind::Transport);
        assert!(error.is_retryable() && !error.is_not_found());
        assert_eq!(
            error.body().expect("kept"),
            "{\"requestId\":\"req_1\",\"code\""
        );
        assert_eq!(error.request_id(), Some("req_1"));
        assert!(std::error::Error::source(&error).is_some());
        assert!(
            error.to_string().contains("cut off, or is damaged"),
            "{error}"
        );
        assert!(
            !shown(&error).contains("leads"),
            "no URL: {}",
            shown(&error)
        );
    }
}

#[tokio::test]
async fn what_is_no_http_is_a_transport_error() {
    for answer in [
        "",
        "\0\u{1}\u{2}",
        "SSH-2.0-OpenSSH_9.6\r\n",
        "HTTP/1.1 2OO OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno colon here\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\n",
    ] {
        let error = get_lead_error(&Server::answering(answer).await).await;

        assert_eq!(error.kind(), ErrorKind::Transport, "{answer:?}");
        assert_eq!((error.status(), error.attempts()), (None, 1), "{answer:?}");
    }
    let error = get_lead_error(&Server::playing([Reply::Reset]).await).await;
    assert_eq!(error.kind(), ErrorKind::Transport);
}

#[tokio::test]
async fn bytes_that_are_no_text_in_headers_do_no_harm() {
    let mut whole = b"HTTP/1.1 429 Too Many Requests\r\n".to_vec();
    for name in [
        "x-request-id",
        "retry-after",
        "retry-after-ms",
        "x-ratelimit-limit",
        "x-ratelimit-remaining",
        "x-ratelimit-reset",
        "date",
        "content-type",
    ] {
        whole.extend(name.bytes().chain(*b": \xff\xfe\xe9\r\n"));
    }
    whole.extend(b"content-length: 0\r\n\r\n");
    let error = get_lead_error(&Server::answering(whole).await).await;

    assert!(error.is_rate_limited());
    assert_eq!((error.request_id(), error.retry_after()), (None, None));
    assert_eq!(error.rate_limit(), None);
    assert_eq!(error.headers().map(|headers| headers.len()), Some(9));
}

#[tokio::test]
async fn a_server_without_tls_is_a_connect_error_and_sees_no_key() {
    let (listener, address) = listen().await;
    let heard = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a client comes");
        let answer = b"HTTP/1.1 400 Bad Request\r\n\r\n";
        stream.write_all(answer).await.expect("the client listens");
        let mut heard = Vec::new();
        _ = stream.read_to_end(&mut heard).await;
        String::from_utf8_lossy(&heard).into_owned()
    });
    let client = Client::builder()
        .api_key(KEY)
        .base_url(format!("https://{address}"))
        .max_retries(0)
        .build();
    let error = client.expect("valid").get_lead(&Uuid::nil()).await;
    let error = error.expect_err("there is no connection");

    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connect, 1));
    assert!(!error.is_timeout() && error.is_retryable());
    assert!(!shown(&error).contains(KEY), "{}", shown(&error));
    assert!(!heard.await.expect("no panic").contains(KEY));
}

#[tokio::test]
async fn a_redirect_to_another_port_is_not_followed() {
    let (_other, address) = listen().await;
    for status in [
        "301 Moved Permanently",
        "302 Found",
        "307 Temporary Redirect",
    ] {
        let location = format!("Location: http://{address}/\r\n");
        let server = Server::answering(answer(status, &location, "")).await;
        let error = get_lead_error(&server).await;

        assert_eq!(error.kind(), ErrorKind::Api);
        assert!(error.to_string().contains("not followed"), "{error}");
        assert!(!error.is_retryable());
    }
    let server = Server::answering("HTTP/1.1 304 Not Modified\r\n\r\n").await;
    let error = get_lead_error(&server).await;
    assert!(!error.to_string().contains("redirect"), "{error}");
}
