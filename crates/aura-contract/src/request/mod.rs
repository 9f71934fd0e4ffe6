//! Requests: how the arguments of an operation are written into one, and read from one.

mod check;
mod write;

use serde_json::Value;

use crate::operation::Parameter;
use crate::problem::Problem;

pub use write::Request;

/// The value that the texts of a parameter stand for, or what is wrong with them.
fn value(parameter: &Parameter, texts: &[String]) -> Result<Value, Problem> {
    let place = format!(
        "{} parameter `{}`",
        parameter.location.name(),
        parameter.name
    );
    let value = parameter
        .schema
        .read(texts)
        .map_err(|reason| Problem::new(place.clone(), reason))?;
    match parameter.schema.check(&value).into_iter().next() {
        None => Ok(value),
        Some(problem) => Err(problem.inside(&place)),
    }
}

fn missing(parameter: &Parameter) -> Problem {
    let place = format!(
        "{} parameter `{}`",
        parameter.location.name(),
        parameter.name
    );
    Problem::new(place, "it is required")
}
