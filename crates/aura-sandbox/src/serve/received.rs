//! A request that came, its body read.

use axum::body::{Body, HttpBody};
use axum::extract::Request;
use bytes::{Bytes, BytesMut};
use futures_util::StreamExt;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, Method, Uri};

/// How large a body may be; the contract does not say, and no request needs more.
pub(super) const LARGEST_BODY: usize = 1024 * 1024;

pub(super) struct Received {
    pub(super) method: Method,
    pub(super) uri: Uri,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    /// There is more of the body than was read.
    pub(super) is_too_large: bool,
}

impl Received {
    /// The request's head, and its body, which is not read yet.
    pub(super) fn head(request: Request) -> (Self, Body) {
        let (parts, body) = request.into_parts();
        let received = Self {
            method: parts.method,
            uri: parts.uri,
            headers: parts.headers,
            body: Bytes::new(),
            is_too_large: false,
        };
        (received, body)
    }

    /// Reads the body, and keeps it if that is wanted; `None` if the caller breaks off. What is not
    /// kept is read all the same: a connection that ends while the caller sends loses the answer.
    pub(super) async fn read(&mut self, body: Body, is_kept: bool) -> Option<()> {
        if body.is_end_stream() {
            return Some(());
        }
        let mut chunks = body.into_data_stream();
        let (mut kept, mut room) = (BytesMut::new(), LARGEST_BODY);
        while let Some(chunk) = chunks.next().await {
            let chunk = chunk.ok()?;
            self.is_too_large = chunk.len() > room;
            let read = &chunk[..chunk.len().min(room)];
            room -= read.len();
            if is_kept {
                kept.extend_from_slice(read);
            }
            if self.is_too_large {
                break;
            }
        }
        self.body = kept.freeze();
        Some(())
    }
}

/// A body's type without its parameters, in lower case.
pub(crate) fn media_type(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    let essence = value.split(';').next().unwrap_or_default();
    Some(essence.trim().to_ascii_lowercase())
}
