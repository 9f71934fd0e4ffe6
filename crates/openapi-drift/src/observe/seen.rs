//! What values were seen in a place, in counts alone: no value is kept.

use openapi_document::schema::Types;
use serde_json::Value;

use super::format::{FORMATS, Format};

/// JSON's types in the order in which they are counted.
pub const KINDS: [(Types, &str); 7] = [
    (Types::NULL, "null"),
    (Types::BOOLEAN, "boolean"),
    (Types::INTEGER, "integer"),
    (Types::NUMBER, "number"),
    (Types::STRING, "string"),
    (Types::ARRAY, "array"),
    (Types::OBJECT, "object"),
];

/// Values in one place.
#[derive(Debug, Default, Clone)]
pub struct Seen {
    /// How many there were.
    pub values: u64,
    /// How many of each of [`KINDS`].
    kinds: [u64; 7],
    /// How many strings have each of [`FORMATS`].
    formats: [u64; 7],
    /// How many integers need more than 32 bits.
    wide: u64,
    /// A few of the values, if they may be shown.
    pub samples: Samples,
}

/// A few values, kept only where someone has asked to see them.
#[derive(Debug, Default, Clone)]
pub struct Samples(pub Vec<String>);

impl Samples {
    /// Keeps a value, if it is one of the first few and differs from them.
    pub fn keep(&mut self, value: &Value) {
        if self.0.len() < 3 {
            let mut text = value.to_string();
            if let Some((cut, _)) = text.char_indices().nth(60) {
                text.truncate(cut);
                text.push('…');
            }
            if !self.0.contains(&text) {
                self.0.push(text);
            }
        }
    }
}

impl Seen {
    /// Counts a value; says which format it has.
    pub fn count(&mut self, value: &Value) -> Option<Format> {
        self.values += 1;
        let kind = Types::of_value(value);
        let index = KINDS.iter().position(|(types, _)| *types == kind);
        // The only type that is found by none is a number that is no integer.
        self.kinds[index.unwrap_or(3)] += 1;
        match value {
            Value::String(text) => {
                let format = Format::of(text)?;
                self.formats[format as usize] += 1;
                Some(format)
            }
            Value::Number(number) => {
                let narrow = number.as_i64().is_some_and(|n| i32::try_from(n).is_ok());
                self.wide += u64::from(!narrow && kind == Types::INTEGER);
                None
            }
            _ => None,
        }
    }

    /// How many values have one of these types.
    pub fn of(&self, types: Types) -> u64 {
        let counts = KINDS.iter().zip(self.kinds);
        let matching = counts.filter(|((kind, _), _)| kind.is_within(types));
        matching.map(|(_, count)| count).sum()
    }

    /// How many values have none of these types, null aside.
    pub fn beside(&self, types: Types) -> u64 {
        self.values - self.of(types.or(Types::NULL))
    }

    /// The types that values have, null aside.
    pub fn types(&self) -> Types {
        let seen = KINDS.iter().zip(self.kinds).skip(1);
        seen.filter(|(_, count)| *count > 0)
            .fold(Types::NONE, |types, ((kind, _), _)| types.or(*kind))
    }

    /// The format that all strings have, if there are enough of them to be more than a guess.
    pub fn common_format(&self) -> Option<(Format, &'static str)> {
        let strings = self.of(Types::STRING);
        let mut formats = FORMATS.iter().zip(self.formats);
        let found = formats.find(|(_, count)| strings >= ENOUGH && *count == strings);
        found.map(|(format, _)| *format)
    }

    /// Whether any string has the form of an address, which leads to a person.
    pub fn looks_personal(&self) -> bool {
        let forms = [Format::Email, Format::Ipv4, Format::Ipv6];
        forms.iter().any(|form| self.formats[*form as usize] > 0)
    }

    /// How many integers need more than 32 bits.
    pub fn wide(&self) -> u64 {
        self.wide
    }
}

/// So many samples make a format more than a guess.
pub const ENOUGH: u64 = 20;
