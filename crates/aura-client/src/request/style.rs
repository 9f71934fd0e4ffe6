//! Styles: how lists and objects are written as text (OpenAPI's `style` and `explode`).
//!
//! What a style puts between values is percent-encoded within them, or refused where that would
//! not tell the two apart. OpenAPI defines one level of lists and objects. Below that,
//! `DeepObject` goes on with brackets as jQuery, PHP and Rails do, `a[b][c]=1&a[d][]=2`, and all
//! other styles write JSON text.

use percent_encoding::{AsciiSet, utf8_percent_encode};

use super::argument::{Argument, flat};
use super::path::{self, RESERVED};
use crate::json::Kind;

/// A style, where a value is a list or an object; a single value looks the same in most of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(
    dead_code,
    reason = "generated code uses the styles that the contract asks for"
)]
pub(crate) enum Style {
    /// `a,b` or `name,a`; exploded `name=a`.
    Simple { explode: bool },
    /// `.a,b`; exploded `.a.b`.
    Label { explode: bool },
    /// `;key=a,b`; exploded `;key=a;key=b`.
    Matrix { explode: bool },
    /// `key=a,b`; exploded `key=a&key=b`.
    Form { explode: bool },
    /// `key=a%20b`
    SpaceDelimited,
    /// `key=a%7Cb`
    PipeDelimited,
    /// `key[name]=a`
    DeepObject,
    /// JSON text (a parameter's `content`).
    Json,
}

/// The style of the query that no contract has to name.
pub(crate) const QUERY: Style = Style::Form { explode: true };
/// The style of paths and headers that no contract has to name.
pub(crate) const SIMPLE: Style = Style::Simple { explode: false };

/// Percent-encodes a text.
type Encode = fn(&str) -> String;

/// A text as it is sent, or what is wrong with it.
type Written = Result<String, &'static str>;

/// Leaves the reserved characters that cannot end a value or a query (`allowReserved`).
pub(super) fn allow_reserved(text: &str) -> String {
    const ENDING: &AsciiSet = &RESERVED
        .remove(b':')
        .remove(b'/')
        .remove(b'?')
        .remove(b'@')
        .remove(b'!')
        .remove(b'$')
        .remove(b'(')
        .remove(b')')
        .remove(b'*')
        .remove(b',')
        .remove(b';')
        .remove(b'=');
    utf8_percent_encode(text, ENDING).to_string()
}

/// Writes an argument of a path. Each part of it must be one that a path argument may be, so that
/// no list and no object leads to another endpoint.
pub(super) fn path(name: &str, argument: Argument, style: Style) -> Written {
    // A dot is none of the reserved characters, so nothing else would encode it.
    let dots_separate = style == Style::Label { explode: true };
    let encode = |text: &str| {
        let text = path::segment(text);
        match dots_separate {
            true => text.map(|text| text.replace('.', "%2E")),
            false => text,
        }
    };
    let key = path::encode(name);
    let (prefix, separator) = match style {
        Style::Label { explode: true } => (".", "."),
        Style::Label { explode: false } => (".", ","),
        Style::Matrix { explode: true } => (";", ";"),
        Style::Matrix { explode: false } => (";", ","),
        _ => ("", ","),
    };
    let is_matrix = matches!(style, Style::Matrix { .. });
    let mut parts = match argument {
        Argument::Absent | Argument::Unfit => return Err("must be a value, a list or an object"),
        Argument::One(text) => vec![encode(&text)?],
        Argument::List(elements) => each(elements, encode)?,
        Argument::Object(members) if style.explodes() => {
            let members = pairs(members, "=", encode)?;
            return some(members).map(|members| prefix.to_owned() + &members.join(separator));
        }
        Argument::Object(members) => pairs(members, ",", encode)?,
    };
    if is_matrix && style.explodes() {
        parts
            .iter_mut()
            .for_each(|part| *part = format!("{key}={part}"));
    }
    let text = some(parts)?.join(separator);
    Ok(match style {
        Style::Matrix { explode: false } => format!(";{key}={text}"),
        _ => prefix.to_owned() + &text,
    })
}

/// Writes an argument of a header; `None` if there is nothing to send.
pub(super) fn header(argument: Argument, style: Style) -> Result<Option<String>, &'static str> {
    let plain = |text: &str| match text.contains(',') || text.trim() != text {
        true => Err("must hold no `,` and no space around a part of a list or an object"),
        false => Ok(text.to_owned()),
    };
    let parts = match argument {
        Argument::Absent => return Ok(None),
        Argument::Unfit => return Err(UNFIT),
        Argument::One(text) => return Ok(Some(text)),
        Argument::List(elements) => each(elements, plain)?,
        Argument::Object(members) => {
            pairs(members, if style.explodes() { "=" } else { "," }, plain)?
        }
    };
    Ok((!parts.is_empty()).then(|| parts.join(",")))
}

/// Writes the members of an object as a form. Without a style of its own, a list is repeated and
/// what is nested is JSON.
pub(super) fn form(value: Argument, styles: &[(&str, Style)]) -> Written {
    let Argument::Object(members) = value else {
        return Err("must be an object");
    };
    let mut text = String::new();
    let mut pairs = Pairs {
        text: &mut text,
        encode: path::encode,
    };
    for (name, json) in members {
        match styles.iter().find(|(styled, _)| *styled == name) {
            Some((_, Style::Json)) => pairs.pair(&path::encode(&name), &json),
            Some((_, style)) if Kind::of(&json) != Kind::Null => {
                pairs.add(&name, Argument::read(&json), *style)?;
            }
            _ => pairs.member(&name, &json),
        }
    }
    Ok(text)
}

