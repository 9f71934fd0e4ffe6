//! A file that is written whole or not at all.

use std::fs;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::file::Output;
use super::files::not_empty;
use crate::failure::Failure;
use crate::text::piece;

/// What `--out` names, in the making.
#[derive(Debug)]
pub enum WholeFile {
    /// The standard output, a device or a pipe: what is written is there at once.
    Direct(Output),
    /// A file beside the one that it takes the place of.
    Beside { path: PathBuf, file: NamedTempFile },
}

impl WholeFile {
    /// Makes sure that the file can be written, and holds nothing unless it is to be overwritten.
    pub fn create(path: &Path, overwrite: bool) -> Result<Self, Failure> {
        if path == Path::new("-") {
            return Ok(Self::Direct(Output::stdout()));
        }
        let existing = fs::metadata(path).ok();
        if existing.is_some() {
            let there = Output::open("--out", path, false)?;
            if !overwrite {
                not_empty("--out", &there, "--overwrite replaces what is in it")?;
            }
            if existing
                .as_ref()
                .is_some_and(|metadata| !metadata.is_file())
            {
                return Ok(Self::Direct(there));
            }
        }
        let unusable = |error: std::io::Error| {
            let name = piece(&path.display().to_string());
            Failure::usage(format!("--out {name}: {error}"))
        };
        // What a link leads to is replaced, not the link.
        let path = match &existing {
            Some(_) => fs::canonicalize(path).map_err(unusable)?,
            None => path.to_owned(),
        };
        let folder = path.parent().filter(|folder| *folder != Path::new(""));
        let file = tempfile::Builder::new()
            .prefix(".aura-")
            .tempfile_in(folder.unwrap_or(Path::new(".")));
        let file = file.map_err(unusable)?;
        if let Some(metadata) = existing {
            let kept = file.as_file().set_permissions(metadata.permissions());
            kept.map_err(unusable)?;
        }
        Ok(Self::Beside { path, file })
    }

    /// Writes more. `Break` says that nobody reads any more, which is no failure.
    pub fn write(&mut self, bytes: &[u8]) -> Result<ControlFlow<()>, Failure> {
        match self {
            Self::Direct(output) => output.write(bytes),
            Self::Beside { path, file } => {
                let written = file.write_all(bytes);
                written.map_err(|error| unwritten(path, &error))?;
                Ok(ControlFlow::Continue(()))
            }
        }
    }

    /// Puts the file in its place. Without this, nothing is left of it.
    pub fn finish(self) -> Result<(), Failure> {
        let Self::Beside { path, file } = self else {
            return Ok(());
        };
        let synced = file.as_file().sync_data();
        synced.map_err(|error| unwritten(&path, &error))?;
        let placed = file.persist(&path);
        placed
            .map(drop)
            .map_err(|error| unwritten(&path, &error.error))
    }
}

fn unwritten(path: &Path, error: &std::io::Error) -> Failure {
    let name = piece(&path.display().to_string());
    Failure::local(format!("{name} could not be written: {error}"))
}
