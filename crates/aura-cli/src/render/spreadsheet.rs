//! Cells that a spreadsheet shows and does not run.

use std::borrow::Cow;

use crate::text::is_control;

/// What begins a formula, also in the full width that Japanese spreadsheets take for the same.
const FORMULA: [char; 8] = [
    '=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}',
];

/// The text behind an apostrophe if a spreadsheet would run it as a formula. Numbers and phone numbers
/// stay as they are: they run no command, and an apostrophe would spoil them for everyone else.
pub fn neutralized(text: &str) -> Cow<'_, str> {
    // Some spreadsheets drop what cannot be seen.
    let seen = text.trim_start_matches(|c: char| c.is_whitespace() || is_control(c));
    let is_run = text.starts_with(['\t', '\r', '\n'])
        || seen.starts_with(FORMULA) && !is_number_or_phone(seen);
    match is_run {
        true => format!("'{text}").into(),
        false => text.into(),
    }
}

/// `-12.5e3`, `+1 (555) 000-1111`, `+49/30.123`.
fn is_number_or_phone(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let is_phone = unsigned
        .chars()
        .all(|c| c.is_ascii_digit() || " ()-./\u{a0}".contains(c));
    let is_number = text.parse::<f64>().is_ok();
    (is_phone || is_number) && unsigned.contains(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neutralizes_what_a_spreadsheet_would_run() {
        for text in [
            "=cmd|'/C calc'!A0",
            "@SUM(1+1)",
            "+1@example.com",
            "-1+2",
            "+1|cmd",
            "-",
            "+1 555 x12",
            "-inf",
            " =1+1",
            "\u{200b}=1+1",
            "\u{ff1d}1+1",
            "\tx",
            "\r=1",
            "\nx",
        ] {
            assert_eq!(neutralized(text), format!("'{text}"));
        }
    }

    #[test]
    fn leaves_text_numbers_and_phone_numbers_as_sent() {
        for text in [
            "",
            "Jane Roe",
            "a=b",
            "'quoted",
            "+15550001111",
            "+1 (555) 000-1111",
            "+49/30.123-45",
            "-5",
            "+0.5",
            "-1e10",
            "{\"a\":\"=1\"}",
        ] {
            assert_eq!(neutralized(text), text);
        }
    }
}
