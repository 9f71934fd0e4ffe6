//! Reading a value from text, as it stands in a path, a query, a header or a form.

use serde_json::{Map, Number, Value};

use super::Schema;
use crate::problem::{Problem, Step};

/// The most levels of `oneOf` and `anyOf` inside each other that are looked into.
const MAX_CHOICES: usize = 16;

/// What a value is made of, as far as the way it is written depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// One text, or what that stands for.
    Scalar(Scalar),
    /// A list.
    Array,
    /// Members.
    Object,
}

/// What a text stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scalar {
    Text,
    Integer,
    Number,
    Boolean,
}

/// A schema that a value is read by.
#[derive(Debug)]
pub(crate) struct Reading {
    pub(crate) schema: Schema,
    pub(crate) kind: Kind,
}

impl Schema {
    /// The value that these texts stand for, as they are given to a program: several for a list,
    /// JSON for an object, else one. Whether it fits is for [`check`](Schema::check) to say.
    ///
    /// # Errors
    ///
    /// If a text can't be of the schema's type, in words that don't quote it.
    pub fn read(&self, texts: &[String]) -> Result<Value, String> {
        let texts = texts.iter().map(|text| text.as_str().into()).collect();
        self.typed(Value::Array(texts))
            .map_err(|problem| problem.reason)
    }

    /// The schemas that a value may be read by, in order: this one, or what it is a choice of.
    pub(crate) fn readings(&self) -> Vec<Reading> {
        let mut found = Vec::new();
        self.collect_readings(MAX_CHOICES, &mut found);
        found
    }

    fn collect_readings(&self, levels: usize, found: &mut Vec<Reading>) {
        let kind = self.kind();
        let choices = match kind.is_some() || self.is_object() || levels == 0 {
            true => Vec::new(),
            false => self.choices(),
        };
        if choices.is_empty() {
            let kind = match kind.as_deref() {
                Some("array") => Kind::Array,
                Some("integer") => Kind::Scalar(Scalar::Integer),
                Some("number") => Kind::Scalar(Scalar::Number),
                Some("boolean") => Kind::Scalar(Scalar::Boolean),
                _ if self.is_object() => Kind::Object,
                _ => Kind::Scalar(Scalar::Text),
            };
            let schema = self.clone();
            found.push(Reading { schema, kind });
        }
        for choice in choices {
            if found.len() >= Problem::MOST {
                return;
            }
            choice.collect_readings(levels - 1, found);
        }
    }

    /// What `oneOf` and `anyOf` list.
    fn choices(&self) -> Vec<Schema> {
        let parts = self.parts().into_iter();
        let lists = parts.flat_map(|part| ["oneOf", "anyOf"].map(|key| part.object.get(key)));
        let choices = lists.filter_map(|list| list?.as_array()).flatten();
        choices.map(|choice| self.sibling(choice)).collect()
    }

    /// The value that stands for one whose leaves are texts. Leaves that are none stay as they are,
    /// and so does what the schema has no place for: that is for [`check`](Schema::check) to say.
    pub(crate) fn typed(&self, value: Value) -> Result<Value, Problem> {
        self.typed_by(&self.readings(), value)
    }

    /// The same, by the schemas that it may be read by.
    fn typed_by(&self, readings: &[Reading], value: Value) -> Result<Value, Problem> {
        if let [only] = readings {
            return only.typed(value);
        }
        let fitting = readings.iter().find_map(|reading| {
            let value = reading.typed(value.clone()).ok()?;
            self.takes(&value).then_some(value)
        });
        Ok(fitting.unwrap_or_else(|| single(value)))
    }
}

impl Reading {
    pub(crate) fn typed(&self, value: Value) -> Result<Value, Problem> {
        match self.kind {
            Kind::Array => self.array(value),
            Kind::Object => self.object(single(value)),
            Kind::Scalar(kind) => match single(value) {
                Value::String(text) => self.scalar(kind, text),
                Value::Array(_) => Err(Problem::new("", "it is given more than once")),
                other => Ok(other),
            },
        }
    }

    fn array(&self, value: Value) -> Result<Value, Problem> {
        let items = match value {
            Value::Array(items) => items,
            Value::Object(members) => by_index(members),
            other => vec![other],
        };
        let Some(schema) = self.schema.items() else {
            return Ok(items.into());
        };
        let readings = schema.readings();
        let typed = items.into_iter().enumerate().map(|(index, item)| {
            let inside = |problem: Problem| problem.inside(&Step::place(&[Step::Index(index)]));
            schema.typed_by(&readings, item).map_err(inside)
        });
        typed.collect()
    }

    fn object(&self, value: Value) -> Result<Value, Problem> {
        let members = match value {
            Value::Object(members) => members,
            Value::String(text) => {
                let json = serde_json::from_str(&text);
                return json.map_err(|_| Problem::new("", "the value is not a JSON object"));
            }
            Value::Array(_) => return Err(Problem::new("", "it is given more than once")),
            other => return Ok(other),
        };
        let parts = self.schema.parts();
        let property = |name: &str| {
            let mut parts = parts.iter();
            parts.find_map(|part| part.object.get("properties")?.get(name))
        };
        let rest = self.schema.find("additionalProperties");
        let rest = rest.filter(|rest| rest.is_object());
        let rest = rest.map(|rest| self.schema.sibling(rest));
        let rest = rest.map(|rest| (rest.readings(), rest));
        let mut typed = Map::new();
        for (name, member) in members {
            let value = match (property(&name), &rest) {
                (Some(property), _) => {
                    let typed = self.schema.sibling(property).typed(member);
                    typed.map_err(|found| found.inside(&Step::place(&[Step::Name(&name)])))?
                }
                (None, Some((readings, rest))) => {
                    let typed = rest.typed_by(readings, member);
                    typed.map_err(|found| found.inside(&Step::place(&[Step::Foreign])))?
                }
                (None, None) => single(member),
            };
            typed.insert(name, value);
        }
        Ok(typed.into())
    }

    fn scalar(&self, kind: Scalar, text: String) -> Result<Value, Problem> {
        let number = || text.parse::<Number>().ok();
        let value = match kind {
            Scalar::Text => return Ok(text.into()),
            // As null is written.
            _ if text.is_empty() && self.schema.is_nullable() => return Ok(Value::Null),
            // Also one that no machine's integer holds: how large it may be is for `check` to say.
            Scalar::Integer => number()
                .filter(|_| {
                    text.bytes()
                        .all(|byte| byte == b'-' || byte.is_ascii_digit())
                })
                .map(Value::Number)
                .ok_or("the value is not a whole number"),
            Scalar::Number => number()
                .map(Value::Number)
                .ok_or("the value is not a number"),
            Scalar::Boolean => text
                .parse()
                .map(Value::Bool)
                .map_err(|_| "the value is neither `true` nor `false`"),
        };
        value.map_err(|reason| Problem::new("", reason))
    }
}

/// A list of one is the one.
pub(crate) fn single(value: Value) -> Value {
    match value {
        Value::Array(mut items) if items.len() == 1 => items.remove(0),
        other => other,
    }
}

/// The members of an object as a list: in their order, if their names are indexes, else the object
/// alone.
fn by_index(members: Map<String, Value>) -> Vec<Value> {
    if members.keys().any(|name| name.parse::<usize>().is_err()) {
        return vec![members.into()];
    }
    let mut items: Vec<(String, Value)> = members.into_iter().collect();
    items.sort_by_cached_key(|(name, _)| name.parse::<usize>().ok());
    items.into_iter().map(|(_, value)| value).collect()
}
