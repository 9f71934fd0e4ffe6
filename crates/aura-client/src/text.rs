//! Foreign text, made fit for a log line.

/// Escapes what could forge or garble a log line, and cuts what is longer than `max` characters.
pub(crate) fn shown(text: &str, max: usize) -> String {
    cut(text.chars().flat_map(char::escape_debug), max)
}

/// The API's code if it looks like one. A body can hold anything in its place, even a name.
pub(crate) fn as_code(text: &str) -> Option<&str> {
    let is_plain = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    let fits = (1..=64).contains(&text.len()) && text.chars().all(is_plain);
    fits.then_some(text)
}

/// A request ID if it looks like one.
pub(crate) fn as_request_id(text: &str) -> Option<&str> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_.:-".contains(c);
    let fits = (1..=128).contains(&text.len()) && text.chars().all(is_plain);
    fits.then_some(text)
}

/// The first `max` characters, the last of them `…` if that is not all.
pub(crate) fn cut(text: impl Iterator<Item = char>, max: usize) -> String {
    let mut text = text.peekable();
    let mut kept: String = text.by_ref().take(max).collect();
    if text.peek().is_some() {
        kept.pop();
        kept.push('…');
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_breaks_control_and_bidirectional_characters_are_escaped() {
        assert_eq!(shown("a\nb\u{1b}\u{202e}é", 100), r"a\nb\u{1b}\u{202e}é");
    }

    #[test]
    fn shows_only_what_looks_like_a_code_or_a_request_id() {
        assert_eq!(as_code("NOT_FOUND"), Some("NOT_FOUND"));
        for other in [
            "",
            "not found",
            "Ada",
            "ADA@EXAMPLE.COM",
            "É",
            &"A".repeat(65),
        ] {
            assert_eq!(as_code(other), None, "{other}");
        }
        assert_eq!(as_request_id("req_1.a:B-2"), Some("req_1.a:B-2"));
        for other in ["", "ada@example.com", "a b", "a\n", "é", &"a".repeat(129)] {
            assert_eq!(as_request_id(other), None, "{other}");
        }
    }

    #[test]
    fn long_text_is_cut_to_the_limit() {
        assert_eq!(shown("abcd", 4), "abcd");
        assert_eq!(shown("abcde", 4), "abc…");
        assert_eq!(shown("\n\n", 3), r"\n…");
    }
}
