//! What holds for any answer at all.

use bolero::{TypeGenerator, check};
use bytes::Bytes;
use chrono::DateTime;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde_json::json;

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

/// The forms of a date, and one that is none.
const FORMS: [&str; 4] = [
    "%a, %d %b %Y %H:%M:%S GMT",
    "%A, %d-%b-%y %H:%M:%S GMT",
    "%a %b %e %H:%M:%S %Y",
    "%a, %d %b %Y %H:%M:60 UTC",
];

/// Any bytes, and what is nearly a number or a date.
#[derive(Debug, TypeGenerator)]
enum Text {
    Bytes(Vec<u8>),
    Number(i128),
    Small(i8),
    Fraction(f64),
    Date {
        at: i64,
        #[generator(0..FORMS.len())]
        form: usize,
        /// How much of it is missing.
        cut: Option<u8>,
    },
}

impl Text {
    fn bytes(&self) -> Vec<u8> {
        match self {
            Self::Bytes(bytes) => bytes.clone(),
            Self::Number(number) => number.to_string().into(),
            Self::Small(number) => number.to_string().into(),
            Self::Fraction(number) => number.to_string().into(),
            Self::Date { at, form, cut } => {
                // Most numbers are beyond what is a date, and one in so many is not.
                let at = DateTime::from_timestamp(*at, 0).or(DateTime::from_timestamp(at >> 24, 0));
                let mut text = at.map(|at| at.format(FORMS[*form]).to_string());
                if let (Some(text), Some(cut)) = (&mut text, cut) {
                    text.truncate(usize::from(*cut));
                }
                text.unwrap_or_default().into()
            }
        }
    }

    /// As a header, without what no header can hold.
    fn header(&self) -> HeaderValue {
        let mut bytes = self.bytes();
        bytes.retain(|byte| *byte >= b' ' && *byte != 127 || *byte == b'\t');
        HeaderValue::from_bytes(&bytes).expect("nothing else is left")
    }
}

#[derive(Debug, TypeGenerator)]
enum Body {
    Bytes(Vec<u8>),
    Said {
        code: String,
        error: String,
        id: String,
    },
    /// One that was cut off.
    Cut(String, u8),
}

impl Body {
    fn bytes(&self) -> Vec<u8> {
        match self {
            Self::Bytes(bytes) => bytes.clone(),
            Self::Said { code, error, id } => {
                json!({"code": code, "error": error, "requestId": id})
                    .to_string()
                    .into()
            }
            Self::Cut(code, length) => {
                let mut body = json!({"code": code, "success": false})
                    .to_string()
                    .into_bytes();
                body.truncate(usize::from(*length));
                body
            }
        }
    }
}

#[derive(Debug, TypeGenerator)]
struct Any {
    #[generator(100..1000_u16)]
    status: u16,
    headers: [Option<Text>; READ.len()],
    body: Body,
}

#[test]
fn any_answer_makes_a_complete_error_that_is_one_line() {
    check!().with_type::<Any>().for_each(|any| {
        let headers: HeaderMap = READ
            .into_iter()
            .zip(&any.headers)
            .filter_map(|(name, text)| {
                Some((HeaderName::from_static(name), text.as_ref()?.header()))
            })
            .collect();
        let body = Bytes::from(any.body.bytes());
        let answer = Answer {
            context: Context {
                operation: "get_lead",
                idempotent: true,
                not_found: None,
                redirects: false,
            },
            attempts: 1,
            status: StatusCode::from_u16(any.status).expect("in range"),
            headers: headers.clone(),
            body: body.clone(),
            received: std::time::SystemTime::UNIX_EPOCH,
        };
        let error = Error::of_answer(ErrorKind::Api, "the API answered", answer);

        assert_eq!(
            error.status().map(|status| status.as_u16()),
            Some(any.status)
        );
        assert_eq!(error.headers(), Some(&headers));
        assert_eq!(error.body(), Some(&body));
        _ = (
            error.rate_limit(),
            error.retry_after(),
            error.request_id(),
            error.is_retryable(),
        );
        for line in [
            format!("{error}"),
            format!("{error:?}"),
            format!("{error:#?}"),
        ] {
            assert!(line.chars().count() <= 500, "{line}");
            assert!(!line.contains(char::is_control), "{line}");
        }
    });
}
