//! `cargo xtask preview`: the contract as a page that follows what is saved.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::thread::sleep;
use std::time::Duration;

use serde_json::{Value, json};

use crate::diagnostics::{json, render};
use crate::exit::Exit;
use crate::report;
use crate::workspace::{DiskError, Workspace, find, read};
use openapi_document::{self as document, Source};
use openapi_document::{Diagnostic, count};

/// What the command is asked.
#[derive(Debug, Default, clap::Args)]
pub struct Arguments {
    /// The contract, if it is another than openapi.yaml
    pub file: Option<PathBuf>,
    /// Port on 127.0.0.1; a free one unless given
    #[arg(long, default_value_t = 0, hide_default_value = true)]
    pub port: u16,
    /// The program `aura`, if it is not to be built
    #[arg(long, value_name = "PROGRAM")]
    pub aura: Option<PathBuf>,
}

/// How often the contract is looked at.
const LOOKING: Duration = Duration::from_millis(200);

/// Serves the contract until the sandbox ends.
pub fn preview(
    from: &Path,
    arguments: &Arguments,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> io::Result<Exit> {
    let mut preview = match Preview::start(from, arguments) {
        Ok(preview) => preview,
        Err(error) => {
            report::disk_error(err, &error)?;
            return Ok(Exit::Failed);
        }
    };
    out.flush()?;
    loop {
        preview.tell(err)?;
        while !preview.look() {
            if let Some(status) = preview.sandbox.try_wait()? {
                return Ok(if status.success() {
                    Exit::Fresh
                } else {
                    Exit::Failed
                });
            }
            sleep(LOOKING);
        }
    }
}

/// A contract that is being edited, and the sandbox that shows it.
pub struct Preview {
    workspace: Workspace,
    contract: PathBuf,
    /// What people call it.
    name: String,
    seen: Vec<u8>,
    findings: (Source, Vec<Diagnostic>),
    /// The last contract that could be shown.
    shown: Value,
    sandbox: Child,
}

impl Preview {
    /// Starts the sandbox, as a process of its own: what is generated may not compile, and this
    /// program must.
    pub fn start(from: &Path, arguments: &Arguments) -> Result<Preview, DiskError> {
        let workspace = Workspace::find(from)?;
        let (contract, name) = find(from, arguments.file.as_deref())?;
        let seen = read(&contract)?;
        let mut shown = nothing();
        let findings = show(&seen, &mut shown);
        let page = workspace.write_preview(&document(&name, &shown, &findings))?;
        let mut program = match &arguments.aura {
            Some(program) => Command::new(program),
            None => {
                let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()));
                cargo.args(["run", "--quiet", "--package", "aura-cli", "--"]);
                cargo
            }
        };
        let sandbox = program
            .args(["sandbox", "--watch", "--rate-limit", "off", "--contract"])
            .arg(page)
            .args(["--port", &arguments.port.to_string()])
            .current_dir(workspace.root())
            .spawn()
            .map_err(|error| DiskError {
                message: format!("the sandbox can't be started: {error}"),
                help: "try `cargo run --package aura-cli -- sandbox`".into(),
            })?;
        Ok(Preview {
            workspace,
            contract,
            name,
            seen,
            findings,
            shown,
            sandbox,
        })
    }

    /// Looks whether the contract was saved, and lets the page follow; `false` if there is nothing
    /// new.
    pub fn look(&mut self) -> bool {
        // A file that is gone may be about to be written anew.
        let Ok(found) = read(&self.contract) else {
            return false;
        };
        if found == self.seen {
            return false;
        }
        self.findings = show(&found, &mut self.shown);
        self.seen = found;
        let document = document(&self.name, &self.shown, &self.findings);
        self.workspace.write_preview(&document).is_ok()
    }

    fn tell(&self, err: &mut dyn Write) -> io::Result<()> {
        let (source, found) = &self.findings;
        write!(err, "{}", render(&self.name, source, found))?;
        report::findings(err, &self.name, count(found))
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        // It may have ended by itself.
        self.sandbox.kill().ok();
        self.sandbox.wait().ok();
    }
}

/// What is shown before there was a contract that can be.
fn nothing() -> Value {
    json!({ "openapi": "3.0.3", "info": { "title": "No contract yet", "version": "" }, "paths": {} })
}

/// Checks a text, and keeps its contract to be shown if it can be.
fn show(bytes: &[u8], shown: &mut Value) -> (Source, Vec<Diagnostic>) {
    let text = match document::text(bytes) {
        Ok(text) => text,
        Err(refused) => {
            let (source, told) = *refused;
            return (source, vec![told]);
        }
    };
    let (contract, found) = client_codegen::lint(text);
    if let Some(contract) = contract.filter(|_| !found.iter().any(Diagnostic::is_in_the_way)) {
        *shown = contract.document;
    }
    (Source::new(text), found)
}

/// What the sandbox is given: the contract, and what there is to say about it.
fn document(name: &str, shown: &Value, (source, found): &(Source, Vec<Diagnostic>)) -> String {
    let told = json(name, source, found);
    let note = match count(found) {
        (0, 0) => "No errors, no warnings.".to_string(),
        (0, _) => "Warnings:".to_string(),
        _ if found.iter().any(Diagnostic::is_in_the_way) => {
            "With these errors the contract can't be shown; below is the last one that could:"
                .into()
        }
        _ => "Errors and warnings:".to_string(),
    };
    let mut document = shown.clone();
    document["x-preview"] = json!({ "file": name, "note": note, "findings": told["diagnostics"] });
    document.to_string()
}
