//! Starting, stopping, and what comes that is no good HTTP.

use aura_sandbox::Sandbox;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::{ID, id, started};

/// Sends bytes and returns all that comes until the connection ends.
async fn exchange(sandbox: &Sandbox, sent: &[u8]) -> String {
    let mut stream = TcpStream::connect(sandbox.address())
        .await
        .expect("it listens");
    stream.write_all(sent).await.expect("it takes them");
    let mut came = Vec::new();
    stream.read_to_end(&mut came).await.expect("it ends well");
    String::from_utf8(came).expect("it is text")
}

#[tokio::test]
async fn a_dropped_sandbox_is_gone_at_once() {
    let sandbox = started(Sandbox::builder()).await;
    let address = sandbox.address();
    let mut idle = TcpStream::connect(address).await.expect("it listens");
    let lead = sandbox.client().get_lead(&id()).await;
    assert!(lead.is_ok());
    drop(sandbox);

    assert!(
        TcpStream::connect(address).await.is_err(),
        "the port is free"
    );
    // An open connection ends, well or by a reset.
    let end = idle.read(&mut [0]).await;
    assert!(matches!(end, Ok(0) | Err(_)));
    let again = Sandbox::builder().port(address.port()).start().await;
    assert_eq!(again.expect("the port is free").address(), address);
}

#[tokio::test]
async fn sandboxes_do_not_disturb_each_other() {
    let (one, other) = (
        started(Sandbox::builder()).await,
        started(Sandbox::builder()).await,
    );
    assert_ne!(one.address(), other.address());
    assert_ne!(one.api_key(), other.api_key());

    assert!(one.client().get_lead(&id()).await.is_ok());
    assert_eq!((one.request_count(), other.request_count()), (1, 0));
}

#[tokio::test]
async fn what_is_no_http_ends_its_own_connection_alone() {
    let sandbox = started(Sandbox::builder()).await;
    assert!(
        exchange(&sandbox, b"\x16\x03\x01 hello\r\n\r\n")
            .await
            .starts_with("HTTP/1.1 400")
    );
    drop(TcpStream::connect(sandbox.address()).await);

    assert!(sandbox.client().get_lead(&id()).await.is_ok());
}

#[tokio::test]
async fn odd_targets_are_answered() {
    let sandbox = started(Sandbox::builder()).await;
    for (target, status) in [
        ("*", "404"),
        ("/%", "404"),
        ("/v1/leads/%00", "400"),
        ("/v1/leads/%ff%fe", "400"),
        ("/v1/leads/..%2f..", "400"),
        (&format!("http://elsewhere/v1/leads/{ID}"), "200"),
        ("/?%", "307"),
    ] {
        let key = sandbox.api_key();
        let request = format!(
            "GET {target} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer {key}\r\nconnection: close\r\n\r\n"
        );
        let came = exchange(&sandbox, request.as_bytes()).await;
        assert!(
            came.starts_with(&format!("HTTP/1.1 {status}")),
            "{target}: {came}"
        );
    }
}

#[tokio::test]
async fn a_caller_that_leaves_halfway_is_forgotten() {
    let sandbox = started(Sandbox::builder()).await;
    let mut stream = TcpStream::connect(sandbox.address())
        .await
        .expect("it listens");
    let head = b"GET /health HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\r\n1";
    stream.write_all(head).await.expect("it takes them");
    stream.shutdown().await.expect("it can end");
    _ = stream.read_to_end(&mut Vec::new()).await;

    assert_eq!(sandbox.request_count(), 0);
}

#[test]
fn a_sandbox_can_be_shared_between_threads() {
    fn check<T: Send + Sync + 'static>() {}
    check::<Sandbox>();
}
