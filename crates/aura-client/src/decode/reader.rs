//! Reads a value from a tree of nodes, and says at which node it failed.
//!
//! While checking, a reader passes over what an earlier try has read already, so that all tries
//! together take no longer than reading everything once.

use std::fmt;

use serde::de::value::StrDeserializer;
use serde::de::{
    self, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor,
};
use serde_json::Value;

use super::node::{Child, Field, Kind, NOT_UNICODE, Node};

/// What a reader reads.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Pass {
    /// What has not been read yet, and what is needed with it; the value is of no use.
    Check,
    /// All but what is dropped.
    Take,
}

/// serde's view of a node.
#[derive(Clone, Copy)]
pub(super) struct Reader<'t> {
    node: &'t Node,
    pass: Pass,
}

impl<'t> Reader<'t> {
    pub(super) fn new(node: &'t Node, pass: Pass) -> Self {
        Self { node, pass }
    }

    /// Gives the visitor what is there, whatever it hopes for.
    fn visit<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Failure> {
        match &self.node.kind {
            Kind::Scalar(value) => scalar(value, visitor),
            Kind::Unholdable { why, .. } => Err(Failure::of(Problem::Unholdable(why))),
            Kind::Array(items) => {
                let mut elements = Elements::new(self, items);
                let value = visitor.visit_seq(&mut elements)?;
                match elements.rest() {
                    true => Err(de::Error::custom("invalid length, expected fewer elements")),
                    false => Ok(value),
                }
            }
            Kind::Object(fields) => visitor.visit_map(Fields::new(self, fields)),
        }
    }
}

/// Gives the visitor a scalar.
///
/// serde_json's own function for this would be right too, but takes arrays and objects as well:
/// that is one more copy of all the code that reads a type, never run.
fn scalar<'t, V: Visitor<'t>>(value: &'t Value, visitor: V) -> Result<V::Value, Failure> {
    match value {
        Value::Null => visitor.visit_unit(),
        Value::Bool(value) => visitor.visit_bool(*value),
        Value::Number(number) => Ok(number.deserialize_any(visitor)?),
        Value::String(text) => visitor.visit_borrowed_str(text),
        Value::Array(_) | Value::Object(_) => Err(de::Error::custom("not a scalar")),
    }
}

impl<'de> Deserializer<'de> for Reader<'de> {
    type Error = Failure;

    /// For those that take anything, so what they are given counts: all of it, each time.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        let whole = Self::new(self.node, Pass::Take);
        whole.visit(visitor).map_err(|failure| match self.pass {
            Pass::Check => failure.within_any(),
            Pass::Take => failure,
        })
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match self.node.kind {
            Kind::Scalar(Value::Null) => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Failure> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        let value = self.node.to_value();
        Ok(value.deserialize_enum(name, variants, visitor)?)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.visit(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.visit(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Failure> {
        self.visit(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        visitor.visit_unit()
    }

    // A tuple's elements are told by their position, so none may be passed over: like any.
    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct tuple tuple_struct identifier
    }
}

/// The elements of an array.
struct Elements<'t> {
    of: Reader<'t>,
    items: &'t [Node],
    next: usize,
}

impl<'t> Elements<'t> {
    fn new(of: Reader<'t>, items: &'t [Node]) -> Self {
        let next = match of.pass {
            Pass::Check => of.node.checked.get(),
            Pass::Take => 0,
        };
        Self { of, items, next }
    }

    /// Whether there is an element that nobody asked for.
    fn rest(&self) -> bool {
        let rest = self.items.get(self.next..).unwrap_or_default();
        rest.iter().any(|item| !item.dropped.get())
    }

    fn advance(&mut self) {
        self.next += 1;
        if self.of.pass == Pass::Check {
            self.of.node.checked.set(self.next);
        }
    }
}

impl<'t> SeqAccess<'t> for &mut Elements<'t> {
    type Error = Failure;

    fn next_element_seed<S: DeserializeSeed<'t>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Failure> {
        while let Some(item) = self.items.get(self.next) {
            if item.dropped.get() {
                self.advance();
                continue;
            }
            let (number, occurrence) = (self.next, 0);
            let value = seed
                .deserialize(Reader::new(item, self.of.pass))
                .map_err(|failure| failure.at(Child { number, occurrence }))?;
            self.advance();
            return Ok(Some(value));
        }
        Ok(None)
    }
}

