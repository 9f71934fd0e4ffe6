//! The command: which two contracts, in which form, with which exit code.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::{git, show};
use crate::diagnostics::render;
use crate::exit::Exit;
use crate::report;
use crate::workspace::{CONTRACT, DiskError, Workspace, read};
use openapi_diff::{Class, Version, compare};
use openapi_document::Diagnostic;
use openapi_document::{self as document, Source};

/// What the command is asked.
#[derive(Debug, Default, clap::Args)]
pub struct Arguments {
    /// What was: a git revision, or a file [default: where this branch left main]
    pub base: Option<String>,
    /// What is: a file instead of the working copy's openapi.yaml
    #[arg(long, value_name = "FILE")]
    pub head: Option<PathBuf>,
    /// For the terminal, to paste into a review, or for programs
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Exit with 3 if there is a change of this class
    #[arg(long, value_enum)]
    pub deny: Option<Deny>,
}

/// The form of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Format {
    /// For a terminal.
    #[default]
    Text,
    /// For a review.
    Markdown,
    /// For programs.
    Json,
}

/// What is not to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Deny {
    /// Breaking changes.
    Breaking,
}

/// Why there is no comparison.
enum Failure {
    Disk(DiskError),
    /// A text that is no contract, with its name.
    Contract(String, Box<Source>, Vec<Diagnostic>),
}

impl From<DiskError> for Failure {
    fn from(error: DiskError) -> Failure {
        Failure::Disk(error)
    }
}

/// Runs the command in the workspace around `from`. The report goes to `out`, what is wrong to
/// `err`; both with ANSI colours, for the terminal's writer to keep or strip.
pub fn diff(
    from: &Path,
    arguments: &Arguments,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> io::Result<Exit> {
    let (base, head) = match versions(from, arguments) {
        Ok(versions) => versions,
        Err(Failure::Disk(error)) => {
            report::disk_error(err, &error)?;
            return Ok(Exit::Failed);
        }
        Err(Failure::Contract(name, source, diagnostics)) => {
            render(err, &name, &source, &diagnostics)?;
            return Ok(Exit::Failed);
        }
    };
    let comparison = compare(&base, &head);
    match arguments.format {
        Format::Text => show::text(out, &base.name, &head.name, &comparison)?,
        Format::Markdown => show::markdown(out, &base.name, &head.name, &comparison)?,
        Format::Json => show::json(out, &base.name, &head.name, &comparison)?,
    }
    let denied = arguments.deny == Some(Deny::Breaking) && comparison.class == Class::Breaking;
    Ok(if denied { Exit::Denied } else { Exit::Fresh })
}

fn versions(from: &Path, arguments: &Arguments) -> Result<(Version, Version), Failure> {
    let head = match &arguments.head {
        Some(file) => (shown(file), read(&from.join(file))?),
        None => (
            CONTRACT.to_string(),
            Workspace::find(from)?.read_contract()?,
        ),
    };
    let base = base(from, arguments.base.as_deref())?;
    Ok((version(base)?, version(head)?))
}

fn shown(file: &Path) -> String {
    file.display().to_string()
}

/// The name and the bytes of what was. What names a commit and a file is the commit.
fn base(from: &Path, named: Option<&str>) -> Result<(String, Vec<u8>), DiskError> {
    let root = || Ok(Workspace::find(from)?.root().to_path_buf());
    let Some(named) = named else {
        let root: PathBuf = root()?;
        let (commit, main) = git::merge_base(&root)?;
        let name = format!("{main} ({})", short(&commit));
        let bytes = git::contract(&root, &commit, &name)?;
        return Ok((name, bytes));
    };
    let file = from.join(named);
    let root: Result<PathBuf, DiskError> = root();
    let commit = match &root {
        Ok(root) => git::commit(root, named),
        Err(_) => Ok(None),
    };
    match (commit, root) {
        (Ok(Some(commit)), Ok(root)) => {
            let bytes = git::contract(&root, &commit, named)?;
            Ok((named.to_string(), bytes))
        }
        _ if file.symlink_metadata().is_ok() => Ok((named.to_string(), read(&file)?)),
        (Err(error), _) => Err(error),
        (_, Err(_)) => Err(DiskError {
            message: format!("`{named}` is no file, and here is no checkout to find a revision in"),
            help: "name a file, or run the command inside the checkout".into(),
        }),
        _ => Err(DiskError {
            message: format!("`{named}` is neither a git revision nor a file"),
            help: "name a branch, a tag, a commit, or a file".into(),
        }),
    }
}

fn short(commit: &str) -> &str {
    commit.get(..7).unwrap_or(commit)
}

fn version((name, bytes): (String, Vec<u8>)) -> Result<Version, Failure> {
    let failed = |name: String, text: &str, found| {
        Failure::Contract(name, Box::new(Source::new(text)), found)
    };
    match document::text(&bytes) {
        Ok(text) => Version::read(name.clone(), text).map_err(|found| failed(name, text, found)),
        Err(refused) => {
            let (source, found) = *refused;
            Err(Failure::Contract(name, Box::new(source), vec![found]))
        }
    }
}
