//! The rate limit that an answer's headers tell of.

use chrono::{DateTime, Utc};
use http::HeaderMap;

/// Where the caller stood with the API's rate limit when it answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// Number of requests allowed in a window (`X-RateLimit-Limit`).
    pub limit: u64,
    /// Number of requests left in this window (`X-RateLimit-Remaining`).
    pub remaining: u64,
    /// When the window ends and the count starts anew (`X-RateLimit-Reset`).
    pub reset: DateTime<Utc>,
}

impl RateLimit {
    /// Reads the three headers; `None` unless all of them are valid.
    pub(crate) fn read(headers: &HeaderMap) -> Option<Self> {
        Some(Self {
            limit: whole_number(headers, "x-ratelimit-limit")?,
            remaining: whole_number(headers, "x-ratelimit-remaining")?,
            reset: reset(headers)?,
        })
    }
}

/// `X-RateLimit-Reset`, which counts Unix seconds.
pub(crate) fn reset(headers: &HeaderMap) -> Option<DateTime<Utc>> {
    let seconds = whole_number(headers, "x-ratelimit-reset")?;
    DateTime::from_timestamp(i64::try_from(seconds).ok()?, 0)
}

/// A header that holds decimal digits and nothing else (`parse` alone would take `+5`).
pub(crate) fn whole_number(headers: &HeaderMap, name: &str) -> Option<u64> {
    let text = headers.get(name)?.to_str().ok()?.trim();
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
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
        let found = RateLimit::read(&headers(["100", "99", "1768636800"])).expect("all valid");

        assert_eq!((found.limit, found.remaining), (100, 99));
        assert_eq!(found.reset.to_rfc3339(), "2026-01-17T08:00:00+00:00");
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
            assert_eq!(RateLimit::read(&headers(values)), None, "{values:?}");
        }
        assert_eq!(RateLimit::read(&HeaderMap::new()), None);
    }
}
