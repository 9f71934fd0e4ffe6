//! The text of an argument: how a value is written into a path, a query or a header.

use serde::Serialize;
use serde_json::Value;

/// What an argument amounts to on the wire.
#[derive(Debug, PartialEq)]
pub(crate) enum Argument {
    /// Nothing is sent (`None`).
    Absent,
    /// One text: a string, number, boolean, UUID, date-time (RFC 3339) or enum.
    One(String),
    /// Several, each to be sent under the same name.
    Several(Vec<String>),
    /// An object, a list of lists, or something serde cannot serialize.
    Unfit,
}

impl Argument {
    pub(crate) fn of<T: Serialize + ?Sized>(value: &T) -> Self {
        serde_json::to_value(value).map_or(Self::Unfit, Self::from)
    }
}

impl From<Value> for Argument {
    fn from(value: Value) -> Self {
        match value {
            Value::Null => Self::Absent,
            Value::Bool(value) => Self::One(value.to_string()),
            Value::Number(value) => Self::One(value.to_string()),
            Value::String(value) => Self::One(value),
            Value::Array(values) => {
                let mut texts = Vec::with_capacity(values.len());
                for value in values {
                    match Self::from(value) {
                        Self::Absent => {}
                        Self::One(text) => texts.push(text),
                        Self::Several(_) | Self::Unfit => return Self::Unfit,
                    }
                }
                Self::Several(texts)
            }
            Value::Object(_) => Self::Unfit,
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use serde_json::json;
    use uuid::Uuid;

    use super::*;

    fn one(text: &str) -> Argument {
        Argument::One(text.to_owned())
    }

    #[test]
    fn scalars_are_written_as_they_are_in_json_but_without_quotes() {
        assert_eq!(Argument::of("a b"), one("a b"));
        assert_eq!(Argument::of(&-5_i64), one("-5"));
        assert_eq!(Argument::of(&Some(true)), one("true"));
        assert_eq!(
            Argument::of(&Uuid::nil()),
            one("00000000-0000-0000-0000-000000000000")
        );
        let time = DateTime::from_timestamp(1_768_636_800, 0);
        assert_eq!(Argument::of(&time), one("2026-01-17T08:00:00Z"));
    }

    #[test]
    fn none_is_absent_also_inside_a_list() {
        assert_eq!(Argument::of(&None::<i64>), Argument::Absent);
        let several = Argument::Several(vec!["1".to_owned(), "2".to_owned()]);
        assert_eq!(Argument::of(&[Some(1), None, Some(2)]), several);
    }

    #[test]
    fn what_has_no_text_is_unfit() {
        assert_eq!(Argument::of(&json!({"a": 1})), Argument::Unfit);
        assert_eq!(Argument::of(&json!([[1]])), Argument::Unfit);
    }
}
