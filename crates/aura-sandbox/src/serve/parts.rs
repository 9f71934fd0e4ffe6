//! Reading a body in parts, of which files are not kept.

use std::mem;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Poll;

use aura_contract::{Content, Part};
use bytes::Bytes;
use futures_util::stream::{self, Stream, StreamExt};
use multer::{Field, Multipart};

use super::received::LARGEST_BODY;

/// How many parts there may be.
const MOST_PARTS: usize = 10_000;

/// How many bytes may come before there is a part, or more of one.
const LARGEST_HEAD: usize = 256 * 1024;

const MALFORMED: &str = "it is not multipart/form-data with the boundary of its Content-Type";

/// The parts of a `multipart/form-data`, without the content of files, or what is wrong with it.
pub(super) async fn read(
    chunks: impl Stream<Item = Bytes> + Send,
    content_type: &str,
    content: &Content,
) -> Result<Vec<Part>, &'static str> {
    let boundary = multer::parse_boundary(content_type);
    let boundary = boundary.map_err(|_| "its Content-Type names no boundary")?;
    let ahead = AtomicUsize::new(0);
    let mut incoming = Multipart::new(bounded(chunks, &ahead), boundary);
    let mut parts = Vec::new();
    let mut kept = 0;
    loop {
        ahead.store(0, Ordering::Relaxed);
        let Some(mut field) = incoming.next_field().await.map_err(|_| MALFORMED)? else {
            return Ok(parts);
        };
        if parts.len() >= MOST_PARTS {
            return Err("it has more than 10,000 parts");
        }
        let mut part = head(&field)?;
        let is_file = content.is_file(&part.name);
        loop {
            ahead.store(0, Ordering::Relaxed);
            let chunk = field.chunk().await.map_err(|_| MALFORMED)?;
            let Some(chunk) = chunk else { break };
            if !is_file {
                kept += chunk.len();
                part.content.extend_from_slice(&chunk);
            }
            if kept > LARGEST_BODY {
                return Err("what it holds beside files is larger than 1 MiB");
            }
        }
        parts.push(part);
    }
}

/// A part without its content.
fn head(field: &Field<'_>) -> Result<Part, &'static str> {
    let name = field.name().ok_or("one of its parts has no name")?;
    Ok(Part {
        name: unescaped(name),
        file_name: field.file_name().map(unescaped),
        content_type: field.content_type().map(ToString::to_string),
        content: Vec::new(),
    })
}

/// A name as browsers escape it.
fn unescaped(name: &str) -> String {
    name.replace("%22", "\"")
        .replace("%0D", "\r")
        .replace("%0A", "\n")
}

/// The chunks, each only when the one before it has been looked at: multer takes all that there
/// are, and keeps them until it finds the end of a head. There is none after so many bytes `ahead`.
fn bounded<'a>(
    chunks: impl Stream<Item = Bytes> + Send + 'a,
    ahead: &'a AtomicUsize,
) -> impl Stream<Item = Result<Bytes, multer::Error>> + Send + 'a {
    let mut chunks = Box::pin(chunks);
    let mut was_given = false;
    stream::poll_fn(move |context| {
        if mem::take(&mut was_given) {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        chunks.poll_next_unpin(context).map(|chunk| {
            let chunk = chunk?;
            was_given = true;
            match ahead.fetch_add(chunk.len(), Ordering::Relaxed) > LARGEST_HEAD {
                true => Some(Err(multer::Error::IncompleteHeaders)),
                false => Some(Ok(chunk)),
            }
        })
    })
}
