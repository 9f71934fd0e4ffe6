//! The program `aura`, as a process of its own: what is generated may not compile, and this program
//! must.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

use crate::workspace::DiskError;

/// A program that serves or exports a contract.
pub struct Aura(PathBuf);

impl Aura {
    /// Builds `aura` in the workspace at `root`.
    pub fn build(root: &Path) -> Result<Aura, DiskError> {
        let failed = |why: &str| DiskError {
            message: format!("aura can't be built: {why}"),
            help: "try `cargo build --package aura-cli`".into(),
        };
        let cargo = std::env::var_os("CARGO").unwrap_or("cargo".into());
        let built = Command::new(cargo)
            .args(["build", "--package", "aura-cli"])
            // What it writes tells it that nobody reads any more, should this program be killed.
            .args(["--message-format", "json-render-diagnostics"])
            .current_dir(root)
            .stdin(Stdio::null())
            .stderr(Stdio::inherit())
            .output()
            .map_err(|error| failed(&error.to_string()))?;
        if !built.status.success() {
            return Err(failed("cargo failed"));
        }
        let messages = built.stdout.split(|byte| *byte == b'\n');
        let messages = messages.filter_map(|line| serde_json::from_slice::<Value>(line).ok());
        let mut programs = messages.filter(|message| message["target"]["name"] == "aura");
        let program =
            programs.find_map(|message| message["executable"].as_str().map(PathBuf::from));
        program
            .map(Aura)
            .ok_or_else(|| failed("cargo made no program of this name"))
    }

    /// The program at this path, or of this name in the `PATH`.
    pub fn at(path: &Path) -> Aura {
        Aura(path.to_path_buf())
    }

    /// Starts serving the contract in a file, and what it is changed to. The sandbox ends with this
    /// program, however that ends: its standard input closes.
    pub fn serve(&self, contract: &Path, port: u16) -> Result<Child, DiskError> {
        let mut sandbox = self.sandbox(contract);
        sandbox.args(["--watch", "--until-stdin-closes", "--rate-limit", "off"]);
        sandbox.args(["--port", &port.to_string()]);
        let started = sandbox.stdin(Stdio::piped()).spawn();
        started.map_err(|error| self.not_started(&error))
    }

    /// Writes the page of the contract in a file to a folder; `false` if it says why it can't.
    pub fn export(&self, contract: &Path, folder: &Path) -> Result<bool, DiskError> {
        let exported = self.sandbox(contract).arg("--export").arg(folder).status();
        let status = exported.map_err(|error| self.not_started(&error))?;
        Ok(status.success())
    }

    fn sandbox(&self, contract: &Path) -> Command {
        let mut command = Command::new(&self.0);
        command.args(["sandbox", "--contract"]).arg(contract);
        command
    }

    fn not_started(&self, error: &io::Error) -> DiskError {
        DiskError {
            message: format!("{} can't be started: {error}", self.0.display()),
            help: "leave out --aura, and it is built".into(),
        }
    }
}
