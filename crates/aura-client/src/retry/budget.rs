//! The retry budget: what keeps many callers from making an outage worse.

use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

/// What a full budget holds, and what a new one starts with.
const CAPACITY: u32 = 500;
/// What a retry costs. A success after retries gives as much back, any other success 1.
const RETRY: u32 = 5;

/// A token bucket, shared by all calls of a client. First attempts are free, so it can only ever
/// hold back retries: with the service down, a full one lets 100 through and then none.
#[derive(Debug)]
pub(crate) struct Budget {
    tokens: AtomicU32,
}

impl Budget {
    pub(crate) fn full() -> Self {
        Self {
            tokens: AtomicU32::new(CAPACITY),
        }
    }

    /// Pays for a retry; `None` if there is not enough left.
    pub(crate) fn take(&self) -> Option<Payment<'_>> {
        let pay = |tokens: u32| tokens.checked_sub(RETRY);
        let paid = self.tokens.fetch_update(Relaxed, Relaxed, pay);
        paid.ok().map(|_| Payment(self))
    }

    /// Books a success, at the `number`th attempt.
    pub(crate) fn refill(&self, number: u32) {
        self.give(if number > 1 { RETRY } else { 1 });
    }

    fn give(&self, gain: u32) {
        let fill = |tokens: u32| Some(CAPACITY.min(tokens + gain));
        // Never fails, since `fill` always gives a value.
        _ = self.tokens.fetch_update(Relaxed, Relaxed, fill);
    }
}

/// What a retry costs, given back if it is dropped before the retry begins.
#[must_use = "dropping it gives it back"]
pub(crate) struct Payment<'b>(&'b Budget);

impl Payment<'_> {
    /// The retry begins.
    pub(crate) fn spend(self) {
        std::mem::forget(self);
    }
}

impl Drop for Payment<'_> {
    fn drop(&mut self) {
        self.0.give(RETRY);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The number of retries that a budget still allows.
    fn left(budget: &Budget) -> usize {
        std::iter::from_fn(|| budget.take().map(Payment::spend)).count()
    }

    #[test]
    fn a_full_budget_pays_for_a_hundred_retries() {
        let budget = Budget::full();
        budget.refill(1);

        assert_eq!(left(&budget), 100);
        assert_eq!(left(&budget), 0);
    }

    #[test]
    fn a_retry_that_never_begins_costs_nothing() {
        let budget = Budget::full();
        drop(budget.take());

        assert_eq!(left(&budget), 100);
    }

    #[test]
    fn a_success_after_a_retry_gives_back_its_price_and_any_other_a_fifth() {
        let budget = Budget::full();
        left(&budget);

        budget.refill(2);
        assert_eq!(left(&budget), 1);
        for _ in 0..4 {
            budget.refill(1);
            assert_eq!(left(&budget), 0);
        }
        budget.refill(1);
        assert_eq!(left(&budget), 1);
    }
}
