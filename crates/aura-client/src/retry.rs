//! Retries: which failure is followed by another attempt, and when.

mod budget;

use std::sync::Arc;
use std::time::Duration;

pub(crate) use budget::{Budget, Payment};

use crate::Error;
use crate::deadline::Deadline;

/// The longest wait before the first retry, which doubles for each one after it, and the longest of
/// all.
const BACKOFF: [Duration; 2] = [Duration::from_millis(250), Duration::from_secs(8)];
/// The same after a 429 that doesn't say how long to wait: long enough to outlast a window.
const LIMITED_BACKOFF: [Duration; 2] = [Duration::from_secs(1), Duration::from_secs(60)];
/// The shortest wait that the service can ask for, so that a zero makes no hot loop.
const SHORTEST_ASKED: Duration = Duration::from_millis(250);

/// How retries are limited.
#[derive(Clone)]
pub(crate) struct Retries {
    /// The most a call makes after its first attempt.
    pub(crate) max: u32,
    /// Shared by a client, its clones and its views.
    pub(crate) budget: Arc<Budget>,
}

impl Retries {
    /// Returns how long to wait before retry `number`, counted from 1; `None` if there is none.
    ///
    /// A wait is begun, and costs something, only if another attempt as long as the longest so far
    /// fits behind it.
    pub(crate) fn wait(
        &self,
        error: &Error,
        number: u32,
        total: Deadline,
        longest_attempt: Duration,
    ) -> Option<(Duration, Payment<'_>)> {
        if number > self.max || !error.may_be_retried() {
            return None;
        }
        let Delay { least, jitter } = delay(error, number);
        let fits = |wait: &Duration| total.leaves(wait.saturating_add(longest_attempt));
        let wait = [least.saturating_add(jitter), least]
            .into_iter()
            .find(fits)?;
        let payment = self.budget.take()?;
        Some((wait, payment))
    }
}

/// A wait: what must pass, and what keeps callers apart that failed together.
struct Delay {
    least: Duration,
    jitter: Duration,
}

/// Returns how long to keep out of the way after the `number`th rejection for the rate limit in a row.
pub(crate) fn pause(error: &Error, number: u32) -> Duration {
    let Delay { least, jitter } = delay(error, number);
    least.saturating_add(jitter)
}

/// How long to wait before retry `number`:
///
/// | received | done |
/// |---|---|
/// | a wait that is asked for, in whatever header (see [`Error::retry_after`]) | all of it, at least 250 ms, and a random tenth more (50 ms to 1 s) |
/// | a 429 that asks for none | a random wait of up to 1 s, doubled each time, up to 60 s |
/// | any other failure that may pass | a random wait of up to 250 ms, doubled each time, up to 8 s |
fn delay(error: &Error, number: u32) -> Delay {
    let random = |longest: Duration| longest.mul_f64(fastrand::f64());
    if let Some(asked) = error.retry_after() {
        let spread = (asked / 10).clamp(Duration::from_millis(50), Duration::from_secs(1));
        return Delay {
            least: asked.max(SHORTEST_ASKED),
            jitter: random(spread),
        };
    }
    let backoff = if error.is_rate_limited() {
        LIMITED_BACKOFF
    } else {
        BACKOFF
    };
    // "Full jitter" spreads callers better than a fixed part would.
    Delay {
        least: random(longest(number, backoff)),
        jitter: Duration::ZERO,
    }
}

fn longest(number: u32, [first, longest]: [Duration; 2]) -> Duration {
    let doubled = 1_u32.checked_shl(number - 1);
    doubled
        .and_then(|times| first.checked_mul(times))
        .map_or(longest, |wait| wait.min(longest))
}

#[cfg(test)]
mod tests {
    use http::header::RETRY_AFTER;
    use http::{HeaderMap, HeaderValue, StatusCode};

    use super::*;
    use crate::ErrorKind;
    use crate::answer::{Answer, Context};

    fn unavailable(retry_after: Option<&'static str>) -> Error {
        let context = Context {
            operation: "get_lead",
            idempotent: true,
            not_found: None,
            redirects: false,
        };
        let header = retry_after.map(|text| (RETRY_AFTER, HeaderValue::from_static(text)));
        let answer = Answer {
            context,
            attempts: 1,
            status: StatusCode::SERVICE_UNAVAILABLE,
            headers: HeaderMap::from_iter(header),
            body: Default::default(),
            received: std::time::SystemTime::UNIX_EPOCH,
        };
        Error::of_answer(ErrorKind::Api, "the API answered", answer)
    }

    #[test]
    fn the_longest_wait_doubles_up_to_a_limit() {
        let waits = |backoff| (1..=8).map(move |number| longest(number, backoff).as_millis());

        let expected = [250, 500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000];
        assert!(waits(BACKOFF).eq(expected));
        let expected = [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000];
        assert!(waits(LIMITED_BACKOFF).eq(expected));
        assert_eq!(longest(u32::MAX, BACKOFF), BACKOFF[1]);
    }

    #[test]
    fn waits_are_spread_over_the_whole_time() {
        let [first, _] = BACKOFF;
        let waits = (0..1_000).map(|_| delay(&unavailable(None), 1).least);
        let waits: Vec<Duration> = waits.collect();

        assert!(waits.iter().all(|wait| *wait <= first));
        assert!(waits.iter().any(|wait| *wait < first / 10));
        assert!(waits.iter().any(|wait| *wait > first * 9 / 10));
    }

    #[test]
    fn a_wait_that_is_asked_for_is_kept_in_full_and_spread() {
        for (asked, least, spread) in [
            ("0", 250, 50),
            ("1", 1_000, 100),
            ("2.0", 2_000, 200),
            ("30", 30_000, 1_000),
        ] {
            let error = unavailable(Some(asked));
            let delays: Vec<Delay> = (0..1_000).map(|_| delay(&error, 1)).collect();
            let millis = |wait: Duration| wait.as_millis();

            assert!(
                delays.iter().all(|delay| millis(delay.least) == least),
                "{asked}"
            );
            let jitter = delays.iter().map(|delay| millis(delay.jitter));
            assert!(jitter.clone().all(|jitter| jitter <= spread), "{asked}");
            assert!(
                jitter.max().is_some_and(|jitter| jitter > spread * 9 / 10),
                "{asked}"
            );
        }
    }
}
