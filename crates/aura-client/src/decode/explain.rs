//! What does not fit the contract and where, in words of our own.
//!
//! serde's messages quote the value (`invalid type: string "ada@example.com", expected i64`), so
//! they never leave this file: of what was expected only known words are taken from them, and
//! what was found is looked up in the body.

use std::borrow::Cow;
use std::str;

use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::error::Category;
use serde_json::value::RawValue;

use super::Unread;
use super::json_path::{self, Step};
use super::node::{Node, Parts};
use super::reader::{Failure, Pass, Problem, Reader};
use crate::text::cut;

/// How much of a path a line shows; the names in it can be of any length.
pub(super) const SHOWN_PATH: usize = 200;

/// Explains why a body, which was refused as a `T`, does not fit.
pub(super) fn mismatch<T: DeserializeOwned>(body: &[u8]) -> Unread {
    let root = match json(body) {
        Ok(json) => Node::root(json),
        Err(what) => {
            let json_path = None;
            return Unread::Mismatch { json_path, what };
        }
    };
    let (steps, problem) = match T::deserialize(Reader::new(&root, Pass::Check)) {
        Err(failure) => describe(&root, failure),
        // Not to be expected, but if a type reads trees and text differently, this is all we know.
        Ok(_) => (Vec::new(), "a value of another form".to_owned()),
    };
    let path = json_path::render(&steps);
    let shown = cut(path.chars(), SHOWN_PATH);
    Unread::Mismatch {
        what: format!("the answer does not fit the contract: {shown}: {problem}").into(),
        json_path: Some(path),
    }
}

/// The body as JSON, whatever it holds; or what keeps it from being JSON at all.
pub(super) fn json(body: &[u8]) -> Result<&RawValue, Cow<'static, str>> {
    if body.trim_ascii().is_empty() {
        return Err("the answer has no body where JSON was expected".into());
    }
    let text = str::from_utf8(body).map_err(|_| "the answer is not JSON: it is not UTF-8")?;
    // Only the grammar: numbers of any size, any depth.
    serde_json::from_str(text).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        match error.classify() {
            Category::Eof => "the answer is not JSON: it ends too early".into(),
            _ => format!("the answer is not JSON (line {line}, column {column})").into(),
        }
    })
}

/// The way to what does not fit, and what is wrong with it.
fn describe(root: &Node<'_>, failure: Failure) -> (Vec<Step>, String) {
    let place = failure.place();
    let mut steps = root.steps(&place);
    let node = root.at(&place);
    let problem = match failure.problem {
        Problem::Missing(name) => {
            steps.push(Step::Name(name));
            "a required field is missing".to_owned()
        }
        Problem::Repeated(name) => {
            steps.push(Step::Name(name));
            TWICE.to_owned()
        }
        Problem::Unholdable(why) => {
            let out = node.map(Node::leave_out).unwrap_or_default();
            let first = out.into_iter().next();
            steps.extend(first.into_iter().flat_map(|first| first.steps));
            why.to_owned()
        }
        Problem::HalfName => HALF_NAME.to_owned(),
        Problem::Misfit(message) => match node {
            Some(node) => misfit(&message, node),
            None => "a value of another form".to_owned(),
        },
    };
    (steps, problem)
}

pub(super) const TWICE: &str = "the field is there more than once";

/// JSON can escape half of a character, which text in Rust cannot hold.
pub(super) const HALF_NAME: &str = "a name that is not Unicode";

/// What is wrong with a value, from what a visitor's message says that it expected.
pub(super) fn misfit(message: &str, node: &Node<'_>) -> String {
    match expected(message) {
        Some(expected) => format!("expected {expected}, found {}", found(node, expected)),
        None => format!("found {} of another form", found(node, "")),
    }
}

const STRING: &str = "a string";
const WHOLE_NUMBER: &str = "a whole number";
const UUID: &str = "a UUID";
const DATE_TIME: &str = "an RFC 3339 date-time";

/// What was expected, if the message says so in words known here.
fn expected(message: &str) -> Option<&'static str> {
    // serde_json adds the place in the text that it was given, if it was.
    let place = message.rsplit_once(" at line ");
    let message = place.map_or(message, |(message, _)| message);
    match message {
        // chrono's, for text that is no date-time.
        "input contains invalid characters"
        | "input is not enough for unique date and time"
        | "input is out of range"
        | "no possible date and time matching input"
        | "premature end of input"
        | "trailing input" => return Some(DATE_TIME),
        _ if message.starts_with("UUID parsing failed") => return Some(UUID),
        _ => {}
    }
    let (_, expected) = message.rsplit_once(", expected ")?;
    Some(match expected {
        "a string" | "a borrowed string" => STRING,
        "a boolean" => "a boolean",
        "a sequence" => "an array",
        "a map" => "an object",
        "f32" | "f64" => "a number",
        "i8" | "i16" | "i32" | "i64" | "u8" | "u16" | "u32" | "u64" => WHOLE_NUMBER,
        "an RFC 3339 formatted date and time string" => DATE_TIME,
        "a formatted UUID string" | "a 16 byte array" => UUID,
        _ if expected.starts_with("struct ") => "an object",
        _ => return None,
    })
}

