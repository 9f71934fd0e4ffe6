//! What `--help` says of operations and their parameters, in the contract's words.

use aura_contract::{Operation, Parameter, Schema};
use serde_json::Value;

use super::flags::Flag;

/// What follows the operations in `aura api --help`.
pub const API: &str = "\
Any other path of the API is asked for by its method, with the same key, retries and errors:
  aura api GET /health
  aura api POST /v1/leads --body @lead.json

The answer is printed as it came, that of a failure too; on a terminal in indented lines.";

/// The longest line of an example, or body in one.
const LONGEST: usize = 64;

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
    if is_asked_for(parameter) {
        append(&mut text, " ", "[required]");
    }
    text
}

/// A parameter with all that is known of it.
pub fn long_parameter(parameter: &Parameter) -> String {
    let mut text = paragraphs(parameter.description.as_deref().unwrap_or_default());
    let required = match is_asked_for(parameter) {
        true => ", required",
        false if parameter.idempotency_key => ", a fresh UUID unless given",
        false => "",
    };
    let kind = kind(&parameter.schema);
    let facts = format!("[{}: {kind}{required}]", parameter.location.name());
    append(&mut text, "\n\n", &facts);
    if let Some(example) = &parameter.example {
        append(
            &mut text,
            "\n",
            &format!("[example: {}]", texts(example).join(", ")),
        );
    }
    text
}

/// Whether a call needs it from its caller: an idempotency key is filled in.
pub fn is_asked_for(parameter: &Parameter) -> bool {
    parameter.required && !parameter.idempotency_key
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
    let description = operation
        .body
        .as_ref()
        .and_then(|body| body.description.as_ref());
    description.map_or_else(|| "What to send".into(), |text| paragraphs(text))
}

/// `--field`, with the properties that there are.
pub fn fields(schema: &Schema) -> String {
    let mut text = String::from(
        "One property of the body, instead of --body; repeat it for more. A list is given as \
         several of one name, an object as JSON.",
    );
    let properties = properties(schema);
    let names = properties.iter().map(|(name, _)| name.chars().count());
    let width = names.max().unwrap_or_default();
    for (number, (name, property)) in properties.iter().enumerate() {
        let separator = if number == 0 { "\n\n" } else { "\n" };
        text.push_str(&format!("{separator}{name:width$}  {}", kind(property)));
        let values = values(property);
        if !values.is_empty() {
            text.push_str(&format!(": {}", values.join(", ")));
        }
        if schema.requires(name) {
            text.push_str(" [required]");
        }
    }
    text
}

/// The properties that a body may have.
pub fn properties(schema: &Schema) -> Vec<(String, Schema)> {
    let properties = schema.properties().into_iter();
    properties.filter(|(_, each)| !each.is_absent()).collect()
}

/// A command that can be pasted: with what is required, and what the contract has examples of.
pub fn example(operation: &Operation, flags: &[Flag<'_>]) -> String {
    let mut options = Vec::new();
    for flag in flags {
        let parameter = flag.parameter;
        if parameter.idempotency_key {
            continue;
        }
        let sample = || parameter.required.then(|| parameter.schema.sample());
        let example = parameter.example.clone().or_else(sample);
        for text in example.iter().flat_map(texts) {
            options.push(format!("--{} {}", flag.long, quoted(&text)));
        }
    }
    let mut file = String::new();
    if let Some(content) = operation.body.as_ref().and_then(|body| body.json()) {
        let sample = content.sample();
        let text = quoted(&sample.to_string());
        if text.len() <= LONGEST {
            options.push(format!("--body {text}"));
        } else {
            options.push("--body @body.json".into());
            let sample = format!("{sample:#}").replace('\n', "\n  ");
            file = format!("\n\nwith a body.json such as\n\n  {sample}");
        }
    }
    let command = format!("aura api {}", operation.id);
    let length = options.iter().map(|option| option.len() + 1).sum::<usize>();
    // Broken where a shell allows it, since clap would break it anywhere.
    let separator = match command.len() + length <= LONGEST {
        true => " ",
        false => " \\\n    ",
    };
    let line = [command].into_iter().chain(options);
    let line = line.collect::<Vec<_>>().join(separator);
    format!("Example:\n  {line}{file}")
}

/// A text as one word for a shell.
fn quoted(text: &str) -> String {
    // Fails for a NUL only, which no command line can hold.
    shlex::try_quote(text).map_or_else(|_| String::new(), Into::into)
}
