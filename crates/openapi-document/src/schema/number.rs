//! Numbers as JSON Schema compares them: `100` and `100.0` are one.

use std::cmp::Ordering;
use std::fmt;

use serde_json::{Number as JsonNumber, Value};

/// A number of the document.
#[derive(Debug, Clone, Copy)]
pub enum Number {
    /// A whole number, exactly.
    Whole(i128),
    /// Any other.
    Float(f64),
}

impl Number {
    /// Reads a number; a whole one is exact, however it is written.
    pub fn of(value: &Value) -> Option<Number> {
        value.as_number().map(Number::from_json)
    }

    fn from_json(number: &JsonNumber) -> Number {
        let whole = number.as_i64().map(i128::from);
        match whole.or(number.as_u64().map(i128::from)) {
            Some(whole) => Number::Whole(whole),
            None => Number::from_float(number.as_f64().unwrap_or(f64::NAN)),
        }
    }

    fn from_float(float: f64) -> Number {
        // Within 2^53, a float without a fraction is exactly one whole number.
        const EXACT: f64 = (1_u64 << 53) as f64;
        match float.fract() == 0.0 && float.abs() <= EXACT {
            true => Number::Whole(float as i128),
            false => Number::Float(float),
        }
    }

    fn float(self) -> f64 {
        match self {
            Number::Whole(whole) => whole as f64,
            Number::Float(float) => float,
        }
    }

    /// Returns the least whole number that is not less.
    pub(super) fn ceil(self) -> Number {
        match self {
            Number::Whole(_) => self,
            Number::Float(float) => Number::from_float(float.ceil()),
        }
    }

    /// Returns the greatest whole number that is not greater.
    pub(super) fn floor(self) -> Number {
        match self {
            Number::Whole(_) => self,
            Number::Float(float) => Number::from_float(float.floor()),
        }
    }

    /// Returns the whole number `step` further on.
    pub(super) fn plus(self, step: i128) -> Number {
        match self {
            Number::Whole(whole) => Number::Whole(whole.saturating_add(step)),
            float => float,
        }
    }

    /// Returns whether this is a multiple of `other`, as far as floats can tell.
    pub fn is_multiple_of(self, other: Number) -> bool {
        match (self, other) {
            (Number::Whole(whole), Number::Whole(other)) => other != 0 && whole % other == 0,
            _ => {
                let quotient = self.float() / other.float();
                (quotient - quotient.round()).abs() <= quotient.abs() * f64::EPSILON * 4.0
            }
        }
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Number) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Number) -> Option<Ordering> {
        match (self, other) {
            (Number::Whole(one), Number::Whole(other)) => Some(one.cmp(other)),
            _ => self.float().partial_cmp(&other.float()),
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Number::Whole(whole) => whole.fmt(f),
            Number::Float(float) => float.fmt(f),
        }
    }
}

/// Returns a text that two values share if and only if [`same_value`] holds of them.
pub fn canonical(value: &Value) -> String {
    match value {
        Value::Number(number) => Number::from_json(number).to_string(),
        Value::Array(list) => {
            let items: Vec<String> = list.iter().map(canonical).collect();
            format!("[{}]", items.join(","))
        }
        Value::Object(object) => {
            let mut entries: Vec<(&String, String)> = object
                .iter()
                .map(|(key, value)| (key, canonical(value)))
                .collect();
            entries.sort_unstable();
            let entries = entries
                .iter()
                .map(|(key, value)| format!("{key:?}:{value}"));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(","))
        }
        other => other.to_string(),
    }
}

/// Returns whether two values are equal as JSON Schema sees it: numbers by value, objects in any
/// order.
pub fn same_value(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            Number::from_json(one) == Number::from_json(other)
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(a, b)| same_value(a, b))
        }
        (Value::Object(one), Value::Object(other)) => {
            let same = |(key, value)| other.get(key).is_some_and(|it| same_value(value, it));
            one.len() == other.len() && one.iter().all(same)
        }
        _ => one == other,
    }
}
