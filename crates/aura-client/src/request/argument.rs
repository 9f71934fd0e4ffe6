//! An argument as it goes into a path, a query, a header or a form.

use serde::Serialize;

use super::style::Style;
use crate::json::{self, Kind};

/// What an argument amounts to on the wire.
#[derive(Debug, PartialEq)]
pub(crate) enum Argument {
    /// Nothing is sent (`None`).
    Absent,
    /// One text: a string, number, boolean, UUID, date-time (RFC 3339) or enum.
    One(String),
    /// The elements of a list as JSON text. Those that are null are left out.
    List(Vec<String>),
    /// The members of an object: names, and values as JSON text.
    Object(Vec<(String, String)>),
    /// Something serde cannot serialize.
    Unfit,
}

impl Argument {
    pub(crate) fn of<T: Serialize + ?Sized>(value: &T) -> Self {
        serde_json::to_string(value).map_or(Self::Unfit, |text| Self::read(&text))
    }

    /// Returns the argument for a style: in `Style::Json`, a value of any shape is one text.
    pub(crate) fn in_style<T: Serialize + ?Sized>(value: &T, style: Style) -> Self {
        match style {
            Style::Json => serde_json::to_string(value).map_or(Self::Unfit, Self::json),
            _ => Self::of(value),
        }
    }

    fn json(text: String) -> Self {
        match Kind::of(&text) {
            Kind::Null => Self::Absent,
            _ => Self::One(text),
        }
    }

    /// Reads valid JSON text.
    pub(super) fn read(text: &str) -> Self {
        match Kind::of(text) {
            Kind::Null => Self::Absent,
            Kind::Array => {
                let mut elements = Vec::new();
                json::walk(text, &mut |_, element| {
                    elements.extend((Kind::of(element) != Kind::Null).then(|| element.to_owned()));
                    true
                });
                Self::List(elements)
            }
            Kind::Object => {
                let mut members = Vec::new();
                let is_read = json::walk(text, &mut |name, value| {
                    let name = json::unescape(name.unwrap_or_default());
                    let is_text = name.is_some();
                    members.extend(name.map(|name| (name.into_owned(), value.to_owned())));
                    is_text
                });
                if is_read {
                    Self::Object(members)
                } else {
                    Self::Unfit
                }
            }
            Kind::String => {
                json::unescape(text).map_or(Self::Unfit, |text| Self::One(text.into_owned()))
            }
            Kind::Bool | Kind::Number => Self::One(text.to_owned()),
        }
    }
}

/// Returns the text of a value within a list or an object: nothing for null, and JSON for what has
/// no text of its own.
pub(super) fn flat(json: &str) -> String {
    match Argument::read(json) {
        Argument::Absent => String::new(),
        Argument::One(text) => text,
        Argument::List(_) | Argument::Object(_) | Argument::Unfit => json.to_owned(),
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
        assert_eq!(Argument::of("a \"b\""), one("a \"b\""));
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
        let list = Argument::List(vec!["1".to_owned(), "2".to_owned()]);
        assert_eq!(Argument::of(&[Some(1), None, Some(2)]), list);
    }

    #[test]
    fn lists_and_objects_keep_their_parts_as_json() {
        assert_eq!(
            Argument::of(&json!([[1], "a"])),
            Argument::List(vec!["[1]".to_owned(), "\"a\"".to_owned()])
        );
        assert_eq!(
            Argument::of(&json!({"a": {"b": null}})),
            Argument::Object(vec![("a".to_owned(), r#"{"b":null}"#.to_owned())])
        );
    }

    #[test]
    fn json_is_one_text() {
        let in_json = |value| Argument::in_style(&value, Style::Json);
        assert_eq!(in_json(json!({"a": [1]})), one(r#"{"a":[1]}"#));
        assert_eq!(in_json(json!("a")), one(r#""a""#));
        assert_eq!(in_json(json!(null)), Argument::Absent);
    }
}
