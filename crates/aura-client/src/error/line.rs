//! An error as one line for a log.

use std::error::Error as _;

use super::{Error, ErrorKind};
use crate::text::{as_code, as_request_id, cut, shown};

/// The longest line, in characters.
const LINE: usize = 500;

/// `get_lead: the API answered 404 Not Found (code NOT_FOUND, request req_abc123, 1 attempt)`
pub(super) fn display(error: &Error) -> String {
    let mut line = String::new();
    if let Some(call) = error.0.call {
        line += call.operation;
        line += ": ";
    }
    line += &error.0.what;
    let facts = facts(error);
    if !facts.is_empty() {
        line += &format!(" ({})", facts.join(", "));
    }
    cut(line.chars(), LINE)
}

/// `Connect: get_lead: could not connect (1 attempt): …: Connection refused (os error 111)`
pub(super) fn debug(error: &Error) -> String {
    let mut line = format!("{:?}: {}", error.kind(), display(error));
    let mut cause = error.source();
    while let Some(error) = cause {
        line += ": ";
        line += &shown(&error.to_string(), LINE);
        cause = error.source();
    }
    cut(line.chars(), LINE)
}

fn facts(error: &Error) -> Vec<String> {
    let mut facts = Vec::new();
    // An API error has its status in its words.
    if let Some(status) = error.status()
        && error.kind() != ErrorKind::Api
    {
        facts.push(format!("status {}", status.as_u16()));
    }
    let code = error.code().and_then(as_code);
    facts.extend(code.map(|code| format!("code {code}")));
    let request_id = error.request_id().and_then(as_request_id);
    facts.extend(request_id.map(|id| format!("request {id}")));
    if error.0.call.is_some() {
        facts.push(match error.attempts() {
            0 => "nothing was sent".to_owned(),
            1 => "1 attempt".to_owned(),
            attempts => format!("{attempts} attempts"),
        });
    }
    facts
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::{HeaderMap, StatusCode};

    use super::*;
    use crate::answer::{Answer, Context};

    const CALL: Context = Context {
        operation: "get_lead",
        idempotent: true,
        not_found: None,
        redirects: false,
    };

    fn api(body: &str) -> Error {
        let answer = Answer {
            context: CALL,
            attempts: 3,
            status: StatusCode::NOT_FOUND,
            headers: HeaderMap::new(),
            body: Bytes::copy_from_slice(body.as_bytes()),
            received: std::time::SystemTime::UNIX_EPOCH,
        };
        Error::new(ErrorKind::Api, "the API answered 404 Not Found")
            .in_call(CALL, 3)
            .with_answer(answer)
    }

    #[test]
    fn a_line_says_operation_status_code_request_and_attempts() {
        let error = api(r#"{"code":"NOT_FOUND","error":"Lead not found","requestId":"req_1"}"#);

        let line =
            "get_lead: the API answered 404 Not Found (code NOT_FOUND, request req_1, 3 attempts)";
        assert_eq!(error.to_string(), line);
        assert_eq!(format!("{error:?}"), format!("Api: {line}"));
        assert_eq!(format!("{error:#?}"), format!("Api: {line}"));
    }

    #[test]
    fn the_apis_own_words_are_not_shown() {
        let error = api(r#"{"error":"no lead ada@example.com","email":"ada@example.com"}"#);

        assert_eq!(error.message(), Some("no lead ada@example.com"));
        assert!(!format!("{error} {error:?}").contains("ada"), "{error:?}");
    }

    #[test]
    fn a_code_or_request_id_that_does_not_look_like_one_is_not_shown() {
        let error = api(r#"{"code":"no lead ada@example.com","requestId":"ada\u001b[31m"}"#);

        let line = "get_lead: the API answered 404 Not Found (3 attempts)";
        assert_eq!(error.to_string(), line);
        assert_eq!(format!("{error:?}"), format!("Api: {line}"));
        assert_eq!(error.code(), Some("no lead ada@example.com"));
        assert_eq!(error.request_id(), Some("ada\u{1b}[31m"));
    }

    #[test]
    fn no_line_is_longer_than_the_limit() {
        let error = Error::config("x".repeat(1_000));

        assert_eq!(error.to_string().chars().count(), LINE);
        assert_eq!(format!("{error:?}").chars().count(), LINE);
    }

    #[test]
    fn what_failed_before_it_was_sent_says_so() {
        let error =
            Error::new(ErrorKind::Request, "path argument `id` must not be empty").in_call(CALL, 0);

        assert_eq!(
            error.to_string(),
            "get_lead: path argument `id` must not be empty (nothing was sent)"
        );
    }
}
