//! A contract that is being edited: what was saved last, and what there is to say about it.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use openapi_document::{Diagnostic, Source, any_error, count};

use crate::diagnostics::{json, render};
use crate::report;
use crate::workspace::{DiskError, find, read};

pub struct Edited {
    path: PathBuf,
    /// What people call it.
    name: String,
    seen: Vec<u8>,
    source: Source,
    findings: Vec<Diagnostic>,
    /// The last contract that could be shown.
    shown: Option<Value>,
}

impl Edited {
    /// Reads the contract in `file`, or the one that is nearest to the folder `from`.
    pub fn read(from: &Path, file: Option<&Path>) -> Result<Edited, DiskError> {
        let (path, name) = find(from, file)?;
        let mut edited = Edited {
            seen: read(&path)?,
            path,
            name,
            source: Source::new(""),
            findings: Vec::new(),
            shown: None,
        };
        edited.check();
        Ok(edited)
    }

    /// Reads it again; `false` if nothing was saved.
    pub fn read_again(&mut self) -> bool {
        // A file that is gone may be about to be written anew.
        match read(&self.path) {
            Ok(found) if found != self.seen => {
                self.seen = found;
                self.check();
                true
            }
            _ => false,
        }
    }

    fn check(&mut self) {
        let text = match openapi_document::text(&self.seen) {
            Ok(text) => text,
            Err(refused) => {
                let (source, diagnostic) = *refused;
                (self.source, self.findings) = (source, vec![diagnostic]);
                return;
            }
        };
        let (contract, findings) = client_codegen::lint(text);
        (self.source, self.findings) = (Source::new(text), findings);
        if let Some(contract) = contract.filter(|_| self.can_be_shown()) {
            self.shown = Some(contract.document);
        }
    }

    /// Whether what was saved last is what is shown.
    pub fn can_be_shown(&self) -> bool {
        !any_error(&self.findings)
    }

    /// The number of errors, of whatever kind.
    pub fn errors(&self) -> usize {
        count(&self.findings).0
    }

    /// Reports the findings, as lint does.
    pub fn report(&self, err: &mut dyn Write) -> io::Result<()> {
        render(err, &self.name, &self.source, &self.findings)?;
        report::findings(err, &self.name, count(&self.findings))
    }

    /// What the sandbox is given: the contract, and what there is to say about it.
    pub fn document(&self) -> String {
        let report = json(&self.name, &self.source, &self.findings);
        let note = match count(&self.findings) {
            (0, 0) => "No errors, no warnings.",
            (0, _) => "Warnings:",
            _ => "With these errors the contract can't be shown; below is the last one that could:",
        };
        let mut document = self.shown.clone().unwrap_or_else(nothing);
        document["x-preview"] =
            json!({ "file": self.name, "note": note, "findings": report["diagnostics"] });
        document.to_string()
    }
}

/// What is shown before there was a contract that can be.
fn nothing() -> Value {
    json!({ "openapi": "3.0.3", "info": { "title": "No contract yet", "version": "" }, "paths": {} })
}
