//! Bodies in parts: `multipart/form-data`.

use std::collections::{HashMap, HashSet};

use openapi_document::operation::is_json_text;
use serde_json::{Map, Value};

use super::media_type::is_among;
use crate::operation::Content;
use crate::problem::{Problem, Step};
use crate::request::text;
use crate::schema::Schema;
use crate::schema::read::Reading;

/// A part of a body.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Part {
    /// The name of the field.
    pub name: String,
    /// The name of the file, if it is one.
    pub file_name: Option<String>,
    /// The media type, if it has one.
    pub content_type: Option<String>,
    /// What it holds. Of a file the contract says nothing, so this may be left out.
    pub content: Vec<u8>,
}

/// What the contract says of the parts of a name.
struct Field {
    /// `None` if it doesn't know them.
    schema: Option<Schema>,
    /// Where in a body they are: `*` for a name that the contract doesn't have.
    place: String,
    is_file: bool,
}

impl Field {
    fn is_list(&self) -> bool {
        self.schema.as_ref().is_some_and(Schema::is_array)
    }
}

impl Content {
    /// Whether the parts of this name are files, whose content the contract says nothing of.
    pub fn is_file(&self, name: &str) -> bool {
        self.field(&self.schema.readings(), name).is_file
    }

    fn field(&self, readings: &[Reading], name: &str) -> Field {
        let schema = readings
            .iter()
            .find_map(|reading| reading.schema.member(name));
        let is_named = readings
            .iter()
            .any(|reading| reading.schema.property(name).is_some());
        let step = match is_named {
            true => Step::Name(name),
            false => Step::Foreign,
        };
        let one = schema.as_ref().map(one);
        let encoding = self.encodings.get(name);
        let media_type = encoding.and_then(|encoding| encoding.content_type.as_deref());
        let is_opaque = |text: &str| !is_json_text(text) && !is_among("text/*", text);
        let is_file = one.is_some_and(|one| {
            let is_untyped = one.kind().is_none() && !one.is_object();
            one.format().as_deref() == Some("binary")
                || is_untyped && media_type.is_some_and(is_opaque)
        });
        Field {
            schema,
            place: Step::place(&[step]),
            is_file,
        }
    }

    /// What is wrong with a body of these parts.
    pub fn check_parts(&self, parts: &[Part]) -> Vec<Problem> {
        let readings = self.schema.readings();
        let mut fields: HashMap<&str, Field> = HashMap::new();
        let mut problems = Vec::new();
        let mut members = Map::new();
        for part in parts {
            let name = part.name.as_str();
            let field = fields.entry(name);
            let field = field.or_insert_with(|| self.field(&readings, name));
            let value = self.check_type(part).and_then(|()| value(part, field));
            let value = match value {
                Ok(value) => value,
                Err(problem) => {
                    problems.push(problem.inside(&field.place));
                    continue;
                }
            };
            match members.get_mut(name) {
                Some(Value::Array(items)) if field.is_list() => items.push(value),
                Some(_) if field.schema.is_some() => {
                    problems.push(Problem::new(&field.place, "it is given more than once"));
                }
                _ => {
                    let value = match field.is_list() {
                        true => Value::Array(vec![value]),
                        false => value,
                    };
                    members.insert(name.to_owned(), value);
                }
            }
        }
        let told: HashSet<String> = problems.iter().map(|found| found.place.clone()).collect();
        let found = self.schema.check(&members.into()).into_iter();
        // Of a file nothing but its being there is checked: the value or, in a list, each item.
        let is_of_file = |place: &str| {
            let name = place.split('[').next().unwrap_or_default();
            let field = fields.get(name).filter(|field| field.is_file);
            field.is_some_and(|field| field.is_list() == (name != place))
        };
        let is_new = |found: &Problem| !told.contains(&found.place) && !is_of_file(&found.place);
        problems.extend(found.filter(is_new));
        let problems = problems.into_iter().map(|problem| problem.inside("body"));
        Problem::first(problems.collect())
    }

    /// A part has one of the types that the contract lists for it, if it has any.
    fn check_type(&self, part: &Part) -> Result<(), Problem> {
        let encoding = self.encodings.get(&part.name);
        let described = encoding.and_then(|encoding| encoding.content_type.as_deref());
        match (described, &part.content_type) {
            (Some(described), Some(given)) if !is_among(described, given) => {
                Err(Problem::new("", "its media type is not in the contract"))
            }
            _ => Ok(()),
        }
    }

    /// The parts that a value makes: one for each property, or for each item of a list; objects
    /// as JSON.
    ///
    /// # Errors
    ///
    /// If the value is no object.
    pub fn parts(&self, value: &Value) -> Result<Vec<Part>, Problem> {
        let Value::Object(members) = value else {
            return Err(Problem::new("body", "the value is not an object"));
        };
        let mut parts = Vec::new();
        for (name, member) in members {
            let values = match member {
                Value::Null => continue,
                Value::Array(items) => items.iter().collect(),
                one => vec![one],
            };
            parts.extend(values.into_iter().map(|value| Part {
                name: name.clone(),
                file_name: None,
                content_type: self.part_type(name, value),
                content: text(value).into_bytes(),
            }));
        }
        Ok(parts)
    }

    /// The type that a file is sent with, unless its sender knows it: the contract's, or that of any
    /// bytes.
    pub fn file_type(&self, name: &str) -> String {
        let any = || "application/octet-stream".to_owned();
        self.named_type(name).map_or_else(any, str::to_owned)
    }

    /// The type that a part is sent with: the contract's, JSON for lists and objects, none for text.
    fn part_type(&self, name: &str, value: &Value) -> Option<String> {
        let is_json = value.is_object() || value.is_array();
        let usual = is_json.then_some("application/json");
        self.named_type(name).or(usual).map(str::to_owned)
    }

    /// The first type that the contract lists for a part, if that is no range.
    fn named_type(&self, name: &str) -> Option<&str> {
        let listed = self.encodings.get(name)?.content_type.as_deref()?;
        let first = listed.split(',').next()?.trim();
        (!first.contains('*')).then_some(first)
    }
}

/// The value of a part. That of a file is represented by an empty text.
fn value(part: &Part, field: &Field) -> Result<Value, Problem> {
    if field.is_file {
        return Ok("".into());
    }
    if part.content_type.as_deref().is_some_and(is_json_text) {
        let json = serde_json::from_slice(&part.content);
        return json.map_err(|_| Problem::new("", "it is not JSON"));
    }
    let Ok(text) = std::str::from_utf8(&part.content) else {
        return Err(Problem::new("", "it is not UTF-8"));
    };
    match &field.schema {
        Some(schema) => one(schema).typed(text.into()),
        None => Ok(text.into()),
    }
}

/// What one part must look like: of a list each item is one.
fn one(schema: &Schema) -> Schema {
    schema.items().unwrap_or_else(|| schema.clone())
}
