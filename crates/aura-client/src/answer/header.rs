//! Values of headers: dates, whole numbers, and when a window ends.

use std::time::SystemTime;

use chrono::{DateTime, Utc};
use http::HeaderMap;

/// When the response was sent.
pub(super) fn date(headers: &HeaderMap) -> Option<SystemTime> {
    http_date(headers, "date")
}

/// An HTTP date in any of the three forms that RFC 9110 asks recipients to take.
pub(super) fn http_date(headers: &HeaderMap, name: &str) -> Option<SystemTime> {
    let text = headers.get(name)?.to_str().ok()?;
    httpdate::parse_http_date(text.trim()).ok()
}

/// `X-RateLimit-Reset`, in Unix seconds, or in milliseconds if it would lie thousands of years ahead.
pub(super) fn reset(headers: &HeaderMap) -> Option<DateTime<Utc>> {
    const FIRST_MILLISECONDS: i64 = 100_000_000_000;

    let reset = i64::try_from(whole_number(headers, "x-ratelimit-reset")?).ok()?;
    match reset < FIRST_MILLISECONDS {
        true => DateTime::from_timestamp(reset, 0),
        false => DateTime::from_timestamp_millis(reset),
    }
}

/// A header that holds decimal digits and nothing else (`parse` alone would take `+5`).
pub(super) fn whole_number(headers: &HeaderMap, name: &str) -> Option<u64> {
    let text = headers.get(name)?.to_str().ok()?.trim();
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}
