//! The disk: finding the contract, comparing what is there, writing what is new. Nothing else
//! touches it.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use client_codegen::{Artifact, GENERATED};

use crate::transaction::{Transaction, beside};

/// The contract's file name.
pub const CONTRACT: &str = "openapi.yaml";

/// The package whose generated files a workspace holds.
const CLIENT_MANIFEST: &str = "crates/aura-client/Cargo.toml";

/// A checkout: the folder of the contract.
#[derive(Debug, Clone)]
pub struct Workspace {
    root: PathBuf,
}

/// How a generated file stands to what is on the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It is there, byte for byte.
    Fresh,
    /// It is there with other content.
    Stale,
    /// It is not there.
    Missing,
    /// It was generated, and is no part of what the contract makes.
    Orphaned,
    /// It stands among generated files, but was not generated: it is left alone.
    Foreign,
}

/// Whether stale files are written or told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Write them.
    Write,
    /// Tell them.
    Check,
}

/// A generated file with its state.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Where it is, from the root.
    pub path: String,
    /// How it stands.
    pub state: State,
    /// The first line that differs, from 1, if it is stale.
    pub first_difference: Option<usize>,
}

/// Why the disk was of no help: what was tried, with which file, and why it failed.
#[derive(Debug)]
pub struct DiskError {
    /// What went wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl DiskError {
    fn new(what: &str, path: &Path, error: &io::Error) -> DiskError {
        DiskError {
            message: format!("can't {what} {}: {error}", path.display()),
            help: "nothing was changed; mend it and run the command again".into(),
        }
    }
}

impl Workspace {
    /// The workspace whose contract is found in `from` or the nearest folder above it.
    pub fn find(from: &Path) -> Result<Workspace, DiskError> {
        Workspace::at(nearest(from)?)
    }

    /// The workspace at `root`.
    pub fn at(root: &Path) -> Result<Workspace, DiskError> {
        if !root.join(CLIENT_MANIFEST).is_file() {
            return Err(DiskError {
                message: format!(
                    "{} has a {CONTRACT}, but no {CLIENT_MANIFEST}: it is not the Aura workspace",
                    root.display()
                ),
                help: "run the command inside the checkout".into(),
            });
        }
        Ok(Workspace {
            root: root.to_path_buf(),
        })
    }

    /// The folder of the contract.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The contract's file.
    pub fn contract(&self) -> PathBuf {
        self.root.join(CONTRACT)
    }

    /// The contract's bytes.
    pub fn read_contract(&self) -> Result<Vec<u8>, DiskError> {
        read(&self.contract())
    }

    /// Compares the generated files with those on the disk.
    pub fn compare(&self, artifacts: &[Artifact]) -> Result<Vec<Entry>, DiskError> {
        let mut entries = Vec::new();
        for artifact in artifacts {
            let path = self.root.join(&artifact.path);
            let (state, first_difference) = match fs::read(&path) {
                Ok(found) if found == artifact.content.as_bytes() => (State::Fresh, None),
                Ok(found) => (
                    State::Stale,
                    Some(first_difference(&found, &artifact.content)),
                ),
                Err(error) if error.kind() == io::ErrorKind::NotFound => (State::Missing, None),
                Err(error) => return Err(DiskError::new("read", &path, &error)),
            };
            entries.push(Entry {
                path: artifact.path.clone(),
                state,
                first_difference,
            });
        }
        entries.extend(self.left(artifacts)?);
        Ok(entries)
    }

    /// What else stands in the folders of generated code.
    fn left(&self, artifacts: &[Artifact]) -> Result<Vec<Entry>, DiskError> {
        let made: BTreeSet<&str> = artifacts
            .iter()
            .map(|artifact| artifact.path.as_str())
            .collect();
        let folders: BTreeSet<&str> = made
            .iter()
            .filter_map(|path| path.rsplit_once('/').map(|(folder, _)| folder))
            .collect();
        let mut left = Vec::new();
        for folder in folders {
            let path = self.root.join(folder);
            self.refuse_links(&path)?;
            let listed = match fs::read_dir(&path) {
                Ok(listed) => listed.collect::<Result<Vec<_>, _>>(),
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => Err(error),
            };
            let listed = listed.map_err(|error| DiskError::new("list", &path, &error))?;
            for file in listed {
                let path = format!("{folder}/{}", file.file_name().to_string_lossy());
                if made.contains(path.as_str()) {
                    continue;
                }
                let state = match is_generated(&file.path()) {
                    Ok(true) => State::Orphaned,
                    Ok(false) => State::Foreign,
                    Err(error) => return Err(DiskError::new("read", &file.path(), &error)),
                };
                left.push(Entry {
                    path,
                    state,
                    first_difference: None,
                });
            }
        }
        left.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(left)
    }

