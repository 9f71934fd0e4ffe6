//! Where a body is read from, or a file in one.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use aura_client::Upload;
use tokio_util::io::ReaderStream;

use crate::failure::Failure;
use crate::text::piece;

/// A file up to this size is sent from memory, so that a call can be repeated.
const IN_MEMORY: u64 = 1024 * 1024;

/// Where bytes come from.
#[derive(Debug, PartialEq)]
pub enum Source {
    Bytes(Vec<u8>),
    File(PathBuf),
    Stdin,
}

impl Source {
    /// What `--body` names: `@FILE`, `-` for the standard input, or the text itself.
    pub fn of_body(given: &str) -> Result<Self, Failure> {
        match given.strip_prefix('@') {
            _ if given == "-" => Ok(Self::Stdin),
            Some(path) => Self::file(path).map_err(|error| unreadable(given, &error)),
            None => Ok(Self::Bytes(given.into())),
        }
    }

    /// A file that can be opened, or `-` for the standard input.
    pub fn file(path: &str) -> io::Result<Self> {
        if path == "-" {
            return Ok(Self::Stdin);
        }
        match File::open(path)?.metadata()?.is_dir() {
            true => Err(io::ErrorKind::IsADirectory.into()),
            false => Ok(Self::File(path.into())),
        }
    }

    /// The name of the file.
    pub fn file_name(&self) -> Option<String> {
        let Self::File(path) = self else { return None };
        Some(path.file_name()?.to_string_lossy().into_owned())
    }

    /// Reads all of it.
    pub fn read(&self) -> Result<Vec<u8>, Failure> {
        match self {
            Self::Bytes(bytes) => Ok(bytes.clone()),
            Self::File(path) => fs::read(path).map_err(|error| cannot_read(path, &error)),
            Self::Stdin => {
                let mut bytes = Vec::new();
                let read = io::stdin().lock().read_to_end(&mut bytes);
                read.map_err(|error| unreadable("-", &error))?;
                Ok(bytes)
            }
        }
    }

    /// The body that it is. What is large is read while it is sent.
    pub async fn upload(&self) -> Result<Upload, Failure> {
        let path = match self {
            Self::Bytes(bytes) => return Ok(Upload::bytes(bytes.clone())),
            Self::Stdin => return Ok(Upload::stream(ReaderStream::new(tokio::io::stdin()))),
            Self::File(path) => path,
        };
        let opened = async {
            let file = tokio::fs::File::open(path).await?;
            let metadata = file.metadata().await?;
            Ok((file, metadata))
        };
        let (file, metadata) = opened.await.map_err(|error| cannot_read(path, &error))?;
        match metadata.len() {
            length if metadata.is_file() && length > IN_MEMORY => {
                Ok(Upload::stream(ReaderStream::new(file)).length(length))
            }
            _ if metadata.is_file() => self.read().map(Upload::bytes),
            _ => Ok(Upload::stream(ReaderStream::new(file))),
        }
    }
}

fn unreadable(given: &str, error: &io::Error) -> Failure {
    Failure::usage(format!("--body {}: {error}", piece(given)))
}

fn cannot_read(path: &Path, error: &io::Error) -> Failure {
    let name = piece(&path.display().to_string());
    Failure::usage(format!("{name}: {error}"))
}

/// Where it is; for tests.
#[cfg(test)]
impl std::fmt::Display for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Bytes(bytes) => f.write_str(&String::from_utf8_lossy(bytes)),
            Self::File(path) => write!(f, "@{}", path.file_name().unwrap_or_default().display()),
            Self::Stdin => f.write_str("-"),
        }
    }
}
