//! The files that responses come in, read one record at a time: a file of any length takes the
//! memory of its longest record.

mod exchange;
mod har;

use std::fmt;
use std::io::{self, BufRead, Read};

use serde::de::{DeserializeSeed, Deserializer as _, SeqAccess, Visitor};
use serde_json::Value;

use crate::exchange::Exchange;

/// What a file holds, over and over.
#[derive(Debug)]
pub enum Record {
    /// A value that an operation returned.
    Value(Value),
    /// A request with its response.
    Exchange(Box<Exchange>),
}

/// Why a file could not be read to its end. Quotes nothing of it.
#[derive(Debug)]
pub enum InputError {
    /// The system could not read it.
    Io(io::Error),
    /// It is no JSON from this line and column on.
    NotJson(usize, usize),
    /// This entry of a HAR is no exchange, counted from 1; 0 stands for all of them.
    NotAnExchange(usize),
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            InputError::Io(error) => error.fmt(f),
            InputError::NotJson(line, column) => {
                write!(f, "line {line}, column {column}: not JSON")
            }
            InputError::NotAnExchange(0) => f.write_str("`log.entries` is no list of exchanges"),
            InputError::NotAnExchange(number) => {
                write!(f, "entry {number} has no request, response or status")
            }
        }
    }
}

/// The lines that could not be read and were left out.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Skipped {
    /// How many there are.
    pub lines: u64,
    /// The number of the first, from 1.
    pub first: u64,
}

/// Gives each record of a file to `take`: of a HAR, of a JSON array, or of NDJSON.
///
/// # Errors
///
/// If the file can't be read on. What came before has been given to `take`.
pub fn read(mut file: impl BufRead, take: &mut dyn FnMut(Record)) -> Result<Skipped, InputError> {
    let start = file.fill_buf().map_err(InputError::Io)?;
    let start = start.strip_prefix("\u{feff}".as_bytes()).unwrap_or(start);
    let start = start.trim_ascii_start();
    if start.starts_with(b"[") {
        return array(file, take).map(|()| Skipped::default());
    }
    let inside = start.strip_prefix(b"{").map(<[u8]>::trim_ascii_start);
    if inside.is_some_and(|inside| inside.starts_with(b"\"log\"")) {
        return har::read(file, take).map(|()| Skipped::default());
    }
    lines(file, take)
}

/// One value a line; values that take several lines are read too, if the file begins with one.
fn lines(mut file: impl BufRead, take: &mut dyn FnMut(Record)) -> Result<Skipped, InputError> {
    let mut skipped = Skipped::default();
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        if file.read_until(b'\n', &mut line).map_err(InputError::Io)? == 0 {
            break;
        }
        let text = line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&line);
        if text.trim_ascii().is_empty() {
            continue;
        }
        match serde_json::from_slice(text) {
            Ok(value) => take(record(value)),
            Err(error) if number == 1 && error.is_eof() => {
                return stream(line.chain(file), take).map(|()| skipped);
            }
            Err(_) => {
                skipped.lines += 1;
                if skipped.first == 0 {
                    skipped.first = number;
                }
            }
        }
    }
    Ok(skipped)
}

/// Values one after the other, over any number of lines.
fn stream(file: impl Read, take: &mut dyn FnMut(Record)) -> Result<(), InputError> {
    let values = serde_json::Deserializer::from_reader(file).into_iter::<Value>();
    for value in values {
        take(record(value.map_err(not_json)?));
    }
    Ok(())
}

fn array(file: impl Read, take: &mut dyn FnMut(Record)) -> Result<(), InputError> {
    struct Elements<'t>(&'t mut dyn FnMut(Record));
    impl<'de> Visitor<'de> for Elements<'_> {
        type Value = ();

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an array")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<(), A::Error> {
            while let Some(value) = elements.next_element()? {
                (self.0)(record(value));
            }
            Ok(())
        }
    }
    let mut json = serde_json::Deserializer::from_reader(file);
    let read = json.deserialize_seq(Elements(take));
    read.and_then(|()| json.end()).map_err(not_json)
}

fn record(value: Value) -> Record {
    match exchange::read(&value) {
        Some(exchange) => Record::Exchange(Box::new(exchange)),
        None => Record::Value(value),
    }
}

/// Reads a member of an object by a seed, whatever stands beside it.
struct Member<'n, S> {
    name: &'n str,
    seed: Option<S>,
}

impl<'de, S: DeserializeSeed<'de, Value = ()>> DeserializeSeed<'de> for Member<'_, S> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de, S: DeserializeSeed<'de, Value = ()>> Visitor<'de> for Member<'_, S> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: serde::de::MapAccess<'de>>(mut self, mut members: A) -> Result<(), A::Error> {
        while let Some(name) = members.next_key::<String>()? {
            match self.seed.take_if(|_| name == self.name) {
                Some(seed) => members.next_value_seed(seed)?,
                None => {
                    members.next_value::<serde::de::IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

fn not_json(error: serde_json::Error) -> InputError {
    match error.io_error_kind() {
        Some(_) => InputError::Io(error.into()),
        None => InputError::NotJson(error.line(), error.column()),
    }
}
