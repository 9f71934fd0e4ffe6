//! Checking a value, or JSON text, against a schema.

use std::collections::HashSet;

use openapi_document::Pointer;
use openapi_document::validate::{Validator, Violation};
use serde_json::Value;

use super::shape::Shape;
use super::{Schema, text};
use crate::problem::{Problem, Step};

impl Schema {
    /// What is wrong with a value, at most 100 things; nothing: it fits. Formats are checked too.
    pub fn check(&self, value: &Value) -> Vec<Problem> {
        let violations = match self.validator() {
            Ok(validator) => validator.violations(value),
            Err(error) => return vec![Problem::new("", error.clone())],
        };
        let shape = self.shape();
        let problems = violations.iter().map(|found| problem(found, &shape, value));
        problems.collect()
    }

    /// Whether a value fits.
    pub(super) fn takes(&self, value: &Value) -> bool {
        let validator = self.validator().as_ref();
        validator.is_ok_and(|validator| validator.accepts(value))
    }

    /// How many values it and what it refers to are made of.
    pub(super) fn reach(&self) -> usize {
        self.document.schemas.reach(&self.value)
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
            Validator::new(&self.document.schemas, &self.value, self.direction)
                .map_err(|error| format!("the contract's schema can't be used: {error}"))
        })
    }
}

fn problem(found: &Violation, shape: &Shape<'_>, value: &Value) -> Problem {
    let place = place(&found.place, shape, value);
    match &found.missing {
        Some(name) => Problem::new(name, &found.reason).inside(&place),
        None => Problem::new(place, &found.reason),
    }
}

/// A place in a value, by the names that the contract has.
fn place(at: &Pointer, shape: &Shape<'_>, value: &Value) -> String {
    let mut steps = Vec::new();
    let mut value = value;
    let mut inside: Option<Shape<'_>> = None;
    for part in at.parts() {
        let shape = inside.as_ref().unwrap_or(shape);
        let (step, below, inner) = match value {
            Value::Array(items) => {
                let index: usize = part.parse().unwrap_or_default();
                (Step::Index(index), shape.items(), items.get(index))
            }
            _ => {
                let member = shape.member(part);
                let step = member.name.map_or(Step::Foreign, Step::Name);
                (step, member.shape, value.get(part))
            }
        };
        steps.push(step);
        inside = Some(below);
        value = inner.unwrap_or(&Value::Null);
    }
    Step::place(&steps)
}
