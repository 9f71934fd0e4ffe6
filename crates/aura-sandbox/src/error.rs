//! Why a sandbox cannot start.

use std::fmt;
use std::io;
use std::path::PathBuf;

/// Why a sandbox cannot start. One line, without values of leads and without keys.
#[derive(Debug)]
#[non_exhaustive]
pub enum SandboxError {
    /// The port cannot be listened on.
    Listen {
        /// The port, 0 for any.
        port: u16,
        /// The system's reason.
        source: io::Error,
    },
    /// A seed file cannot be read.
    ReadFile {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// A seed file is not one.
    SeedFile {
        /// The file.
        path: PathBuf,
        /// What is wrong, and where.
        problem: String,
    },
    /// A lead cannot be served: it does not fit the contract, or its ID is taken.
    Lead {
        /// Which: where it was given, and its number there, from 1.
        lead: String,
        /// What is wrong, and where in it.
        problem: String,
    },
    /// An organization cannot be served: its name or a key is taken, or a key is none.
    Organization {
        /// Its name.
        name: String,
        /// What is wrong.
        problem: String,
    },
    /// The client of the sandbox cannot be made.
    Client(aura_client::Error),
}

impl fmt::Display for SandboxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Listen { port, source } => {
                write!(f, "cannot listen on 127.0.0.1:{port}: {source}")
            }
            Self::ReadFile { path, source } => {
                write!(f, "cannot read {}: {source}", path.display())
            }
            Self::SeedFile { path, problem } => write!(f, "{}: {problem}", path.display()),
            Self::Lead { lead, problem } => write!(f, "{lead}: {problem}"),
            Self::Organization { name, problem } => write!(f, "organization {name:?}: {problem}"),
            Self::Client(error) => write!(f, "no client for the sandbox: {error}"),
        }
    }
}

impl std::error::Error for SandboxError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Listen { source, .. } | Self::ReadFile { source, .. } => Some(source),
            Self::Client(error) => Some(error),
            Self::SeedFile { .. } | Self::Lead { .. } | Self::Organization { .. } => None,
        }
    }
}
