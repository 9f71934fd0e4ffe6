//! Forms: `application/x-www-form-urlencoded`.

use std::collections::HashSet;

use openapi_document::parameter::Style;
use serde_json::{Map, Value};

use crate::operation::Content;
use crate::parameter::Location;
use crate::problem::{Problem, Step};
use crate::request::{Pairs, Written, from_pairs, is_absent, nested, texts};
use crate::schema::Schema;

impl Content {
    /// What is wrong with a form.
    pub(super) fn check_form(&self, bytes: &[u8]) -> Vec<Problem> {
        let Ok(text) = std::str::from_utf8(bytes) else {
            return vec![Problem::new("", "it is not UTF-8")];
        };
        let pairs = Pairs::new(Location::Query, text, '&');
        let readings = self.schema.readings();
        let mut problems = Vec::new();
        for reading in &readings {
            problems = match self.read_form(&pairs, &reading.schema) {
                Ok(value) => match reading.typed(value) {
                    Ok(value) => self.schema.check(&value),
                    Err(problem) => vec![problem],
                },
                Err(problem) => vec![problem],
            };
            if problems.is_empty() {
                break;
            }
        }
        problems
    }

    /// The members of a form, their leaves texts.
    fn read_form(&self, pairs: &Pairs<'_>, schema: &Schema) -> Result<Value, Problem> {
        let mut members = Map::new();
        let mut read = HashSet::new();
        for (name, property) in schema.properties() {
            let how = self.encodings.get(&name);
            let value = match how.and_then(|encoding| encoding.style) {
                Some(style) => {
                    let readings = property.readings();
                    let read = |reading| from_pairs(pairs, &name, style, reading, &[]).transpose();
                    readings.iter().find_map(read).transpose()
                }
                None => match texts(pairs, &name) {
                    Ok(None) => nested::read(pairs, &name),
                    value => value,
                },
            };
            let value = value.map_err(|reason| named(&name, reason))?;
            if let Some(value) = value {
                if let (Value::Object(spread), []) = (&value, pairs.values(&name).as_slice()) {
                    read.extend(spread.keys().cloned());
                }
                members.insert(name.clone(), value);
            }
            read.insert(name);
        }
        for name in pairs.names() {
            let base = name.split('[').next().unwrap_or_default();
            if !read.contains(name) && !read.contains(base) {
                let value = texts(pairs, name).map_err(|reason| Problem::new("*", reason))?;
                members.extend(value.map(|value| (name.to_owned(), value)));
            }
        }
        Ok(members.into())
    }

    /// Writes a form: objects as JSON, unless the contract says another way.
    ///
    /// # Errors
    ///
    /// If the value is no object, or holds what can't be written so that it can be read again.
    pub fn form(&self, value: &Value) -> Result<String, Problem> {
        let Value::Object(members) = value else {
            return Err(Problem::new("body", "the value is not an object"));
        };
        let mut pairs = Vec::new();
        for (name, member) in members.iter().filter(|(_, member)| !is_absent(member)) {
            let how = self.encodings.get(name);
            let how = how.and_then(|encoding| encoding.style);
            let how = how.unwrap_or(match member {
                Value::Object(_) => Style::Json,
                _ => Style::Form { explode: true },
            });
            let written = Written::new(name, member, how, Location::Query)
                .map_err(|reason| named(name, reason).inside("body"))?;
            pairs.extend(written.into_pairs(name, Location::Query));
        }
        let pairs = pairs.iter().map(|(name, text)| format!("{name}={text}"));
        Ok(pairs.collect::<Vec<_>>().join("&"))
    }
}

fn named(property: &str, reason: &str) -> Problem {
    Problem::new(Step::place(&[Step::Name(property)]), reason)
}
