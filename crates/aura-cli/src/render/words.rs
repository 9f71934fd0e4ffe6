//! Values and names in words for people.

use aura_client::chrono::{DateTime, Utc};

use crate::json::compact;
use crate::node::Node;
use crate::text::visible;

/// A value for people: times and money as they write them. `None` if there is nothing to show.
pub fn value(key: &str, node: Node) -> Option<String> {
    if node.is_null() || matches!(node.raw(), "\"\"" | "[]" | "{}") {
        return None;
    }
    if key.ends_with("_cents") {
        return Some(money(&compact(node.raw())));
    }
    let Some(text) = node.string() else {
        return Some(compact(node.raw()));
    };
    Some(time(&text).unwrap_or_else(|| visible(&text).into_owned()))
}

/// What precedes a value that does not fit the contract.
pub const MARK: &str = "!";

/// A field for people: its value, or where it does not fit the contract, what was sent behind a mark.
pub fn field(key: &str, node: Option<Node>, drifted: bool) -> Option<String> {
    match (drifted, node) {
        (false, node) => value(key, node?),
        (true, None) => Some(format!("{MARK} missing")),
        (true, Some(node)) => Some(format!("{MARK} {}", compact(node.raw()))),
    }
}

/// `17 Jan 2026, 08:00 UTC` for a point in time as RFC 3339 writes it.
pub fn time(text: &str) -> Option<String> {
    let time = DateTime::parse_from_rfc3339(text).ok()?.with_timezone(&Utc);
    Some(time.format("%-d %b %Y, %H:%M UTC").to_string())
}

/// `1,234.56` for 123456 cents; the API names no currency. What isn't such an amount is shown as it
/// came.
fn money(json: &str) -> String {
    let cents = aura_contract::whole_number(json);
    let Some(cents) = cents.and_then(|cents| i64::try_from(cents).ok()) else {
        return format!("{json} cents");
    };
    let sign = if cents < 0 { "-" } else { "" };
    let whole = crate::text::thousands(cents.unsigned_abs() / 100);
    format!("{sign}{whole}.{:02}", cents.unsigned_abs() % 100)
}

/// `Total paid` for `total_paid_cents`.
pub fn name(key: &str) -> String {
    let plain = ["_cents", "_at", "_data"]
        .iter()
        .find_map(|unit| key.strip_suffix(unit))
        .unwrap_or(key);
    if plain == "id" {
        return "ID".to_owned();
    }
    let plain = visible(&plain.replace('_', " ")).into_owned();
    let mut letters = plain.chars();
    let first = letters.next().map(char::to_uppercase).into_iter().flatten();
    first.chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_and_times_are_written_as_people_do() {
        for (key, json, shown) in [
            ("total_paid_cents", "123456", "1,234.56"),
            ("total_paid_cents", "-5", "-0.05"),
            ("total_paid_cents", "0", "0.00"),
            ("total_paid_cents", "12345.0", "123.45"),
            ("total_paid_cents", "1.2345e4", "123.45"),
            ("total_paid_cents", "1.5", "1.5 cents"),
            ("total_paid_cents", r#""12.50""#, r#""12.50" cents"#),
            (
                "total_paid_cents",
                "-9223372036854775808",
                "-92,233,720,368,547,758.08",
            ),
            (
                "total_paid_cents",
                "9223372036854775808",
                "9223372036854775808 cents",
            ),
            ("payment_count", "1234", "1234"),
            (
                "x",
                r#""2026-01-17T10:00:00.5+02:00""#,
                "17 Jan 2026, 08:00 UTC",
            ),
            ("x", r#""string""#, "string"),
            ("x", r#""a\u001b[2Jb""#, r"a\u{1b}[2Jb"),
            ("x", r#"{"a": [true]}"#, r#"{"a":[true]}"#),
        ] {
            assert_eq!(value(key, Node::of(json)).as_deref(), Some(shown), "{json}");
        }
    }

    #[test]
    fn what_holds_nothing_is_not_shown() {
        for json in ["null", "\"\"", "[]", "{}"] {
            assert_eq!(value("x", Node::of(json)), None);
        }
    }

    #[test]
    fn names_are_words() {
        for (key, shown) in [
            ("email", "Email"),
            ("total_paid_cents", "Total paid"),
            ("last_payment_at", "Last payment"),
            ("disqualification_data", "Disqualification"),
            ("id", "ID"),
            ("", ""),
        ] {
            assert_eq!(name(key), shown);
        }
    }
}
