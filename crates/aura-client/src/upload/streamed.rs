//! A stream as the HTTP client takes it.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http_body::{Body, Frame, SizeHint};
use tokio::sync::watch;
use tokio::time::Instant;

use super::content::{Chunks, Problem};

/// The most that is handed on at once: what a slow connection still takes within an attempt.
const LARGEST_FRAME: usize = 64 * 1024;

/// A body that says how far it has come.
pub(crate) struct Streamed {
    chunks: Chunks,
    /// What has come but is not handed on.
    rest: Bytes,
    progress: watch::Sender<State>,
}

/// How far a body has come, for those who wait for the response.
pub(crate) struct Progress(watch::Receiver<State>);

#[derive(Clone, Copy)]
struct State {
    last: Instant,
    problem: Option<Problem>,
}

impl Streamed {
    pub(crate) fn new(chunks: Chunks) -> (Self, Progress) {
        let begun = State {
            last: Instant::now(),
            problem: None,
        };
        let (progress, receiver) = watch::channel(begun);
        let body = Self {
            chunks,
            rest: Bytes::new(),
            progress,
        };
        (body, Progress(receiver))
    }
}

impl Progress {
    /// When a part of the body was handed on last.
    pub(crate) fn last(&self) -> Instant {
        self.0.borrow().last
    }

    /// Why the body broke off, if it did.
    pub(crate) fn problem(&self) -> Option<&'static str> {
        self.0.borrow().problem
    }
}

impl Body for Streamed {
    type Data = Bytes;
    type Error = BrokeOff;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BrokeOff>>> {
        while self.rest.is_empty() {
            match ready!(Pin::new(&mut self.chunks).poll_next(context)) {
                Some(Ok(chunk)) => self.rest = chunk,
                Some(Err(problem)) => {
                    let problem = Some(problem);
                    self.progress.send_modify(|state| state.problem = problem);
                    return Poll::Ready(Some(Err(BrokeOff)));
                }
                None => return Poll::Ready(None),
            }
        }
        let size = self.rest.len().min(LARGEST_FRAME);
        let frame = Frame::data(self.rest.split_to(size));
        let now = Instant::now();
        self.progress.send_modify(|state| state.last = now);
        Poll::Ready(Some(Ok(frame)))
    }

    fn size_hint(&self) -> SizeHint {
        match self.chunks.left() {
            Some(left) => SizeHint::with_exact(left + self.rest.len() as u64),
            None => SizeHint::default(),
        }
    }
}

/// What the HTTP client is told of a body that broke off.
#[derive(Debug)]
pub(crate) struct BrokeOff;

impl fmt::Display for BrokeOff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the body broke off")
    }
}

impl std::error::Error for BrokeOff {}
