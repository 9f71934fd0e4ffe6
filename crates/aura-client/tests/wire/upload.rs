//! Request bodies that are not JSON: what goes out, how often, and for how long.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::time::Duration;

use aura_client::bytes::Bytes;
use aura_client::http::Method;
use aura_client::{Client, Download, Error, ErrorKind, Multipart, Part, Upload};
use futures_util::{Stream, StreamExt, stream};

use super::server::{Reply, Server, answer, listen};
use super::time::tick;
use super::{KEY, shown};

const LIMIT: Duration = Duration::from_secs(2);

type Chunk = Result<Bytes, String>;

fn chunks(texts: &'static [&'static str]) -> impl Stream<Item = Chunk> {
    stream::iter(texts.iter().map(|text| Ok(Bytes::from(*text))))
}

/// A chunk a second.
fn slow(count: usize) -> impl Stream<Item = Chunk> {
    stream::iter(0..count).then(|_| async {
        tokio::time::sleep(Duration::from_secs(1)).await;
        Ok(Bytes::from("x"))
    })
}

async fn put(client: &Client, body: impl Into<Upload>) -> Result<Download, Error> {
    let body = Some(body.into());
    client.request_download(Method::PUT, "/v1/file", body).await
}

/// The request's head and body.
fn parts(request: &str) -> (&str, &str) {
    request.split_once("\r\n\r\n").expect("it has a head")
}

#[tokio::test]
async fn bytes_go_out_with_length_and_media_type() {
    for (media_type, sent) in [
        (None, "application/octet-stream"),
        (Some("text/csv; header=present"), "text/csv; header=present"),
    ] {
        let server = Server::answering(answer("200 OK", "", "")).await;
        let upload = Upload::from("a,b");
        let upload = match media_type {
            Some(media_type) => upload.content_type(media_type),
            None => upload,
        };
        put(&server.client(), upload).await.expect("it is taken");

        let request = server.request();
        let (head, body) = parts(&request);
        let content_type = format!("content-type: {sent}\r\n");
        assert!(head.contains(&content_type), "{head}");
        assert!(head.contains("content-length: 3"), "{head}");
        assert_eq!(body, "a,b");
    }
}

#[tokio::test]
async fn a_stream_goes_out_in_chunks_unless_its_length_is_known() {
    let server = Server::answering(answer("200 OK", "", "")).await;
    let unknown = Upload::stream(chunks(&["ab", "", "c"]));
    let known = Upload::stream(chunks(&["ab", "", "c"])).length(3);
    for upload in [unknown, known] {
        put(&server.client(), upload).await.expect("it is taken");
    }

    let requests = server.requests();
    let (head, body) = parts(&requests[0]);
    assert!(head.contains("transfer-encoding: chunked"), "{head}");
    assert_eq!(body, "2\r\nab\r\n1\r\nc\r\n0\r\n\r\n");
    let (head, body) = parts(&requests[1]);
    assert!(head.contains("content-length: 3"), "{head}");
    assert_eq!(body, "abc");
}

#[tokio::test]
async fn a_form_goes_out_part_by_part() {
    let server = Server::answering(answer("200 OK", "", "")).await;
    let scan = Part::stream(chunks(&["%PDF", "-1.7"])).length(8);
    let scan = scan.file_name("a.pdf").content_type("application/pdf");
    let form = Multipart::new().text("title", "March").file("scan", scan);
    put(&server.client(), form).await.expect("it is taken");

    let request = server.request();
    let (head, body) = parts(&request);
    let (_, boundary) = head.split_once("boundary=").expect("it has one");
    let boundary = boundary.lines().next().expect("it has one");
    let expected = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nMarch\r\n\
         --{boundary}\r\nContent-Disposition: form-data; name=\"scan\"; filename=\"a.pdf\"\r\n\
         Content-Type: application/pdf\r\n\r\n%PDF-1.7\r\n--{boundary}--\r\n"
    );
    assert_eq!(body, expected);
    assert!(head.contains(&format!("content-length: {}", body.len())));
}

#[tokio::test]
async fn what_cannot_be_sent_as_it_is_given_is_not_sent() {
    let server = Server::answering(answer("200 OK", "", "")).await;
    let upload = Upload::from("a").content_type("image/*");
    let error = put(&server.client(), upload).await.expect_err("no range");

    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Request, 0));
    assert!(server.requests().is_empty());
}

