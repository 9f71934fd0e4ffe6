//! A request that came, its body read.

use axum::body::HttpBody;
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
    /// `None` if the caller breaks off.
    pub(super) async fn read(request: Request) -> Option<Self> {
        let (parts, body) = request.into_parts();
        let (body, is_too_large) = match body.is_end_stream() {
            true => (Bytes::new(), false),
            false => read_body(body).await?,
        };
        Some(Self {
            method: parts.method,
            uri: parts.uri,
            headers: parts.headers,
            body,
            is_too_large,
        })
    }

    /// The body's type without its parameters, in lower case.
    pub(super) fn media_type(&self) -> Option<String> {
        let value = self.headers.get(CONTENT_TYPE)?.to_str().ok()?;
        let essence = value.split(';').next().unwrap_or_default();
        Some(essence.trim().to_ascii_lowercase())
    }
}

async fn read_body(body: axum::body::Body) -> Option<(Bytes, bool)> {
    let mut chunks = body.into_data_stream();
    let mut read = BytesMut::new();
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.ok()?;
        let room = LARGEST_BODY - read.len();
        read.extend_from_slice(&chunk[..chunk.len().min(room)]);
        if chunk.len() > room {
            return Some((read.freeze(), true));
        }
    }
    Some((read.freeze(), false))
}
