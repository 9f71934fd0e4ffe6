//! Pages that follow each other (`x-pagination`), as a stream of their items.

#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

use futures_core::Stream;
use serde::Serialize;

use crate::answer::Answer;
use crate::fingerprint::Fingerprints;
use crate::request::Argument;
use crate::{Error, ErrorKind, Response};

/// The items of all pages, of which there is one at a time: the next one is asked for when no item of
/// it is left.
#[allow(
    dead_code,
    reason = "generated code makes it for the operations that have pages"
)]
pub(crate) struct Pages<T, C> {
    items: vec::IntoIter<T>,
    then: Then<T, C>,
    ask: Box<dyn FnMut(Option<C>) -> Asked<T, C> + Send>,
    next_path: &'static str,
    seen: Seen,
}

/// What comes behind the items at hand.
enum Then<T, C> {
    /// The page at this cursor, which is still to be asked for.
    Ask(Option<C>),
    /// A page that has been asked for.
    Await(Asked<T, C>),
    Fail(Error),
    End,
}

/// A page on its way.
type Asked<T, C> = Pin<Box<dyn Future<Output = Result<Page<T, C>, Error>> + Send>>;

struct Page<T, C> {
    items: Vec<T>,
    next: Option<C>,
    answer: Answer,
}

#[allow(
    dead_code,
    reason = "generated code calls it for the operations that have pages"
)]
impl<T: Send + 'static, C: Serialize + Send + 'static> Pages<T, C> {
    /// The pages from the one at `first` on.
    ///
    /// `ask` makes the call for the page at a cursor, and `split` takes its value apart: items and the
    /// next page's cursor, which stands at `next_path` in the body.
    pub(crate) fn new<P: 'static, A>(
        next_path: &'static str,
        first: Option<C>,
        mut ask: impl FnMut(Option<C>) -> A + Send + 'static,
        split: fn(P) -> (Vec<T>, Option<C>),
    ) -> Self
    where
        A: Future<Output = Result<Response<P>, Error>> + Send + 'static,
    {
        let mut seen = Seen::default();
        if let Some(first) = first.as_ref().and_then(text) {
            seen.insert(&first);
        }
        let ask = move |cursor| -> Asked<T, C> {
            let response = ask(cursor);
            Box::pin(async move {
                let (page, answer) = response.await?.into_parts();
                let (items, next) = split(page);
                Ok(Page {
                    items,
                    next,
                    answer,
                })
            })
        };
        Self {
            items: Vec::new().into_iter(),
            then: Then::Ask(first),
            ask: Box::new(ask),
            next_path,
            seen,
        }
    }
}

impl<T: Unpin, C: Serialize + Unpin> Pages<T, C> {
    /// Takes in a page. Its items come first, whatever its cursor leads to.
    fn turn_to(&mut self, page: Page<T, C>) {
        self.items = page.items.into_iter();
        self.then = match page.next.as_ref().and_then(text) {
            None => Then::End,
            Some(cursor) if self.seen.insert(&cursor) => Then::Ask(page.next),
            Some(_) => {
                let path = self.next_path;
                let message = format!(
                    "the response does not fit the contract: {path}: this cursor was there before, \
                     so the pages would never end"
                );
                let error = Error::of_answer(ErrorKind::Decode, message, page.answer);
                Then::Fail(error.at_path(path))
            }
        };
    }
}

impl<T: Unpin, C: Serialize + Unpin> Stream for Pages<T, C> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.items.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            if let Then::Await(page) = &mut self.then {
                match ready!(page.as_mut().poll(cx)) {
                    Ok(page) => self.turn_to(page),
                    Err(error) => self.then = Then::Fail(error),
                }
                continue;
            }
            match std::mem::replace(&mut self.then, Then::End) {
                Then::Ask(cursor) => self.then = Then::Await((self.ask)(cursor)),
                Then::Fail(error) => return Poll::Ready(Some(Err(error))),
                Then::Await(_) | Then::End => return Poll::Ready(None),
            }
        }
    }
}

/// The cursors of a stream: 16 bytes each, however long they are.
struct Seen {
    fingerprints: Fingerprints,
    cursors: HashSet<u128>,
}

impl Default for Seen {
    fn default() -> Self {
        Self {
            fingerprints: Fingerprints::new(),
            cursors: HashSet::new(),
        }
    }
}

impl Seen {
    /// Notes a cursor. Returns whether it was not there before.
    fn insert(&mut self, cursor: &str) -> bool {
        self.cursors.insert(self.fingerprints.of(cursor))
    }
}

/// Returns the text of a cursor; `None` for an empty one, which leads nowhere.
fn text(cursor: &impl Serialize) -> Option<String> {
    match Argument::of(cursor) {
        Argument::One(text) if !text.is_empty() => Some(text),
        _ => None,
    }
}
