//! Reading JSON text for a schema: as it is written, which a [`Value`] doesn't keep.

use std::fmt;

use openapi_document::validate::bounds::MAX_STEPS;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::number;
use super::shape::Shape;
use crate::problem::{Problem, Step};

/// How many levels of objects and arrays that the contract describes are followed, as aura-client
/// does.
const MAX_DEPTH: usize = 127;

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// Reads JSON text into a value that fits a schema if the text does, and lists what no value shows:
/// members that are there more than once, texts that are not Unicode, numbers that are out of
/// range, and too many levels.
///
/// All of this is asked only of what the contract describes. Elsewhere any JSON will do.
pub(super) fn read(json: &[u8], shape: &Shape<'_>) -> Result<(Value, Vec<Problem>), Problem> {
    let json = json.strip_prefix(BYTE_ORDER_MARK).unwrap_or(json);
    // Only the grammar: numbers of any size, any depth.
    let json: &RawValue = serde_json::from_slice(json).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        Problem::new(
            "",
            format!("it is not JSON, from line {line}, column {column}"),
        )
    })?;
    let mut reader = Reader {
        path: Vec::new(),
        problems: Vec::new(),
        steps: 0,
    };
    let value = reader.value(json.get(), shape);
    if reader.steps > MAX_STEPS {
        let reason = format!("checking it would take more than {MAX_STEPS} steps");
        return Err(Problem::new("", reason));
    }
    Ok((value, reader.problems))
}

struct Reader<'s> {
    path: Vec<Step<'s>>,
    problems: Vec<Problem>,
    /// Schemas applied to values so far.
    steps: usize,
}

impl<'s> Reader<'s> {
    fn value(&mut self, json: &str, shape: &Shape<'s>) -> Value {
        if !self.take(shape) {
            return Value::Null;
        }
        if shape.is_any() {
            return any(json);
        }
        match json.as_bytes() {
            // Each step of the path leads one level down.
            [b'{' | b'[', ..] if self.path.len() >= MAX_DEPTH => {
                self.report("it is nested too deeply");
                Value::Null
            }
            [b'{', ..] => self.object(json, shape).into(),
            [b'[', ..] => self.array(json, shape),
            [b'"', ..] => match unescaped(json) {
                Some(text) => text.into(),
                None => {
                    self.report("the value is not Unicode");
                    json.into()
                }
            },
            [b'-' | b'0'..=b'9', ..] => match number::read(json) {
                Some(number) => number.into(),
                None => {
                    self.report("the value is out of range");
                    f64::MAX.into()
                }
            },
            _ => any(json),
        }
    }

    fn object(&mut self, json: &str, shape: &Shape<'s>) -> Map<String, Value> {
        let mut object = Map::new();
        for (position, (raw_name, json)) in parts(json).into_iter().enumerate() {
            if !self.take(shape) {
                break;
            }
            let name = unescaped(raw_name);
            let is_unicode = name.is_some();
            let mut name = name.unwrap_or_else(|| raw_name.to_owned());
            let member = shape.member(&name);
            self.path
                .push(member.name.map_or(Step::Foreign, Step::Name));
            if !is_unicode && !member.shape.is_any() {
                self.report("its name is not Unicode");
            }
            match object.contains_key(&name) {
                true if member.name.is_some() => self.report("it is there more than once"),
                // Each value must fit, so each is kept.
                true if !member.shape.is_any() => name = format!("{name}\0{position}"),
                _ => {}
            }
            let value = self.value(json, &member.shape);
            self.path.pop();
            object.insert(name, value);
        }
        object
    }

    fn array(&mut self, json: &str, shape: &Shape<'s>) -> Value {
        let items = shape.items();
        let parts = parts(json).into_iter().enumerate();
        let values = parts.map(|(index, (_, json))| {
            self.path.push(Step::Index(index));
            let value = self.value(json, &items);
            self.path.pop();
            value
        });
        values.collect()
    }

    /// Counts one more look at what the contract says of a place, unless that is too much work.
    fn take(&mut self, shape: &Shape<'_>) -> bool {
        self.steps += shape.len();
        self.steps <= MAX_STEPS
    }

    fn report(&mut self, reason: &str) {
        if self.problems.len() < Problem::MOST {
            let problem = Problem::new(Step::place(&self.path), reason);
            self.problems.push(problem);
        }
    }
}

/// A value that the contract says nothing of. One that a [`Value`] can't hold, since it is nested
/// deeply or has a number such as 1e999, is represented by its text.
fn any(json: &str) -> Value {
    serde_json::from_str(json).unwrap_or_else(|_| json.into())
}

/// A JSON string without quotes and escapes; `None` if it is not Unicode.
fn unescaped(json: &str) -> Option<String> {
    serde_json::from_str(json).ok()
}

/// The members of an object, names first, or the elements of an array.
///
/// Each is passed over to find its end, so a value is passed over once for each level around it.
fn parts(json: &str) -> Vec<(&str, &str)> {
    let parts: Result<Parts<'_>, _> = serde_json::from_str(json);
    parts.map_or_else(|_| Vec::new(), |parts| parts.0)
}

struct Parts<'t>(Vec<(&'t str, &'t str)>);

impl<'t> Deserialize<'t> for Parts<'t> {
    fn deserialize<D: Deserializer<'t>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(PartsVisitor)
    }
}

struct PartsVisitor;

impl<'t> Visitor<'t> for PartsVisitor {
    type Value = Parts<'t>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object or an array")
    }

    fn visit_map<A: MapAccess<'t>>(self, mut map: A) -> Result<Parts<'t>, A::Error> {
        let mut parts = Vec::new();
        while let Some((name, value)) = map.next_entry::<&RawValue, &RawValue>()? {
            parts.push((name.get(), value.get()));
        }
        Ok(Parts(parts))
    }

    fn visit_seq<A: SeqAccess<'t>>(self, mut seq: A) -> Result<Parts<'t>, A::Error> {
        let mut parts = Vec::new();
        while let Some(value) = seq.next_element::<&RawValue>()? {
            parts.push(("", value.get()));
        }
        Ok(Parts(parts))
    }
}
