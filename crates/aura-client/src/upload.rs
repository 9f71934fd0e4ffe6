//! Request bodies that are not JSON.

mod content;
mod multipart;
mod streamed;
#[cfg(test)]
mod tests;

use std::fmt;

use bytes::Bytes;
use futures_core::Stream;
use http::HeaderValue;

pub(crate) use content::Content;
pub use multipart::{Multipart, Part};
pub(crate) use streamed::{Progress, Streamed};

use crate::settings::header_value;

/// A request body of any media type: bytes or a stream.
///
/// Anything that becomes [`Bytes`] becomes an upload: `Vec<u8>`, `String`, `&'static str`. Bytes are
/// sent again if a call is retried. A stream is sent once: such a call is never retried, neither
/// after a 429 nor with another key. Its chunks are handed on as they come, so a file of any size
/// takes no more memory than a few of them, and
/// [`attempt_timeout`](crate::ClientBuilder::attempt_timeout) counts anew from each one.
///
/// ```
/// use aura_client::Upload;
/// use aura_client::bytes::Bytes;
/// use futures_util::stream;
///
/// let text = Upload::from("id,name\n1,Ada\n").content_type("text/csv");
///
/// // Of a file: `tokio_util::io::ReaderStream::new(tokio::fs::File::open(path).await?)`.
/// let chunks = [Ok(Bytes::from("id,name\n")), Err("the disk is gone")];
/// let file = Upload::stream(stream::iter(chunks)).length(4096);
/// ```
#[must_use = "an upload does nothing until it is sent"]
pub struct Upload {
    content: Content,
    content_type: Option<HeaderValue>,
    problem: Option<&'static str>,
}

impl Upload {
    /// A body that is in memory.
    pub fn bytes(bytes: impl Into<Bytes>) -> Self {
        Self::new(Content::Bytes(bytes.into()))
    }

    /// A body whose chunks come one after the other.
    ///
    /// If one of them is an error, the call fails with [`Request`](crate::ErrorKind::Request). What
    /// the error says is not passed on, since it may quote the content.
    pub fn stream<S, T, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<T, E>> + Send + 'static,
        T: Into<Bytes>,
    {
        Self::new(Content::stream(stream))
    }

    fn new(content: Content) -> Self {
        Self {
            content,
            content_type: None,
            problem: None,
        }
    }

    /// Sets the media type, such as `image/png`, in place of the contract's.
    ///
    /// A call with one that is no media type fails with [`Request`](crate::ErrorKind::Request).
    pub fn content_type(mut self, media_type: &str) -> Self {
        match header_value::printable(media_type).filter(|_| is_media_type(media_type)) {
            Some(value) => self.content_type = Some(value),
            None => self.problem = Some("the content type of the body is not a media type"),
        }
        self
    }

    /// Sets how many bytes a stream holds in all, which is then sent as `Content-Length`; without
    /// it the body is sent in chunks, which some servers reject. The call fails with
    /// [`Request`](crate::ErrorKind::Request) if the stream turns out to hold fewer, or more.
    pub fn length(mut self, bytes: u64) -> Self {
        self.content.set_length(bytes);
        self
    }

    /// Takes it apart, or says why it cannot be sent.
    pub(crate) fn into_parts(self) -> Result<(Content, Option<HeaderValue>), &'static str> {
        match self.problem {
            None => Ok((self.content, self.content_type)),
            Some(problem) => Err(problem),
        }
    }
}

impl<T: Into<Bytes>> From<T> for Upload {
    fn from(bytes: T) -> Self {
        Self::bytes(bytes)
    }
}

/// Shows the size, not the content.
impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Upload").field(&self.content).finish()
    }
}

/// Whether it is `type/subtype`, and not a range of them.
fn is_media_type(text: &str) -> bool {
    let essence = text.split(';').next().unwrap_or_default().trim_end();
    let token = |text: &str| {
        let allowed = |b: u8| b.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&b);
        !text.is_empty() && text.bytes().all(allowed)
    };
    essence
        .split_once('/')
        .is_some_and(|(kind, subtype)| token(kind) && token(subtype))
}
