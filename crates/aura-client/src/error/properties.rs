//! What holds for any answer at all.

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use proptest::collection::vec;
use proptest::prelude::*;

use super::{Error, ErrorKind};
use crate::answer::{Answer, Context};

/// The headers that the client reads.
const READ: [&str; 7] = [
    "date",
    "retry-after",
    "retry-after-ms",
    "x-ratelimit-limit",
    "x-ratelimit-remaining",
    "x-ratelimit-reset",
    "x-request-id",
];

/// Any bytes that a header can hold, and what is nearly a number or a date.
fn header_value() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        vec(prop_oneof![32..=126_u8, 128..=255_u8, Just(b'\t')], 0..40),
        "[-+ ]?[0-9]{0,22}(\\.[0-9])?".prop_map(String::into_bytes),
        "(Sun|Sunday), 0?6[ -]Nov[ -](19)?94 [0-9]{2}:[0-9]{2}:[0-9]{2} (GMT|UTC|.{0,3})"
            .prop_map(String::into_bytes),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_answer_makes_a_complete_error_that_is_one_line(
        status in 100..1000_u16,
        values in vec(prop::option::of(header_value()), READ.len()),
        said in any::<[String; 3]>(),
        rest in any::<Vec<u8>>(),
    ) {
        let headers: HeaderMap = READ
            .into_iter()
            .zip(&values)
            .filter_map(|(name, value)| {
                let value = HeaderValue::from_bytes(value.as_ref()?).ok()?;
                Some((HeaderName::from_static(name), value))
            })
            .collect();
        let [code, error, id] = said;
        let body = serde_json::json!({"code": code, "error": error, "requestId": id}).to_string();
        for body in [body.into_bytes(), rest] {
            let answer = Answer {
                context: Context { operation: "get_lead", idempotent: true },
                attempts: 1,
                status: StatusCode::from_u16(status).expect("in range"),
                headers: headers.clone(),
                body: Bytes::from(body.clone()),
            };
            let error = Error::of_answer(ErrorKind::Api, "the API answered", answer);

            prop_assert_eq!(error.status().map(|status| status.as_u16()), Some(status));
            prop_assert_eq!(error.headers(), Some(&headers));
            prop_assert_eq!(error.body().map(|body| body.to_vec()), Some(body));
            _ = (error.rate_limit(), error.retry_after(), error.request_id(), error.is_retryable());
            for line in [format!("{error}"), format!("{error:?}"), format!("{error:#?}")] {
                prop_assert!(line.chars().count() <= 500, "{}", line);
                prop_assert!(!line.contains(char::is_control), "{}", line);
            }
        }
    }
}
