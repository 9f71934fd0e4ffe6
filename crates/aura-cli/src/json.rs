//! JSON text, its white space and its escapes changed and nothing else.

use std::fmt::Write;

use crate::text::is_control;

/// The text without white space between its tokens. In strings, what a terminal might act on is
/// escaped, which means the same.
pub fn compact(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    let mut tokens = Tokens::default();
    for c in json.chars() {
        match tokens.is_text(c) {
            true if is_control(c) => escape(c, &mut text),
            true => text.push(c),
            false if c.is_ascii_whitespace() => {}
            false => text.push(c),
        }
    }
    text
}

/// Compact JSON over several lines, as at this depth of a larger text.
pub fn pretty(json: &str, mut depth: usize) -> String {
    let mut text = String::with_capacity(json.len() * 2);
    let mut tokens = Tokens::default();
    let mut before = ' ';
    for c in json.chars() {
        if tokens.is_text(c) {
            open(&mut text, before, depth);
            text.push(c);
        } else {
            match c {
                '}' | ']' => {
                    depth -= 1;
                    if !matches!(before, '{' | '[') {
                        new_line(&mut text, depth);
                    }
                    text.push(c);
                }
                ':' => text.push_str(": "),
                ',' => {
                    text.push(c);
                    new_line(&mut text, depth);
                }
                _ => {
                    open(&mut text, before, depth);
                    text.push(c);
                }
            }
            if matches!(c, '{' | '[') {
                depth += 1;
            }
        }
        before = if tokens.is_text { ' ' } else { c };
    }
    text
}

/// Begins the line of an object's or array's first element.
fn open(text: &mut String, before: char, depth: usize) {
    if matches!(before, '{' | '[') {
        new_line(text, depth);
    }
}

fn new_line(text: &mut String, depth: usize) {
    text.push('\n');
    text.extend(std::iter::repeat_n("  ", depth));
}

fn escape(c: char, text: &mut String) {
    for unit in c.encode_utf16(&mut [0; 2]) {
        // A String takes all that is written.
        write!(text, "\\u{unit:04x}").ok();
    }
}

/// Tells what stands in strings from what stands between them.
#[derive(Default)]
pub struct Tokens {
    is_text: bool,
    escaped: bool,
}

impl Tokens {
    /// Whether a string has begun and not ended.
    pub fn is_in_text(&self) -> bool {
        self.is_text
    }

    /// Whether the next character belongs to a string, its quotes included.
    pub fn is_text(&mut self, c: char) -> bool {
        if !self.is_text {
            self.is_text = c == '"';
            return self.is_text;
        }
        match c {
            _ if self.escaped => self.escaped = false,
            '\\' => self.escaped = true,
            '"' => self.is_text = false,
            _ => {}
        }
        true
    }
}

/// A text as JSON.
pub fn quoted(text: &str) -> String {
    compact(&serde_json::Value::from(text).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_goes_and_all_else_stays() {
        let json = "{ \"b\" : [ 1.0e5 , 12345678901234567890123 ],\n\t\"a\" : \"x  \\\" { y\" }";
        assert_eq!(
            compact(json),
            r#"{"b":[1.0e5,12345678901234567890123],"a":"x  \" { y"}"#
        );
    }

    #[test]
    fn what_a_terminal_might_act_on_is_escaped_and_means_the_same() {
        let json = "{\"a\u{9b}\":\"\u{7f}\u{202e}\u{e0041}é😀\"}";
        let shown = compact(json);

        assert_eq!(shown, "{\"a\\u009b\":\"\\u007f\\u202e\\udb40\\udc41é😀\"}");
        let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect("JSON");
        assert_eq!(value(&shown), value(json));
    }

    #[test]
    fn pretty_is_what_serde_json_calls_pretty() {
        for json in [
            r#"{"a":[1,{"b":[]}],"c":{},"d":"x,:{}[]\"","e":null}"#,
            "[]",
            "[[1],[2,3]]",
            r#""x""#,
        ] {
            let value: serde_json::Value = serde_json::from_str(json).expect("JSON");
            let expected = serde_json::to_string_pretty(&value).expect("JSON");
            assert_eq!(pretty(json, 0), expected);
        }
    }
}
