//! `--field NAME=VALUE` and `--file NAME=FILE`.

use aura_contract::{Content, Part, Schema};
use serde_json::{Map, Value};

use super::source::Source;
use crate::failure::Failure;
use crate::text::piece;

/// A part of a body; its content is in a file, if it is one.
#[derive(Debug, PartialEq)]
pub struct Field {
    pub part: Part,
    pub file: Option<Source>,
}

impl Field {
    pub fn of_part(part: Part) -> Self {
        Self { part, file: None }
    }
}

/// An object of `NAME=VALUE`s, each value read as the contract's schema of that property says, and
/// as text where it says nothing.
pub fn from_fields(schema: Option<&Schema>, fields: &[&str]) -> Result<Value, Vec<Failure>> {
    let mut texts: Vec<(&str, Vec<String>)> = Vec::new();
    let mut failures = Vec::new();
    for field in fields {
        let Some((name, text)) = field.split_once('=') else {
            failures.push(Failure::usage("--field: NAME=VALUE is expected"));
            continue;
        };
        match texts.iter_mut().find(|(known, _)| *known == name) {
            Some((_, texts)) => texts.push(text.to_owned()),
            None => texts.push((name, vec![text.to_owned()])),
        }
    }
    let mut body = Map::new();
    for (name, texts) in texts {
        match value(schema, name, &texts) {
            Ok(value) => drop(body.insert(name.to_owned(), value)),
            Err(reason) => failures.push(Failure::usage(format!("--field {name}: {reason}"))),
        }
    }
    match failures.is_empty() {
        true => Ok(body.into()),
        false => Err(failures),
    }
}

fn value(schema: Option<&Schema>, name: &str, texts: &[String]) -> Result<Value, String> {
    match (schema.and_then(|schema| schema.property(name)), texts) {
        (Some(property), texts) => property.read(texts),
        (None, [text]) => Ok(text.as_str().into()),
        (None, _) => Err("it is given more than once".into()),
    }
}

/// The files that `NAME=FILE`s name, of the media type that follows them, else of the contract's.
pub fn from_files(content: &Content, files: &[&str]) -> Result<Vec<Field>, Vec<Failure>> {
    let (mut fields, mut failures) = (Vec::new(), Vec::new());
    for given in files {
        match from_file(content, given) {
            Ok(field) => fields.push(field),
            Err(failure) => failures.push(failure),
        }
    }
    match failures.is_empty() {
        true => Ok(fields),
        false => Err(failures),
    }
}

fn from_file(content: &Content, given: &str) -> Result<Field, Failure> {
    let Some((name, file)) = given.split_once('=') else {
        return Err(Failure::usage("--file: NAME=FILE is expected"));
    };
    let (path, media_type) = match file.rsplit_once(";type=") {
        Some((path, media_type)) => (path, Some(media_type.to_owned())),
        None => (file, None),
    };
    let source = Source::file(path).map_err(|error| {
        let (name, path) = (piece(name), piece(path));
        Failure::usage(format!("--file {name}={path}: {error}"))
    })?;
    let known = || content.file_type(name);
    let part = Part {
        name: name.to_owned(),
        file_name: source.file_name(),
        content_type: Some(media_type.unwrap_or_else(known)),
        content: Vec::new(),
    };
    Ok(Field {
        part,
        file: Some(source),
    })
}

/// As a line; for tests.
#[cfg(test)]
impl std::fmt::Display for Field {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Part {
            name,
            content_type,
            content,
            ..
        } = &self.part;
        let media_type = content_type.as_deref().unwrap_or("text");
        match &self.file {
            Some(file) => write!(f, "{name} ({media_type}): {file}"),
            None => write!(
                f,
                "{name} ({media_type}): {}",
                String::from_utf8_lossy(content)
            ),
        }
    }
}
