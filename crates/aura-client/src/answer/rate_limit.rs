//! The rate limit that an answer's headers tell of.

use std::time::{Duration, SystemTime};

use chrono::{DateTime, Utc};
use http::HeaderMap;

use super::{Answer, header};

/// Where the caller stood with the API's rate limit when it answered.
#[derive(Clone, Copy, Debug, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// Number of requests allowed in a window (`X-RateLimit-Limit`).
    pub limit: u64,
    /// Number of requests left in this window (`X-RateLimit-Remaining`).
    pub remaining: u64,
    /// When the window ends and the count starts anew (`X-RateLimit-Reset`).
    pub reset: DateTime<Utc>,
    /// When the response was sent, by the API's clock if it said so.
    sent: DateTime<Utc>,
}

impl RateLimit {
    /// Reads the three headers; `None` unless all of them are valid.
    pub(crate) fn read(answer: &Answer) -> Option<Self> {
        Self::of(&answer.headers, answer.received)
    }

    fn of(headers: &HeaderMap, received: SystemTime) -> Option<Self> {
        Some(Self {
            limit: header::whole_number(headers, "x-ratelimit-limit")?,
            remaining: header::whole_number(headers, "x-ratelimit-remaining")?,
            reset: header::reset(headers)?,
            sent: header::date(headers).unwrap_or(received).into(),
        })
    }

    /// Returns how long after the response the window ends. It is measured against the response's
    /// own `Date`, so that a wrong clock does no harm; zero if the window has ended.
    pub fn resets_in(&self) -> Duration {
        let left = self.reset.signed_duration_since(self.sent);
        left.to_std().unwrap_or_default()
    }
}

/// When a response was sent says nothing about the limit.
impl PartialEq for RateLimit {
    fn eq(&self, other: &Self) -> bool {
        let key = |this: &Self| (this.limit, this.remaining, this.reset);
        key(self) == key(other)
    }
}

#[cfg(test)]
impl RateLimit {
    /// A window of 100 requests that ends this long after the response.
    pub(crate) fn of_window(remaining: u64, reset: i64, left: Duration) -> Self {
        let reset = DateTime::from_timestamp(reset, 0).expect("a time");
        Self {
            limit: 100,
            remaining,
            reset,
            sent: reset - left,
        }
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn headers(values: [&'static str; 3]) -> HeaderMap {
        let names = [
            "x-ratelimit-limit",
            "x-ratelimit-remaining",
            "x-ratelimit-reset",
        ];
        let pairs = names.into_iter().zip(values);
        pairs
            .map(|(name, value)| {
                (
                    name.parse().expect("a name"),
                    HeaderValue::from_static(value),
                )
            })
            .collect()
    }

    #[test]
    fn three_valid_headers_make_a_rate_limit() {
        let found = RateLimit::of(&headers(["100", "99", "1768636800"]), SystemTime::now())
            .expect("all valid");

        assert_eq!((found.limit, found.remaining), (100, 99));
        assert_eq!(found.reset.to_rfc3339(), "2026-01-17T08:00:00+00:00");
    }

    #[test]
    fn the_time_left_is_measured_against_the_responses_own_date() {
        let mut headers = headers(["100", "99", "1768636800"]);
        let date = HeaderValue::from_static("Sat, 17 Jan 2026 07:59:30 GMT");
        headers.insert("date", date);
        let limit = RateLimit::of(&headers, SystemTime::now()).expect("all valid");
        assert_eq!(limit.resets_in(), Duration::from_secs(30));

        headers.insert("x-ratelimit-reset", HeaderValue::from_static("1768636700"));
        let over = RateLimit::of(&headers, SystemTime::now()).expect("all valid");
        assert_eq!(over.resets_in(), Duration::ZERO);
    }

    #[test]
    fn a_reset_in_milliseconds_is_recognized() {
        let seconds = RateLimit::of(&headers(["100", "99", "1768636800"]), SystemTime::now());
        let milliseconds =
            RateLimit::of(&headers(["100", "99", "1768636800000"]), SystemTime::now());
        assert_eq!(
            seconds.map(|limit| limit.reset),
            milliseconds.map(|limit| limit.reset)
        );
    }

    #[test]
    fn one_invalid_header_makes_none() {
        for values in [
            ["", "99", "1768636800"],
            ["+100", "99", "1768636800"],
            ["100", "-1", "1768636800"],
            ["100", "99", "1768636800.5"],
            ["100", "99", "18446744073709551615"],
            ["100", "99", "9223372036854775807"],
        ] {
            assert_eq!(
                RateLimit::of(&headers(values), SystemTime::now()),
                None,
                "{values:?}"
            );
        }
        assert_eq!(RateLimit::of(&HeaderMap::new(), SystemTime::now()), None);
    }
}
