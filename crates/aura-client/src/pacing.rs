//! The pacer: calls take turns, so that the service rejects none for the rate limit.

mod windows;

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::{Instant, timeout_at};

use crate::RateLimit;
use crate::deadline::Deadline;
use windows::{Caller, Turn, Windows};

/// Paces the attempts of a client, its clones and its views: first come, first served.
#[derive(Default)]
pub(crate) struct Pacer {
    windows: Mutex<Windows>,
    /// Held by the call whose turn is next; its lock is fair.
    turnstile: tokio::sync::Mutex<()>,
    /// How many calls wait.
    queued: AtomicU64,
    /// Some call has waited, so that responses are worth reading.
    is_used: AtomicBool,
    /// An attempt has ended, so that the next turn may have come.
    ended: Notify,
}

/// No turn comes in time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct NoTurn {
    /// How long until one may come, as far as that is known.
    pub(crate) retry_after: Option<Duration>,
}

/// What a response said, or that there is none.
pub(crate) enum Outcome {
    /// The service counts requests, and said how far it has come.
    Limited(RateLimit),
    /// The service answered, and said nothing of a limit.
    Unlimited,
    /// Whether the service counted the attempt is not known.
    Unknown,
    /// Nothing reached the service.
    NotSent,
}

impl Pacer {
    /// Takes a place without waiting for a turn; the attempt counts all the same.
    pub(crate) fn place(&self) -> Place<'_> {
        Place {
            is_probe: self.windows().started(),
            pacer: self,
            outcome: Outcome::Unknown,
        }
    }

    /// Waits for a turn until the deadline. A wait that cannot end in time is not begun.
    pub(crate) async fn turn(&self, deadline: Deadline) -> Result<Place<'_>, NoTurn> {
        self.is_used.store(true, Relaxed);
        let _queued = Queued::add(&self.queued);
        // Whoever is first in the queue may not get it in time, so others needn't queue either.
        self.next_turn(deadline)?;
        let waiting = async {
            let _turnstile = self.turnstile.lock().await;
            loop {
                let ended = self.ended.notified();
                match self.next_turn(deadline)? {
                    Turn::Now => return Ok(self.place()),
                    // Either way it is time to look again.
                    Turn::At(time) => _ = timeout_at(time, ended).await,
                    Turn::AfterAnother => ended.await,
                }
            }
        };
        match deadline.bound(waiting).await {
            Some(turn) => turn,
            None => Err(self.no_turn()),
        }
    }

    fn next_turn(&self, deadline: Deadline) -> Result<Turn, NoTurn> {
        let now = Instant::now();
        let caller = Caller {
            queued: self.queued.load(Relaxed),
            deadline,
        };
        match self.windows().turn(now, caller) {
            Turn::At(time) if !deadline.leaves(time - now) => Err(NoTurn {
                retry_after: Some(time - now),
            }),
            turn => Ok(turn),
        }
    }

    fn no_turn(&self) -> NoTurn {
        let now = Instant::now();
        let free = self.windows().next_window(now);
        NoTurn {
            retry_after: free.map(|time| time.saturating_duration_since(now)),
        }
    }

    /// The service rejected an attempt, since others use the key too: none starts for so long.
    pub(crate) fn rejected(&self, wait: Duration) {
        self.windows().rejected(Instant::now(), wait);
    }

    fn windows(&self) -> MutexGuard<'_, Windows> {
        // Nothing panics while it holds the lock.
        self.windows.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A call that waits.
struct Queued<'p>(&'p AtomicU64);

impl<'p> Queued<'p> {
    fn add(queued: &'p AtomicU64) -> Self {
        queued.fetch_add(1, Relaxed);
        Self(queued)
    }
}

impl Drop for Queued<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Relaxed);
    }
}

/// An attempt that has started and not ended. Dropping it is its end.
#[must_use = "dropping it ends the attempt"]
pub(crate) struct Place<'p> {
    pacer: &'p Pacer,
    is_probe: bool,
    outcome: Outcome,
}

impl Place<'_> {
    /// The attempt has ended like this, which is looked at if calls wait for turns at all.
    pub(crate) fn end(mut self, outcome: impl FnOnce() -> Outcome) {
        if self.pacer.is_used.load(Relaxed) {
            self.outcome = outcome();
        }
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.pacer
            .windows()
            .ended(Instant::now(), self.is_probe, &self.outcome);
        self.pacer.ended.notify_one();
    }
}

#[cfg(test)]
mod tests;
