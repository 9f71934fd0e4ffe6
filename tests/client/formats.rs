//! A lead with custom fields in other formats: they are plain values there, and come back.

use aura_client::types::Lead;
use aura_client::{Extra, Json, serde_json};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// Values that each format holds, spelled as a service may.
const VALUES: [&str; 22] = [
    "null",
    "true",
    "0",
    "-1",
    "1.10",
    "1e2",
    "-0",
    "5e-324",
    "1e300",
    "18446744073709551615",
    "-9223372036854775808",
    "123456789012345678901234567890.5",
    r#""caf\u00e9\n""#,
    // What YAML could take for something else.
    r#""null""#,
    r#""1""#,
    r#""~""#,
    r#"{"1":2,"true":3,"null":4,"":5}"#,
    r#"[[], {}, [{"a": [1.50, null]}]]"#,
    r#"{"a":1,"b":2,"a":3}"#,
    r#"{"$serde_json::private::RawValue":"1"}"#,
    r#"{"$serde_json::private::RawValue":"}"}"#,
    r#"{"$serde_json::private::Number":"1"}"#,
];

/// Whole numbers beyond 64 bits.
const LARGE: [&str; 4] = [
    "18446744073709551616",
    "-9223372036854775809",
    "170141183460469231731687303715884105727",
    "-170141183460469231731687303715884105728",
];

/// The text of a lead with this custom value in each of its objects, and where any JSON may be.
fn text(value: &str) -> String {
    let time = "2026-01-17T08:00:00Z";
    let extra = format!(r#""custom":{value},"last":0"#);
    format!(
        r#"{{"id":"{}","status":"new","created_at":"{time}","updated_at":"{time}",
            "total_paid_cents":12345,"metadata":{{"latitude":37.77490,{extra}}},
            "source":{{{extra}}},"notes":[{{"content":"a",{extra}}},{{}}],
            "disqualification_data":{{"triggering_field":{{"value":{value},{extra}}},{extra}}},
            {extra}}}"#,
        super::ID
    )
}

fn lead(value: &str) -> Lead {
    serde_json::from_str(&text(value)).expect(value)
}

fn named_message_pack(lead: &Lead) -> Result<Vec<u8>, rmp_serde::encode::Error> {
    rmp_serde::to_vec_named(lead)
}

#[test]
fn comes_back_from_yaml_and_message_pack() {
    for value in VALUES.into_iter().chain(LARGE) {
        let lead = lead(value);

        let yaml = serde_norway::to_string(&lead).expect(value);
        let back: Lead = serde_norway::from_str(&yaml).expect(value);
        assert!(back == lead, "{value} in:\n{yaml}");

        for bytes in [named_message_pack(&lead), rmp_serde::to_vec(&lead)] {
            let back: Lead = rmp_serde::from_slice(&bytes.expect(value)).expect(value);
            assert!(back == lead, "{value} in MessagePack");
        }
    }
}

#[test]
fn comes_back_from_a_value() {
    for value in VALUES.into_iter().chain(LARGE) {
        // serde_json itself takes the member for its own in a `Value`.
        if value.contains("private::RawValue") {
            continue;
        }
        let lead = lead(value);
        let written = serde_json::to_value(&lead).expect(value);
        let back: Lead = serde_json::from_value(written).expect(value);
        assert!(back == lead, "{value}");
    }
}

