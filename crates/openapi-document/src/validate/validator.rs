//! Checking one value by one schema.

use std::sync::Arc;

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind;
use serde_json::Value;

use super::bounds::{MAX_LEVELS, MAX_STEPS, MAX_VIOLATIONS};
use super::direction::Direction;
use super::effort::Effort;
use super::schemas::Schemas;
use super::{compile, json_schema};
use crate::pointer::Pointer;

/// A schema that is ready to check values by.
#[derive(Debug)]
pub struct Validator {
    schemas: Arc<Schemas>,
    schema: Value,
    compiled: jsonschema::Validator,
}

/// What is wrong with a value, in words that quote nothing of it, and where in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// The keys and indexes that lead to it.
    pub place: Pointer,
    /// The property that is missing there, if that is what is wrong.
    pub missing: Option<String>,
    /// What it is: "the value is not a \"uuid\"".
    pub reason: String,
}

impl Violation {
    fn new(place: Pointer, reason: impl Into<String>) -> Violation {
        Violation {
            place,
            missing: None,
            reason: reason.into(),
        }
    }
}

impl Validator {
    /// Compiles a schema, which need not stand in the document itself.
    ///
    /// # Errors
    ///
    /// If it can't be used, since a `$ref` leads nowhere, or a `pattern` is invalid.
    pub fn new(
        schemas: &Arc<Schemas>,
        schema: &Value,
        direction: Direction,
    ) -> Result<Validator, String> {
        let mut converted = json_schema::convert(schema, direction);
        if let Value::Object(converted) = &mut converted {
            let definitions = schemas.definitions([schema], direction);
            converted.extend(definitions);
        }
        let compiled = compile::compile(&converted);
        Ok(Validator {
            schemas: Arc::clone(schemas),
            schema: schema.clone(),
            compiled: compiled.map_err(|error| error.to_string())?,
        })
    }

    /// What is wrong with a value, at most 100 things; nothing: it fits. Formats are checked too.
    ///
    /// Of a value that takes much work, only the first thing is found, and nothing of one that
    /// takes too much, which is then itself what is wrong.
    pub fn violations(&self, value: &Value) -> Vec<Violation> {
        let effort = self.effort(value);
        if effort == Effort::TooMuch {
            return vec![Violation::new(Pointer::ROOT, too_much())];
        }
        if self.compiled.is_valid(value) {
            return Vec::new();
        }
        let most = match effort {
            Effort::Small => MAX_VIOLATIONS,
            _ => 1,
        };
        let errors = self.compiled.iter_errors(value).take(most);
        errors.map(|error| violation(&error)).collect()
    }

    /// Whether a value fits.
    pub fn accepts(&self, value: &Value) -> bool {
        self.effort(value) < Effort::TooMuch && self.compiled.is_valid(value)
    }

    fn effort(&self, value: &Value) -> Effort {
        Effort::of(self.schemas.document(), &self.schema, value)
    }
}

/// Why a value is not checked.
pub(super) fn too_much() -> String {
    format!("checking it would take more than {MAX_STEPS} steps, or {MAX_LEVELS} levels")
}

fn violation(error: &ValidationError<'_>) -> Violation {
    let place = Pointer::parse(error.instance_path().as_str()).unwrap_or_default();
    match error.kind() {
        // Their names are for the value to choose.
        ValidationErrorKind::AdditionalProperties { unexpected } => {
            let reason = match unexpected.len() {
                1 => "it has a property that is not allowed".into(),
                several => format!("it has {several} properties that are not allowed"),
            };
            Violation::new(place, reason)
        }
        ValidationErrorKind::Required { property } => Violation {
            missing: property.as_str().map(str::to_owned),
            ..Violation::new(place, "it is required")
        },
        _ => Violation::new(place, error.masked_with("the value").to_string()),
    }
}
