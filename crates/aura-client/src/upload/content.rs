//! What a body holds: bytes, or a stream of them.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use tokio::sync::Mutex;

/// The content of a body.
pub(crate) enum Content {
    Bytes(Bytes),
    Stream(Chunks),
}

impl Content {
    pub(crate) fn stream<S, T, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<T, E>> + Send + 'static,
        T: Into<Bytes>,
    {
        Self::Stream(Chunks::new(Plain(Box::pin(stream)), None))
    }

    /// Bytes know theirs.
    pub(crate) fn set_length(&mut self, bytes: u64) {
        if let Self::Stream(chunks) = self {
            chunks.left = Some(bytes);
        }
    }

    /// How many bytes there are, if that is known.
    pub(crate) fn length(&self) -> Option<u64> {
        match self {
            Self::Bytes(bytes) => u64::try_from(bytes.len()).ok(),
            Self::Stream(chunks) => chunks.left,
        }
    }

    /// Whether it can be sent more than once.
    pub(crate) fn is_repeatable(&self) -> bool {
        matches!(self, Self::Bytes(_))
    }

    /// Returns the content for one attempt. A stream leaves nothing for another.
    pub(crate) fn take(&mut self) -> Self {
        match self {
            Self::Bytes(bytes) => Self::Bytes(bytes.clone()),
            Self::Stream(_) => std::mem::replace(self, Self::Bytes(Bytes::new())),
        }
    }
}

/// Shows the size.
impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.length() {
            Some(length) => write!(f, "{length} bytes"),
            None => f.write_str("a stream"),
        }
    }
}

/// Why a stream broke off, in words that quote nothing of it.
pub(super) type Problem = &'static str;

type Source = Pin<Box<dyn Stream<Item = Result<Bytes, Problem>> + Send>>;

/// Chunks of a stream, which are together as long as they must be.
pub(crate) struct Chunks {
    /// Never locked: it makes any stream one that threads may share, as reqwest asks.
    source: Mutex<Source>,
    left: Option<u64>,
}

impl Chunks {
    pub(super) fn new(
        source: impl Stream<Item = Result<Bytes, Problem>> + Send + 'static,
        length: Option<u64>,
    ) -> Self {
        Self {
            source: Mutex::new(Box::pin(source)),
            left: length,
        }
    }

    pub(super) fn left(&self) -> Option<u64> {
        self.left
    }
}

impl Stream for Chunks {
    type Item = Result<Bytes, Problem>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = ready!(self.source.get_mut().as_mut().poll_next(context));
        let Some(left) = self.left else {
            return Poll::Ready(next);
        };
        Poll::Ready(match next {
            Some(Ok(chunk)) => match left.checked_sub(chunk.len() as u64) {
                Some(left) => {
                    self.left = Some(left);
                    Some(Ok(chunk))
                }
                None => Some(Err("a stream of the body holds more than its length")),
            },
            None if left > 0 => Some(Err("a stream of the body holds less than its length")),
            other => other,
        })
    }
}

/// A caller's stream, without what its errors say.
struct Plain<S>(Pin<Box<S>>);

impl<S, T, E> Stream for Plain<S>
where
    S: Stream<Item = Result<T, E>>,
    T: Into<Bytes>,
{
    type Item = Result<Bytes, Problem>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = ready!(self.0.as_mut().poll_next(context));
        Poll::Ready(next.map(|chunk| match chunk {
            Ok(chunk) => Ok(chunk.into()),
            Err(_) => Err("a stream of the body failed"),
        }))
    }
}
