//! A JSON text as a tree of values with their places, and its errors in JSON's words.

use std::ops::Range;
use std::rc::Rc;

use crate::tree::{Entry, MAX_DEPTH, Node, NodeKind, SyntaxError};

/// Whether a text is JSON by how it starts: YAML's own style never starts with an object whose
/// keys are in double quotes.
#[cfg(feature = "yaml")]
pub fn is_json(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let inside = text.strip_prefix('{').map(str::trim_start);
    inside.is_some_and(|inside| inside.is_empty() || inside.starts_with(['"', '}', ',', '/']))
}

/// Reads a text that holds one JSON value.
pub fn read(text: &str) -> Result<Rc<Node>, SyntaxError> {
    let mut reader = Reader { text, at: 0 };
    reader.take('\u{feff}');
    reader.space();
    let root = reader.value(0)?;
    reader.space();
    match reader.peek() {
        None => Ok(root),
        Some(closing @ ('}' | ']')) => reader.slip(
            format!("this `{closing}` closes nothing"),
            "remove it, or add what it is meant to close",
        ),
        Some(_) => reader.slip(
            "the document ends before this",
            "remove what follows the last `}`, or the `}` that is one too many",
        ),
    }
}

type Read<T> = Result<T, SyntaxError>;

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl Reader<'_> {
    fn value(&mut self, depth: usize) -> Read<Rc<Node>> {
        if depth > MAX_DEPTH {
            return Err(SyntaxError::too_deep(self.at));
        }
        let start = self.at;
        let kind = match self.peek() {
            Some('{') => NodeKind::Mapping(self.list('{', '}', |reader| reader.entry(depth))?),
            Some('[') => NodeKind::Sequence(self.list('[', ']', |reader| reader.value(depth + 1))?),
            Some('"') => NodeKind::Scalar {
                text: self.string()?,
                plain: false,
            },
            _ => NodeKind::Scalar {
                text: self.word()?,
                plain: true,
            },
        };
        Ok(Rc::new(Node::new(start..self.at, kind)))
    }

    /// What stands between two brackets, with commas in between.
    fn list<T>(
        &mut self,
        open: char,
        close: char,
        mut one: impl FnMut(&mut Self) -> Read<T>,
    ) -> Read<Vec<T>> {
        let start = self.at;
        self.take(open);
        let mut found = Vec::new();
        let mut comma = None;
        loop {
            self.space();
            if self.peek() == Some(close) {
                if let Some(at) = comma {
                    self.at = at;
                    return self.slip(
                        format!("a comma stands before the `{close}`"),
                        "remove it: in JSON, commas stand between values only",
                    );
                }
                self.take(close);
                return Ok(found);
            }
            if self.peek().is_none() {
                self.at = start;
                return self.slip(
                    format!("the `{open}` that opens here is not closed"),
                    if open == '{' {
                        "add a `}`"
                    } else {
                        "add a `]`"
                    },
                );
            }
            if !found.is_empty() && comma.is_none() {
                return self.no_comma(start, open);
            }
            found.push(one(self)?);
            self.space();
            let at = self.at;
            comma = self.take(',').then_some(at);
        }
    }

    /// What stands where a comma or the end of a list should.
    fn no_comma<T>(&mut self, start: usize, open: char) -> Read<T> {
        match self.peek() {
            Some('}' | ']') => {
                let line = self.text[..start].matches('\n').count() + 1;
                self.slip(
                    format!("this closes another bracket than the `{open}` of line {line}"),
                    "close each bracket with its own kind, the innermost first",
                )
            }
            Some('/' | '#') => self.comment(),
            Some(':') => self.slip(
                "a `:` stands behind a value",
                "write `\"key\": value`, and a comma before the next key",
            ),
            _ => {
                let before = self.text[..self.at].trim_end().len();
                let line = before - self.text[..before].rfind('\n').map_or(0, |at| at + 1);
                // Shown at the end of what it belongs behind.
                let shown = self.text[..before]
                    .chars()
                    .next_back()
                    .map_or(0, char::len_utf8);
                self.at = before - shown.min(line);
                self.slip(
                    "a comma is missing behind this",
                    "put a `,` between this value and the next",
                )
            }
        }
    }

    fn entry(&mut self, depth: usize) -> Read<Entry> {
        let start = self.at;
        let text = match self.peek() {
            Some('"') => self.string()?,
            Some(',') => {
                return self.slip("a comma stands without a value before it", "remove it");
            }
            Some('/' | '#') => return self.comment(),
            Some(']') => {
                return self.slip("this `]` closes a `{`", "write `}`, or remove it");
            }
            _ => {
                return self.slip(
                    "a key of JSON stands in double quotes",
                    "write `\"key\": value`",
                );
            }
        };
        let key = Rc::new(Node::new(
            start..self.at,
            NodeKind::Scalar { text, plain: false },
        ));
        self.space();
        if !self.take(':') {
            self.at = start;
            return self.slip_until(
                key.span.end,
                "no `:` follows this key",
                "write `\"key\": value`",
            );
        }
        self.space();
        let value = self.value(depth + 1)?;
        Ok(Entry { key, value })
    }

    fn string(&mut self) -> Read<String> {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let mut has_escapes = false;
        self.at += 1;
        loop {
            match bytes.get(self.at) {
                Some(b'"') => break,
                Some(b'\\') => {
                    has_escapes = true;
                    self.at += 2;
                }
                None | Some(b'\n' | b'\r') => {
                    self.at = start;
                    return self.slip(
                        "the quote that opens here is not closed on its line",
                        "close it; a line break inside a text is written `\\n`",
                    );
                }
                Some(control @ ..0x20) => {
                    let message = format!("the control character U+{control:04X} stands in a text");
                    let help = format!("write it as `\\u{control:04x}`, or remove it");
                    return self.slip_until(self.at + 1, message, help);
                }
                Some(_) => self.at += 1,
            }
        }
        let inside = start + 1..self.at;
        self.at += 1;
        if !has_escapes {
            return Ok(self.text[inside].to_string());
        }
        unescape(self.text, inside)
    }

    /// A value without quotes.
    fn word(&mut self) -> Read<String> {
        let rest = &self.text[self.at..];
        let is_end = |c: char| c.is_whitespace() || ",:]}[{\"".contains(c);
        let word = &rest[..rest.find(is_end).unwrap_or(rest.len())];
        let end = self.at + word.len();
        if is_number(word) || matches!(word, "true" | "false" | "null") {
            self.at = end;
            return Ok(word.to_string());
        }
        let (message, help) = match (word.chars().next(), self.peek()) {
            (None, None) => ("a value is missing at the end".into(), "add it"),
            (None, Some(_)) => ("a value is missing before this".into(), "add it"),
            (Some('/' | '#'), _) => return self.comment(),
            (Some('\'' | '‘' | '“'), _) => (
                "a text of JSON stands in double quotes".into(),
                "write `\"` around it",
            ),
            (Some('0'..='9' | '-' | '+' | '.'), _) => (
                format!("`{word}` is not a number in JSON"),
                "write digits, with no `+` and no zero before them, and digits on both sides of a dot",
            ),
            _ => (
                format!("`{word}` is not a value of JSON"),
                "write `true`, `false` or `null` in small letters; put text in double quotes",
            ),
        };
        self.slip_until(end, message, help)
    }

    fn comment<T>(&self) -> Read<T> {
        self.slip(
            "JSON has no comments",
            "remove it, or write the contract as YAML",
        )
    }

    fn space(&mut self) {
        let rest = &self.text.as_bytes()[self.at..];
        let is_space = |byte: &&u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
        self.at += rest.iter().take_while(is_space).count();
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn take(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        if found {
            self.at += wanted.len_utf8();
        }
        found
    }

    /// A slip at the next character.
    fn slip<T>(&self, message: impl Into<String>, help: &'static str) -> Read<T> {
        let end = self.at + self.peek().map_or(0, char::len_utf8);
        self.slip_until(end, message, help)
    }

    fn slip_until<T>(
        &self,
        end: usize,
        message: impl Into<String>,
        help: impl Into<std::borrow::Cow<'static, str>>,
    ) -> Read<T> {
        Err(SyntaxError {
            at: self.at,
            end: Some(end),
            message: message.into(),
            help: help.into(),
        })
    }
}

