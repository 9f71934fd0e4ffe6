//! `cargo xtask lint`: read, check, tell.

use std::collections::HashMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::explain::unknown;

use crate::diagnostics::{github, json, render};
use crate::exit::Exit;
use crate::report;
use crate::workspace::{find, read};
use openapi_document::{self as document, Source};
use openapi_document::{Diagnostic, Severity, count};

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

/// What becomes of a warning of one code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// It is not reported.
    Allow,
    /// It is reported, and fails nothing, whatever else is denied.
    Warn,
    /// It is an error.
    Deny,
}

/// What the command is asked.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The contract; else it is looked for.
    pub file: Option<PathBuf>,
    /// Whether a warning fails the command.
    pub deny_warnings: bool,
    /// What becomes of warnings of these codes.
    pub levels: Vec<(String, Level)>,
    /// How findings are told.
    pub format: Format,
}

impl Options {
    /// What is wrong with a code that is given a level.
    pub fn problem(&self) -> Option<String> {
        let rules = client_codegen::rules();
        let mut levels: HashMap<&str, Level> = HashMap::new();
        self.levels.iter().find_map(|(code, level)| {
            let Some(rule) = rules.iter().find(|rule| rule.code == code) else {
                return Some(unknown(code, &rules));
            };
            if rule.severity == Severity::Error && *level != Level::Deny {
                return Some(format!(
                    "`{code}` is an error; only a warning can be allowed"
                ));
            }
            let other = levels.insert(rule.code, *level);
            other
                .filter(|other| other != level)
                .map(|_| format!("`{code}` is given two levels; keep one of the two"))
        })
    }

    /// The level of a warning, where it is not left to the others.
    fn level(&self, found: &Diagnostic) -> Option<Level> {
        let mut levels = self.levels.iter().filter(|_| !found.is_error());
        levels.find_map(|(code, level)| (code == found.code).then_some(*level))
    }
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
    let (source, mut found) = match document::text(&bytes) {
        Ok(text) => (Source::new(text), client_codegen::lint(text).1),
        Err(refused) => {
            let (source, told) = *refused;
            (source, vec![told])
        }
    };
    found.retain(|found| options.level(found) != Some(Level::Allow));
    for found in &mut found {
        if options.level(found) == Some(Level::Deny) {
            found.severity = Severity::Error;
        }
    }
    // Errors stay first.
    found.sort_by_key(|found| found.severity);
    tell(&name, &source, &found, options.format, out, err)?;
    let is_denied = |found: &Diagnostic| {
        found.is_error() || (options.deny_warnings && options.level(found) != Some(Level::Warn))
    };
    Ok(match found.iter().any(is_denied) {
        true => Exit::Failed,
        false => Exit::Fresh,
    })
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
