//! The arguments of a request: one for each parameter.

use serde_json::Value;

use crate::bounds::{MAX_NAME, shown};
use crate::operation::Parameter;
use crate::problem::Problem;

/// The value that the texts of a parameter stand for, or what is wrong with them.
pub(super) fn value(parameter: &Parameter, texts: &[String]) -> Result<Value, Problem> {
    let value = parameter
        .schema
        .read(texts)
        .map_err(|reason| Problem::new(place(parameter), reason))?;
    match parameter.schema.check(&value).into_iter().next() {
        None => Ok(value),
        Some(problem) => Err(problem.inside(&place(parameter))),
    }
}

pub(super) fn missing(parameter: &Parameter) -> Problem {
    Problem::new(place(parameter), "it is required")
}

fn place(parameter: &Parameter) -> String {
    let name = shown(&parameter.name, MAX_NAME);
    format!("{} parameter `{name}`", parameter.location.name())
}
