//! JSON in the service's own text.

use std::borrow::Cow;
use std::fmt::Write;

use super::fields::Found;
use crate::node::Node;
use crate::text::is_control;

/// A lead as one line: all of it, or the fields that were asked for, nested as they came.
pub fn line(lead: Node, fields: Option<&[Option<Found>]>) -> String {
    let Some(fields) = fields else {
        return compact(lead.raw());
    };
    let mut tree = Tree::Branch(Vec::new());
    for found in fields.iter().flatten() {
        tree.insert(&found.keys, found.node);
    }
    let mut text = String::new();
    tree.write(&mut text);
    text
}

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
    // None of them lies beyond the first 65,536 characters. A String takes all that is written.
    write!(text, "\\u{:04x}", u32::from(c)).ok();
}

/// Tells what stands in strings from what stands between them.
#[derive(Default)]
struct Tokens {
    is_text: bool,
    escaped: bool,
}

impl Tokens {
    /// Whether the next character belongs to a string, its quotes included.
    fn is_text(&mut self, c: char) -> bool {
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

/// An object made of some of a lead's fields.
enum Tree<'a> {
    Leaf(Node<'a>),
    Branch(Vec<(Cow<'a, str>, Tree<'a>)>),
}

impl<'a> Tree<'a> {
    /// Puts a value where its keys say. What is there as a whole has it already.
    fn insert(&mut self, keys: &[Cow<'a, str>], node: Node<'a>) {
        let Self::Branch(members) = self else {
            return;
        };
        let Some((key, rest)) = keys.split_first() else {
            *self = Self::Leaf(node);
            return;
        };
        if let Some((_, member)) = members.iter_mut().find(|(known, _)| known == key) {
            return member.insert(rest, node);
        }
        let mut member = Self::Branch(Vec::new());
        member.insert(rest, node);
        members.push((key.clone(), member));
    }

    fn write(&self, text: &mut String) {
        let members = match self {
            Self::Leaf(node) => return text.push_str(&compact(node.raw())),
            Self::Branch(members) => members,
        };
        text.push('{');
        for (at, (key, member)) in members.iter().enumerate() {
            if at > 0 {
                text.push(',');
            }
            text.push_str(&quoted(key));
            text.push(':');
            member.write(text);
        }
        text.push('}');
    }
}

/// A text as JSON.
pub fn quoted(text: &str) -> String {
    compact(&serde_json::Value::from(text).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::Fields;

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
        let json = "{\"a\u{9b}\":\"\u{7f}\u{202e}é😀\"}";
        let shown = compact(json);

        assert_eq!(shown, "{\"a\\u009b\":\"\\u007f\\u202eé😀\"}");
        let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).expect("JSON");
        assert_eq!(value(&shown), value(json));
    }

    #[test]
    fn fields_keep_their_nesting_and_the_order_that_was_asked_for() {
        let lead = Node::of(r#"{"id":1,"metadata":{"b":{"c":2},"a":"x"},"email":null}"#);
        let line = |fields: &str| {
            let mut fields = Fields::parse(fields).expect("fields");
            super::line(lead, Some(&fields.of(lead)))
        };

        assert_eq!(
            line("metadata.a,email,metadata.b.c,nothing"),
            r#"{"metadata":{"a":"x","b":{"c":2}},"email":null}"#
        );
        assert_eq!(
            line("metadata.a,metadata"),
            r#"{"metadata":{"a":"x","b":{"c":2}}}"#
                .replace(r#""a":"x","b":{"c":2}"#, r#""b":{"c":2},"a":"x""#)
        );
        assert_eq!(
            line("metadata,metadata.a"),
            r#"{"metadata":{"b":{"c":2},"a":"x"}}"#
        );
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
