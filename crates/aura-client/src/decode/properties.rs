//! What holds for any body at all.

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::{Shape, Unread, salvage, strict};
use crate::types::Lead;

/// Any JSON value, with names that leads have among those of its objects.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        Just(json!("2026-01-17T08:00:00+01:00")),
        Just(json!("550e8400-e29b-41d4-a716-446655440000")),
    ];
    leaf.prop_recursive(5, 64, 8, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..8).prop_map(Value::from),
            btree_map(name(), inner, 0..8).prop_map(|fields| fields.into_iter().collect()),
        ]
    })
}

fn name() -> impl Strategy<Value = String> {
    let known = [
        "data", "success", "id", "status", "notes", "content", "metadata", "latitude", "value",
    ];
    prop_oneof![
        prop::sample::select(known.to_vec()).prop_map(str::to_owned),
        any::<String>(),
    ]
}

/// A lead with custom fields of any kind, also in its metadata and notes.
fn any_lead() -> impl Strategy<Value = Value> {
    let custom = || btree_map("x_[a-z]{0,3}|\\PC{0,4}", any_json(), 0..4);
    let money = prop::option::of(any::<i64>());
    let place = prop::option::of(any::<f64>());
    let at = 0..4_000_000_000_i64;
    (
        any::<u128>(),
        at,
        money,
        place,
        [custom(), custom(), custom()],
    )
        .prop_map(
            |(id, at, money, place, [mut lead, mut metadata, mut note])| {
                let at = chrono::DateTime::from_timestamp(at, 0).expect("in range");
                metadata.insert("latitude".to_owned(), json!(place));
                note.insert("content".to_owned(), json!("secret"));
                lead.insert("id".to_owned(), json!(uuid::Uuid::from_u128(id)));
                lead.insert("status".to_owned(), json!("new"));
                lead.insert("created_at".to_owned(), json!(at));
                lead.insert("updated_at".to_owned(), json!(at));
                lead.insert("total_paid_cents".to_owned(), json!(money));
                lead.insert("metadata".to_owned(), json!(metadata));
                lead.insert("notes".to_owned(), json!([note.clone(), note]));
                json!(lead)
            },
        )
}

/// A lead of which some values are replaced by others.
fn damaged_lead() -> impl Strategy<Value = Value> {
    let damage = vec((any::<prop::sample::Index>(), any_json()), 0..4);
    (any_lead(), damage).prop_map(|(mut lead, damage)| {
        for (which, value) in damage {
            let mut places = Vec::new();
            pointers(&lead, String::new(), &mut places);
            let place = which.get(&places);
            *lead.pointer_mut(place).expect("it is there") = value;
        }
        lead
    })
}

fn pointers(value: &Value, here: String, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                let name = name.replace('~', "~0").replace('/', "~1");
                pointers(value, format!("{here}/{name}"), found);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                pointers(item, format!("{here}/{index}"), found);
            }
        }
        _ => {}
    }
    found.push(here);
}

/// The value without nulls of fields, and with times and IDs in one spelling.
fn comparable(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let kept = fields.iter().filter(|(_, value)| !value.is_null());
            let kept = kept.map(|(name, value)| (name.clone(), comparable(value)));
            Value::Object(kept.collect::<Map<_, _>>())
        }
        Value::Array(items) => items.iter().map(comparable).collect(),
        Value::String(text) => match chrono::DateTime::parse_from_rfc3339(text) {
            Ok(time) => json!(time.to_utc()),
            Err(_) => match uuid::Uuid::parse_str(text) {
                Ok(id) => json!(id),
                Err(_) => value.clone(),
            },
        },
        _ => value.clone(),
    }
}

/// Whether each part of `part` stands in `whole` too: fields by name, elements in their order.
fn is_part(part: &Value, whole: &Value) -> bool {
    match (part, whole) {
        (Value::Object(part), Value::Object(whole)) => part.iter().all(|(name, part)| {
            let whole = whole.get(name);
            whole.is_some_and(|whole| is_part(part, whole))
        }),
        (Value::Array(part), Value::Array(whole)) => {
            let mut whole = whole.iter();
            let mut in_order = part.iter();
            in_order.all(|part| whole.by_ref().any(|whole| is_part(part, whole)))
        }
        // A coordinate may come as a whole number.
        (Value::Number(part), Value::Number(whole)) if part.is_f64() => {
            part.as_f64() == whole.as_f64()
        }
        (part, whole) => part == whole,
    }
}

/// What can be read of a body. Both ways of reading it must agree, and show nothing.
fn read(body: &[u8]) -> Option<Lead> {
    let salvaged = salvage::<Lead>(body, Shape::Data);
    match strict::<Lead>(body, Shape::Data) {
        Ok(lead) => {
            let salvaged = salvaged.expect("what fits can be read");
            assert_eq!(salvaged.anomalies, []);
            assert_eq!(salvaged.value, lead);
            Some(lead)
        }
        Err(Unread::Refused) => None,
        Err(Unread::Mismatch { json_path, what }) => {
            assert!(!what.contains("secret") && !what.contains(char::is_control));
            let salvaged = salvaged?;
            assert!(json_path.is_some(), "it is JSON");
            assert!(!salvaged.anomalies.is_empty());
            assert!(!format!("{salvaged:?}").contains("secret"));
            Some(salvaged.value)
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_lead_is_read_and_comes_out_as_it_came(lead in any_lead()) {
        let body = json!({"data": lead, "success": true}).to_string();
        prop_assert!(strict::<Lead>(body.as_bytes(), Shape::Data).is_ok());
        let read = read(body.as_bytes());

        prop_assert_eq!(comparable(&json!(read)), comparable(&lead));
    }

    #[test]
    fn what_is_salvaged_stands_in_the_body(lead in damaged_lead()) {
        let body = json!({"data": lead, "success": true}).to_string();

        if let Some(read) = read(body.as_bytes()) {
            let read = json!(read);
            prop_assert!(is_part(&comparable(&read), &comparable(&lead)), "{}\n{}", read, lead);
        }
    }

    #[test]
    fn any_json_is_read_or_refused_both_ways(body in any_json()) {
        _ = read(body.to_string().as_bytes());
        _ = read(json!({"data": body}).to_string().as_bytes());
    }

    #[test]
    fn any_bytes_are_read_or_refused_both_ways(bytes in any::<Vec<u8>>(), text in any::<String>()) {
        _ = read(&bytes);
        _ = read(text.as_bytes());
        let inner: Vec<u8> = [b"{\"data\":{\"x\":", &bytes[..], b"}}"].concat();
        _ = read(&inner);
    }
}
