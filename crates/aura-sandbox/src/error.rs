//! What a sandbox rejects, and why it cannot start.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Why a sandbox cannot start, or what it rejects. One line, which says all that is known, without
/// values of leads and without keys; it has no [`source`](std::error::Error::source).
#[derive(Debug)]
#[non_exhaustive]
pub enum SandboxError {
    /// The port cannot be listened on.
    Listen {
        /// The address; port 0 is any.
        address: SocketAddr,
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
    /// A lead cannot be served: it does not fit the contract, or its ID is taken or unknown.
    Lead {
        /// Which: where it was given, and its number there, from 1; `lead` while the sandbox runs.
        lead: String,
        /// What is wrong, and where in it.
        problem: String,
    },
    /// An organization cannot be served: its name or a key is taken, a key is invalid, or there is
    /// no such organization.
    Organization {
        /// Its name.
        name: String,
        /// What is wrong.
        problem: String,
    },
    /// A fault cannot be injected: it would never strike, or not as it says.
    Fault {
        /// What is wrong.
        problem: String,
    },
    /// The client of the sandbox cannot be made.
    Client(aura_client::Error),
}

impl SandboxError {
    /// A lead that is put or changed while the sandbox runs.
    pub(crate) fn lead(problem: String) -> Self {
        let lead = "lead".to_owned();
        Self::Lead { lead, problem }
    }
}

impl fmt::Display for SandboxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Listen { address, source } => write!(f, "cannot listen on {address}: {source}"),
            Self::ReadFile { path, source } => {
                write!(f, "cannot read {}: {source}", path.display())
            }
            Self::SeedFile { path, problem } => write!(f, "{}: {problem}", path.display()),
            Self::Lead { lead, problem } => write!(f, "{lead}: {problem}"),
            Self::Organization { name, problem } => write!(f, "organization {name:?}: {problem}"),
            Self::Fault { problem } => f.write_str(problem),
            Self::Client(error) => write!(f, "no client for the sandbox: {error}"),
        }
    }
}

impl std::error::Error for SandboxError {}
