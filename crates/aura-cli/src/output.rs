//! Where results go: the standard output or a file.

mod resume;

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Seek, SeekFrom, Write};
use std::ops::ControlFlow;
use std::path::Path;

use crate::failure::Failure;
use crate::ids::SeenIds;
use crate::text::piece;
pub use resume::Records;

/// Where results go.
#[derive(Debug)]
pub enum Output {
    Stdout,
    /// A file, by its name.
    File(String, File),
}

/// What is done with a file that holds something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    Refuse,
    Overwrite,
    Resume,
}

/// A file that has been opened, and what is in it already.
pub struct Opened {
    pub output: Output,
    pub seen: SeenIds,
    /// Nothing is in it, not even a header.
    pub empty: bool,
}

impl Output {
    /// Opens a file, at whose end is written. Until all is well, nothing in it changes.
    pub fn open(path: &Path, existing: Existing, records: &Records) -> Result<Opened, Failure> {
        let name = piece(&path.display().to_string());
        let unusable = |error: io::Error| Failure::usage(format!("--out {name}: {error}"));
        let mut file = OpenOptions::new()
            .read(existing == Existing::Resume)
            .write(true)
            .create(true)
            .truncate(false)
            .open(path)
            .map_err(unusable)?;
        let metadata = file.metadata().map_err(unusable)?;
        if metadata.is_file() {
            lock(&file, &name)?;
        }
        let mut opened = Opened {
            output: Self::Stdout,
            seen: SeenIds::default(),
            empty: true,
        };
        if metadata.len() > 0 {
            let end = match existing {
                Existing::Refuse => return Err(not_empty(&name)),
                Existing::Overwrite => 0,
                Existing::Resume => {
                    let found = records.read(&file).map_err(|why| not_ours(&name, &why))?;
                    opened.seen = found.seen;
                    found.end
                }
            };
            opened.empty = end == 0;
            let cut = file
                .set_len(end)
                .and_then(|()| file.seek(SeekFrom::Start(end)));
            cut.map_err(unusable)?;
        }
        opened.output = Self::File(name, file);
        Ok(opened)
    }

    /// Writes whole lines. `Break` says that nobody reads any more, which is no failure.
    pub fn write(&mut self, bytes: &[u8]) -> Result<ControlFlow<()>, Failure> {
        match self {
            Self::Stdout => print(bytes),
            Self::File(name, file) => flow(name, file.write_all(bytes)),
        }
    }
}

/// Two runs that write to one file would spoil it.
fn lock(file: &File, name: &str) -> Result<(), Failure> {
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => Err(Failure::usage(format!(
            "--out {name}: another run writes to this file"
        ))),
        // Where files cannot be locked, nothing is lost but this.
        Ok(()) | Err(TryLockError::Error(_)) => Ok(()),
    }
}

fn not_empty(name: &str) -> Failure {
    Failure::usage(format!("--out {name}: the file is not empty"))
        .or_try("--resume goes on where a run ended, --overwrite begins anew")
}

fn not_ours(name: &str, why: &str) -> Failure {
    Failure::usage(format!(
        "--resume: {name} is not what this command would have written: {why}"
    ))
    .or_try("give the same --output and --fields as before; the file is as it was")
}

/// Writes to the standard output. `Break` says that nobody reads any more, which is no failure.
pub fn print(bytes: &[u8]) -> Result<ControlFlow<()>, Failure> {
    let mut out = io::stdout().lock();
    let written = out.write_all(bytes).and_then(|()| out.flush());
    flow("the output", written)
}

fn flow(to: &str, written: io::Result<()>) -> Result<ControlFlow<()>, Failure> {
    match written {
        Ok(()) => Ok(ControlFlow::Continue(())),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(ControlFlow::Break(())),
        Err(error) => Err(Failure::local(format!(
            "{to} could not be written: {error}"
        ))),
    }
}