#[test]
fn custom_fields_are_plain_values_in_yaml() {
    let mut extra = Extra::default();
    for (name, value) in [
        ("whole", "18446744073709551616"),
        ("fraction", "1.10"),
        ("nothing", "null"),
        ("list", r#"[{"a":1,"b":"x","a":2.0}]"#),
        ("fraction", "2.50"),
    ] {
        let value: Json = serde_json::from_str(value).expect("JSON");
        extra.insert(name, value).expect("JSON");
    }
    let mut lead = lead("0");
    lead.extra = extra;
    let yaml = serde_norway::to_string(&lead).expect("it can be written");
    let custom = "\
whole: 18446744073709551616
nothing: null
list:
- b: x
  a: 2.0
fraction: 2.5
";
    assert!(yaml.ends_with(custom), "{yaml}");
}

#[test]
fn custom_fields_are_plain_values_in_message_pack() {
    for value in VALUES {
        let lead = lead(value);
        let bytes = rmp_serde::to_vec(&lead.extra).expect(value);
        let plain: Value = match value.contains("private") {
            // serde_json's own `Value` would take it for its own.
            true => continue,
            false => rmp_serde::from_slice(&bytes).expect(value),
        };
        let expected = serde_json::to_value(&lead.extra).expect(value);
        assert_eq!(plain, expected, "{value}");
    }
    for value in LARGE {
        let bytes = rmp_serde::to_vec(&lead(value).extra).expect(value);
        let plain: Value = rmp_serde::from_slice(&bytes).expect(value);
        let nearest: f64 = value.parse().expect("a number");
        assert_eq!(plain["custom"], json!(nearest), "there are no 128 bits");
    }
}

#[test]
fn a_number_beyond_f64_is_an_error_that_names_neither_key_nor_value() {
    for value in ["1e999", r#"{"secret":[-1e999]}"#] {
        let lead = lead(value);
        let errors = [
            serde_norway::to_string(&lead)
                .map_err(|error| error.to_string())
                .err(),
            named_message_pack(&lead)
                .map_err(|error| error.to_string())
                .err(),
            serde_json::to_value(&lead)
                .map_err(|error| error.to_string())
                .err(),
        ];
        for error in errors {
            let error = error.expect("no such format holds it");
            for hidden in ["secret", "custom", "999", "private"] {
                assert!(!error.contains(hidden), "{error}");
            }
        }
    }
}

#[test]
fn serde_json_writes_custom_fields_as_sent() {
    let others = ["1e999", r#"{ "a" : 1.10, "a":[ ] }"#, r#""\ud800\u00e9""#];
    for value in VALUES.into_iter().chain(LARGE).chain(others) {
        let lead = lead(value);
        let written = serde_json::to_string(&lead).expect(value);
        // Six objects have it, and it is the value of one.
        assert_eq!(
            written
                .matches(&format!(r#""custom":{value},"last":0"#))
                .count(),
            6
        );
        // A null of a field that the contract knows is the same as none.
        let known = written.contains(&format!(r#""value":{value}"#));
        assert_eq!(known, value != "null", "{written}");
        let pretty = serde_json::to_string_pretty(&lead).expect(value);
        assert_eq!(pretty.matches(&format!(r#""custom": {value}"#)).count(), 6);

        for written in [written, pretty] {
            let back: Lead = serde_json::from_str(&written).expect(value);
            assert!(back == lead, "{written}");
            let back: Lead = serde_json::from_reader(written.as_bytes()).expect(value);
            assert!(back == lead, "{written}");
        }
    }
}

#[test]
fn a_value_of_a_lead_has_every_key_that_came() {
    for value in VALUES {
        if value.contains("private") {
            continue;
        }
        let text = text(value);
        let sent: Value = serde_json::from_str(&text).expect(value);
        let back = serde_json::to_value(lead(value)).expect(value);
        assert!(has_all(&back, &sent), "{back}\n{sent}");
    }
}

/// Whether each member of one value is in another, with an equal value.
fn has_all(whole: &Value, part: &Value) -> bool {
    match (whole, part) {
        (Value::Object(whole), Value::Object(part)) => part.iter().all(|(name, part)| {
            // A null of a field that the contract knows is the same as none.
            let whole = whole.get(name);
            whole.map_or(part.is_null() && name == "value", |whole| {
                has_all(whole, part)
            })
        }),
        (Value::Array(whole), Value::Array(part)) => {
            let mut pairs = whole.iter().zip(part);
            whole.len() == part.len() && pairs.all(|(whole, part)| has_all(whole, part))
        }
        (Value::Number(whole), Value::Number(part)) if part.is_f64() => {
            whole.as_f64() == part.as_f64()
        }
        (whole, part) => whole == part,
    }
}

/// A lead in a struct of a user's, among its members and beside others.
#[derive(Serialize, Deserialize, PartialEq)]
struct Order {
    number: u64,
    #[serde(flatten)]
    lead: Lead,
}

#[test]
fn comes_back_from_a_struct_that_flattens_it() {
    for value in VALUES {
        let order = Order {
            number: 7,
            lead: lead(value),
        };
        let text = serde_json::to_string(&order).expect(value);
        assert!(text.contains(&format!(r#""custom":{value}"#)), "{text}");
        // In a form of serde's own a number cannot be told from what serde_json keeps it in.
        if !value.contains("private::Number") {
            let back: Order = serde_json::from_str(&text).expect(value);
            assert!(back == order, "{text}");
        }
        let yaml = serde_norway::to_string(&order).expect(value);
        let back: Order = serde_norway::from_str(&yaml).expect(value);
        assert!(back == order, "{yaml}");
    }
}
