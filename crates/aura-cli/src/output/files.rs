//! The files of a run: different ones, each written by this run alone.

use std::ffi::OsString;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use aura_client::uuid::Uuid;

use super::file::Output;
use super::resume::{Found, Records};
use crate::failure::Failure;
use crate::ids::SeenIds;
use crate::node::Node;

/// What is done with a file that holds something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    Refuse,
    Overwrite,
    Resume,
}

/// The files that options name. `-` is the standard input or output.
#[derive(Debug)]
pub struct Files {
    pub from: Option<PathBuf>,
    pub key_file: Option<PathBuf>,
    pub out: Option<PathBuf>,
    pub errors: Option<PathBuf>,
    pub existing: Existing,
}

/// Where results and failures go.
#[derive(Debug)]
pub struct Opened {
    pub output: Output,
    pub errors: Option<Output>,
    /// What is in the file of results already.
    pub found: Found,
}

impl Files {
    /// Opens the files to write to. Unless all of them can be used, nothing in them changes.
    pub fn open(&self, records: &Records) -> Result<Opened, Failure> {
        self.check_distinct()?;
        let open = |option, path: &PathBuf| match is_standard(path) {
            true => Ok(Output::stdout()),
            false => Output::open(option, path, self.existing == Existing::Resume),
        };
        let output = self.out.as_ref().map(|path| open("--out", path));
        let errors = self.errors.as_ref().map(|path| open("--errors", path));
        let mut output = output.transpose()?.unwrap_or_else(Output::stdout);
        let mut errors = errors.transpose()?;
        let (mut found, mut drift) = (Found::default(), Vec::new());
        match self.existing {
            Existing::Overwrite => {}
            Existing::Resume => {
                if let Some(content) = output.content() {
                    let name = output.name();
                    found = records.read(content).map_err(|why| not_ours(name, &why))?;
                }
                if let Some(file) = &errors {
                    drift = drift_of(file, &found.seen)?;
                }
            }
            Existing::Refuse => {
                let out_help = "--resume goes on where a run ended, --overwrite begins anew";
                not_empty("--out", &output, out_help)?;
                let errors_help = "--overwrite replaces what is in it; or name another file";
                errors
                    .iter()
                    .try_for_each(|file| not_empty("--errors", file, errors_help))?;
            }
        }
        // What failed is asked for again, but the leads that are there have drifted for good.
        if let Some(file) = &mut errors {
            file.cut(0)?;
            _ = file.write(&drift)?;
        }
        output.cut(found.end)?;
        Ok(Opened {
            output,
            errors,
            found,
        })
    }

    /// Refuses one file for two uses, whatever it is called: a link is the same file.
    fn check_distinct(&self) -> Result<(), Failure> {
        let out = match &self.out {
            Some(path) => ("--out", identity(path, STDOUT)),
            None => ("the standard output", identity(Path::new(STDOUT), STDOUT)),
        };
        let option = |path: &Option<PathBuf>, standard| identity(path.as_deref()?, standard);
        let files = [
            ("--from", option(&self.from, STDIN)),
            ("--key-file", option(&self.key_file, STDIN)),
            out,
            ("--errors", option(&self.errors, STDOUT)),
        ];
        for (at, (name, file)) in files.iter().enumerate() {
            let mut others = files[at + 1..].iter();
            if let Some((other, _)) = others.find(|(_, other)| file.is_some() && other == file) {
                let what = format!("{name} and {other} name the same file");
                return Err(Failure::usage(what));
            }
        }
        Ok(())
    }
}

const STDIN: &str = "/dev/stdin";
const STDOUT: &str = "/dev/stdout";

fn is_standard(path: &Path) -> bool {
    path == Path::new("-")
}

/// What a regular file is known by, whatever it is called: itself, or its folder and its name if it
/// is not there yet. Devices and pipes may be used twice.
fn identity(path: &Path, standard: &str) -> Option<(impl PartialEq + use<>, Option<OsString>)> {
    let path = match is_standard(path) {
        true => Path::new(standard),
        false => path,
    };
    if path.exists() {
        return path.is_file().then_some((inode(path)?, None));
    }
    let folder = path.parent().filter(|folder| *folder != Path::new(""));
    let folder = inode(folder.unwrap_or(Path::new(".")))?;
    Some((folder, path.file_name().map(OsString::from)))
}

#[cfg(unix)]
fn inode(path: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;

    let metadata = path.metadata().ok()?;
    Some((metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn inode(path: &Path) -> Option<PathBuf> {
    path.canonicalize().ok()
}

pub fn not_empty(option: &str, file: &Output, help: &str) -> Result<(), Failure> {
    match file.content() {
        Some(_) => {
            let what = format!("{option} {}: the file is not empty", file.name());
            Err(Failure::usage(what).or_try(help))
        }
        None => Ok(()),
    }
}

/// The lines of an earlier run about leads that are there. A last line that isn't whole is none.
fn drift_of(errors: &Output, leads: &SeenIds) -> Result<Vec<u8>, Failure> {
    let mut drift = Vec::new();
    let lines = errors
        .content()
        .map(|file| BufReader::new(file).split(b'\n'));
    for line in lines.into_iter().flatten() {
        let line = line.map_err(|error| not_ours(errors.name(), &error.to_string()))?;
        let member = |name| Node::read(&line)?.member(name)?.string();
        let id = member("id").and_then(|id| Uuid::try_parse(&id).ok());
        match member("kind") {
            Some(kind) if kind == "drift" && id.is_some_and(|id| leads.contains(&id)) => {
                drift.extend([&line[..], b"\n"].concat());
            }
            None if Node::read(&line).is_some() || !line.starts_with(b"{") => {
                return Err(not_ours(errors.name(), "it holds more than failures"));
            }
            _ => {}
        }
    }
    Ok(drift)
}

fn not_ours(name: &str, why: &str) -> Failure {
    Failure::usage(format!(
        "--resume: {name} is not what this command would have written: {why}"
    ))
    .or_try("give the same --output and --fields as before; the file is as it was")
}