/// Whatever asks for another attempt, and how a client is made that would make it.
#[tokio::test(start_paused = true)]
async fn only_bodies_in_memory_are_sent_again() {
    let down = answer("503 Down", "retry-after-ms: 1\r\n", "");
    let limited = answer("429 Slow", "retry-after-ms: 1\r\n", "");
    let refused = answer("401 No", "", "");
    for (failure, paced, status) in [
        (down, false, 503),
        (limited, true, 429),
        (refused, false, 401),
    ] {
        for repeatable in [true, false] {
            let done = Reply::send(answer("200 OK", "", ""));
            let server = Server::playing([Reply::send(&failure), done]).await;
            tick();
            let keys = AtomicU32::new(0);
            let builder = server.builder().api_key_provider(move || {
                let key = keys.fetch_add(1, Ordering::Relaxed);
                async move { Ok(format!("key-{key}")) }
            });
            let builder = match paced {
                true => builder.wait_for_rate_limit(Duration::MAX).max_retries(0),
                false => builder,
            };
            let client = builder.build().expect("valid");
            let part = match repeatable {
                true => Part::bytes("abc"),
                false => Part::stream(chunks(&["abc"])).length(3),
            };
            let outcome = put(&client, Multipart::new().file("a", part)).await;

            let requests = server.requests();
            match outcome {
                Ok(_) => {
                    assert!(repeatable, "{status}");
                    let bodies: Vec<_> = requests.iter().map(|request| parts(request).1).collect();
                    assert_eq!(bodies.len(), 2, "{status}");
                    assert_eq!(bodies[0], bodies[1], "{status}");
                }
                Err(error) => {
                    assert!(!repeatable, "{error}");
                    assert_eq!(requests.len(), 1, "{status}");
                    assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
                    assert_eq!(error.attempts(), 1);
                }
            }
        }
    }
}

#[tokio::test]
async fn a_stream_that_breaks_off_is_reported_as_that_and_not_quoted() {
    let broken = || chunks(&["a"]).chain(stream::iter([Err("ada@example.com".to_owned())]));
    for (upload, told) in [
        (Upload::stream(broken()), "a stream of the body failed"),
        (
            Upload::stream(chunks(&["abc"])).length(2),
            "a stream of the body holds more than its length",
        ),
        (
            Upload::stream(chunks(&["abc"])).length(4),
            "a stream of the body holds less than its length",
        ),
        (
            Multipart::new().file("a", Part::stream(broken())).into(),
            "a stream of the body failed",
        ),
    ] {
        let server = Server::answering(answer("200 OK", "", "")).await;
        let client = server.builder().build().expect("valid");
        let error = put(&client, upload).await.expect_err("it breaks off");

        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Request, 1));
        assert!(!error.is_retryable());
        assert!(error.to_string().contains(told), "{error}");
        assert!(!shown(&error).contains("ada@"), "{}", shown(&error));
    }
}

#[tokio::test(start_paused = true)]
async fn an_upload_may_take_long_as_long_as_it_goes_on() {
    let server = Server::answering(answer("200 OK", "", "")).await;
    tick();
    let client = server.builder().attempt_timeout(LIMIT).build();
    let upload = Upload::stream(slow(20)).length(20);
    put(&client.expect("valid"), upload)
        .await
        .expect("it goes on");

    assert_eq!(parts(&server.request()).1.len(), 20);
}

#[tokio::test(start_paused = true)]
async fn the_deadline_of_a_call_ends_an_upload_that_goes_on() {
    let server = Server::answering(answer("200 OK", "", "")).await;
    tick();
    let client = server.builder().timeout(Duration::from_secs(10)).build();
    let upload = Upload::stream(slow(20));
    let error = put(&client.expect("valid"), upload).await;

    let error = error.expect_err("it takes too long");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 1));
    assert!(
        error.to_string().contains("within 10s (timeout)"),
        "{error}"
    );
}

#[tokio::test(start_paused = true)]
async fn the_response_must_come_within_an_attempt_of_the_last_chunk() {
    let server = Server::playing([Reply::Stall(Vec::new())]).await;
    tick();
    let client = server.builder().attempt_timeout(LIMIT).build();
    let begun = tokio::time::Instant::now();
    let error = put(&client.expect("valid"), Upload::stream(slow(5))).await;

    let error = error.expect_err("no response comes");
    assert!(error.to_string().contains("(attempt_timeout)"), "{error}");
    assert_eq!(begun.elapsed().as_secs(), 7);
}

#[tokio::test(start_paused = true)]
async fn an_upload_that_stalls_ends_and_is_never_collected() {
    const CHUNK: usize = 1024 * 1024;
    // Nobody reads what is sent.
    let (_listener, address) = listen().await;
    tick();
    let taken = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&taken);
    let endless = stream::repeat_with(move || {
        count.fetch_add(1, Ordering::Relaxed);
        Ok::<_, String>(Bytes::from(vec![0; CHUNK]))
    });
    let client = Client::builder()
        .api_key(KEY)
        .base_url(format!("http://{address}"))
        .attempt_timeout(LIMIT)
        .build();
    let error = put(&client.expect("valid"), Upload::stream(endless)).await;

    let error = error.expect_err("it stalls");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 1));
    // What the sockets hold, and no more.
    let taken = taken.load(Ordering::Relaxed);
    assert!(taken < 32, "{taken} MiB were taken");
}