/// Whether this is a number by JSON's grammar.
fn is_number(word: &str) -> bool {
    let unsigned = word.strip_prefix('-').unwrap_or(word);
    let (number, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((number, exponent)) => (number, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = match number.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (number, None),
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_padded = whole.len() > 1 && whole.starts_with('0');
    let unsigned_exponent = |text: &str| digits(text.strip_prefix(['+', '-']).unwrap_or(text));
    digits(whole)
        && !is_padded
        && fraction.is_none_or(digits)
        && exponent.is_none_or(unsigned_exponent)
}

/// The text of a string with escapes, which stands here without its quotes.
fn unescape(text: &str, inside: Range<usize>) -> Read<String> {
    let mut result = String::with_capacity(inside.len());
    let mut at = inside.start;
    let slip = |at: usize, end: usize, message: String, help: &'static str| {
        Err(SyntaxError {
            at,
            end: Some(end),
            message,
            help: help.into(),
        })
    };
    while let Some(escape) = text[at..inside.end].find('\\').map(|found| at + found) {
        result += &text[at..escape];
        let code = text[escape + 1..].chars().next().unwrap_or_default();
        at = escape + 1 + code.len_utf8();
        result.push(match code {
            '"' | '\\' | '/' => code,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => match unicode(&text[escape..inside.end]) {
                Some((character, length)) => {
                    at = escape + length;
                    character
                }
                None => {
                    let end = (escape + 6).min(inside.end);
                    let end = (end..=inside.end).find(|end| text.is_char_boundary(*end));
                    return slip(
                        escape,
                        end.unwrap_or(inside.end),
                        "this escape is not a character".into(),
                        "write `\\u` and four hexadecimal digits; a character beyond U+FFFF takes two such escapes, or write the character itself",
                    );
                }
            },
            _ => {
                return slip(
                    escape,
                    at,
                    format!("`\\{code}` is not an escape of JSON"),
                    "write `\\\\` for a backslash",
                );
            }
        });
    }
    result += &text[at..inside.end];
    Ok(result)
}

/// The character of the `\uXXXX`, or the two of them, that a text starts with, and how many bytes
/// they take.
fn unicode(text: &str) -> Option<(char, usize)> {
    let unit = |text: &str| {
        let digits = text.strip_prefix("\\u")?.get(..4)?;
        let is_hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        is_hex.then(|| u16::from_str_radix(digits, 16).ok())?
    };
    let first = unit(text)?;
    let second = text.get(6..).and_then(unit);
    let units = [first, second.unwrap_or_default()];
    let character = char::decode_utf16(units).next()?.ok()?;
    Some((character, 6 * character.len_utf16()))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn slip(text: &str) -> (String, &str) {
        let error = read(text).unwrap_err();
        let end = error.end.unwrap_or(text.len());
        (error.message, &text[error.at..end])
    }

    #[test]
    fn reads_what_json_allows_and_yaml_does_not() {
        let text = "{\n\t\"a\": \"\\ud83d\\ude00 \\\"\\/\\u00e9\",\n\t\"<<\": {\"~\": 1.10},\n\t\"200\":[-0.5e+1,true,null,\"\u{7f}\"]}\n";
        let node = read(text).unwrap();
        assert_eq!(
            node.value(),
            json!({ "a": "😀 \"/é", "<<": { "~": 1.1 }, "200": [-5.0, true, null, "\u{7f}"] })
        );
        let found = node.nearest(&["200".into(), "1".into()]);
        assert_eq!(&text[found.value], "true");
        let found = node.nearest(&["<<".into()]);
        assert_eq!(found.key.map(|key| &text[key]), Some("\"<<\""));
    }

    #[test]
    fn agrees_with_serde_json_about_any_text() {
        for text in [
            "{}",
            "[]",
            "1",
            "01",
            "1.",
            ".5",
            "-",
            "1e5",
            "1e",
            "1E-2",
            "+1",
            "0x1",
            "NaN",
            "\"\\ud83d\"",
            "\"\\ude00\"",
            "\"\\ud83d\\u0041\"",
            "\"\\u00\"",
            "\"\\x\"",
            "\"\\\"",
            "\"\t\"",
            "\"a",
            "[1,]",
            "[,1]",
            "[1 2]",
            "[1}",
            "{\"a\":1,}",
            "{\"a\"}",
            "{\"a\":}",
            "{a:1}",
            "{\"a\":1 \"b\":2}",
            "{\"a\":1}}",
            "{\"a\":1} {}",
            "[1 /* one */]",
            "tru",
            "\u{a0}1",
            "",
            "[\"é\", \"\\u00e9\\n\"]",
        ] {
            let value = read(text).ok().map(|node| node.value());
            assert_eq!(value, serde_json::from_str::<Value>(text).ok(), "{text}");
        }
    }

    #[test]
    fn a_slip_is_told_where_it_is() {
        let cases = [
            ("{\n\"a\": 1,\n}", "a comma stands before the `}`", ","),
            (
                "{\"a\": 1\n\"b\": 2}",
                "a comma is missing behind this",
                "1",
            ),
            ("{\"a\" 1}", "no `:` follows this key", "\"a\""),
            (
                "{\"a\": 'b'}",
                "a text of JSON stands in double quotes",
                "'b'",
            ),
            (
                "{\"a\": \"b\n}",
                "the quote that opens here is not closed on its line",
                "\"",
            ),
            (
                "{\"a\": [1, 2}",
                "this closes another bracket than the `[` of line 1",
                "}",
            ),
            ("{\"a\": {\n", "the `{` that opens here is not closed", "{"),
            ("{\"a\": 1} // b", "the document ends before this", "/"),
            ("{ // b\n}", "JSON has no comments", "/"),
            ("{\"a\": True}", "`True` is not a value of JSON", "True"),
            ("{\"a\": 007}", "`007` is not a number in JSON", "007"),
            ("{\"a\": \"\\d\"}", "`\\d` is not an escape of JSON", "\\d"),
            (
                "{\"a\": \"\\ud83d\"}",
                "this escape is not a character",
                "\\ud83d",
            ),
        ];
        for (text, message, shown) in cases {
            assert_eq!(slip(text), (message.to_string(), shown), "{text}");
        }
        let deep = "[".repeat(100_000);
        assert!(read(&deep).unwrap_err().message.contains("levels deep"));
    }
}