/// A query or a form in the making.
pub(super) struct Pairs<'t> {
    pub(super) text: &'t mut String,
    pub(super) encode: Encode,
}

impl Pairs<'_> {
    /// Adds an argument.
    pub(super) fn add(
        &mut self,
        name: &str,
        argument: Argument,
        style: Style,
    ) -> Result<(), &'static str> {
        match (argument, style) {
            (Argument::Absent, _) => {}
            (Argument::Unfit, _) => return Err(UNFIT),
            (Argument::One(text), _) => self.pair(&path::encode(name), &text),
            (argument, Style::DeepObject) => return self.deep(&path::encode(name), argument),
            (Argument::List(elements), Style::Form { explode: true }) => {
                for element in elements {
                    self.pair(&path::encode(name), &flat(&element));
                }
            }
            (Argument::Object(members), Style::Form { explode: true }) => {
                for (name, value) in members {
                    self.member(&name, &value);
                }
            }
            (Argument::List(elements), _) => {
                let parts = each(elements, |text| self.separable(text, style))?;
                self.joined(name, &parts, style);
            }
            (Argument::Object(members), _) => {
                let names_and_values = members
                    .into_iter()
                    .flat_map(|(name, value)| [name, flat(&value)]);
                let parts = names_and_values.map(|text| self.separable(&text, style));
                self.joined(name, &parts.collect::<Result<Vec<_>, _>>()?, style);
            }
        }
        Ok(())
    }

    /// Adds a member of an object that is spread out: a list under its name again and again, an
    /// object as JSON, and null as an empty value.
    pub(super) fn member(&mut self, name: &str, json: &str) {
        let name = path::encode(name);
        match Argument::read(json) {
            Argument::List(elements) => {
                for element in elements {
                    self.pair(&name, &flat(&element));
                }
            }
            _ => self.pair(&name, &flat(json)),
        }
    }

    /// Adds a value under an encoded name, and what is in it in brackets.
    fn deep(&mut self, key: &str, argument: Argument) -> Result<(), &'static str> {
        match argument {
            Argument::Absent => self.pair(key, ""),
            Argument::Unfit => return Err(UNFIT),
            Argument::One(text) => self.pair(key, &text),
            Argument::List(elements) => {
                // Without numbers, nobody could tell which members belong to the same element.
                let is_nested =
                    |json: &String| matches!(Kind::of(json), Kind::Array | Kind::Object);
                let is_numbered = elements.iter().any(is_nested);
                for (index, element) in elements.iter().enumerate() {
                    let index = if is_numbered {
                        index.to_string()
                    } else {
                        String::new()
                    };
                    self.deep(&format!("{key}%5B{index}%5D"), Argument::read(element))?;
                }
            }
            Argument::Object(members) => {
                for (name, value) in members {
                    if name.is_empty() || name.contains(['[', ']']) {
                        return Err("must have names that are not empty and hold no `[` or `]`");
                    }
                    let name = path::encode(&name);
                    self.deep(&format!("{key}%5B{name}%5D"), Argument::read(&value))?;
                }
            }
        }
        Ok(())
    }

    /// Encodes a text so that it is told apart from what the style puts between two.
    fn separable(&self, text: &str, style: Style) -> Written {
        match style {
            // Most services decode first and split then, so encoding would not help.
            Style::SpaceDelimited if text.contains(' ') => {
                Err("must hold no space within a list or an object, whose parts it separates")
            }
            Style::PipeDelimited if text.contains('|') => {
                Err("must hold no `|` within a list or an object, whose parts it separates")
            }
            _ => Ok((self.encode)(text).replace(',', "%2C")),
        }
    }

    fn joined(&mut self, name: &str, parts: &[String], style: Style) {
        let separator = match style {
            Style::SpaceDelimited => "%20",
            Style::PipeDelimited => "%7C",
            _ => ",",
        };
        if !parts.is_empty() {
            self.push(&path::encode(name), &parts.join(separator));
        }
    }

    fn pair(&mut self, key: &str, value: &str) {
        let value = (self.encode)(value);
        self.push(key, &value);
    }

    fn push(&mut self, key: &str, value: &str) {
        if !self.text.is_empty() {
            self.text.push('&');
        }
        *self.text += key;
        self.text.push('=');
        *self.text += value;
    }
}

impl Style {
    fn explodes(self) -> bool {
        matches!(
            self,
            Self::Simple { explode: true }
                | Self::Label { explode: true }
                | Self::Matrix { explode: true }
                | Self::Form { explode: true }
        )
    }
}

const UNFIT: &str = "cannot be written as text";

fn each(
    elements: Vec<String>,
    write: impl Fn(&str) -> Written,
) -> Result<Vec<String>, &'static str> {
    elements
        .iter()
        .map(|element| write(&flat(element)))
        .collect()
}

fn pairs(
    members: Vec<(String, String)>,
    between: &str,
    write: impl Fn(&str) -> Written,
) -> Result<Vec<String>, &'static str> {
    let members = members.iter().map(|(name, value)| {
        let (name, value) = (write(name)?, write(&flat(value))?);
        Ok(format!("{name}{between}{value}"))
    });
    members.collect()
}

fn some(parts: Vec<String>) -> Result<Vec<String>, &'static str> {
    match parts.is_empty() {
        true => Err("must not be empty"),
        false => Ok(parts),
    }
}

#[cfg(test)]
mod tests;
