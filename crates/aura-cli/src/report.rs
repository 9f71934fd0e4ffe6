//! What is said on the standard error: errors, warnings, notes.

use std::io::Write;

use anstyle::{AnsiColor, Style};
use serde_json::{Value, json};

use crate::failure::Failure;
use crate::json::compact;
use crate::options::{Format, Global};
use crate::terminal;
use crate::text::visible;

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
            return self.object("error", &json!(failure));
        }
        self.line("error:", ERROR, &failure.to_string());
        if let Some(help) = failure.help() {
            self.line("help:", HELP, help);
        }
    }

    /// Something that people should know, but that is no failure.
    pub fn warning(&self, text: &str) {
        match self.json {
            true => self.object("warning", &json!(text)),
            false => self.line("warning:", WARNING, text),
        }
    }

    /// A result that belongs to nobody's output, such as how many failed.
    pub fn note(&self, text: &str) {
        match self.json {
            true => self.object("note", &json!(text)),
            false => self.line("", Style::new(), text),
        }
    }

    /// Something that only people who look on want to know.
    pub fn aside(&self, text: &str) {
        if terminal::is_stderr() {
            self.note(text);
        }
    }

    /// A line in which nothing acts on the terminal, whoever wrote the text. Whether it can be written
    /// changes nothing of how the run ends.
    fn line(&self, title: &str, style: Style, text: &str) {
        let gap = if title.is_empty() { "" } else { " " };
        let text = visible(text);
        writeln!(anstream::stderr(), "{style}{title}{style:#}{gap}{text}").ok();
    }

    fn object(&self, name: &str, value: &Value) {
        let text = compact(&json!({ name: value }).to_string());
        writeln!(anstream::stderr(), "{text}").ok();
    }
}
