//! Timeouts over real sockets, in virtual time that goes on by itself.

use std::net::SocketAddr;
use std::time::Duration;

use aura_client::{Client, ClientBuilder, Error, ErrorKind, uuid::Uuid};
use tokio::net::{TcpSocket, TcpStream};
use tokio::time::Instant;

use super::server::{Reply, Server, answer};
use super::{KEY, shown};

/// Lets paused time go on in steps of a millisecond, in each of which sockets have their turn.
/// Without it time would jump to the next timeout while bytes are on their way.
pub(crate) fn tick() {
    tokio::spawn(async {
        loop {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    });
}

const LIMIT: Duration = Duration::from_secs(2);

/// How a call fails with this builder, and the virtual time it took.
async fn failed(builder: ClientBuilder) -> (Error, Duration) {
    tick();
    let client = builder.build().expect("valid");
    let begun = Instant::now();
    let error = client.get_lead(&Uuid::nil()).await;
    (error.expect_err("it takes too long"), begun.elapsed())
}

fn about(took: Duration) -> bool {
    took >= LIMIT && took < LIMIT + Duration::from_millis(100)
}

#[tokio::test(start_paused = true)]
async fn a_stalled_answer_ends_with_the_setting_that_ended_it() {
    let head = "HTTP/1.1 500 No\r\nx-request-id: req_h\r\ncontent-length: 9\r\n\r\n{\"a\"";
    for setting in ["(attempt_timeout)", "(timeout)"] {
        let server = Server::playing([Reply::Stall(head.into())]).await;
        let builder = server.builder().max_retries(0);
        let builder = match setting {
            "(timeout)" => builder.timeout(LIMIT),
            _ => builder.attempt_timeout(LIMIT),
        };
        let (error, took) = failed(builder).await;

        assert!(about(took), "{took:?}");
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 1));
        assert!(error.is_timeout() && error.is_retryable());
        assert!(error.to_string().contains(setting), "{error}");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(500));
        assert_eq!(error.request_id(), Some("req_h"));
        assert_eq!(error.body().expect("kept"), "{\"a\"");
    }
}

#[tokio::test(start_paused = true)]
async fn a_drip_of_bytes_does_not_prolong_an_attempt() {
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 9999\r\n\r\n";
    let drip = Reply::Drip(head.into(), Duration::from_millis(100));
    let server = Server::playing([drip]).await;
    let (error, took) = failed(server.builder().max_retries(0).attempt_timeout(LIMIT)).await;

    assert!(about(took), "{took:?}");
    assert_eq!(error.kind(), ErrorKind::Timeout);
    let came = error.body().expect("what came is kept").len();
    assert!(came > 1 && came < 25, "{came} bytes");
}

#[tokio::test(start_paused = true)]
async fn a_timed_out_attempt_is_followed_by_another() {
    let lead = Reply::send(answer("200 OK", "", super::LEAD));
    let server = Server::playing([Reply::Stall(Vec::new()), lead]).await;
    tick();
    let client = server.builder().attempt_timeout(LIMIT).build();
    let lead = client.expect("valid").get_lead(&Uuid::nil()).await;

    assert_eq!(lead.expect("the second answers").attempts(), 2);
}

#[tokio::test(start_paused = true)]
async fn the_deadline_of_a_call_ends_a_later_attempt_and_keeps_the_last_answer() {
    let body = r#"{"success":false,"error":"no","code":"DOWN","requestId":"req_1"}"#;
    let down = answer("503 Service Unavailable", "retry-after-ms: 0\r\n", body);
    let server = Server::playing([Reply::send(down), Reply::Stall(Vec::new())]).await;
    let (error, took) = failed(server.builder().timeout(LIMIT)).await;

    assert!(about(took), "{took:?}");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 2));
    assert_eq!(error.status().map(|status| status.as_u16()), Some(503));
    assert_eq!(error.request_id(), Some("req_1"));
    assert_eq!(error.body().expect("kept"), body);
    assert_eq!(
        error.to_string(),
        "get_lead: no whole answer came within 2s (timeout) (status 503, code DOWN, request req_1, 2 attempts)"
    );
}

#[tokio::test(start_paused = true)]
async fn a_view_has_a_deadline_of_its_own() {
    let server = Server::playing([Reply::Stall(Vec::new())]).await;
    tick();
    let client = server.client();
    let begun = Instant::now();
    let error = client.with_timeout(LIMIT).get_lead(&Uuid::nil()).await;

    assert!(error.expect_err("it stalls").is_timeout());
    assert!(about(begun.elapsed()), "{:?}", begun.elapsed());
}

/// A socket that listens and never answers: its queue is full, so the next connection waits.
#[cfg(target_os = "linux")]
async fn deaf() -> (tokio::net::TcpListener, SocketAddr, Vec<TcpStream>) {
    let socket = TcpSocket::new_v4().expect("a socket");
    socket
        .bind(SocketAddr::from(([127, 0, 0, 1], 0)))
        .expect("a port is free");
    let listener = socket.listen(0).expect("it can listen");
    let address = listener.local_addr().expect("it is bound");
    let waiting = TcpStream::connect(address)
        .await
        .expect("the queue has room for one");
    (listener, address, vec![waiting])
}

#[cfg(target_os = "linux")]
#[tokio::test(start_paused = true)]
async fn connecting_too_slowly_is_a_connect_error_that_timed_out() {
    let (_listener, address, _waiting) = deaf().await;
    let builder = Client::builder()
        .api_key(KEY)
        .base_url(format!("http://{address}"))
        .connect_timeout(LIMIT)
        .max_retries(0);
    let (error, took) = failed(builder).await;

    assert!(about(took), "{took:?}");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connect, 1));
    assert!(error.is_timeout() && error.is_retryable());
    assert!(!shown(&error).contains("leads"), "{}", shown(&error));
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_dropped_hangs_up() {
    let server = Server::playing([Reply::Stall(Vec::new())]).await;
    tick();
    let client = server.client();
    let id = Uuid::nil();
    tokio::time::timeout(LIMIT, client.get_lead(&id))
        .await
        .expect_err("it stalls");
    while !server.is_idle() {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}
