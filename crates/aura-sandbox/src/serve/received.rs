//! A request that came, its body read.

use aura_contract::{Content, Operation, Part};
use axum::body::{Body, HttpBody};
use axum::extract::Request;
use bytes::{Bytes, BytesMut};
use futures_util::{Stream, StreamExt};
use http::header::CONTENT_TYPE;
use http::{HeaderMap, Method, Uri};

use super::parts;

/// How large a body may be that is read as a whole, and how much of any other is kept. The contract
/// does not say, and no request needs more.
pub(super) const LARGEST_BODY: usize = 1024 * 1024;

/// How large a body may be whose bytes the contract says nothing of, or that is read in parts.
const LARGEST_UPLOAD: u64 = 1024 * 1024 * 1024;

pub(super) struct Received {
    pub(super) method: Method,
    pub(super) uri: Uri,
    pub(super) headers: HeaderMap,
    /// The body, or its beginning.
    pub(super) body: Bytes,
    /// The parts of a `multipart/form-data`, or what is wrong with it.
    pub(super) parts: Option<Result<Vec<Part>, &'static str>>,
    /// There is more of the body than was read.
    pub(super) is_too_large: bool,
    /// There is more of the body than is kept.
    pub(super) is_cut: bool,
}

/// What is done with a body.
pub(super) struct Reading<'c> {
    /// Whether anything of it is kept.
    pub(super) is_kept: bool,
    /// What it is, if the contract says so.
    pub(super) content: Option<&'c Content>,
}

impl Received {
    /// The request's head, and its body, which is not read yet.
    pub(super) fn head(request: Request) -> (Self, Body) {
        let (head, body) = request.into_parts();
        let received = Self {
            method: head.method,
            uri: head.uri,
            headers: head.headers,
            body: Bytes::new(),
            parts: None,
            is_too_large: false,
            is_cut: false,
        };
        (received, body)
    }

    /// The form of the body that comes, if the operation takes it.
    pub(super) fn content<'c>(&self, operation: &'c Operation) -> Option<&'c Content> {
        let given = self.headers.get(CONTENT_TYPE)?.to_str().ok()?;
        operation.body.as_ref()?.content(given)
    }

    /// Whether it has no body.
    pub(super) fn is_empty(&self) -> bool {
        self.body.is_empty() && !self.is_cut
    }

    /// Reads the body; `None` if the caller breaks off. What is not kept is read all the same: a
    /// connection that ends while the caller sends loses the response.
    pub(super) async fn read(&mut self, body: Body, reading: Reading<'_>) -> Option<()> {
        if body.is_end_stream() {
            return Some(());
        }
        let is_whole = |content: &Content| content.is_json() || content.is_form();
        let is_whole = reading.content.is_none_or(is_whole);
        let mut incoming = Incoming {
            kept: BytesMut::new(),
            room: if reading.is_kept { LARGEST_BODY } else { 0 },
            most: if is_whole {
                LARGEST_BODY as u64
            } else {
                LARGEST_UPLOAD
            },
            ..Incoming::default()
        };
        let mut chunks = Box::pin(body.into_data_stream());
        let in_parts = reading.content.filter(|content| content.is_multipart());
        if let Some(content) = in_parts.filter(|_| reading.is_kept) {
            let given = self.headers.get(CONTENT_TYPE);
            let given = given
                .and_then(|given| given.to_str().ok())
                .unwrap_or_default();
            let chunks = incoming.watch(&mut chunks);
            self.parts = Some(parts::read(chunks, given, content).await);
        }
        incoming.watch(&mut chunks).for_each(|_| async {}).await;
        self.body = incoming.kept.freeze();
        self.is_too_large = incoming.is_too_large;
        self.is_cut = incoming.is_cut;
        (!incoming.is_broken).then_some(())
    }
}

/// What is known of a body so far.
#[derive(Default)]
struct Incoming {
    kept: BytesMut,
    /// How many more bytes are kept.
    room: usize,
    /// How many more bytes are read.
    most: u64,
    is_too_large: bool,
    is_cut: bool,
    /// The caller has broken off.
    is_broken: bool,
}

impl Incoming {
    /// The chunks of a body until there are too many, the first of which are kept.
    fn watch<S, E>(&mut self, chunks: S) -> impl Stream<Item = Bytes> + Send
    where
        S: Stream<Item = Result<Bytes, E>> + Send + Unpin,
        E: Send,
    {
        futures_util::stream::unfold((self, chunks), |(incoming, mut chunks)| async move {
            if incoming.is_too_large || incoming.is_broken {
                return None;
            }
            let chunk = chunks.next().await?;
            let Ok(chunk) = chunk else {
                incoming.is_broken = true;
                return None;
            };
            let kept = chunk.len().min(incoming.room);
            incoming.kept.extend_from_slice(&chunk[..kept]);
            incoming.room -= kept;
            incoming.is_cut |= kept < chunk.len();
            incoming.is_too_large = chunk.len() as u64 > incoming.most;
            incoming.most = incoming.most.saturating_sub(chunk.len() as u64);
            Some((chunk, (incoming, chunks)))
        })
    }
}

/// A body's type without its parameters, in lower case.
#[cfg(feature = "control")]
pub(crate) fn media_type(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    let essence = value.split(';').next().unwrap_or_default();
    Some(essence.trim().to_ascii_lowercase())
}
