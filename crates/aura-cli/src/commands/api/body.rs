//! The body of a call: `--body`, or `--field` for each of its properties.

use std::fs;
use std::io::{self, Read};

use aura_contract::{Operation, Schema};
use clap::{Arg, ArgAction, ArgGroup, ArgMatches};
use serde_json::{Map, Value};

use super::help;
use crate::failure::Failure;

const BODY: &str = "body";
const FIELD: &str = "field";
const NO_CHECK: &str = "no-check";
const EITHER: &str = "body or fields";

/// The options for an operation's body; none, if it takes none in JSON.
pub fn declare(operation: &Operation) -> Vec<Arg> {
    let Some(schema) = schema(operation) else {
        return Vec::new();
    };
    let required = operation.body.as_ref().is_some_and(|body| body.required);
    let mut declared = vec![json(required, help::body(operation))];
    if schema.is_object() {
        let field = Arg::new(FIELD)
            .long(FIELD)
            .short('f')
            .value_name("NAME=VALUE")
            .action(ArgAction::Append)
            .help_heading("Body")
            .help("One property of the body, instead of --body; repeat it for more")
            .long_help(help::fields(&schema));
        declared.push(field);
    }
    let no_check = Arg::new(NO_CHECK)
        .long(NO_CHECK)
        .action(ArgAction::SetTrue)
        .help_heading("Body")
        .help("Send the body even if the contract does not allow it");
    declared.push(no_check);
    declared
}

/// Either of the two ways, not both.
pub fn group(operation: &Operation) -> Option<ArgGroup> {
    let schema = schema(operation)?;
    let required = operation.body.as_ref().is_some_and(|body| body.required);
    let group = ArgGroup::new(EITHER).arg(BODY).required(required);
    Some(match schema.is_object() {
        true => group.arg(FIELD),
        false => group,
    })
}

/// `--body`.
pub fn json(required: bool, help: String) -> Arg {
    let required = if required { " [required]" } else { "" };
    Arg::new(BODY)
        .long(BODY)
        .value_name("JSON|@FILE|-")
        .help_heading("Body")
        .help(format!("{help}{required}"))
        .long_help(format!(
            "{help}{required}\n\nJSON, @ and the name of a file that holds it, or - for the standard input."
        ))
}

fn schema(operation: &Operation) -> Option<Schema> {
    let content = operation.body.as_ref()?.json()?;
    Some(content.schema.clone())
}

/// The body that the arguments give, if they give one.
pub fn read(operation: &Operation, matches: &ArgMatches) -> Result<Option<Value>, Vec<Failure>> {
    let Some(schema) = schema(operation) else {
        return match &operation.body {
            Some(body) if body.required => Err(vec![no_json(operation)]),
            _ => Ok(None),
        };
    };
    let fields = matches.try_get_many::<String>(FIELD).ok().flatten();
    let body = match fields {
        Some(fields) => Some(from_fields(&schema, fields.map(String::as_str))?),
        None => read_json(matches).map_err(|failure| vec![failure])?,
    };
    let checked = body.as_ref().filter(|_| !matches.get_flag(NO_CHECK));
    let problems = checked.map_or_else(Vec::new, |body| {
        operation.check_body(body.to_string().as_bytes())
    });
    match problems.is_empty() {
        true => Ok(body),
        false => Err(problems.iter().map(refused).collect()),
    }
}

fn refused(problem: &aura_contract::Problem) -> Failure {
    Failure::usage(problem.to_string()).or_try("--no-check sends what the contract does not allow")
}

/// What a body in a form other than JSON comes to.
fn no_json(operation: &Operation) -> Failure {
    Failure::usage(format!(
        "{} takes no JSON, and aura sends nothing else",
        operation.id
    ))
}

/// What `--body` says.
pub fn read_json(matches: &ArgMatches) -> Result<Option<Value>, Failure> {
    let Some(given) = matches.get_one::<String>(BODY) else {
        return Ok(None);
    };
    let text = match given.strip_prefix('@') {
        _ if given == "-" => text_of_stdin().map_err(|error| unreadable("-", &error))?,
        Some(path) => fs::read(path).map_err(|error| unreadable(given, &error))?,
        None => given.clone().into_bytes(),
    };
    serde_json::from_slice(&text).map(Some).map_err(|error| {
        // serde's own words quote the text.
        let (line, column) = (error.line(), error.column());
        Failure::usage(format!(
            "--body: this is not JSON, from line {line}, column {column}"
        ))
    })
}

fn text_of_stdin() -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    io::stdin().lock().read_to_end(&mut text)?;
    Ok(text)
}

fn unreadable(given: &str, error: &io::Error) -> Failure {
    Failure::usage(format!("--body {given}: {error}"))
}

/// An object of `NAME=VALUE`s, each value read as the contract's schema of that property says, and
/// as text where it says nothing.
fn from_fields<'a>(
    schema: &Schema,
    fields: impl Iterator<Item = &'a str>,
) -> Result<Value, Vec<Failure>> {
    let mut texts: Vec<(String, Vec<String>)> = Vec::new();
    let mut failures = Vec::new();
    for field in fields {
        let Some((name, text)) = field.split_once('=') else {
            failures.push(Failure::usage("--field: NAME=VALUE is expected"));
            continue;
        };
        match texts.iter_mut().find(|(known, _)| known == name) {
            Some((_, texts)) => texts.push(text.to_owned()),
            None => texts.push((name.to_owned(), vec![text.to_owned()])),
        }
    }
    let mut body = Map::new();
    for (name, texts) in texts {
        match value(schema, &name, &texts) {
            Ok(value) => drop(body.insert(name, value)),
            Err(reason) => failures.push(Failure::usage(format!("--field {name}: {reason}"))),
        }
    }
    match failures.is_empty() {
        true => Ok(body.into()),
        false => Err(failures),
    }
}

fn value(schema: &Schema, name: &str, texts: &[String]) -> Result<Value, String> {
    match (schema.property(name), texts) {
        (Some(property), texts) => property.read(texts),
        (None, [text]) => Ok(text.as_str().into()),
        (None, _) => Err("it is given more than once".into()),
    }
}
