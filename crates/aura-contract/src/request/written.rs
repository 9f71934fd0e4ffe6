//! Writing a value as the contract serializes it.

use openapi_document::parameter::Style;
use serde_json::Value;

use super::nested;
use super::percent::encode;
use crate::parameter::{Joint, Location, joint};

/// A value as it is written, percent-encoded.
pub(crate) enum Written {
    /// One text, which the parameter's name goes with.
    Text(String),
    /// Pairs with names of their own.
    Pairs(Vec<(String, String)>),
}

/// What stands for a value: its texts are taken as they are, all else as JSON.
pub(crate) fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// Whether nothing is written for a value: null, and lists and objects without a part.
pub(crate) fn is_absent(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.values().all(Value::is_null),
        _ => false,
    }
}

impl Written {
    /// # Errors
    ///
    /// Why a value can't be written so that it can be read again.
    pub(crate) fn new(
        name: &str,
        value: &Value,
        style: Style,
        location: Location,
    ) -> Result<Written, &'static str> {
        let one = |value: &Value| encode(location, &text(value));
        if style == Style::Json {
            return Ok(Written::Text(encode(location, &value.to_string())));
        }
        let mut pairs = match (value, joint(style)) {
            (Value::Array(_) | Value::Object(_), Some(joint)) => {
                return joint.write(value, location).map(Written::Text);
            }
            (Value::Array(_) | Value::Object(_), None) => Vec::new(),
            _ => return Ok(Written::Text(one(value))),
        };
        match value {
            _ if style == Style::DeepObject => nested::write(name, value, &mut pairs)?,
            Value::Array(_) => repeat(name, value, &mut pairs),
            Value::Object(members) => {
                members
                    .iter()
                    .for_each(|(name, member)| repeat(name, member, &mut pairs));
            }
            _ => {}
        }
        let encoded = pairs
            .iter()
            .map(|(name, text)| (encode(location, name), encode(location, text)));
        Ok(Written::Pairs(encoded.collect()))
    }

    /// The pairs that stand in a query, a form, a cookie or a matrix parameter.
    pub(crate) fn into_pairs(self, name: &str, location: Location) -> Vec<(String, String)> {
        match self {
            Written::Text(text) => vec![(encode(location, name), text)],
            Written::Pairs(pairs) => pairs,
        }
    }

    /// What stands in a path.
    pub(super) fn in_path(self, name: &str, style: Style) -> String {
        let matrix = |(name, text): (String, String)| match text.as_str() {
            "" => format!(";{name}"),
            text => format!(";{name}={text}"),
        };
        match self {
            written if matches!(style, Style::Matrix { .. }) => {
                let pairs = written.into_pairs(name, Location::Path).into_iter();
                pairs.map(matrix).collect()
            }
            Written::Text(text) if matches!(style, Style::Label { .. }) => format!(".{text}"),
            Written::Text(text) => text,
            Written::Pairs(_) => String::new(),
        }
    }
}

/// A pair for a value, or one for each item of a list.
fn repeat(name: &str, value: &Value, pairs: &mut Vec<(String, String)>) {
    match value {
        Value::Null => {}
        Value::Array(items) => {
            pairs.extend(items.iter().map(|item| (name.to_owned(), text(item))));
        }
        one => pairs.push((name.to_owned(), text(one))),
    }
}

impl Joint {
    /// A list or an object as one text.
    fn write(self, value: &Value, location: Location) -> Result<String, &'static str> {
        let parts: Vec<String> = match value {
            Value::Array(items) => {
                let items = items.iter().map(|item| self.part(&text(item), location));
                items.collect::<Result<_, _>>()?
            }
            Value::Object(members) => {
                let members = members.iter().filter(|(_, member)| !member.is_null());
                let members = members.map(|(name, member)| {
                    if self.pairs && location == Location::Header && name.contains('=') {
                        return Err("a name in it has a `=`");
                    }
                    let [name, member] = [name.as_str(), &text(member)];
                    let [name, member] = [self.part(name, location)?, self.part(member, location)?];
                    let between = if self.pairs { '=' } else { self.separator };
                    Ok(format!("{name}{}{member}", delimiter(between)))
                });
                members.collect::<Result<_, _>>()?
            }
            _ => Vec::new(),
        };
        Ok(parts.join(&delimiter(self.separator)))
    }

    fn part(self, text: &str, location: Location) -> Result<String, &'static str> {
        match self.separator {
            ' ' if text.contains(' ') => Err("a value in it has a space, which separates values"),
            '|' if text.contains('|') => Err("a value in it has a `|`, which separates values"),
            _ if location == Location::Header && (text.contains(',') || text.trim() != text) => {
                Err("a value in it has a comma, which separates values, or space around it")
            }
            // Unreserved, so it stays as it is elsewhere.
            '.' => Ok(encode(location, text).replace('.', "%2E")),
            _ => Ok(encode(location, text)),
        }
    }
}

/// A delimiter as it stands in a URL or a header.
fn delimiter(separator: char) -> String {
    match separator {
        ' ' => "%20".to_owned(),
        '|' => "%7C".to_owned(),
        other => other.to_string(),
    }
}
