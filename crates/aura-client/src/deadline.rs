//! A point in time after which waiting ends.

use std::time::Duration;

use tokio::time::{Instant, timeout_at};

/// When to stop. `None`: never, for durations too long to have an end (`Duration::MAX`).
#[derive(Clone, Copy)]
pub(crate) struct Deadline(Option<Instant>);

impl Deadline {
    /// The end of `duration`, from now on.
    pub(crate) fn after(duration: Duration) -> Self {
        Self::since(Instant::now(), duration)
    }

    /// The end of `duration`, from `begun` on.
    pub(crate) fn since(begun: Instant, duration: Duration) -> Self {
        Self(begun.checked_add(duration))
    }

    /// A deadline that never comes.
    pub(crate) const NEVER: Self = Self(None);

    /// Returns a deadline that comes later by this much.
    pub(crate) fn later_by(self, delay: Duration) -> Self {
        Self(self.0.and_then(|this| this.checked_add(delay)))
    }

    /// Whether it lies in the past.
    pub(crate) fn has_passed(self) -> bool {
        self.0.is_some_and(|this| this <= Instant::now())
    }

    /// Whether this one comes before the other.
    pub(crate) fn is_before(self, other: Self) -> bool {
        match (self.0, other.0) {
            (Some(this), Some(other)) => this < other,
            (this, None) => this.is_some(),
            (None, Some(_)) => false,
        }
    }

    /// Whether a wait of this length, begun now, ends before it.
    pub(crate) fn leaves(self, wait: Duration) -> bool {
        let ends = Instant::now().checked_add(wait);
        self.0
            .is_none_or(|this| ends.is_some_and(|ends| ends < this))
    }

    /// What the future gives, or `None` if the deadline comes first; the future is dropped then.
    pub(crate) async fn bound<F: Future>(self, future: F) -> Option<F::Output> {
        match self.0 {
            Some(end) => timeout_at(end, future).await.ok(),
            None => Some(future.await),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_endless_deadline_comes_last() {
        let (soon, never) = (
            Deadline::after(Duration::ZERO),
            Deadline::after(Duration::MAX),
        );

        assert!(soon.is_before(never));
        assert!(!never.is_before(soon));
        assert!(!never.is_before(never));
    }

    #[tokio::test(start_paused = true)]
    async fn a_wait_must_end_before_the_deadline() {
        let minute = Deadline::after(Duration::from_secs(60));

        assert!(minute.leaves(Duration::from_secs(59)));
        assert!(!minute.leaves(Duration::from_secs(60)));
        assert!(!minute.leaves(Duration::MAX));
        assert!(!Deadline::after(Duration::ZERO).leaves(Duration::ZERO));
        assert!(Deadline::after(Duration::MAX).leaves(Duration::MAX));
    }
}
