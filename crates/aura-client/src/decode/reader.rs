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

use super::node::{Child, Field, Node, Parts};

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
pub(super) struct Reader<'t, 'b> {
    node: &'t Node<'b>,
    pass: Pass,
}

impl<'t, 'b> Reader<'t, 'b> {
    pub(super) fn new(node: &'t Node<'b>, pass: Pass) -> Self {
        Self { node, pass }
    }

    /// Gives the visitor what is there, whatever it hopes for.
    fn visit<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Failure> {
        match self.node.parts() {
            Parts::Scalar(Ok(value)) => scalar(value, visitor),
            Parts::Scalar(Err(why)) => Err(Failure::of(Problem::Unholdable(why))),
            Parts::Array(items) => {
                let mut elements = Elements::new(self, items);
                let value = visitor.visit_seq(&mut elements)?;
                match elements.rest() {
                    true => Err(de::Error::custom("invalid length, expected fewer elements")),
                    false => Ok(value),
                }
            }
            Parts::Object(fields) => visitor.visit_map(Fields::new(self, fields)),
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

/// Methods that differ in what the visitor hopes for alone. (serde has a macro for this too, but it
/// takes such a visitor for one that takes any value.)
macro_rules! give_what_is_there {
    ($($method:ident)*) => {
        $(
            fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
                self.visit(visitor)
            }
        )*
    };
}

impl<'de> Deserializer<'de> for Reader<'de, '_> {
    type Error = Failure;

    /// For those that take any value: all of it, each time.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        let unholdable = |why| Failure::of(Problem::Unholdable(why));
        let text = self.node.holdable().map_err(unholdable)?;
        let mut json = serde_json::Deserializer::from_str(text);
        Ok(json.deserialize_any(visitor)?)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match self.node.parts() {
            Parts::Scalar(Ok(Value::Null)) => visitor.visit_none(),
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

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Failure> {
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

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        _length: usize,
        visitor: V,
    ) -> Result<V::Value, Failure> {
        // Its elements are told by their position, so none may be passed over.
        Self::new(self.node, Pass::Take).visit(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, Failure> {
        self.deserialize_tuple(length, visitor)
    }

    give_what_is_there! {
        deserialize_bool deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_i128 deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64
        deserialize_u128 deserialize_f32 deserialize_f64 deserialize_char deserialize_str
        deserialize_string deserialize_bytes deserialize_byte_buf deserialize_unit
        deserialize_identifier deserialize_seq deserialize_map
    }
}

/// The elements of an array.
struct Elements<'t, 'b> {
    of: Reader<'t, 'b>,
    items: &'t [Node<'b>],
    next: usize,
}

impl<'t, 'b> Elements<'t, 'b> {
    fn new(of: Reader<'t, 'b>, items: &'t [Node<'b>]) -> Self {
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

impl<'t> SeqAccess<'t> for &mut Elements<'t, '_> {
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
struct Fields<'t, 'b> {
    of: Reader<'t, 'b>,
    fields: &'t [Field<'b>],
    needed: Vec<usize>,
    next: usize,
    /// The field whose values are being read, and the number of the next of them.
    current: Option<Child>,
}

impl<'t, 'b> Fields<'t, 'b> {
    fn new(of: Reader<'t, 'b>, fields: &'t [Field<'b>]) -> Self {
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
    fn find(&mut self) -> Option<(&'t Field<'b>, &'t Node<'b>)> {
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

impl<'t> MapAccess<'t> for Fields<'t, '_> {
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
            false => Err(Failure::of(Problem::HalfName)),
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
}

#[derive(Debug)]
pub(super) enum Problem {
    /// A field that the object at this place must have.
    Missing(String),
    /// A field that the object at this place has more than once.
    Repeated(String),
    /// What is here, or something in it, cannot be held.
    Unholdable(&'static str),
    /// The name of the field here cannot be held.
    HalfName,
    /// What is here does not fit. The message quotes it: it is to be searched, never shown.
    Misfit(String),
}

impl Failure {
    fn of(problem: Problem) -> Self {
        Self {
            steps: Vec::new(),
            problem,
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
