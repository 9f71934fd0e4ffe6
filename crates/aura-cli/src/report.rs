//! What is said on the standard error: errors, warnings, notes.

use std::io::Write;

use anstyle::{AnsiColor, Style};
use serde_json::json;

use crate::failure::Failure;
use crate::options::{Format, Global};
use crate::terminal;

const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const HELP: Style = AnsiColor::Cyan.on_default().bold();

/// Says things in the form that was asked for.
#[derive(Debug)]
pub struct Report {
    json: bool,
}

impl Report {
    /// As the arguments say.
    pub fn new(global: &Global) -> Self {
        Self {
            json: global.output == Some(Format::Json),
        }
    }

    /// One JSON object a line.
    pub fn json() -> Self {
        Self { json: true }
    }

    /// A failure, and what to do about it.
    pub fn failure(&self, failure: &Failure) {
        if self.json {
            return self.line(&json!({ "error": failure }).to_string());
        }
        self.line(&format!("{ERROR}error:{ERROR:#} {failure}"));
        if let Some(help) = failure.help() {
            self.line(&format!("{HELP}help:{HELP:#} {help}"));
        }
    }

    /// Something that people should know, but that is no failure.
    pub fn warning(&self, text: &str) {
        match self.json {
            true => self.line(&json!({ "warning": text }).to_string()),
            false => self.line(&format!("{WARNING}warning:{WARNING:#} {text}")),
        }
    }

    /// A result that belongs to nobody's output, such as how many failed.
    pub fn note(&self, text: &str) {
        match self.json {
            true => self.line(&json!({ "note": text }).to_string()),
            false => self.line(text),
        }
    }

    /// Something that only people who look on want to know.
    pub fn aside(&self, text: &str) {
        if terminal::is_stderr() {
            self.note(text);
        }
    }

    fn line(&self, text: &str) {
        // Whether this can be told changes nothing of how the run ends.
        writeln!(anstream::stderr(), "{text}").ok();
    }
}
