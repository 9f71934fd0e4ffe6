//! A fault as JSON, as any program may post it to the sandbox.

use aura_client::serde_json::{self, Value, json};
use aura_sandbox::Fault;
use bolero::{TypeGenerator, check};

/// Any bytes; and the fields that faults have, with any value.
#[derive(Debug, TypeGenerator)]
enum Input {
    Bytes(Vec<u8>),
    Fields(#[generator(0..KINDS.len())] usize, Vec<(Field, Scalar)>),
}

#[derive(Debug, TypeGenerator)]
struct Field(#[generator(0..FIELDS.len())] usize);

#[derive(Debug, TypeGenerator)]
enum Scalar {
    Null,
    Small(u8),
    Whole(i64),
    Fraction(f64),
    Text(String),
    Header(String, String),
    List(Vec<String>),
}

const KINDS: [&str; 14] = [
    "too_many_requests",
    "internal_server_error",
    "bad_gateway",
    "service_unavailable",
    "latency",
    "connection_reset",
    "truncated_body",
    "slow_drip",
    "malformed_json",
    "drift",
    "another_resource",
    "answer",
    "stall",
    "none",
];

const FIELDS: [&str; 14] = [
    "delay_ms",
    "chunk_bytes",
    "pause_ms",
    "path",
    "value",
    "status",
    "retry_after_seconds",
    "headers",
    "body",
    "times",
    "after",
    "probability",
    "on",
    "unknown",
];

impl Input {
    fn json(&self) -> Vec<u8> {
        let (kind, fields) = match self {
            Self::Bytes(bytes) => return bytes.clone(),
            Self::Fields(kind, fields) => (kind, fields),
        };
        let mut fault = json!({"fault": KINDS[*kind]});
        for (Field(which), value) in fields {
            fault[FIELDS[*which]] = match value {
                Scalar::Null => Value::Null,
                Scalar::Small(number) => json!(number),
                Scalar::Whole(number) => json!(number),
                Scalar::Fraction(number) => json!(number),
                Scalar::Text(text) => json!(text),
                Scalar::Header(name, value) => json!({name: value}),
                Scalar::List(texts) => json!(texts),
            };
        }
        fault.to_string().into()
    }
}

#[test]
fn any_fault_is_taken_or_refused_and_comes_back_as_it_came() {
    check!().with_type::<Input>().for_each(|input| {
        match serde_json::from_slice::<Fault>(&input.json()) {
            Ok(fault) => {
                let again: Fault =
                    serde_json::from_value(json!(fault)).expect("what is shown can be read");
                assert_eq!(json!(again), json!(fault));
                _ = format!("{fault:?}");
            }
            Err(error) => assert!(!error.to_string().contains(char::is_control), "{error}"),
        }
    });
}
