//! Checking a value against its schema.

use jsonschema::{ValidationError, Validator};
use serde_json::{Map, Value};

use super::claims::parts;
use super::{Schema, json_schema, validator};
use crate::problem::Problem;

impl Schema {
    /// What is wrong with a value; nothing: it fits. Formats are checked too.
    pub fn check(&self, value: &Value) -> Vec<Problem> {
        match self.validator() {
            Ok(validator) => validator.iter_errors(value).map(problem).collect(),
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
            validator::build(&schema.into())
                .map_err(|error| format!("the contract's schema can't be used: {error}"))
        })
    }
}

fn problem(error: ValidationError<'_>) -> Problem {
    let mut place = String::new();
    for part in parts(error.instance_path().as_str()) {
        match part.bytes().all(|byte| byte.is_ascii_digit()) {
            true => place.push_str(&format!("[{part}]")),
            false if place.is_empty() => place.push_str(&part),
            false => place.push_str(&format!(".{part}")),
        }
    }
    Problem::new(place, error.masked_with("the value").to_string())
}
