//! Foreign text, made fit for a log line.

/// Escapes what could forge or garble a log line, and cuts what is longer than `max` characters.
pub(crate) fn shown(text: &str, max: usize) -> String {
    cut(text.chars().flat_map(char::escape_debug), max)
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
    fn long_text_is_cut_to_the_limit() {
        assert_eq!(shown("abcd", 4), "abcd");
        assert_eq!(shown("abcde", 4), "abc…");
        assert_eq!(shown("\n\n", 3), r"\n…");
    }
}
