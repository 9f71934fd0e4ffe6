//! The command: which two contracts, in which form, with which exit code.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::{git, show};
use crate::diagnostics::render;
use crate::exit::Exit;
use crate::report;
use crate::workspace::{CONTRACT, DiskError, Workspace, read};
use openapi_diff::{
    Accepted, Change, Comparison, Compatibility, Policy, Severity, Version, compare_under,
};
use openapi_document::Diagnostic;
use openapi_document::display::one_line;
use openapi_document::{self as document, Source};

/// The file of accepted changes, beside the contract.
const ACCEPTED: &str = "openapi.accepted.yaml";

/// What the command is asked.
#[derive(Debug, Default, clap::Args)]
pub struct Arguments {
    /// What was: a git revision, or a file [default: where this branch left main]
    pub base: Option<String>,
    /// What is: a file instead of the working copy's openapi.yaml
    #[arg(long, value_name = "FILE")]
    pub head: Option<PathBuf>,
    /// Output format
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Exit with 3 if there is such a change that is not accepted
    #[arg(long, value_enum, value_name = "CLASS")]
    pub deny: Option<Deny>,
    /// Give all changes of a code another class; may be repeated
    ///
    /// LEVEL is breaking, additive, docs or none; none leaves the change out of all but JSON.
    #[arg(long, value_name = "CODE=LEVEL")]
    pub severity: Vec<Severity>,
    /// Accepted changes [default: openapi.accepted.yaml beside the contract, if it is there]
    #[arg(long, value_name = "FILE")]
    pub accepted: Option<PathBuf>,
}

/// The form of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Format {
    /// For a terminal
    #[default]
    Text,
    /// To paste into a review
    Markdown,
    /// For programs
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// GitHub's workflow commands
    Github,
    /// Entries that accept what breaks, to append to openapi.accepted.yaml
    Accepted,
}

/// Which changes fail the command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Deny {
    /// Breaking changes, on the wire or in Rust
    Breaking,
    /// Breaking changes on the wire
    WireBreaking,
}

impl Deny {
    /// How many changes are denied.
    fn count(self, comparison: &Comparison) -> usize {
        let class = |change: &Change| match self {
            Deny::Breaking => change.class,
            Deny::WireBreaking => change.wire_class,
        };
        let changes = comparison.changes.iter();
        let denied = changes
            .filter(|change| change.accepted.is_none() && class(change) == Compatibility::Breaking);
        denied.count()
    }
}

/// Why there is no comparison.
enum Failure {
    Disk(DiskError),
    /// A text that can't be read, with its name.
    Text(String, Box<Source>, Vec<Diagnostic>),
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
    let read = || Ok((versions(from, arguments)?, accepted(from, arguments)?));
    let ((base, head), (name, accepted)) = match read() {
        Ok(read) => read,
        Err(Failure::Disk(error)) => {
            report::disk_error(err, &error)?;
            return Ok(Exit::Failed);
        }
        Err(Failure::Text(name, source, diagnostics)) => {
            render(err, &name, &source, &diagnostics)?;
            return Ok(Exit::Failed);
        }
    };
    let policy = match Policy::new(&arguments.severity, accepted) {
        Ok(policy) => policy,
        Err(problem) => {
            writeln!(err, "error: {problem}")?;
            return Ok(Exit::Misused);
        }
    };
    let comparison = compare_under(&policy, &base, &head);
    let report = show::Report {
        base: &one_line(&*base.name),
        head: &one_line(&*head.name),
        accepted: &one_line(&*name),
        comparison: &comparison,
    };
    match arguments.format {
        Format::Text => show::text(out, &report)?,
        Format::Markdown => show::markdown(out, &report)?,
        Format::Json => show::json(out, &report)?,
        Format::Sarif => show::sarif(out, &report)?,
        Format::Github => show::github(out, &report)?,
        Format::Accepted => {
            let today = chrono::Utc::now().date_naive();
            show::accepted(out, &report, &today.to_string())?;
        }
    }
    let denied = match arguments.deny {
        Some(deny) => deny.count(&comparison),
        None => 0,
    };
    if denied == 0 {
        return Ok(Exit::Fresh);
    }
    report::denied(err, denied, &name)?;
    Ok(Exit::Denied)
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

/// The accepted changes, with the name of their file. Unless one is named, there may be none.
fn accepted(from: &Path, arguments: &Arguments) -> Result<(String, Accepted), Failure> {
    let (name, path) = match (&arguments.accepted, &arguments.head) {
        (Some(file), _) => (shown(file), from.join(file)),
        (None, Some(head)) => {
            let file = head.with_file_name(ACCEPTED);
            (shown(&file), from.join(file))
        }
        (None, None) => (
            ACCEPTED.to_string(),
            Workspace::find(from)?.root().join(ACCEPTED),
        ),
    };
    if arguments.accepted.is_none() && path.symlink_metadata().is_err() {
        return Ok((name, Accepted::default()));
    }
    let accepted = with_text((name.clone(), read(&path)?), |_, text| Accepted::read(text))?;
    Ok((name, accepted))
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

fn version(named: (String, Vec<u8>)) -> Result<Version, Failure> {
    with_text(named, |name, text| Version::read(name, text))
}

/// What `read` makes of the text of a file, with its name.
fn with_text<T>(
    (name, bytes): (String, Vec<u8>),
    read: impl Fn(&str, &str) -> Result<T, Vec<Diagnostic>>,
) -> Result<T, Failure> {
    let failed = |source, found| Failure::Text(name.clone(), Box::new(source), found);
    match document::text(&bytes) {
        Ok(text) => read(&name, text).map_err(|found| failed(Source::new(text), found)),
        Err(refused) => {
            let (source, found) = *refused;
            Err(failed(source, vec![found]))
        }
    }
}
