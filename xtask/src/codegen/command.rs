//! The command: read, run, compare, and write or tell.

use std::io::{self, Write};
use std::path::Path;

use super::report;
use crate::diagnostics::render;
use crate::exit::Exit;
use crate::report::{disk_error, nothing_written};
use crate::workspace::{CONTRACT, DiskError, Mode, State, Workspace};
use openapi_document::{self as document, Source};

/// Runs the command in the workspace around `from`. The report goes to `out`, what is wrong to
/// `err`; both with ANSI colours, for the terminal's writer to keep or strip.
pub fn codegen(
    from: &Path,
    mode: Mode,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> io::Result<Exit> {
    let told = |error: DiskError, err: &mut dyn Write| {
        disk_error(err, &error)?;
        Ok(Exit::Failed)
    };
    let workspace = match Workspace::find(from) {
        Ok(workspace) => workspace,
        Err(error) => return told(error, err),
    };
    let bytes = match workspace.read_contract() {
        Ok(bytes) => bytes,
        Err(error) => return told(error, err),
    };
    let text = match document::text(&bytes) {
        Ok(text) => text,
        Err(refused) => {
            let (source, told) = *refused;
            render(err, CONTRACT, &source, &[told])?;
            nothing_written(err, 1)?;
            return Ok(Exit::Failed);
        }
    };

    let outcome = client_codegen::run(text);
    let source = Source::new(text);
    render(err, CONTRACT, &source, &outcome.diagnostics)?;
    let (Some(artifacts), Some(plan)) = (outcome.artifacts, outcome.plan) else {
        let errors = outcome.diagnostics.iter().filter(|found| found.is_error());
        nothing_written(err, errors.count())?;
        return Ok(Exit::Failed);
    };

    let entries = match workspace.compare(&artifacts) {
        Ok(entries) => entries,
        Err(error) => return told(error, err),
    };
    if mode == Mode::Write
        && let Err(error) = workspace.write(&artifacts, &entries)
    {
        return told(error, err);
    }
    report::contract(out, &plan, text.len())?;
    report::entries(out, mode, &entries)?;
    out.flush()?;
    report::foreign(err, mode, &entries)?;
    let stale = entries.iter().any(|entry| entry.state != State::Fresh);
    if stale && mode == Mode::Check {
        report::stale(err, &entries)?;
        return Ok(Exit::Stale);
    }
    report::finished(out, mode, &plan, &entries)?;
    Ok(Exit::Fresh)
}
