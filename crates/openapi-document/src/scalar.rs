//! What a scalar without quotes is: YAML 1.2's core schema, which is JSON's values and a few more
//! ways to write them. Without the feature `yaml`, numbers are those of JSON.

use serde_json::{Number, Value};

/// The value that a scalar without quotes stands for; an error says why JSON has none.
pub fn resolve(plain: &str) -> Result<Value, &'static str> {
    match plain {
        "" | "~" | "null" | "Null" | "NULL" => return Ok(Value::Null),
        "true" | "True" | "TRUE" => return Ok(Value::Bool(true)),
        "false" | "False" | "FALSE" => return Ok(Value::Bool(false)),
        _ => {}
    }
    let unsigned = plain.strip_prefix(['+', '-']).unwrap_or(plain);
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(plain, ".nan" | ".NaN" | ".NAN") {
        return Err("is not a number in JSON");
    }
    // Nearly every scalar is a word, and is spared the rest.
    if !unsigned.starts_with(|first: char| first.is_ascii_digit() || first == '.') {
        return Ok(plain.into());
    }
    let is_padded = unsigned.len() > 1
        && unsigned.bytes().all(|byte| byte.is_ascii_digit())
        && unsigned.starts_with('0');
    if !is_padded {
        let integer = plain.parse::<i64>().map(Number::from);
        if let Ok(integer) = integer.or_else(|_| plain.parse::<u64>().map(Number::from)) {
            return Ok(integer.into());
        }
    }
    #[cfg(feature = "yaml")]
    if let Ok(serde_yaml::Value::Number(number)) = serde_yaml::from_str(plain) {
        return serde_json::to_value(number).map_err(|_| "is not a number in JSON");
    }
    // What is too large for serde_yaml is text to it. An integer beyond 64 bits is the nearest number, as
    // it is in JSON.
    let is_float = |byte: u8| byte.is_ascii_digit() || b".eE+-".contains(&byte);
    match plain.parse::<f64>() {
        Ok(number) if plain.bytes().all(is_float) && !is_padded => Number::from_f64(number)
            .map(Value::Number)
            .ok_or("is too large for a number"),
        _ => Ok(plain.into()),
    }
}

#[cfg(test)]
mod tests {
    #[cfg(feature = "yaml")]
    #[test]
    fn reads_scalars_by_the_core_schema() {
        use serde_json::json;

        use super::*;

        for (plain, value) in [
            ("", Value::Null),
            ("~", Value::Null),
            ("TRUE", json!(true)),
            ("yes", json!("yes")),
            ("12", json!(12)),
            ("+12", json!(12)),
            ("-12", json!(-12)),
            ("0", json!(0)),
            ("01234", json!("01234")),
            ("-007", json!("-007")),
            ("00.5", json!(0.5)),
            ("0x1F", json!(31)),
            ("0o17", json!(15)),
            ("1.10", json!(1.1)),
            ("1.", json!(1.0)),
            (".5", json!(0.5)),
            ("1e3", json!(1000.0)),
            ("18446744073709551615", json!(u64::MAX)),
            ("18446744073709551616", json!(18446744073709551616.0)),
            ("1.2.3", json!("1.2.3")),
            ("2026-01-01", json!("2026-01-01")),
            ("1_000", json!("1_000")),
            ("--1", json!("--1")),
            ("+-1", json!("+-1")),
            ("-", json!("-")),
            (".", json!(".")),
            ("infinity", json!("infinity")),
            ("0x", json!("0x")),
            ("é", json!("é")),
        ] {
            assert_eq!(resolve(plain), Ok(value), "{plain}");
        }
        for plain in [".inf", "-.INF", "+.Inf", ".nan", "1e400", "-1e400"] {
            assert!(resolve(plain).is_err(), "{plain}");
        }
    }
}
