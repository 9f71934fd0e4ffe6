//! The sandbox's one clock: tokio's, so that a test that pauses time pauses the sandbox too.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use chrono::DateTime;
use http::HeaderValue;
use tokio::time::Instant;

/// Counts from the moment it was made, at which it was looked up what time it is.
#[derive(Clone, Copy)]
pub(crate) struct Clock {
    origin: Instant,
    unix: Duration,
}

impl Clock {
    pub(crate) fn start() -> Self {
        Self {
            origin: Instant::now(),
            // A machine set to before 1970 has other problems.
            unix: SystemTime::now()
                .duration_since(UNIX_EPOCH)
                .unwrap_or_default(),
        }
    }

    /// How long the clock has run.
    pub(crate) fn now(self) -> Duration {
        self.origin.elapsed()
    }

    /// A moment in Unix seconds, rounded up: whoever waits for it waits long enough.
    pub(crate) fn unix_seconds(self, moment: Duration) -> u64 {
        whole_seconds(self.unix.saturating_add(moment))
    }

    /// A moment as in a `Date` header, which has whole seconds only: those that have passed.
    pub(crate) fn http_date(self, moment: Duration) -> HeaderValue {
        let seconds = self.unix.saturating_add(moment).as_secs();
        let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
        let date = DateTime::from_timestamp(seconds, 0).unwrap_or(DateTime::UNIX_EPOCH);
        let text = date.format("%a, %d %b %Y %H:%M:%S GMT").to_string();
        HeaderValue::try_from(text).unwrap_or_else(|_| HeaderValue::from_static(""))
    }
}

/// A duration in seconds, rounded up, and no more than a signed 64-bit number holds.
pub(crate) fn whole_seconds(duration: Duration) -> u64 {
    let up = u64::from(duration.subsec_nanos() > 0);
    duration.as_secs().saturating_add(up).min(i64::MAX as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn it_goes_with_tokios_time() {
        let clock = Clock::start();
        let before = clock.unix_seconds(clock.now());
        tokio::time::advance(Duration::from_secs(90)).await;

        assert_eq!(clock.now(), Duration::from_secs(90));
        assert_eq!(clock.unix_seconds(clock.now()), before + 90);
    }

    #[test]
    fn seconds_are_rounded_up_and_bounded() {
        assert_eq!(whole_seconds(Duration::ZERO), 0);
        assert_eq!(whole_seconds(Duration::from_millis(1)), 1);
        assert_eq!(whole_seconds(Duration::from_secs(2)), 2);
        assert_eq!(whole_seconds(Duration::MAX), i64::MAX as u64);
    }

    #[test]
    fn dates_are_written_as_http_wants_them() {
        let clock = Clock {
            origin: Instant::now(),
            unix: Duration::from_millis(784_111_777_900),
        };

        assert_eq!(
            clock.http_date(Duration::ZERO),
            "Sun, 06 Nov 1994 08:49:37 GMT"
        );
        assert_eq!(clock.unix_seconds(Duration::ZERO), 784_111_778);
        _ = clock.http_date(Duration::MAX);
    }
}
