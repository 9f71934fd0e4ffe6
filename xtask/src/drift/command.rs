//! The command: which responses, which contract, what is written.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::show::{self, Report};
use crate::diagnostics::render;
use crate::exit::Exit;
use crate::report;
use crate::workspace::{DiskError, find, read, replace};
use openapi_document::{Contract, Source};
use openapi_drift::{Ignored, Observer, apply, findings};

/// What the command is asked.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Files of responses: NDJSON or JSON of `aura`, recorded exchanges, HAR; `-` is standard input
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// The operation that returned the values, where the files hold values alone
    #[arg(long, value_name = "ID")]
    pub operation: Option<String>,
    /// Write the edit into the contract
    #[arg(long)]
    pub apply: bool,
    /// Show a few of the values that don't fit; they may be personal data
    #[arg(long)]
    pub show_values: bool,
    /// The contract, if it is another than openapi.yaml
    #[arg(long, value_name = "FILE")]
    pub contract: Option<PathBuf>,
    /// Output format
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// The form of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For a terminal
    Text,
    /// For programs
    Json,
}

/// What is read at a time.
const BUFFER: usize = 1 << 18;

/// Runs the command. The report goes to `out`, what is wrong to `err`.
pub fn drift(
    from: &Path,
    arguments: &Arguments,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> io::Result<Exit> {
    let found = find(from, arguments.contract.as_deref());
    let read = found.and_then(|(path, name)| Ok((read(&path)?, path, name)));
    let (bytes, path, name) = match read {
        Ok(read) => read,
        Err(error) => return failed(err, &error),
    };
    let loaded = openapi_document::text(&bytes).map_err(|refused| (refused.0, vec![refused.1]));
    let loaded = loaded.and_then(|text| {
        let contract = Contract::load(text).map_err(|told| (Source::new(text), told))?;
        Ok((text, contract))
    });
    let (text, contract) = match loaded {
        Ok(loaded) => loaded,
        Err((source, told)) => {
            render(err, &name, &source, &told)?;
            return Ok(Exit::Failed);
        }
    };
    let mut observer = Observer::new(&contract.document, arguments.show_values);
    let records = match observe(from, arguments, &mut observer, err)? {
        Ok(records) => records,
        Err(error) => return failed(err, &error),
    };
    let findings = findings(&contract, &observer);
    let edits: Vec<_> = findings
        .iter()
        .flat_map(|found| &found.edits)
        .cloned()
        .collect();
    let mended = apply(text, &edits);
    let report = Report {
        contract: &contract,
        name: &name,
        findings: &findings,
        records,
        before: text,
        after: &mended,
        elsewhere: observer.strangers.elsewhere,
    };
    match arguments.format {
        Format::Text => show::text(out, &report)?,
        Format::Json => show::json(out, &report)?,
    }
    out.flush()?;
    if arguments.apply
        && mended != text
        && let Err(error) = replace(&path, &mended)
    {
        return failed(err, &error);
    }
    show::end(err, &report, arguments.apply)
}

/// Counts all records; says how many there were.
fn observe(
    from: &Path,
    arguments: &Arguments,
    observer: &mut Observer<'_>,
    err: &mut dyn Write,
) -> io::Result<Result<u64, DiskError>> {
    let operation = match &arguments.operation {
        None => None,
        Some(id) => match observer.operation(id) {
            Some(operation) => Some(operation),
            None => return Ok(Err(unknown_operation(observer, id))),
        },
    };
    let mut records = 0;
    for file in &arguments.files {
        let name = file.display().to_string();
        let trouble = |message: String, help: &str| DiskError {
            message: format!("{name}: {message}"),
            help: help.to_string(),
        };
        let opened: io::Result<Box<dyn BufRead>> = match name.as_str() {
            "-" => Ok(Box::new(io::stdin().lock())),
            _ => File::open(from.join(file))
                .map(|file| Box::new(BufReader::with_capacity(BUFFER, file)) as _),
        };
        let opened = match opened {
            Ok(opened) => opened,
            Err(error) => {
                let help = "name a file of responses: docs/drift.md says which there are";
                return Ok(Err(trouble(error.to_string(), help)));
            }
        };
        let mut ignored = None;
        let read = openapi_drift::read(opened, &mut |record| match observer
            .count(&record, operation)
        {
            Ok(()) => records += 1,
            Err(why) => ignored = Some(why),
        });
        match ignored {
            Some(Ignored::OperationNeeded) => {
                let help = "say which operation returned them: --operation get_lead";
                return Ok(Err(trouble("it holds values, not exchanges".into(), help)));
            }
            Some(Ignored::ReturnsNothing) => {
                let help = "name the operation that returned these values";
                return Ok(Err(trouble("the operation returns no JSON".into(), help)));
            }
            None => {}
        }
        match read {
            Ok(skipped) if skipped.lines > 0 => report::warning(
                err,
                &format!(
                    "{name}: {} not JSON and left out, the first of them line {}",
                    report::count(usize::try_from(skipped.lines).unwrap_or(usize::MAX), "line"),
                    skipped.first
                ),
            )?,
            Ok(_) => {}
            Err(error) => {
                let help = "nothing was changed; see that the file is whole";
                return Ok(Err(trouble(error.to_string(), help)));
            }
        }
    }
    Ok(match records {
        0 => Err(DiskError {
            message: "the files hold no response".into(),
            help: "docs/drift.md says how to record some".into(),
        }),
        records => Ok(records),
    })
}

fn unknown_operation(observer: &Observer<'_>, id: &str) -> DiskError {
    let known = observer
        .traffic
        .iter()
        .map(|traffic| traffic.operation.id().to_string());
    DiskError {
        message: format!("the contract has no operation `{id}`"),
        help: format!("it has {}", known.collect::<Vec<_>>().join(", ")),
    }
}

fn failed(err: &mut dyn Write, error: &DiskError) -> io::Result<Exit> {
    report::disk_error(err, error)?;
    Ok(Exit::Failed)
}
