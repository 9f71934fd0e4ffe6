//! What `--help` says of operations and their parameters, in the contract's words.

use aura_contract::{Operation, Parameter, Schema};
use serde_json::Value;

use super::flags::Flag;

/// What follows the operations in `aura api --help`.
pub const API: &str = "\
Any other path of the API is asked for by its method, with the same key, retries and errors:
  aura api GET /health
  aura api POST /v1/leads --body @lead.json

The answer comes as it is: indented on a terminal, to the byte in a pipe, in an error too.";

/// A body longer than this stands in a file.
const LONGEST_BODY: usize = 120;

pub fn about(operation: &Operation) -> String {
    let request = || format!("{} {}", operation.method, operation.path);
    operation.summary.clone().unwrap_or_else(request)
}

pub fn long_about(operation: &Operation) -> String {
    let request = format!("{} {}", operation.method, operation.path);
    let parts = [&operation.summary, &operation.description];
    let parts = parts.into_iter().flatten().map(|text| paragraphs(text));
    parts.chain([request]).collect::<Vec<_>>().join("\n\n")
}

/// Markdown with each paragraph and each list item on one line, since clap breaks lines itself.
fn paragraphs(markdown: &str) -> String {
    let mut text = String::new();
    let mut joins = false;
    for line in markdown.trim().lines() {
        let begins = line.is_empty() || line.starts_with(['-', '*', '#', '>', '|']);
        match joins && !begins {
            true => text.push(' '),
            false if text.is_empty() => {}
            false => text.push('\n'),
        }
        text.push_str(line.trim());
        joins = !line.is_empty();
    }
    text
}

/// A parameter in a line.
pub fn parameter(parameter: &Parameter) -> String {
    let text = parameter.description.as_deref().unwrap_or_default();
    let mut text = paragraphs(text).lines().next().unwrap_or_default().into();
    if parameter.required {
        append(&mut text, " ", "[required]");
    }
    text
}

/// A parameter with all that is known of it.
pub fn long_parameter(parameter: &Parameter) -> String {
    let mut text = paragraphs(parameter.description.as_deref().unwrap_or_default());
    let required = if parameter.required { ", required" } else { "" };
    let kind = kind(&parameter.schema);
    let facts = format!("[{}: {kind}{required}]", parameter.location.name());
    append(&mut text, "\n\n", &facts);
    if let Some(example) = &parameter.example {
        append(&mut text, "\n", &format!("[example: {}]", texts(example).join(" ")));
    }
    text
}

fn append(text: &mut String, separator: &str, more: &str) {
    if !text.is_empty() {
        text.push_str(separator);
    }
    text.push_str(more);
}

/// `UUID`
pub fn value_name(schema: &Schema) -> String {
    let kind = schema.format().or_else(|| schema.kind());
    kind.map_or_else(|| "VALUE".into(), |kind| kind.to_uppercase())
}

/// `uuid`, `list of integer`
pub fn kind(schema: &Schema) -> String {
    if let Some(items) = schema.items() {
        return format!("list of {}", kind(&items));
    }
    let kind = schema.format().or_else(|| schema.kind());
    kind.unwrap_or_else(|| "any value".into())
}

/// The values that the contract lists, as they are given on the command line.
pub fn values(schema: &Schema) -> Vec<String> {
    let values = schema.values();
    let values = values.iter().filter(|value| !value.is_null());
    values.flat_map(texts).collect()
}

/// A value as it is given on the command line: one text, or one for each element of a list.
pub fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(values) => values.iter().flat_map(texts).collect(),
        other => vec![other.to_string()],
    }
}

/// What a body is for.
pub fn body(operation: &Operation) -> String {
    let description = operation.body.as_ref().and_then(|body| body.description.as_ref());
    description.map_or_else(|| "What to send".into(), |text| paragraphs(text))
}

/// `--field`, with the properties that there are.
pub fn fields(schema: &Schema) -> String {
    let mut text = String::from(
        "One property of the body, instead of --body; repeat it for more. A list is given as \
         several of one name, an object as JSON.",
    );
    let properties = schema.properties();
    let width = properties.iter().map(|(name, _)| name.len()).max();
    for (number, (name, property)) in properties.iter().enumerate() {
        let values = match values(property) {
            values if values.is_empty() => String::new(),
            values => format!(": {}", values.join(", ")),
        };
        let separator = if number == 0 { "\n\n" } else { "\n" };
        let width = width.unwrap_or_default();
        text.push_str(&format!("{separator}{name:width$}  {}{values}", kind(property)));
    }
    text
}

/// A command line that can be pasted: with what is required, and what the contract has examples of.
pub fn example(operation: &Operation, flags: &[Flag<'_>]) -> String {
    let mut words = vec!["aura".to_owned(), "api".into(), operation.id.clone()];
    for flag in flags {
        let parameter = flag.parameter;
        let example = parameter.example.clone();
        let sample = || parameter.required.then(|| parameter.schema.sample());
        for text in example.or_else(sample).iter().flat_map(texts) {
            words.extend([format!("--{}", flag.long), text]);
        }
    }
    let mut more = String::new();
    if let Some(content) = operation.body.as_ref().and_then(|body| body.json()) {
        let sample = content.sample();
        words.push("--body".into());
        words.push(match sample.to_string() {
            text if text.len() <= LONGEST_BODY => text,
            _ => {
                more = format!("\n\nwhere body.json holds\n\n{sample:#}").replace('\n', "\n  ");
                "@body.json".into()
            }
        });
    }
    // Fails for a NUL only, which no command line can hold.
    let line = shlex::try_join(words.iter().map(String::as_str)).unwrap_or_default();
    format!("Example:\n  {line}{more}")
}
