//! How an answer is sent: whole and at once, or not.

use std::io;
use std::time::Duration;

use axum::body::Body;
use axum::response::Response;
use bytes::Bytes;
use futures_util::stream::{self, Stream, StreamExt};
use http::HeaderValue;
use http::header::{
    CONNECTION, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, TRANSFER_ENCODING, X_CONTENT_TYPE_OPTIONS,
};

use super::answer::Answer;
use super::connection::Reset;
use crate::fault::{Decision, Effect};

pub(super) async fn deliver(answer: Answer, decision: Decision) -> Response {
    if !decision.latency.is_zero() {
        tokio::time::sleep(decision.latency).await;
    }
    let Answer {
        status,
        mut headers,
        body,
    } = answer;
    for connections_own in [CONNECTION, CONTENT_LENGTH, TRANSFER_ENCODING] {
        headers.remove(connections_own);
    }
    // Runs no script in a browser, where it would share its origin with /docs, its key and
    // /__sandbox. Beside a policy of a fault or of the contract: all of them hold.
    let policy = HeaderValue::from_static("sandbox; default-src 'none'");
    headers.append(CONTENT_SECURITY_POLICY, policy);
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    let length = body.len();
    let (promised, body) = match decision.fault.as_ref().map(|fault| &fault.effect) {
        Some(&Effect::SlowDrip { chunk_bytes, pause }) => {
            let pieces = drip(body, chunk_bytes.max(1), pause);
            (Some(length), Body::from_stream(pieces))
        }
        Some(Effect::TruncatedBody {}) => (Some(length), Body::from_stream(half(body))),
        // At least one byte, which never comes.
        Some(Effect::Stall {}) => (Some(length.max(1)), Body::from_stream(nothing())),
        Some(Effect::ConnectionReset {}) => {
            response.extensions_mut().insert(Reset);
            (None, Body::empty())
        }
        _ => (None, Body::from(body)),
    };
    if let Some(promised) = promised {
        headers.insert(CONTENT_LENGTH, HeaderValue::from(promised));
    }
    *response.headers_mut() = headers;
    *response.body_mut() = body;
    response
}

fn drip(body: Bytes, chunk: usize, pause: Duration) -> impl Stream<Item = io::Result<Bytes>> {
    stream::unfold(body, move |mut rest| async move {
        if rest.is_empty() {
            return None;
        }
        tokio::time::sleep(pause).await;
        let next = rest.split_to(chunk.min(rest.len()));
        Some((Ok(next), rest))
    })
}

/// The first half, and then the end of the connection.
fn half(body: Bytes) -> impl Stream<Item = io::Result<Bytes>> {
    let half = body.slice(..body.len() / 2);
    let end = stream::once(async {
        // The connection sends what it has when it must wait.
        tokio::task::yield_now().await;
        Err(io::ErrorKind::BrokenPipe.into())
    });
    stream::iter([Ok(half)]).chain(end)
}

fn nothing() -> impl Stream<Item = io::Result<Bytes>> {
    stream::pending()
}
