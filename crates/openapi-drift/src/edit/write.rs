//! Values as the text around them is written: YAML in blocks, YAML in braces, or JSON.

use openapi_document::tree::Node;
use serde_json::Value;

use super::place::is_flow;

/// How a part of a text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// YAML, an entry a line.
    Block,
    /// YAML in braces and brackets.
    Flow,
    /// JSON.
    Json,
}

impl Style {
    /// The style of a mapping or sequence.
    pub fn of(text: &str, node: &Node) -> Style {
        match (text.trim_start().starts_with('{'), is_flow(text, node)) {
            (true, _) => Style::Json,
            (false, true) => Style::Flow,
            (false, false) => Style::Block,
        }
    }

    /// Whether entries stand in one line.
    pub fn is_flow(self) -> bool {
        self != Style::Block
    }

    /// An entry; `indent` is the column of its key.
    pub fn entry(self, key: &str, value: &Value, indent: usize) -> String {
        let key = self.text(key);
        match value {
            Value::Object(object) if self == Style::Block && !object.is_empty() => {
                let inner = indent + 2;
                format!("{key}:\n{}{}", " ".repeat(inner), self.value(value, inner))
            }
            Value::Array(list) if self == Style::Block && !list.is_empty() => {
                let items = list.iter().map(|item| {
                    let item = self.value(item, indent + 4);
                    format!("\n{}- {item}", " ".repeat(indent + 2))
                });
                format!("{key}:{}", items.collect::<String>())
            }
            value => format!("{key}: {}", self.value(value, indent)),
        }
    }

    /// A value; `indent` is the column of a block's entries.
    pub fn value(self, value: &Value, indent: usize) -> String {
        match value {
            Value::Object(object) if self == Style::Block && !object.is_empty() => {
                let entries = object
                    .iter()
                    .map(|(key, value)| self.entry(key, value, indent));
                let line = format!("\n{}", " ".repeat(indent));
                entries.collect::<Vec<_>>().join(&line)
            }
            Value::Object(object) => {
                let entries = object
                    .iter()
                    .map(|(key, value)| self.entry(key, value, indent));
                format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
            }
            Value::Array(list) => {
                let items = list.iter().map(|item| self.inline().value(item, indent));
                format!("[{}]", items.collect::<Vec<_>>().join(", "))
            }
            Value::String(text) => self.text(text),
            scalar => scalar.to_string(),
        }
    }

    fn inline(self) -> Style {
        match self {
            Style::Block | Style::Flow => Style::Flow,
            Style::Json => Style::Json,
        }
    }

    /// A text, plain if YAML reads it as the same text then.
    fn text(self, text: &str) -> String {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "$_-./;' ".contains(c);
        let is_word = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
            .iter()
            .any(|word| text.eq_ignore_ascii_case(word));
        let is_safe = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '$')
            && text.chars().all(is_plain)
            && !text.ends_with(' ')
            && !is_word;
        match is_safe && self != Style::Json {
            true => text.to_string(),
            false => Value::from(text).to_string(),
        }
    }
}
