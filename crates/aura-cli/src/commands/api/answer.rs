//! An answer as `aura api` prints it.

use std::fmt::Write;

use aura_client::bytes::Bytes;
use aura_client::http::header::SET_COOKIE;
use aura_client::http::{HeaderMap, StatusCode};
use aura_client::{Error, Json, Response};
use serde_json::value::RawValue;

use crate::failure::Failure;
use crate::json;
use crate::options::{Format, Global};
use crate::terminal;
use crate::text::visible;

/// An answer, be it a success or not.
pub struct Answer<'a> {
    status: StatusCode,
    headers: &'a HeaderMap,
    body: &'a Bytes,
}

/// How a body is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As it came, to the byte.
    AsItCame,
    /// Over several lines.
    Pretty,
    /// On one line.
    Compact,
}

impl Form {
    /// As the arguments say, else what suits the standard output.
    pub fn of(global: &Global) -> Result<Self, Failure> {
        match global.output {
            None if terminal::is_stdout() => Ok(Self::Pretty),
            None => Ok(Self::AsItCame),
            Some(Format::Json) => Ok(Self::Pretty),
            Some(Format::Ndjson) => Ok(Self::Compact),
            Some(Format::Table | Format::Csv) => Err(Failure::usage(
                "the answer to a call is JSON: --output json or ndjson",
            )),
        }
    }
}

impl<'a> Answer<'a> {
    pub fn new(status: StatusCode, headers: &'a HeaderMap, body: &'a Bytes) -> Self {
        Self {
            status,
            headers,
            body,
        }
    }

    pub fn of(response: &'a Response<Json>) -> Self {
        Self {
            status: response.http_status(),
            headers: response.headers(),
            body: response.bytes(),
        }
    }

    /// The answer that became an error, if there was one.
    pub fn of_error(error: &'a Error) -> Option<Self> {
        Some(Self {
            status: error.status()?,
            headers: error.headers()?,
            body: error.body()?,
        })
    }

    /// What is printed of it: its body, after status and headers if these are to be included.
    pub fn bytes(&self, form: Form, include: bool) -> Vec<u8> {
        let mut bytes = Vec::new();
        if include {
            bytes.extend(self.head().into_bytes());
        }
        bytes.extend(body(self.body, form, terminal::is_stdout()));
        bytes
    }

    /// Status and headers, and an empty line.
    pub fn head(&self) -> String {
        let mut head = format!("HTTP {}\n", self.status);
        for (name, value) in self.headers {
            let value = match value.is_sensitive() || name == SET_COOKIE {
                true => "[redacted]".into(),
                false => String::from_utf8_lossy(value.as_bytes()),
            };
            // Writing to a string cannot fail.
            writeln!(head, "{name}: {}", visible(&value)).ok();
        }
        head.push('\n');
        head
    }
}

/// The body in a form; a terminal gets nothing that it might act on.
fn body(bytes: &Bytes, form: Form, for_terminal: bool) -> Vec<u8> {
    let json = serde_json::from_slice::<&RawValue>(bytes);
    match (form, json) {
        (Form::Pretty, Ok(json)) => {
            let text = json::pretty(&json::compact(json.get()), 0);
            (text + "\n").into_bytes()
        }
        (Form::Compact, Ok(json)) => (json::compact(json.get()) + "\n").into_bytes(),
        _ if for_terminal => {
            let text = String::from_utf8_lossy(bytes);
            let lines = text.lines().map(|line| format!("{}\n", visible(line)));
            lines.collect::<String>().into_bytes()
        }
        _ => bytes.to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &'static str, form: Form, for_terminal: bool) -> String {
        let bytes = body(&Bytes::from_static(text.as_bytes()), form, for_terminal);
        String::from_utf8(bytes).expect("UTF-8")
    }

    #[test]
    fn a_pipe_gets_what_came() {
        for text in [r#"{"a" : 1e400}"#, "<html>\u{1b}[2J", ""] {
            assert_eq!(shown(text, Form::AsItCame, false), text);
        }
    }

    #[test]
    fn people_get_lines_and_programs_one() {
        let text = r#"{ "b":1e400, "a":[]}"#;
        assert_eq!(
            shown(text, Form::Pretty, true),
            "{\n  \"b\": 1e400,\n  \"a\": []\n}\n"
        );
        assert_eq!(
            shown(text, Form::Compact, false),
            "{\"b\":1e400,\"a\":[]}\n"
        );
    }

    #[test]
    fn a_terminal_gets_nothing_that_it_might_act_on() {
        let json = shown("\"\\u001b[2J \u{9b} \u{202e}\"", Form::Pretty, true);
        assert_eq!(json, "\"\\u001b[2J \\u009b \\u202e\"\n");
        let html = shown("<p>\u{1b}[2J\r\nb", Form::Pretty, true);
        assert_eq!(html, "<p>\\u{1b}[2J\nb\n");
    }

    #[test]
    fn no_body_is_nothing() {
        for form in [Form::AsItCame, Form::Pretty, Form::Compact] {
            assert_eq!(shown("", form, true), "");
        }
    }

    #[test]
    fn secrets_are_not_shown_among_the_headers() {
        let mut headers = HeaderMap::new();
        headers.insert("set-cookie", "session=secret".parse().expect("valid"));
        headers.insert("x-request-id", "req_1".parse().expect("valid"));
        let answer = Answer {
            status: StatusCode::OK,
            headers: &headers,
            body: &Bytes::new(),
        };
        assert_eq!(
            answer.head(),
            "HTTP 200 OK\nset-cookie: [redacted]\nx-request-id: req_1\n\n"
        );
    }
}
