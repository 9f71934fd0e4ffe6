//! `aura api` alone: the operations that there are.

use aura_contract::{Contract, Operation, Schema};
use serde_json::{Value, json};

use super::body::usual;
use super::flags::flags;
use super::help;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::options::{Format, Global};
use crate::output;
use crate::report::Report;
use crate::terminal;

pub fn run(contract: &Contract, global: &Global, report: &Report) -> Result<Exit, Failure> {
    let operations = contract.operations();
    let text = match global.output {
        None | Some(Format::Table) => table(operations, terminal::width()),
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
    output::print(text.as_bytes())?;
    if terminal::is_stdout() && matches!(global.output, None | Some(Format::Table)) {
        report.aside("`aura api OPERATION --help` tells what one takes");
    }
    Ok(Exit::Good)
}

/// Columns; for a terminal of some width with a header, and the last column cut.
fn table(operations: &[Operation], width: Option<usize>) -> String {
    let header = ["OPERATION", "METHOD", "PATH", "SUMMARY"].map(str::to_owned);
    let header = width.is_some().then_some(header);
    let rows: Vec<[String; 4]> = header
        .into_iter()
        .chain(operations.iter().map(row))
        .collect();
    let widest = |column: usize| {
        let cells = rows.iter().map(|row| row[column].chars().count());
        cells.max().unwrap_or_default()
    };
    let (ids, methods, paths) = (widest(0), widest(1), widest(2));
    let lines = rows.iter().map(|[id, method, path, summary]| {
        let line = format!("{id:ids$}  {method:methods$}  {path:paths$}  {summary}");
        let width = width.unwrap_or(usize::MAX);
        line.trim_end().chars().take(width).collect::<String>() + "\n"
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
        let content = usual(body);
        json!({
            "required": body.required,
            "media_type": content.map(|content| &content.media_type),
            "media_types": body.contents.iter().map(|each| &each.media_type).collect::<Vec<_>>(),
            "properties": content.map(|content| properties(&content.schema)),
        })
    });
    json!({
        "id": operation.id,
        "method": operation.method.as_str(),
        "path": operation.path,
        "summary": operation.summary,
        "description": operation.description,
        "needs_key": operation.needs_key(),
        "parameters": parameters.collect::<Value>(),
        "body": body,
    })
}

/// The properties of a body, by name.
fn properties(schema: &Schema) -> Value {
    let properties = help::properties(schema).into_iter();
    let told = properties.map(|(name, property)| {
        let told = json!({
            "required": schema.requires(&name),
            "kind": help::kind(&property),
            "values": property.values(),
            "description": property.description(),
        });
        (name, told)
    });
    Value::Object(told.collect())
}
