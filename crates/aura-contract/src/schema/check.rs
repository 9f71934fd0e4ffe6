//! Checking a value against its schema.

use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::{Draft, JsonType, ValidationError, Validator};
use serde_json::{Map, Value};

use super::{Schema, json_schema};
use crate::problem::Problem;

impl Schema {
    /// What is wrong with a value; nothing: it fits. Formats are checked too.
    pub fn check(&self, value: &Value) -> Vec<Problem> {
        match self.validator() {
            Ok(validator) => {
                let errors = validator.iter_errors(value);
                errors.flat_map(|error| problems(&error)).collect()
            }
            Err(error) => vec![Problem::new("", error.clone())],
        }
    }

    fn validator(&self) -> &Result<Validator, String> {
        self.validator.get_or_init(|| {
            let mut schema: Map<_, _> = match json_schema::convert(&self.value, self.direction) {
                Value::Object(schema) => schema,
                _ => Map::new(),
            };
            let definitions = self.document.definitions(self.direction);
            schema.insert("components".into(), definitions.clone());
            jsonschema::options()
                .with_draft(Draft::Draft202012)
                .should_validate_formats(true)
                .build(&schema.into())
                .map_err(|error| format!("the contract's schema can't be used: {error}"))
        })
    }
}

/// What an error says. That something is neither what it should be nor null is told as what is
/// wrong with it as the former.
fn problems(error: &ValidationError<'_>) -> Vec<Problem> {
    match error.kind() {
        ValidationErrorKind::AnyOf { context } if is_or_null(context) => {
            context[0].iter().flat_map(problems).collect()
        }
        _ => vec![problem(error)],
    }
}

/// Whether the second choice is null, as [`json_schema`] writes it.
fn is_or_null(choices: &[Vec<ValidationError<'_>>]) -> bool {
    let [_, second] = choices else { return false };
    let [error] = second.as_slice() else {
        return false;
    };
    matches!(
        error.kind(),
        ValidationErrorKind::Type {
            kind: TypeKind::Single(JsonType::Null)
        }
    )
}

fn problem(error: &ValidationError<'_>) -> Problem {
    let mut place = String::new();
    for part in error.instance_path().as_str().split('/').skip(1) {
        let part = part.replace("~1", "/").replace("~0", "~");
        match part.bytes().all(|byte| byte.is_ascii_digit()) {
            true => place.push_str(&format!("[{part}]")),
            false if place.is_empty() => place.push_str(&part),
            false => place.push_str(&format!(".{part}")),
        }
    }
    Problem::new(place, error.masked_with("the value").to_string())
}
