//! How long the API asks to be left alone.

use std::time::{Duration, SystemTime};

use chrono::{DateTime, NaiveDateTime, Utc};
use http::{HeaderMap, StatusCode};

use super::rate_limit;

/// The first of `Retry-After-Ms`, `Retry-After` and, on a 429, `X-RateLimit-Reset` that is valid.
///
/// A point in time is measured against the answer's own `Date`, so that a wrong clock on either
/// side does no harm; `now` stands in where there is none. One in the past counts as absent.
pub(crate) fn read(headers: &HeaderMap, status: StatusCode, now: SystemTime) -> Option<Duration> {
    let milliseconds =
        || rate_limit::whole_number(headers, "retry-after-ms").map(Duration::from_millis);
    let seconds = || rate_limit::whole_number(headers, "retry-after").map(Duration::from_secs);
    let now = || date(headers, "date").unwrap_or_else(|| now.into());
    let until = |then: DateTime<Utc>| then.signed_duration_since(now()).to_std().ok();
    let at_date = || date(headers, "retry-after").and_then(until);
    let at_reset = || {
        let limited = status == StatusCode::TOO_MANY_REQUESTS;
        limited
            .then(|| rate_limit::reset(headers))
            .flatten()
            .and_then(until)
    };
    milliseconds()
        .or_else(seconds)
        .or_else(at_date)
        .or_else(at_reset)
}

/// An HTTP date in any of the three forms that RFC 9110 asks recipients to take.
fn date(headers: &HeaderMap, name: &str) -> Option<DateTime<Utc>> {
    const RFC_850: &str = "%A, %d-%b-%y %H:%M:%S GMT";
    const ASCTIME: &str = "%a %b %e %H:%M:%S %Y";

    let text = headers.get(name)?.to_str().ok()?.trim();
    let obsolete = |form| NaiveDateTime::parse_from_str(text, form).map(|date| date.and_utc());
    DateTime::parse_from_rfc2822(text)
        .map(|date| date.to_utc())
        .or_else(|_| obsolete(RFC_850))
        .or_else(|_| obsolete(ASCTIME))
        .ok()
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
        for invalid in ["soon", "-1", "+5", "", "1.5", "99999999999999999999"] {
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
