//! `cargo xtask lint`: read, check, tell.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::diagnostics::{github, json, render};
use crate::exit::Exit;
use crate::report;
use crate::workspace::{find, read};
use openapi_document::{self as document, Source};
use openapi_document::{Diagnostic, count};

/// In which form findings are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Format {
    /// For people, on stderr
    #[default]
    Human,
    /// One JSON object, on stdout
    Json,
    /// GitHub's workflow commands, on stdout
    Github,
}

/// What the command is asked.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The contract; else it is looked for.
    pub file: Option<PathBuf>,
    /// Whether a warning fails the command.
    pub deny_warnings: bool,
    /// How findings are told.
    pub format: Format,
}

/// Runs the command in the folder `from`. For people, what is found goes to `err`; for programs,
/// to `out`.
pub fn lint(
    from: &Path,
    options: &Options,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> io::Result<Exit> {
    let found = find(from, options.file.as_deref());
    let read = found.and_then(|(path, name)| Ok((read(&path)?, name)));
    let (bytes, name) = match read {
        Ok(read) => read,
        Err(error) => {
            report::disk_error(err, &error)?;
            return Ok(Exit::Failed);
        }
    };
    let (source, found) = match document::text(&bytes) {
        Ok(text) => (Source::new(text), client_codegen::lint(text).1),
        Err(refused) => {
            let (source, told) = *refused;
            (source, vec![told])
        }
    };
    tell(&name, &source, &found, options.format, out, err)?;
    let (errors, warnings) = count(&found);
    Ok(
        match errors > 0 || (options.deny_warnings && warnings > 0) {
            true => Exit::Failed,
            false => Exit::Fresh,
        },
    )
}

fn tell(
    name: &str,
    source: &Source,
    found: &[Diagnostic],
    format: Format,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> io::Result<()> {
    match format {
        Format::Human => {
            render(err, name, source, found)?;
            report::findings(err, name, count(found))
        }
        Format::Json => writeln!(out, "{:#}", json(name, source, found)),
        Format::Github => write!(out, "{}", github(name, source, found)),
    }
}
