//! Checking a value, or JSON text, against a schema.

use std::collections::HashSet;

use jsonschema::error::ValidationErrorKind;
use jsonschema::{ValidationError, Validator};
use serde_json::{Map, Value};

use super::claims::parts;
use super::effort::Effort;
use super::shape::Shape;
use super::{Schema, json_schema, text, validator};
use crate::bounds::{MAX_LEVELS, MAX_STEPS};
use crate::problem::{Problem, Step};

impl Schema {
    /// What is wrong with a value, at most 100 things; nothing: it fits. Formats are checked too.
    pub fn check(&self, value: &Value) -> Vec<Problem> {
        let validator = match self.validator() {
            Ok(validator) => validator,
            Err(error) => return vec![Problem::new("", error.clone())],
        };
        let effort = self.effort(value);
        if effort == Effort::TooMuch {
            let reason = format!(
                "checking it would take more than {MAX_STEPS} steps, or {MAX_LEVELS} levels"
            );
            return vec![Problem::new("", reason)];
        }
        if validator.is_valid(value) {
            return Vec::new();
        }
        let errors = match effort {
            Effort::Small => validator
                .iter_errors(value)
                .take(Problem::MOST)
                .collect::<Vec<_>>(),
            _ => validator.validate(value).err().into_iter().collect(),
        };
        let shape = self.shape();
        let problems = errors.iter().map(|error| problem(error, &shape, value));
        problems.collect()
    }

    /// Whether a value fits.
    pub(super) fn takes(&self, value: &Value) -> bool {
        let validator = self.validator().as_ref();
        validator.is_ok_and(|validator| {
            self.effort(value) < Effort::TooMuch && validator.is_valid(value)
        })
    }

    fn effort(&self, value: &Value) -> Effort {
        Effort::of(&self.document, &self.value, value)
    }

    /// How many values it and what it refers to are made of.
    pub(super) fn reach(&self) -> usize {
        self.document.reach(&self.value)
    }

    /// Whether the validator is there already.
    pub(super) fn is_compiled(&self) -> bool {
        self.derived.validator.get().is_some()
    }

    /// What is wrong with JSON text, at most 100 things; nothing: it fits.
    ///
    /// This sees what a [`Value`] doesn't show: a member that the schema names and that is there
    /// more than once, a text that is not Unicode, `12345.0`, which is a whole number, and more
    /// than 127 levels. None of that is wrong in members that the schema doesn't name. A byte order
    /// mark is skipped.
    pub fn check_text(&self, json: &[u8]) -> Vec<Problem> {
        let (value, mut problems) = match text::read(json, &self.shape()) {
            Ok(read) => read,
            Err(problem) => return vec![problem],
        };
        let found = self.check(&value);
        // What is wrong with the text has been told; another value stands there now.
        let told: HashSet<String> = problems.iter().map(|p| p.place.clone()).collect();
        problems.extend(found.into_iter().filter(|p| !told.contains(&p.place)));
        problems.truncate(Problem::MOST);
        problems
    }

    fn validator(&self) -> &Result<Validator, String> {
        self.derived.validator.get_or_init(|| {
            let mut schema = match json_schema::convert(&self.value, self.direction) {
                schema @ Value::Object(_) => schema,
                _ => Value::Object(Map::new()),
            };
            schema["components"] = self.document.definitions(&schema, self.direction);
            validator::build(&schema)
                .map_err(|error| format!("the contract's schema can't be used: {error}"))
        })
    }
}

fn problem(error: &ValidationError<'_>, shape: &Shape<'_>, value: &Value) -> Problem {
    let reason = match error.kind() {
        // Their names are for the body to choose.
        ValidationErrorKind::AdditionalProperties { unexpected } => match unexpected.len() {
            1 => "it has a property that is not allowed".to_owned(),
            several => format!("it has {several} properties that are not allowed"),
        },
        ValidationErrorKind::Required { property } => {
            let place = place(error.instance_path().as_str(), shape, value);
            let name = property.as_str().unwrap_or_default();
            return Problem::new(name, "it is required").inside(&place);
        }
        _ => error.masked_with("the value").to_string(),
    };
    Problem::new(place(error.instance_path().as_str(), shape, value), reason)
}

/// A place in a value, by the names that the contract has.
fn place(pointer: &str, shape: &Shape<'_>, value: &Value) -> String {
    let mut steps = Vec::new();
    let mut value = value;
    let mut at: Option<Shape<'_>> = None;
    for part in parts(pointer) {
        let shape = at.as_ref().unwrap_or(shape);
        let (step, below, inner) = match value {
            Value::Array(items) => {
                let index: usize = part.parse().unwrap_or_default();
                (Step::Index(index), shape.items(), items.get(index))
            }
            _ => {
                let member = shape.member(&part);
                let step = member.name.map_or(Step::Foreign, Step::Name);
                (step, member.shape, value.get(&part))
            }
        };
        steps.push(step);
        at = Some(below);
        value = inner.unwrap_or(&Value::Null);
    }
    Step::place(&steps)
}
