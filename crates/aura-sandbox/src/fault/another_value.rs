//! A value of the same type and format, but another one.

use aura_contract::Schema;
use serde_json::{Number, Value};

/// How far from a number another one is looked for: a schema may ask for multiples.
const FARTHEST: i64 = 1_000;

/// A value that fits the schema and is not this one; `None` if none is found.
pub(crate) fn another_value(schema: &Schema, value: &Value) -> Option<Value> {
    let fits = |candidate: &Value| candidate != value && schema.check(candidate).is_empty();
    let similar: Box<dyn Iterator<Item = Value>> = match value {
        Value::String(text) => Box::new(texts(text).map(Value::String)),
        Value::Number(number) => Box::new(numbers(number)),
        Value::Bool(flag) => Box::new(std::iter::once(Value::Bool(!flag))),
        _ => Box::new(std::iter::empty()),
    };
    similar.chain(schema.values()).find(fits)
}

/// Texts that differ in one character, the last first: so a UUID stays one, and so does a date. A
/// text without letters and digits has one added.
fn texts(text: &str) -> impl Iterator<Item = String> {
    let changed = text.char_indices().rev().filter_map(|(at, c)| {
        let mut changed = text.to_owned();
        changed.replace_range(at..=at, neighbour(c)?.encode_utf8(&mut [0; 4]));
        Some(changed)
    });
    changed.chain(std::iter::once(format!("{text}0")))
}

/// The character before this one; after the first comes the second. A hexadecimal digit stays one.
fn neighbour(c: char) -> Option<char> {
    let code = u8::try_from(c).ok().filter(u8::is_ascii_alphanumeric)?;
    Some(char::from(match c {
        '0' | 'a' | 'A' => code + 1,
        _ => code - 1,
    }))
}

/// The numbers nearest to this one.
fn numbers(number: &Number) -> impl Iterator<Item = Value> {
    let steps = (1..=FARTHEST).flat_map(|step| [step, -step]);
    steps.filter_map(move |step| {
        let whole = number.as_i64().and_then(|whole| whole.checked_add(step));
        let large = || number.as_u64()?.checked_add_signed(step);
        let float = || Number::from_f64(number.as_f64()? + step as f64);
        let whole = whole
            .map(Number::from)
            .or_else(|| large().map(Number::from));
        whole.or_else(float).map(Value::Number)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use aura_contract::Contract;
    use serde_json::json;

    fn another(schema: Value, value: Value) -> Option<Value> {
        let contract = json!({ "openapi": "3.0.3", "components": { "schemas": { "Id": schema } } });
        let contract = Contract::from_json(&contract.to_string()).expect("it is a contract");
        another_value(&contract.schema("Id").expect("it is there"), &value)
    }

    #[test]
    fn another_value_is_of_the_same_type_and_format() {
        let text = |format: &str| json!({ "type": "string", "format": format });
        for (schema, value, expected) in [
            (
                text("uuid"),
                json!("550e8400-e29b-41d4-a716-446655440000"),
                json!("550e8400-e29b-41d4-a716-446655440001"),
            ),
            (
                text("uuid"),
                json!("FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF"),
                json!("FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFE"),
            ),
            (text("date"), json!("2026-01-01"), json!("2026-01-11")),
            (
                text("date-time"),
                json!("2026-01-17T08:00:00Z"),
                json!("2026-01-17T08:00:01Z"),
            ),
            (json!({ "type": "string" }), json!("ü"), json!("ü0")),
            (
                json!({ "type": "string", "enum": ["a", "x"] }),
                json!("a"),
                json!("x"),
            ),
            (
                json!({ "type": "string", "pattern": "^L-[0-9]+$" }),
                json!("L-70"),
                json!("L-71"),
            ),
            (json!({ "type": "integer" }), json!(7), json!(8)),
            (
                json!({ "type": "integer", "maximum": 7, "multipleOf": 7 }),
                json!(7),
                json!(0),
            ),
            (
                json!({ "type": "integer" }),
                json!(i64::MAX),
                json!(i64::MAX - 1),
            ),
            (json!({ "type": "number" }), json!(0.5), json!(1.5)),
            (json!({ "type": "boolean" }), json!(true), json!(false)),
        ] {
            assert_eq!(another(schema.clone(), value), Some(expected), "{schema}");
        }
    }

    #[test]
    fn of_a_kind_there_may_be_no_other() {
        let only = json!({ "type": "string", "enum": ["a"] });
        assert_eq!(another(only, json!("a")), None);
        assert_eq!(another(json!({}), json!(null)), None);
    }
}
