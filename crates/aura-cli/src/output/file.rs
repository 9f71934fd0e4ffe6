//! One place that records are written to.

use std::fmt::Display;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Seek, SeekFrom, Write};
use std::ops::ControlFlow;
use std::path::Path;

use crate::failure::Failure;
use crate::text::piece;

/// The standard output, or a file that an option names. Records are written whole or not at all.
#[derive(Debug)]
pub struct Output {
    /// The name for messages.
    name: String,
    /// `None` for the standard output.
    file: Option<File>,
    /// Whether the file is neither a device nor a pipe.
    is_regular: bool,
    /// Where the last whole record ends.
    end: u64,
}

impl Output {
    pub fn stdout() -> Self {
        Self {
            name: "the output".to_owned(),
            file: None,
            is_regular: false,
            end: 0,
        }
    }

    /// Opens a file and keeps other runs from writing to it, which would spoil it. It is created for
    /// its owner alone; one that is there already is not changed.
    pub fn open(option: &str, path: &Path, is_read: bool) -> Result<Self, Failure> {
        let name = piece(&path.display().to_string());
        let unusable = |what: &dyn Display| Failure::usage(format!("{option} {name}: {what}"));
        let mut options = OpenOptions::new();
        options.read(is_read).write(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(path);
        let opened = file.and_then(|file| Ok((file.metadata()?.is_file(), file)));
        let (is_regular, file) = opened.map_err(|error| unusable(&error))?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) if is_regular => {
                return Err(unusable(&"another run writes to this file"));
            }
            // Where files cannot be locked, nothing is lost but this.
            _ => {}
        }
        Ok(Self {
            name,
            file: Some(file),
            is_regular,
            end: 0,
        })
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// The file to read, if it holds anything. A device or a pipe holds nothing.
    pub fn content(&self) -> Option<&File> {
        let file = self.file.as_ref().filter(|_| self.is_regular);
        file.filter(|file| file.metadata().is_ok_and(|metadata| metadata.len() > 0))
    }

    /// Cuts off what stands after this place; records are written there from now on.
    pub fn cut(&mut self, end: u64) -> Result<(), Failure> {
        self.end = end;
        match &mut self.file {
            Some(file) if self.is_regular => {
                let cut = file
                    .set_len(end)
                    .and_then(|()| file.seek(SeekFrom::Start(end)));
                cut.map(drop).map_err(|error| self.unwritten(&error))
            }
            _ => Ok(()),
        }
    }

    /// Writes whole lines. `Break` says that nobody reads any more, which is no failure.
    pub fn write(&mut self, lines: &[u8]) -> Result<ControlFlow<()>, Failure> {
        let written = match &mut self.file {
            Some(file) => file.write_all(lines),
            None => {
                let mut out = io::stdout().lock();
                out.write_all(lines).and_then(|()| out.flush())
            }
        };
        match written {
            Ok(()) => self.end += lines.len() as u64,
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                return Ok(ControlFlow::Break(()));
            }
            Err(error) => {
                // That nothing could be written is what counts, if this can't be taken back either.
                self.cut(self.end).ok();
                return Err(self.unwritten(&error));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Closes a JSON array behind its last whole element, where a comma stands, after one that could not
    /// be written. Only a file can be changed there.
    pub fn close_array(&mut self, has_elements: bool) -> Result<ControlFlow<()>, Failure> {
        let (kept, close) = match self.end {
            _ if !self.is_regular => return Ok(ControlFlow::Continue(())),
            0 => (0, "[]\n"),
            end if has_elements => (end - 2, "\n]\n"),
            end => (end, "]\n"),
        };
        self.cut(kept)?;
        self.write(close.as_bytes())
    }

    /// Makes sure that what was written is on the disk.
    pub fn finish(&self) -> Result<(), Failure> {
        let synced = match &self.file {
            Some(file) if self.is_regular => file.sync_data(),
            _ => Ok(()),
        };
        synced.map_err(|error| self.unwritten(&error))
    }

    fn unwritten(&self, error: &io::Error) -> Failure {
        Failure::local(format!("{} could not be written: {error}", self.name))
    }
}

/// Writes to the standard output. That nobody reads it any more is no failure.
pub fn print(bytes: &[u8]) -> Result<(), Failure> {
    Output::stdout().write(bytes).map(drop)
}