    /// What is written into a folder that is a link would end up elsewhere.
    fn refuse_links(&self, folder: &Path) -> Result<(), DiskError> {
        let inside = folder.ancestors().take_while(|above| *above != self.root);
        match inside.into_iter().find(|folder| folder.is_symlink()) {
            None => Ok(()),
            Some(link) => Err(DiskError {
                message: format!("{} is a symbolic link", link.display()),
                help: "nothing was changed; generated files are written into a folder of the \
                       checkout alone: replace the link with a folder"
                    .into(),
            }),
        }
    }

    /// Brings the disk to what `entries` ask for: all of it, or nothing.
    pub fn write(&self, artifacts: &[Artifact], entries: &[Entry]) -> Result<(), DiskError> {
        let mut transaction = Transaction::default();
        for entry in entries {
            let path = self.root.join(&entry.path);
            let artifact = artifacts
                .iter()
                .find(|artifact| artifact.path == entry.path);
            match (entry.state, artifact) {
                (State::Stale | State::Missing, Some(artifact)) => transaction
                    .write(&path, &artifact.content)
                    .map_err(|error| DiskError::new("write", &path, &error))?,
                (State::Orphaned, _) => transaction.remove(&path),
                _ => {}
            }
        }
        transaction.commit().map_err(|failed| {
            let error = DiskError::new("change", &failed.path, &failed.error);
            if failed.changed.is_empty() {
                return error;
            }
            let changed = failed.changed.iter().map(|path| path.display().to_string());
            let changed: Vec<_> = changed.collect();
            DiskError {
                help: format!(
                    "these files could not be put back: {}; `git diff` shows how they changed",
                    changed.join(", ")
                ),
                ..error
            }
        })
    }

    /// Writes what a preview shows, where builds put their files, and says where that is.
    pub fn write_preview(&self, name: &str, content: &str) -> Result<PathBuf, DiskError> {
        let path = self.root.join("target/preview").join(name);
        let failed = |error: &io::Error| DiskError::new("write", &path, error);
        let file = beside(&path, content).map_err(|error| failed(&error))?;
        file.persist(&path).map_err(|error| failed(&error.error))?;
        Ok(path)
    }
}

/// Gives a file another content: all of it, or none.
pub fn replace(path: &Path, content: &str) -> Result<(), DiskError> {
    let failed = |error: &io::Error| DiskError::new("write", path, error);
    let mut transaction = Transaction::default();
    transaction
        .write(path, content)
        .map_err(|error| failed(&error))?;
    transaction.commit().map_err(|made| failed(&made.error))
}

/// A file's bytes.
pub fn read(path: &Path) -> Result<Vec<u8>, DiskError> {
    fs::read(path).map_err(|error| DiskError {
        // Not only commands that write read.
        help: "see that it is a file that can be read, and run the command again".into(),
        ..DiskError::new("read", path, &error)
    })
}

/// The folder of the contract that is nearest to `from`, upwards.
pub fn nearest(from: &Path) -> Result<&Path, DiskError> {
    from.ancestors()
        // Also one that can't be read, so that this is told, not that there is none.
        .find(|folder| folder.join(CONTRACT).symlink_metadata().is_ok())
        .ok_or_else(|| DiskError {
            message: format!("no {CONTRACT} in {} or any folder above it", from.display()),
            help: "run the command inside the checkout".into(),
        })
}

/// Whether a file begins as those that the pipeline writes.
fn is_generated(path: &Path) -> io::Result<bool> {
    if !path.symlink_metadata()?.is_file() {
        return Ok(false);
    }
    let mut start = Vec::new();
    let file = fs::File::open(path)?;
    file.take(GENERATED.len() as u64).read_to_end(&mut start)?;
    Ok(start == GENERATED.as_bytes())
}

fn first_difference(found: &[u8], wanted: &str) -> usize {
    let same = found
        .split(|byte| *byte == b'\n')
        .zip(wanted.as_bytes().split(|byte| *byte == b'\n'))
        .take_while(|(found, wanted)| found == wanted);
    same.count() + 1
}

/// Where the contract is, and how it is called in what is told: as it was given, or as seen from
/// the folder that the command runs in.
pub fn find(from: &Path, file: Option<&Path>) -> Result<(PathBuf, String), DiskError> {
    if let Some(file) = file {
        return Ok((from.join(file), file.display().to_string()));
    }
    let folder = nearest(from).map_err(|error| DiskError {
        help: format!("{}, or name a file: cargo xtask lint FILE", error.help),
        ..error
    })?;
    let up = from.ancestors().take_while(|above| *above != folder);
    Ok((folder.join(CONTRACT), "../".repeat(up.count()) + CONTRACT))
}