/// What kind of thing a value is, as far as that tells it from what was expected.
fn found(node: &Node<'_>, expected: &str) -> &'static str {
    let scalar = match node.parts() {
        Parts::Scalar(scalar) => scalar,
        Parts::Array(_) => return "an array",
        Parts::Object(_) => return "an object",
    };
    match scalar {
        Ok(Value::Number(number)) if expected == WHOLE_NUMBER => match number.is_f64() {
            true => "a number with a fraction or exponent",
            false => "one out of range",
        },
        Ok(Value::String(_)) if expected == UUID || expected == DATE_TIME => {
            "a string that is not one"
        }
        Ok(Value::Null) => "null",
        Ok(Value::Bool(_)) => "a boolean",
        Ok(Value::Number(_)) => "a number",
        Ok(Value::String(_)) => STRING,
        Ok(Value::Array(_) | Value::Object(_)) | Err(_) => "something else",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use serde::de::DeserializeOwned;

    use crate::decode::{Shape, Unread, strict};
    use crate::types::Lead;

    /// Where a body does not fit, and what is said of it.
    struct Mismatch {
        json_path: Option<String>,
        what: String,
    }

    fn mismatch<T: DeserializeOwned>(body: &[u8], shape: Shape) -> Mismatch {
        match strict::<T>(body, shape) {
            Err(Unread::Mismatch { json_path, what }) => {
                let what = what.into_owned();
                Mismatch { json_path, what }
            }
            Err(Unread::Refused) => panic!("it is refused, not unfit"),
            Ok(_) => panic!("it fits"),
        }
    }

    fn data(body: impl AsRef<[u8]>) -> Mismatch {
        mismatch::<Lead>(body.as_ref(), Shape::Data)
    }

    fn whole(body: impl AsRef<[u8]>) -> Mismatch {
        mismatch::<serde_json::Value>(body.as_ref(), Shape::Whole)
    }

    /// A lead with one thing changed; `secret` stands for what no message may show.
    fn lead(change: impl FnOnce(&mut serde_json::Value)) -> String {
        let mut body = json!({"success": true, "data": {
            "id": "550e8400-e29b-41d4-a716-446655440000",
            "status": "new",
            "created_at": "2026-01-17T08:00:00Z",
            "updated_at": "2026-01-17T09:30:00Z",
            "metadata": {},
            "notes": [{"content": "a"}, {"content": "b"}],
        }});
        change(&mut body);
        body.to_string()
    }

    #[test]
    fn what_does_not_fit_is_named_by_path_expectation_and_kind() {
        let cases: [(&str, serde_json::Value, &str); 13] = [
            (
                "/data/total_paid_cents",
                json!("secret"),
                "data.total_paid_cents: expected a whole number, found a string",
            ),
            (
                "/data/total_paid_cents",
                json!(1.5),
                "data.total_paid_cents: expected a whole number, found a number with a fraction or exponent",
            ),
            (
                "/data/total_paid_cents",
                json!(u64::MAX),
                "data.total_paid_cents: expected a whole number, found one out of range",
            ),
            (
                "/data/notes/1/content",
                json!({"secret": 1}),
                "data.notes[1].content: expected a string, found an object",
            ),
            (
                "/data/notes",
                json!("secret"),
                "data.notes: expected an array, found a string",
            ),
            (
                "/data/notes/1",
                json!("secret"),
                "data.notes[1]: expected an object, found a string",
            ),
            (
                "/data/metadata",
                json!([]),
                "data.metadata: expected an object, found an array",
            ),
            (
                "/data/metadata/latitude",
                json!("secret"),
                "data.metadata.latitude: expected a number, found a string",
            ),
            (
                "/data/id",
                json!("secret"),
                "data.id: expected a UUID, found a string that is not one",
            ),
            (
                "/data/id",
                json!(17),
                "data.id: expected a UUID, found a number",
            ),
            (
                "/data/created_at",
                json!("secret"),
                "data.created_at: expected an RFC 3339 date-time, found a string that is not one",
            ),
            (
                "/data/created_at",
                json!(false),
                "data.created_at: expected an RFC 3339 date-time, found a boolean",
            ),
            (
                "/data/status",
                json!(null),
                "data.status: expected a string, found null",
            ),
        ];
        for (pointer, value, expected) in cases {
            let body = lead(|body| {
                let (parent, name) = pointer.rsplit_once('/').expect("a pointer");
                match body.pointer_mut(parent).expect("is there") {
                    serde_json::Value::Array(items) => items[1] = value,
                    object => object[name] = value,
                }
            });
            let mismatch = data(&body);

            assert_eq!(
                mismatch.what,
                format!("the answer does not fit the contract: {expected}")
            );
            let path = expected.split(':').next();
            assert_eq!(mismatch.json_path.as_deref(), path, "{pointer}");
        }
    }

    #[test]
    fn a_missing_required_field_has_its_own_path() {
        let body = lead(|body| {
            _ = body["data"]
                .as_object_mut()
                .expect("an object")
                .remove("id")
        });
        let mismatch = data(&body);

        assert_eq!(mismatch.json_path.as_deref(), Some("data.id"));
        assert!(
            mismatch.what.ends_with("a required field is missing"),
            "{}",
            mismatch.what
        );
    }

    #[test]
    fn the_envelope_must_be_an_object_with_data() {
        let whole_lead = lead(|_| {});
        for (body, path) in [
            ("{}".to_owned(), "data"),
            (r#"{"success":true}"#.to_owned(), "data"),
            (r#"{"data":null}"#.to_owned(), "data"),
            (r#"{"data":[]}"#.to_owned(), "data"),
            (format!("[{whole_lead}]"), "$"),
            ("null".to_owned(), "$"),
            ("\"secret\"".to_owned(), "$"),
        ] {
            let mismatch = data(&body);
            assert_eq!(
                mismatch.json_path.as_deref(),
                Some(path),
                "{body}: {}",
                mismatch.what
            );
            assert!(!mismatch.what.contains("secret"), "{}", mismatch.what);
        }
    }

    #[test]
    fn an_array_is_not_taken_for_an_envelope() {
        let inner: serde_json::Value = serde_json::from_str(&lead(|_| {})).expect("JSON");
        let body = json!([inner["data"]]).to_string();

        assert_eq!(data(body).json_path.as_deref(), Some("$"));
    }

    #[test]
    fn unknown_fields_and_a_missing_success_are_no_error() {
        let body = lead(|body| {
            body.as_object_mut().expect("an object").remove("success");
            body["more"] = json!(1);
            body["data"]["more"] = json!({"deep": [1]});
        });
        let lead = strict::<Lead>(body.as_bytes(), Shape::Data).expect("fits");

        assert_eq!(lead.extra["more"], json!({"deep": [1]}));
    }

    #[test]
    fn a_field_that_is_there_twice_is_named() {
        let body = lead(|_| {}).replacen(r#""status""#, r#""status":"secret","status""#, 1);
        let mismatch = data(&body);

        assert_eq!(
            mismatch.json_path.as_deref(),
            Some("data.status"),
            "{}",
            mismatch.what
        );
    }

    #[test]
    fn what_is_not_json_has_no_path() {
        for body in [
            "",
            "  ",
            "<html>secret",
            r#"{"data":{"id""#,
            "{} secret",
            "{\"data\":\"\u{1}\"}",
        ] {
            let mismatch = data(body);
            assert_eq!(mismatch.json_path, None, "{body}");
            assert!(!mismatch.what.contains("secret"), "{}", mismatch.what);
        }
        assert_eq!(data(b"{\"data\":\"\xff\"}").json_path, None);
        // Also where nobody would look at it.
        let ignored = [b"{\"more\":\"\xff\",", &lead(|_| {}).as_bytes()[1..]].concat();
        assert_eq!(data(ignored).json_path, None);
    }

    #[test]
    fn json_that_is_too_much_to_hold_still_has_a_path() {
        let deep = "[".repeat(1_000) + &"]".repeat(1_000);
        for (value, problem) in [
            ("1e999", "a number too large"),
            (&*deep, "nested too deeply"),
        ] {
            let body = lead(|_| {}).replacen(
                "{\"",
                &format!("{{\"data\":{{\"extra_field\":{value}}},\""),
                1,
            );
            let mismatch = whole(&body);
            assert!(mismatch.what.ends_with(problem), "{}", mismatch.what);
            let path = mismatch.json_path.expect("it is JSON");
            assert!(path.starts_with("data.extra_field"), "{path}");
        }
    }

    #[test]
    fn a_name_from_the_body_is_escaped_and_cut_on_the_line_only() {
        let name = "n".repeat(1_000);
        let body = format!(r#"{{"a\nb":{{"{name}":1e999}}}}"#);
        let mismatch = whole(&body);

        assert_eq!(mismatch.json_path, Some(format!(r#"["a\nb"].{name}"#)));
        assert!(mismatch.what.len() < 300, "{}", mismatch.what);
    }
}
