//! `aura api` alone: the operations that there are.

use aura_contract::{Contract, Operation};
use serde_json::{Value, json};

use super::flags::flags;
use super::help;
use crate::cli::{Format, Global};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output;
use crate::report::Report;
use crate::terminal;

pub fn run(contract: &Contract, global: &Global, report: &Report) -> Result<Exit, Failure> {
    let operations = contract.operations();
    let text = match global.output {
        None | Some(Format::Table) => {
            let width = terminal::width().unwrap_or(usize::MAX);
            table(operations, width)
        }
        Some(Format::Json) => format!("{:#}\n", operations.iter().map(object).collect::<Value>()),
        Some(Format::Ndjson) => {
            let lines = operations.iter().map(object);
            lines.map(|operation| format!("{operation}\n")).collect()
        }
        Some(Format::Csv) => {
            return Err(Failure::usage(
                "the operations are listed as a table or as JSON: --output json or ndjson",
            ));
        }
    };
    output::print(text.as_bytes()).map(drop)?;
    if terminal::is_stdout() {
        report.aside("\n`aura api OPERATION --help` tells of its parameters");
    }
    Ok(Exit::Good)
}

/// Columns, the last of which is cut at the width.
fn table(operations: &[Operation], width: usize) -> String {
    let rows: Vec<[String; 4]> = operations.iter().map(row).collect();
    let widths: Vec<usize> = (0..3)
        .map(|column| rows.iter().map(|row| row[column].len()).max().unwrap_or(0))
        .collect();
    let lines = rows.iter().map(|[id, method, path, summary]| {
        let line = format!(
            "{id:0$}  {method:1$}  {path:2$}  {summary}",
            widths[0], widths[1], widths[2]
        );
        let line: String = line.trim_end().chars().take(width).collect();
        line + "\n"
    });
    lines.collect()
}

fn row(operation: &Operation) -> [String; 4] {
    [
        operation.id.clone(),
        operation.method.to_string(),
        operation.path.clone(),
        operation.summary.clone().unwrap_or_default(),
    ]
}

/// An operation for programs: what it takes, and what it is called with.
fn object(operation: &Operation) -> Value {
    let parameters = flags(operation).into_iter().map(|flag| {
        let parameter = flag.parameter;
        let schema = &parameter.schema;
        json!({
            "name": parameter.name,
            "option": format!("--{}", flag.long),
            "in": parameter.location.name(),
            "required": parameter.required,
            "kind": help::kind(schema),
            "values": schema.values(),
            "description": parameter.description,
            "example": parameter.example,
        })
    });
    let body = operation.body.as_ref().map(|body| {
        let content = body.json().or(body.contents.first());
        json!({
            "required": body.required,
            "media_type": content.map(|content| &content.media_type),
            "properties": content.map(|content| properties(&content.schema)),
        })
    });
    json!({
        "id": operation.id,
        "method": operation.method.as_str(),
        "path": operation.path,
        "summary": operation.summary,
        "description": operation.description,
        "needs_key": operation.needs_key,
        "parameters": parameters.collect::<Value>(),
        "body": body,
    })
}

/// The properties of a body, by name.
fn properties(schema: &aura_contract::Schema) -> Value {
    let properties = schema.properties().into_iter();
    let kinds = properties.map(|(name, property)| (name, help::kind(&property).into()));
    Value::Object(kinds.collect())
}