/// The fields of an object: those that are needed again first, then those that come next.
struct Fields<'t> {
    of: Reader<'t>,
    fields: &'t [Field],
    needed: Vec<usize>,
    next: usize,
    /// The field whose values are being read, and the number of the next of them.
    current: Option<Child>,
}

impl<'t> Fields<'t> {
    fn new(of: Reader<'t>, fields: &'t [Field]) -> Self {
        let (needed, next) = match of.pass {
            Pass::Check => (of.node.needed.borrow().clone(), of.node.checked.get()),
            Pass::Take => (Vec::new(), 0),
        };
        Self {
            of,
            fields,
            needed,
            next,
            current: None,
        }
    }

    /// The next value that is not dropped.
    fn find(&mut self) -> Option<(&'t Field, &'t Node)> {
        loop {
            let Some(child) = &mut self.current else {
                let number = self.needed.pop().unwrap_or(self.next);
                let occurrence = 0;
                self.fields.get(number)?;
                self.current = Some(Child { number, occurrence });
                continue;
            };
            let field = &self.fields[child.number];
            match field.values().nth(child.occurrence) {
                Some(value) if value.dropped.get() => child.occurrence += 1,
                Some(value) => return Some((field, value)),
                None => self.leave(),
            }
        }
    }

    /// Ends the current field, all of whose values have been read or dropped.
    fn leave(&mut self) {
        let left = self.current.take();
        if left.is_some_and(|child| child.number == self.next) {
            self.next += 1;
            if self.of.pass == Pass::Check {
                self.of.node.checked.set(self.next);
            }
        }
    }
}

impl<'t> MapAccess<'t> for Fields<'t> {
    type Error = Failure;

    fn next_key_seed<S: DeserializeSeed<'t>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Failure> {
        let Some((field, _)) = self.find() else {
            return Ok(None);
        };
        let key: StrDeserializer<'t, Failure> = field.name.text.as_str().into_deserializer();
        let key = match field.name.whole {
            true => seed.deserialize(key),
            false => Err(Failure::of(Problem::Unholdable(NOT_UNICODE))),
        };
        key.map(Some).map_err(|failure| match self.current {
            Some(child) => failure.at(child),
            None => failure,
        })
    }

    fn next_value_seed<S: DeserializeSeed<'t>>(&mut self, seed: S) -> Result<S::Value, Failure> {
        let (Some((_, value)), Some(child)) = (self.find(), self.current) else {
            return Err(de::Error::custom("a value was asked for before its name"));
        };
        let value = seed
            .deserialize(Reader::new(value, self.of.pass))
            .map_err(|failure| failure.at(child))?;
        let occurrence = child.occurrence + 1;
        self.current = Some(Child {
            occurrence,
            ..child
        });
        if self.fields[child.number].repeated.len() < occurrence {
            self.leave();
        }
        Ok(value)
    }
}

/// Why a value could not be read from a node, and where.
#[derive(Debug)]
pub(super) struct Failure {
    /// The way to the node, innermost first.
    steps: Vec<Child>,
    pub(super) problem: Problem,
    /// How many of the steps lie within something that takes any value.
    pub(super) steps_within_any: usize,
}

#[derive(Debug)]
pub(super) enum Problem {
    /// A field that the object at this place must have.
    Missing(String),
    /// A field that the object at this place has more than once.
    Repeated(String),
    /// What is here cannot be held.
    Unholdable(&'static str),
    /// What is here does not fit. The message quotes it: it is to be searched, never shown.
    Misfit(String),
}

impl Failure {
    fn of(problem: Problem) -> Self {
        Self {
            steps: Vec::new(),
            problem,
            steps_within_any: 0,
        }
    }

    /// The way from the root to the node.
    pub(super) fn place(&self) -> Vec<Child> {
        self.steps.iter().rev().copied().collect()
    }

    fn at(mut self, child: Child) -> Self {
        self.steps.push(child);
        self
    }

    fn within_any(mut self) -> Self {
        self.steps_within_any = self.steps.len();
        self
    }
}

impl de::Error for Failure {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::of(Problem::Misfit(message.to_string()))
    }

    fn missing_field(field: &'static str) -> Self {
        Self::of(Problem::Missing(field.to_owned()))
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::of(Problem::Repeated(field.to_owned()))
    }
}

impl From<serde_json::Error> for Failure {
    fn from(error: serde_json::Error) -> Self {
        de::Error::custom(error)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value that does not fit")
    }
}

impl de::StdError for Failure {}
