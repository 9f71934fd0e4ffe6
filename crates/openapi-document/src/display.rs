//! A contract's text where people read it: nothing in it is hidden, and a line stays a line.

/// Whether a character would not be seen, but do something: control characters other than a line's
/// end, and those that turn the direction of what is shown.
pub fn is_invisible(c: char) -> bool {
    let turns =
        matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    turns || (c.is_control() && c != '\n')
}

/// The text with its invisible characters written out, as `\u{1b}`.
pub fn visible(text: impl Into<String>) -> String {
    let text = text.into();
    if !text.contains(is_invisible) {
        return text;
    }
    let mut written = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match is_invisible(c) {
            true => written.extend(c.escape_unicode()),
            false => written.push(c),
        }
    }
    written
}

/// The same in one line.
pub fn one_line(text: impl Into<String>) -> String {
    let text = text.into();
    match text.contains(['\n', '\r', '\t']) {
        true => visible(text.split_whitespace().collect::<Vec<_>>().join(" ")),
        false => visible(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_hidden() {
        assert_eq!(
            visible("a\u{1b}[31m\n\u{202e}b"),
            "a\\u{1b}[31m\n\\u{202e}b"
        );
        assert_eq!(one_line(" a  b"), " a  b");
        assert_eq!(one_line("a\r\n  # b\0"), "a # b\\u{0}");
    }
}
