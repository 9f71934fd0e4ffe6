//! Foreign text, made fit for a terminal.

use std::borrow::Cow;

use indicatif::HumanCount;

/// A byte order mark, which tells spreadsheets that a text is UTF-8.
pub const BOM: &[u8] = b"\xef\xbb\xbf";

/// Whether a terminal might act on this character, show the text around it in another order, or show
/// nothing of it.
pub fn is_control(c: char) -> bool {
    let is_bidirectional_or_line = matches!(c,
        '\u{61c}' | '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let has_no_width = matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}' | '\u{3164}' | '\u{feff}'
        | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}');
    c.is_control() || is_bidirectional_or_line || has_no_width
}

/// The text with such characters made visible, as in `\u{1b}`.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_control) {
        return text.into();
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match is_control(c) {
            // Tab and line breaks by their short names.
            true if c.is_ascii() => shown.extend(c.escape_default()),
            true => shown.extend(c.escape_unicode()),
            false => shown.push(c),
        }
    }
    shown.into()
}

/// The text in one short, visible piece: for what others wrote, in a line of ours.
pub fn piece(text: &str) -> String {
    const LONGEST: usize = 80;
    let shown = visible(text);
    match shown.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &shown[..end]),
        None => shown.into_owned(),
    }
}

/// An API's code if it looks like one: what else a body holds in its place may name a person.
pub fn as_code(text: &str) -> Option<&str> {
    let is_plain = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    let fits = (1..=64).contains(&text.len()) && text.chars().all(is_plain);
    fits.then_some(text)
}

/// A request ID if it looks like one.
pub fn as_request_id(text: &str) -> Option<&str> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_.:-".contains(c);
    let fits = (1..=128).contains(&text.len()) && text.chars().all(is_plain);
    fits.then_some(text)
}

/// A number with its thousands set apart: `12,345`.
pub fn thousands(number: u64) -> String {
    HumanCount(number).to_string()
}

/// A number of things: `1 lead`, `2 leads`.
pub fn count(number: u64, thing: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {thing}{plural}", thousands(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_only_what_looks_like_a_code_or_a_request_id() {
        assert_eq!(as_code("NOT_FOUND"), Some("NOT_FOUND"));
        assert_eq!(as_request_id("req_1.a:B-2"), Some("req_1.a:B-2"));
        for other in ["", "ada@example.com", "a b", "é", &"A".repeat(129)] {
            assert_eq!(
                (as_code(other), as_request_id(other)),
                (None, None),
                "{other}"
            );
        }
    }

    #[test]
    fn what_a_terminal_might_act_on_is_made_visible() {
        assert_eq!(visible("a\u{1b}[2J\u{7f}\u{9b}"), r"a\u{1b}[2J\u{7f}\u{9b}");
        assert_eq!(visible("a\nb\tc"), r"a\nb\tc");
        assert_eq!(visible("\u{202e}\u{2066}"), r"\u{202e}\u{2066}");
        assert_eq!(
            visible("\u{200b}\u{feff}\u{61c}\u{3164}"),
            r"\u{200b}\u{feff}\u{61c}\u{3164}"
        );
        assert_eq!(visible("\u{e0041}\u{ad}"), r"\u{e0041}\u{ad}");
        assert_eq!(visible("Zoë 😀 日本"), "Zoë 😀 日本");
    }

    #[test]
    fn a_long_piece_is_cut() {
        assert_eq!(piece("req_1"), "req_1");
        assert_eq!(piece(&"é".repeat(81)), format!("{}…", "é".repeat(80)));
    }

    #[test]
    fn thousands_are_set_apart() {
        for (number, text) in [
            (0, "0"),
            (999, "999"),
            (1000, "1,000"),
            (1234567, "1,234,567"),
        ] {
            assert_eq!(thousands(number), text);
        }
        assert_eq!(
            (count(1, "lead"), count(2, "lead")),
            ("1 lead".into(), "2 leads".into())
        );
    }
}
