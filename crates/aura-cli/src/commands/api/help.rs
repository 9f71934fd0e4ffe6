//! What `--help` says of operations and their parameters, in the contract's words.

use aura_contract::{Body, Content, Operation, Parameter, Schema};
use serde_json::Value;

use super::body::{Kind, usual};
use super::flags::Flag;

/// What follows the operations in `aura api --help`.
pub const API: &str = "\
Any other path of the API is asked for by its method, with the same key, retries and errors:
  aura api GET /health
  aura api POST /v1/leads --body @lead.json

The response is printed as it came, that of a failure too; on a terminal JSON in indented lines.
--out writes it to a file, of any size.";

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
pub fn fields(content: &Content, instead: &str) -> String {
    let schema = &content.schema;
    let mut text = format!(
        "One property of the body{instead}; repeat it for more. A list is given as several of one \
         name, an object as JSON."
    );
    let mut properties = properties(schema);
    properties.retain(|(name, _)| !is_file(content, name));
    let lines = properties.iter().map(|(name, property)| {
        let values = values(property);
        let values = match values.as_slice() {
            [] => String::new(),
            values => format!(": {}", values.join(", ")),
        };
        (name, kind(property) + &values)
    });
    text.push_str(&table(schema, lines.collect()));
    text
}

/// The properties of a body in lines, each with what it is.
fn table(schema: &Schema, lines: Vec<(&String, String)>) -> String {
    let names = lines.iter().map(|(name, _)| name.chars().count());
    let width = names.max().unwrap_or_default();
    let lines = lines.iter().enumerate().map(|(number, (name, what))| {
        let separator = if number == 0 { "\n\n" } else { "\n" };
        let required = if schema.requires(name) {
            " [required]"
        } else {
            ""
        };
        format!("{separator}{name:width$}  {what}{required}")
    });
    lines.collect()
}

/// `--file`, with the files that there are.
pub fn files(content: &Content) -> String {
    let mut text = String::from(
        "A file of the body, and its media type; repeat it for more. - is the standard input.",
    );
    let properties = properties(&content.schema);
    let files = properties.iter().filter(|(name, _)| is_file(content, name));
    let lines = files.map(|(name, property)| {
        let list = if property.is_array() { "list of " } else { "" };
        (name, format!("{list}{}", content.file_type(name)))
    });
    text.push_str(&table(&content.schema, lines.collect()));
    text
}

fn is_file(content: &Content, name: &str) -> bool {
    content.is_multipart() && content.is_file(name)
}

/// The media types that a body can have, the usual one first.
pub fn media_types(body: &Body) -> String {
    let usual = usual(body).map(|content| content.media_type.as_str());
    let others = body
        .contents
        .iter()
        .map(|content| content.media_type.as_str());
    let others = others.filter(|name| Some(*name) != usual);
    let known: Vec<_> = usual.into_iter().chain(others).collect();
    match known.as_slice() {
        [] => String::new(),
        known => format!(": {}", known.join(", ")),
    }
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
    if let Some(content) = operation.body.as_ref().and_then(usual) {
        match Kind::of(content) {
            Kind::Json => file = json_body(content, &mut options),
            Kind::Opaque => options.push("--body @FILE".into()),
            Kind::Form | Kind::Multipart => options.extend(field_options(content)),
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

/// Adds the option, and returns what a file that it names holds.
fn json_body(content: &Content, options: &mut Vec<String>) -> String {
    let sample = content.sample();
    let text = quoted(&sample.to_string());
    if text.len() <= LONGEST {
        options.push(format!("--body {text}"));
        return String::new();
    }
    options.push("--body @body.json".into());
    let sample = format!("{sample:#}").replace('\n', "\n  ");
    format!("\n\nwith a body.json such as\n\n  {sample}")
}

/// An option for each property of a form: all if none is required, else those that are.
fn field_options(content: &Content) -> Vec<String> {
    let schema = &content.schema;
    let properties = properties(schema);
    let any = properties.iter().any(|(name, _)| schema.requires(name));
    let wanted = properties
        .iter()
        .filter(|(name, _)| !any || schema.requires(name));
    let options = wanted.flat_map(|(name, property)| match is_file(content, name) {
        true => vec![format!("--file {}=FILE", quoted(name))],
        false => {
            let texts = texts(&property.sample()).into_iter();
            texts
                .map(|text| format!("--field {}={}", quoted(name), quoted(&text)))
                .collect()
        }
    });
    options.collect()
}

/// A text as one word for a shell.
fn quoted(text: &str) -> String {
    // Fails for a NUL only, which no command line can hold.
    shlex::try_quote(text).map_or_else(|_| String::new(), Into::into)
}
