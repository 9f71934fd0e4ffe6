//! Responses are read from every kind of file, and a broken one is told without its content.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;
use openapi_drift::{Body, Record, Skipped, read};
use serde_json::{Value, json};
use std::io::Write;

/// The values and bodies in a file.
fn bodies(file: &str) -> Vec<Value> {
    let mut found = Vec::new();
    let mut take = |record| {
        found.push(match record {
            Record::Value(value) => value,
            Record::Exchange(exchange) => match exchange.body {
                Body::Json(value) => value,
                Body::Absent => "absent".into(),
                Body::Other => "other".into(),
            },
        });
    };
    read(file.as_bytes(), &mut take).expect("it is read");
    found
}

#[test]
fn values_stand_one_a_line_in_an_array_or_over_many_lines() {
    let expected = [json!({"a": 1}), json!({"a": 2})];
    for file in [
        "{\"a\":1}\n{\"a\":2}\n",
        "\u{feff}{\"a\":1}\r\n\r\n{\"a\":2}",
        "[{\"a\":1},{\"a\":2}]",
        " [\n  {\"a\": 1},\n  {\"a\": 2}\n]\n",
        "{\n  \"a\": 1\n}\n{\n  \"a\": 2\n}\n",
    ] {
        assert_eq!(bodies(file), expected, "{file}");
    }
    assert_eq!(bodies(""), Vec::<Value>::new());
}

#[test]
fn exchanges_hold_json_text_or_bytes() {
    let exchange = |name: &str, body: Value| {
        json!({"method": "get", "url": "/a", "status": 200, "headers": {"Content-Type": "application/json"}, name: body}).to_string()
    };
    let encoded = BASE64_STANDARD.encode(b"{\"a\":1}");
    let file = [
        exchange("body", json!({"a": 1})),
        exchange("body", json!("{\"a\":1}")),
        exchange("body_base64", json!(encoded)),
        exchange("body", json!("{\"a\":")),
        exchange("other", json!(1)),
    ];
    let expected = [
        json!({"a": 1}),
        json!({"a": 1}),
        json!({"a": 1}),
        json!("other"),
        json!("absent"),
    ];
    assert_eq!(bodies(&file.join("\n")), expected);
}

#[test]
fn a_har_holds_text_base64_and_gzip_and_what_tools_add() {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    gzip.write_all(b"{\"a\":1}").expect("written");
    let gzip = BASE64_STANDARD.encode(gzip.finish().expect("written"));
    let entry = |status: i64, content: Value| {
        json!({
            "startedDateTime": "2026-01-17T08:00:00Z", "_initiator": {"type": "script"},
            "request": {"method": "GET", "url": "https://a.example/a", "headers": []},
            "response": {"status": status, "headers": [{"name": "A", "value": "b"}], "content": content},
        })
    };
    let har = json!({"log": {"version": "1.2", "creator": {}, "entries": [
        entry(200, json!({"mimeType": "application/json; charset=utf-8", "text": "{\"a\":1}"})),
        entry(200, json!({"mimeType": "application/json", "encoding": "base64", "text": gzip})),
        entry(0, json!({"mimeType": "x-unknown", "size": 0})),
        entry(200, json!({"mimeType": "text/html", "text": "<html>"})),
    ]}, "pages": []});
    let expected = [
        json!({"a": 1}),
        json!({"a": 1}),
        json!("absent"),
        json!("other"),
    ];
    assert_eq!(bodies(&har.to_string()), expected);
    assert_eq!(
        bodies(&serde_json::to_string_pretty(&har).expect("JSON")),
        expected
    );
}

#[test]
fn a_broken_file_is_told_by_its_place_alone() {
    for (file, told) in [
        ("[{\"a\":1},{\"secret\"", "line 1, column 18: not JSON"),
        ("{\n\"a\": 1}\n{\"secret\"", "line 3, column 9: not JSON"),
        (
            "{\"log\": {\"entries\": [{\"request\": \"secret\"}]}}",
            "entry 1 has no request, response or status",
        ),
        (
            "{\"log\": {\"entries\": \"secret\"}}",
            "`log.entries` is no list of exchanges",
        ),
        ("{\"log\": {\"entries\": [", "line 1, column 21: not JSON"),
    ] {
        let failed = read(file.as_bytes(), &mut |_| {}).expect_err("it is broken");
        assert_eq!(failed.to_string(), told, "{file}");
    }
    let skipped = read("{}\nsecret\n{}\n{\"a\"".as_bytes(), &mut |_| {});
    assert_eq!(skipped.expect("read"), Skipped { lines: 2, first: 2 });
}
