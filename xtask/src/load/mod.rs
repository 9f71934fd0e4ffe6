//! Phase 1, load: the text becomes values with positions, or a diagnostic.

mod pointer;
mod positions;
mod refused;
mod source;

use std::ops::Range;

use serde_json::{Map, Value};

pub use pointer::Pointer;
pub use positions::{Entry, Found, Node, NodeKind};
pub use source::{LineColumn, Source};

use crate::diagnostics::Diagnostic;

/// The contract as read: its values, and where in the text each of them stands.
#[derive(Debug)]
pub struct Contract {
    /// The document's values, in the text's order.
    pub document: Value,
    source: Source,
    positions: Node,
}

impl Contract {
    /// Reads a contract. Nothing is checked yet but that it is one plain YAML document.
    pub fn load(text: &str) -> Result<Contract, Vec<Diagnostic>> {
        if let Some(refused) = refused::character(text) {
            return Err(vec![refused]);
        }
        let source = Source::new(text);
        let positions = Node::parse(text).map_err(|error| {
            vec![
                Diagnostic::error("yaml::syntax", error.message)
                    .at(source.first_line(error.at..text.len().max(error.at)))
                    .help(error.help),
            ]
        })?;
        let mut refused = refused::values(&positions);
        if !refused.is_empty() {
            for found in &mut refused {
                found.span = found.span.take().map(|span| source.first_line(span));
            }
            return Err(refused);
        }
        let document = values(text).map_err(|(at, message)| {
            let at = at.map_or(0, |at| source.offset(at));
            vec![
                Diagnostic::error("yaml::syntax", format!("not YAML: {message}"))
                    .at(source.first_line(at..text.len()))
                    .help(positions::MEND),
            ]
        })?;
        Ok(Contract {
            document,
            source,
            positions,
        })
    }

    /// The contract's text.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// The value at `pointer`.
    pub fn get(&self, pointer: &Pointer) -> Option<&Value> {
        get(&self.document, pointer)
    }

    /// The first line of the value at `pointer`, as it is written: `1.10` is no longer that as a
    /// number.
    pub fn written(&self, pointer: &Pointer) -> &str {
        &self.source.text()[self.value_span(pointer)]
    }

    /// Where the value at `pointer` stands: its first line.
    pub fn value_span(&self, pointer: &Pointer) -> Range<usize> {
        self.source
            .first_line(self.positions.nearest(pointer).value)
    }

    /// Where the key of the value at `pointer` stands; an element of a list has none, so its
    /// value's first line.
    pub fn key_span(&self, pointer: &Pointer) -> Range<usize> {
        let found = self.positions.nearest(pointer);
        self.source.first_line(found.key.unwrap_or(found.value))
    }
}

/// The value at `pointer` in `document`.
pub fn get<'v>(document: &'v Value, pointer: &Pointer) -> Option<&'v Value> {
    pointer
        .parts()
        .iter()
        .try_fold(document, |value, part| match value {
            Value::Object(map) => map.get(part),
            Value::Array(items) => items.get(part.parse::<usize>().ok()?),
            _ => None,
        })
}

/// The values of a text, with `<<` merged and keys as text.
fn values(text: &str) -> Result<Value, (Option<LineColumn>, String)> {
    let located = |error: serde_yaml::Error| {
        let at = error.location().map(|at| LineColumn {
            line: at.line(),
            column: at.column(),
        });
        (at, error.to_string())
    };
    // serde_yaml takes a key after a byte order mark for a second document.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut yaml: serde_yaml::Value = serde_yaml::from_str(text).map_err(located)?;
    yaml.apply_merge().map_err(located)?;
    json(yaml).map_err(|message| (None, message))
}

fn json(yaml: serde_yaml::Value) -> Result<Value, String> {
    use serde_yaml::Value as Yaml;
    Ok(match yaml {
        Yaml::Null => Value::Null,
        Yaml::Bool(value) => value.into(),
        Yaml::String(value) => value.into(),
        Yaml::Number(number) if number.as_f64().is_some_and(|n| !n.is_finite()) => {
            return Err(format!("{number} is no number that JSON has"));
        }
        Yaml::Number(number) => serde_json::to_value(&number).map_err(|error| error.to_string())?,
        Yaml::Sequence(items) => items.into_iter().map(json).collect::<Result<_, _>>()?,
        Yaml::Mapping(entries) => Value::Object(
            entries
                .into_iter()
                .map(|(key, value)| Ok((key_text(key)?, json(value)?)))
                .collect::<Result<Map<_, _>, String>>()?,
        ),
        Yaml::Tagged(tagged) => json(tagged.value)?,
    })
}

/// `200:` is the number 200 to YAML and the text "200" to OpenAPI.
fn key_text(key: serde_yaml::Value) -> Result<String, String> {
    use serde_yaml::Value as Yaml;
    match key {
        Yaml::String(text) => Ok(text),
        Yaml::Number(number) => Ok(number.to_string()),
        Yaml::Bool(value) => Ok(value.to_string()),
        Yaml::Null => Ok("null".into()),
        _ => Err("a key must be plain text".into()),
    }
}
