//! How long the API asks to be left alone.

use std::time::{Duration, SystemTime};

use http::{HeaderMap, StatusCode};

use super::header::{date, http_date, reset};

/// The first of these that came and is valid:
///
/// | received | asked for |
/// |---|---|
/// | `Retry-After-Ms: 1500` | so many milliseconds |
/// | `Retry-After: 2`, `Retry-After: 1.5` | so many seconds, rounded up |
/// | `Retry-After: Sun, 06 Nov 1994 08:49:37 GMT` | until then |
/// | `X-RateLimit-Reset: 1768636800` on a 429 | until then, in Unix seconds or milliseconds |
///
/// A point in time is measured against the response's own `Date`, so that a wrong clock on either
/// side does no harm; `now` stands in where there is none. One in the past counts as absent.
pub(crate) fn read(headers: &HeaderMap, status: StatusCode, now: SystemTime) -> Option<Duration> {
    let until = |then: SystemTime| then.duration_since(date(headers).unwrap_or(now)).ok();
    let milliseconds = || rounded_up(headers, "retry-after-ms").map(Duration::from_millis);
    let seconds = || rounded_up(headers, "retry-after").map(Duration::from_secs);
    let at_date = || http_date(headers, "retry-after").and_then(until);
    let at_reset = || reset(headers).and_then(|reset| until(reset.into()));
    let is_limited = status == StatusCode::TOO_MANY_REQUESTS;
    milliseconds()
        .or_else(seconds)
        .or_else(at_date)
        .or_else(|| is_limited.then(at_reset).flatten())
}

/// A header that holds decimal digits, perhaps with a fraction.
fn rounded_up(headers: &HeaderMap, name: &str) -> Option<u64> {
    let text = headers.get(name)?.to_str().ok()?.trim();
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let is_number =
        |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(whole) || !is_number(fraction) {
        return None;
    }
    let up = u64::from(fraction.bytes().any(|digit| digit != b'0'));
    whole.parse::<u64>().ok()?.checked_add(up)
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    /// Sun, 06 Nov 1994 08:49:37 GMT
    fn now() -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777)
    }

    fn read_from(status: u16, pairs: &[(&'static str, &'static str)]) -> Option<Duration> {
        let pairs = pairs.iter().map(|&(name, value)| {
            (
                name.parse().expect("a name"),
                HeaderValue::from_static(value),
            )
        });
        let status = StatusCode::from_u16(status).expect("a status");
        read(&pairs.collect(), status, now())
    }

    #[test]
    fn the_more_exact_header_wins() {
        let all = [
            ("retry-after-ms", "1500"),
            ("retry-after", "30"),
            ("x-ratelimit-reset", "784111837"),
        ];

        assert_eq!(read_from(429, &all), Some(Duration::from_millis(1500)));
        assert_eq!(read_from(429, &all[1..]), Some(Duration::from_secs(30)));
        assert_eq!(read_from(429, &all[2..]), Some(Duration::from_secs(60)));
        assert_eq!(
            read_from(503, &all[2..]),
            None,
            "the reset speaks only of the rate limit"
        );
        assert_eq!(read_from(429, &[]), None);
    }

    #[test]
    fn what_cannot_be_read_is_absent_and_the_next_header_counts() {
        for invalid in [
            "soon",
            "-1",
            "+5",
            "",
            ".5",
            "1.",
            "1.5.0",
            "1e3",
            "99999999999999999999",
        ] {
            assert_eq!(
                read_from(503, &[("retry-after", invalid)]),
                None,
                "{invalid:?}"
            );
            let both = [("retry-after-ms", invalid), ("retry-after", "2")];
            assert_eq!(
                read_from(503, &both),
                Some(Duration::from_secs(2)),
                "{invalid:?}"
            );
        }
    }

    #[test]
    fn decimals_are_rounded_up() {
        for (text, seconds) in [("2.0", 2), ("1.5", 2), ("0.001", 1), ("0", 0)] {
            let asked = read_from(503, &[("retry-after", text)]);
            assert_eq!(asked, Some(Duration::from_secs(seconds)), "{text}");
        }
        let asked = read_from(503, &[("retry-after-ms", "1499.2")]);
        assert_eq!(asked, Some(Duration::from_millis(1500)));
    }

    #[test]
    fn a_reset_in_milliseconds_is_recognized() {
        let asked = read_from(429, &[("x-ratelimit-reset", "784111837000")]);
        assert_eq!(asked, Some(Duration::from_secs(60)));
    }

    #[test]
    fn every_form_of_http_date_is_understood() {
        for date in [
            "Sun, 06 Nov 1994 08:50:37 GMT",
            "Sunday, 06-Nov-94 08:50:37 GMT",
            "Sun Nov  6 08:50:37 1994",
        ] {
            assert_eq!(
                read_from(503, &[("retry-after", date)]),
                Some(Duration::from_secs(60)),
                "{date}"
            );
        }
    }

    #[test]
    fn a_date_is_measured_against_the_answers_own() {
        let later = ("retry-after", "Sun, 06 Nov 1994 08:50:37 GMT");
        let answered = ("date", "Sun, 06 Nov 1994 08:50:30 GMT");

        assert_eq!(
            read_from(503, &[later, answered]),
            Some(Duration::from_secs(7))
        );
    }

    #[test]
    fn a_date_in_the_past_is_absent() {
        assert_eq!(
            read_from(503, &[("retry-after", "Sun, 06 Nov 1994 08:49:36 GMT")]),
            None
        );
        assert_eq!(read_from(429, &[("x-ratelimit-reset", "784111776")]), None);
    }
}
