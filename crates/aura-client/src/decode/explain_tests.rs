//! How a body that does not fit is explained.

use serde_json::json;

use super::{DecodeError, Envelope, decode};
use crate::deadline::Deadline;
use crate::slot::Decode;
use crate::types::Lead;

/// Where a body does not fit, and what is said of it.
struct Mismatch {
    json_path: Option<String>,
    message: String,
}

fn mismatch<T: Decode>(body: &[u8], envelope: Envelope) -> Mismatch {
    match decode::<T>(body, envelope, Deadline::NEVER) {
        Err(DecodeError::SchemaMismatch { json_path, message }) => {
            let message = message.into_owned();
            Mismatch { json_path, message }
        }
        Err(error) => panic!("{error:?}"),
        Ok(_) => panic!("it fits"),
    }
}

fn data(body: impl AsRef<[u8]>) -> Mismatch {
    mismatch::<Lead>(body.as_ref(), Envelope::Data)
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
            "data.total_paid_cents: expected a whole number, found a number with a fraction",
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
            mismatch.message,
            format!("the response does not fit the contract: {expected}")
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
        mismatch.message.ends_with("a required field is missing"),
        "{}",
        mismatch.message
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
            mismatch.message
        );
        assert!(!mismatch.message.contains("secret"), "{}", mismatch.message);
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
    let lead = decode::<Lead>(body.as_bytes(), Envelope::Data, Deadline::NEVER).expect("fits");

    let more = lead.extra.get("more").map(|json| json.get());
    assert_eq!(more, Some(r#"{"deep":[1]}"#));
}

#[test]
fn a_field_that_is_there_twice_is_named() {
    let body = lead(|_| {}).replacen(r#""status""#, r#""status":"secret","status""#, 1);
    let mismatch = data(&body);

    assert_eq!(
        mismatch.json_path.as_deref(),
        Some("data.status"),
        "{}",
        mismatch.message
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
        assert!(!mismatch.message.contains("secret"), "{}", mismatch.message);
    }
    assert_eq!(data(b"{\"data\":\"\xff\"}").json_path, None);
    // Also where nobody would look at it.
    let ignored = [b"{\"more\":\"\xff\",", &lead(|_| {}).as_bytes()[1..]].concat();
    assert_eq!(data(ignored).json_path, None);
}

#[test]
fn no_name_that_the_contract_does_not_know_is_shown() {
    let mismatch = mismatch::<std::collections::HashMap<String, i64>>(
        br#"{"secret@example.com":"secret"}"#,
        Envelope::None,
    );

    assert_eq!(mismatch.json_path.as_deref(), Some("*"));
    assert!(!mismatch.message.contains("secret"), "{}", mismatch.message);
}

#[test]
fn success_must_be_true_if_it_is_there() {
    for value in ["0", "1", "\"true\"", "null", "[]"] {
        let body = lead(|_| {}).replacen(r#""success":true"#, &format!(r#""success":{value}"#), 1);
        assert_eq!(data(&body).json_path.as_deref(), Some("success"), "{value}");
    }
    let body = lead(|_| {}).replacen(r#""success":true"#, r#""success":false"#, 1);
    let read = decode::<Lead>(body.as_bytes(), Envelope::Data, Deadline::NEVER);
    assert!(matches!(read, Err(DecodeError::ApiError)), "{read:?}");
}

#[test]
fn a_byte_order_mark_is_skipped() {
    let body = format!("\u{feff}{}", lead(|_| {}));
    let read = decode::<Lead>(body.as_bytes(), Envelope::Data, Deadline::NEVER);
    assert!(read.is_ok(), "{read:?}");
}
