//! The arguments of a request: one for each parameter.

use openapi_document::parameter::Style;
use serde_json::Value;

use super::read::{Source, read};
use crate::bounds::{MAX_NAME, shown};
use crate::parameter::Parameter;
use crate::problem::Problem;
use crate::route::Argument;
use crate::schema::read::single;

/// The value that a request has for a parameter, `None` if it has none, or what is wrong with it.
pub(super) fn received(
    parameter: &Parameter,
    source: &Source<'_>,
) -> Result<Option<Value>, Problem> {
    let readings = parameter.schema.readings();
    let (mut failed, mut unfit) = (None, None);
    for reading in &readings {
        let value = match read(source, parameter, reading) {
            Ok(Some(value)) => value,
            Ok(None) => continue,
            Err(reason) => {
                failed = Some(at(parameter, Problem::new("", reason)));
                continue;
            }
        };
        let typed = match parameter.style {
            Style::Json => Ok(value.clone()),
            _ => reading.typed(value.clone()),
        };
        match typed.map_err(|problem| at(parameter, problem)) {
            Ok(typed) => match fits(parameter, &typed) {
                Ok(()) => return Ok(Some(typed)),
                Err(problem) => failed = Some(problem),
            },
            Err(problem) => failed = Some(problem),
        }
        unfit = Some(value);
    }
    // Of a choice, that it is none of them says more than why it isn't the last.
    let of_choice = unfit.filter(|_| readings.len() > 1);
    let of_choice = of_choice.and_then(|value| fits(parameter, &single(value)).err());
    of_choice.or(failed).map_or(Ok(None), Err)
}

impl Parameter {
    /// The value that the variable parts of a path have for it, if it fits.
    pub fn value_in(&self, arguments: &[Argument]) -> Option<Value> {
        let argument = arguments
            .iter()
            .find(|argument| argument.name == self.name)?;
        received(self, &Source::Path(&argument.raw)).ok()?
    }
}

/// The value of an argument that is given as texts: several for a list, JSON for an object or for
/// a parameter that is JSON, else one. What is to be written, whose leaves may be texts.
pub(super) fn given(parameter: &Parameter, texts: &[String]) -> Result<Value, Problem> {
    let schema = &parameter.schema;
    let list = || Value::Array(texts.iter().map(|text| text.as_str().into()).collect());
    let typed = schema
        .typed(list())
        .map_err(|problem| at(parameter, problem))?;
    fits(parameter, &typed)?;
    Ok(match typed {
        // As they are given: no number is rounded.
        Value::Array(items) if items.len() == texts.len() => match parameter.style {
            Style::Json => items.into(),
            _ => list(),
        },
        Value::Object(_) | Value::Array(_) => typed,
        typed => match (parameter.style, texts) {
            (Style::Json, _) => typed,
            (_, [text]) => text.as_str().into(),
            _ => typed,
        },
    })
}

fn fits(parameter: &Parameter, value: &Value) -> Result<(), Problem> {
    let problem = parameter.schema.check(value).into_iter().next();
    problem.map_or(Ok(()), |problem| Err(at(parameter, problem)))
}

pub(super) fn missing(parameter: &Parameter) -> Problem {
    at(parameter, Problem::new("", "it is required"))
}

pub(super) fn at(parameter: &Parameter, problem: Problem) -> Problem {
    let name = shown(&parameter.name, MAX_NAME);
    problem.inside(&format!("{} parameter `{name}`", parameter.location.name()))
}
