//! Reads and writes leads in every way, and prints what came of it: the same text, whatever features
//! of serde_json are on.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;

use aura_client::http::Method;
use aura_client::types::Lead;
use aura_client::uuid::{Uuid, uuid};
use aura_client::{Client, Error, Extra, Json};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

const ID: Uuid = uuid!("550e8400-e29b-41d4-a716-446655440000");

/// Values of custom fields, with numbers that no `Value` holds as sent among them.
const CUSTOM: [&str; 18] = [
    "1",
    "-1",
    "1.10",
    "1e2",
    "-0",
    "0.1",
    "37.77490",
    "9007199254740993",
    "18446744073709551615",
    "18446744073709551616",
    "-9223372036854775809",
    "123456789012345678901234567890.5",
    "5e-324",
    "1e999",
    r#"{"b":1,"a":[1.50,null],"b":2.0}"#,
    r#"{"$serde_json::private::Number":"1.10"}"#,
    r#"{"$serde_json::private::RawValue":"1"}"#,
    r#""text""#,
];

/// Values of known fields, of which some fit and some don't.
const KNOWN: [(&str, &str); 16] = [
    ("total_paid_cents", "12345.0"),
    ("total_paid_cents", "1e2"),
    ("total_paid_cents", "12345.5"),
    ("total_paid_cents", "9223372036854775808"),
    ("total_paid_cents", "1e999"),
    ("total_paid_cents", r#""12.50""#),
    ("payment_count", "9007199254740993.0"),
    (
        "metadata",
        r#"{"latitude":37.77490,"longitude":-122.4194155}"#,
    ),
    (
        "metadata",
        r#"{"latitude":4.35,"longitude":2.2250738585072014e-308}"#,
    ),
    ("metadata", r#"{"latitude":123456789012345678901234567890}"#),
    ("metadata", r#"{"latitude":1e999}"#),
    (
        "metadata",
        r#"{"latitude":{"$serde_json::private::Number":"1"}}"#,
    ),
    ("notes", r#"[{"content":1.0},{"content":"a"},7]"#),
    ("email", "37.77490"),
    ("company", r#"{"$serde_json::private::Number":"1"}"#),
    ("status", r#""the second""#),
];

const CASES: [(&str, &str); 3] = [
    (
        "arbitrary-precision",
        include_str!("arbitrary-precision.json"),
    ),
    ("name-leak", include_str!("name-leak.json")),
    ("rawvalue-name", include_str!("rawvalue-name.json")),
];

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let is_on = std::env::args()
        .nth(1)
        .expect("whether the features are on")
        == "on";
    assert_eq!(features_are_on(), is_on);

    for (name, body) in CASES {
        call(name, 200, body).await;
    }
    for json in CUSTOM {
        let lead = lead(&format!(r#""x":{json},"y":0"#));
        call(json, 200, &format!(r#"{{"data":{lead},"success":true}}"#)).await;
        without_call(json, &lead);
    }
    for (name, json) in KNOWN {
        let lead = lead(&format!(r#""{name}":{json}"#));
        let title = format!("{name}: {json}");
        call(&title, 200, &format!(r#"{{"data":{lead},"success":true}}"#)).await;
        without_call(&title, &lead);
    }
    let error = r#"{"code":"NOT_FOUND","error":"none","requestId":1.10,"success":1.0}"#;
    call("an error", 404, error).await;
    escape_hatch(r#"{"b":[1.10,1e999],"a":{"$serde_json::private::Number":"1"},"c":-0}"#).await;
    equality();
    https();
}

/// Without a feature for TLS, which this program has none of.
fn https() {
    println!("https");
    let error = Client::new("aura_pk_test_key").err();
    println!("  {:?}", error.map(|error| error.kind()));
}

/// Whether serde_json shows what its features do.
fn features_are_on() -> bool {
    let shown = |text: &str| {
        let value: Value = serde_json::from_str(text).expect("JSON");
        value.to_string()
    };
    let on = [
        shown("1.10") == "1.10",
        shown(r#"{"b":0,"a":0}"#) == r#"{"b":0,"a":0}"#,
    ];
    assert_eq!(on[0], on[1], "all are on, or none");
    on[0]
}

fn lead(members: &str) -> String {
    let time = "2026-01-17T08:00:00Z";
    format!(
        r#"{{"id":"{ID}","status":"new","created_at":"{time}","updated_at":"{time}",{members}}}"#
    )
}

fn line(what: &str, shown: impl Display) {
    println!("  {what}: {shown}");
}

/// A client of a service that answers once.
fn client(status: u16, body: &str) -> Client {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = listener.local_addr().expect("it is bound");
    let length = body.len();
    let head =
        format!("HTTP/1.1 {status} -\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n");
    let response = head + body;
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a connection");
        let mut request = Vec::new();
        while !request.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            stream.read_exact(&mut byte).expect("a request");
            request.extend(byte);
        }
        stream.write_all(response.as_bytes()).expect("it is read");
    });
    let builder = Client::builder()
        .api_key("key")
        .base_url(format!("http://{address}"));
    builder.max_retries(0).build().expect("valid")
}

/// Reads a lead through a call, and what can be salvaged of it.
async fn call(title: &str, status: u16, body: &str) {
    println!("{title}");
    match client(status, body).get_lead(&ID).await {
        Ok(lead) => {
            line("called", format_args!("{lead:?}"));
            read(&lead);
        }
        Err(error) => {
            failed(&error);
            match error.salvage::<Lead>() {
                Some(salvaged) => {
                    for anomaly in &salvaged.anomalies {
                        line("anomaly", anomaly);
                        line("text", &anomaly.json);
                    }
                    line("salvaged", format_args!("{salvaged:?}"));
                    read(&salvaged.value);
                }
                None => line("salvaged", "nothing"),
            }
        }
    }
}

fn failed(error: &Error) {
    line("failed", error);
    line("debug", format_args!("{error:?}"));
    line("path", format_args!("{:?}", error.json_path()));
    let said = (error.code(), error.message(), error.request_id());
    line("said", format_args!("{said:?}"));
}

/// All that can be asked of a lead.
fn read(lead: &Lead) {
    line(
        "numbers",
        format_args!("{:?} {:?}", lead.total_paid_cents, lead.payment_count),
    );
    if let Some(metadata) = &lead.metadata {
        line(
            "place",
            format_args!("{:?} {:?}", metadata.latitude, metadata.longitude),
        );
    }
    for (name, json) in lead.extra.iter() {
        line(&name, json.get());
        let number = lead.extra.read::<f64>(&name);
        line(
            "as f64",
            format_args!("{:?}", number.map_err(|error| error.to_string())),
        );
        let number = lead.extra.read::<i64>(&name);
        line(
            "as i64",
            format_args!("{:?}", number.map_err(|error| error.to_string())),
        );
        let text = lead.extra.read::<String>(&name);
        line(
            "as text",
            format_args!("{:?}", text.map_err(|error| error.to_string())),
        );
        let json = lead.extra.read::<Json>(&name).expect("any JSON");
        line("as JSON", json.expect("it is there").get());
    }
    let text = serde_json::to_string(lead).expect("JSON");
    line("text", &text);
    let again: Lead = serde_json::from_str(&text).expect("it was written");
    line("is the same", again == *lead);
    match serde_json::to_value(lead) {
        Ok(value) => {
            line("value", sorted(&value));
            let again: Lead = serde_json::from_value(value).expect("it was written");
            line("is the same", again == *lead);
        }
        Err(error) => line("no value", error),
    }
}

/// A value with its members in the order of their names.
fn sorted(value: &Value) -> String {
    let parts: Vec<String> = match value {
        Value::Object(members) => {
            let members: BTreeMap<_, _> = members.iter().collect();
            let members = members.into_iter();
            let members = members.map(|(name, value)| format!("{name:?}:{}", sorted(value)));
            return format!("{{{}}}", members.collect::<Vec<_>>().join(","));
        }
        Value::Array(elements) => elements.iter().map(sorted).collect(),
        _ => return value.to_string(),
    };
    format!("[{}]", parts.join(","))
}

/// A lead among other things, which serde keeps in a form of its own before it is read.
#[derive(Serialize, Deserialize)]
struct Order {
    number: u32,
    #[serde(flatten)]
    lead: Lead,
}

/// Reads a lead with serde_json itself.
fn without_call(title: &str, json: &str) {
    println!("{title}, with serde_json");
    let from_str = serde_json::from_str::<Lead>(json);
    let from_slice = serde_json::from_slice::<Lead>(json.as_bytes());
    let from_reader = serde_json::from_reader::<_, Lead>(json.as_bytes());
    // What a `Value` cannot hold without the features, or takes for a number with them.
    let no_value = ["1e999", "9007199254740993.0", "$serde_json::private"];
    let no_value = no_value.iter().any(|other| json.contains(other));
    let value = match no_value {
        true => None,
        false => serde_json::from_str::<Value>(json).ok(),
    };
    let order = json.replacen('{', r#"{"number":7,"#, 1);
    let order = serde_json::from_str::<Order>(&order);
    match (from_str, from_slice, from_reader) {
        (Ok(lead), Ok(slice), Ok(reader)) => {
            line("alike", slice == lead && reader == lead);
            line("text", serde_json::to_string(&lead).expect("JSON"));
            if let Some(value) = value {
                let borrowed = Lead::deserialize(&value).expect("it fits");
                line("from a borrowed value", borrowed == lead);
                let owned = serde_json::from_value::<Lead>(value).expect("it fits");
                line("from a value", owned == lead);
                line("among others", order.expect("it fits").lead == lead);
            }
            let order = Order { number: 7, lead };
            line(
                "text among others",
                serde_json::to_string(&order).expect("JSON"),
            );
        }
        (Err(from_str), Err(from_slice), Err(from_reader)) => {
            for error in [from_str, from_slice, from_reader] {
                let (line_number, column) = (error.line(), error.column());
                line(
                    "failed",
                    format_args!("{:?} {line_number}:{column}", error.classify()),
                );
            }
            if let Some(value) = value {
                line(
                    "from a value",
                    serde_json::from_value::<Lead>(value).is_ok(),
                );
                line("among others", order.is_ok());
            }
        }
        _ => panic!("one way reads what another doesn't: {json}"),
    }
}

async fn escape_hatch(body: &str) {
    println!("any request");
    let body = client(200, body).request(Method::GET, "/any", None).await;
    let body = body.expect("it is JSON").into_inner();
    line("text", body.get());
    line("written", serde_json::to_string(&body).expect("JSON"));
    let value = serde_json::to_value(&body).map_err(|error| error.to_string());
    line("value", value.expect_err("no value holds it"));
    line(
        "read",
        format_args!(
            "{:?}",
            body.read::<Vec<u8>>().map_err(|error| error.to_string())
        ),
    );
}

fn equality() {
    println!("equality");
    let extra = |json: &str| {
        let mut extra = Extra::default();
        let json: Json = serde_json::from_str(json).expect("JSON");
        extra.insert("x", json).expect("JSON");
        extra
    };
    for left in CUSTOM {
        for right in CUSTOM
            .into_iter()
            .chain(["1.0", "100", "1.1", "0", "2e999"])
        {
            line(&format!("{left} = {right}"), extra(left) == extra(right));
        }
    }
    let mut made = Extra::default();
    made.insert("float", 1.10).expect("JSON");
    made.insert("value", json!({"a": [1.5, 1e300, u64::MAX]}))
        .expect("JSON");
    line("made", serde_json::to_string(&made).expect("JSON"));
}
