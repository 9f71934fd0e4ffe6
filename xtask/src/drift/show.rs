//! The report: what differs, how often, and the edit.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use openapi_document::{Contract, Pointer};
use openapi_drift::{Finding, Kind};
use serde_json::{Value, json};
use similar::TextDiff;
use textwrap::Options;

use crate::exit::Exit;
use crate::report::{self, CHANGED, GOOD, STRONG};

/// What is reported.
pub struct Report<'r> {
    /// The contract as it is.
    pub contract: &'r Contract,
    /// What its file is called.
    pub name: &'r str,
    /// The differences.
    pub findings: &'r [Finding],
    /// How many responses were counted.
    pub records: u64,
    /// The contract's text.
    pub before: &'r str,
    /// The text with the edit made.
    pub after: &'r str,
    /// How many exchanges were with others.
    pub elsewhere: u64,
}

const REMOVED: Style = AnsiColor::Red.on_default();
const ADDED: Style = AnsiColor::Green.on_default();

impl Report<'_> {
    fn drift(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|found| found.kind.is_drift())
    }

    fn diff(&self) -> String {
        let diff = TextDiff::from_lines(self.before, self.after);
        let mut diff = diff.unified_diff();
        diff.context_radius(3)
            .header(self.name, self.name)
            .to_string()
    }

    /// The line and column of what a finding is about.
    fn place(&self, found: &Finding) -> String {
        let at = self.contract.key_span(&found.at).start;
        let at = self.contract.source().line_column(at);
        format!("{}:{}:{}", self.name, at.line, at.column)
    }
}

/// For a terminal.
pub fn text(out: &mut dyn Write, report: &Report<'_>) -> io::Result<()> {
    for found in report.drift() {
        let (code, place) = (found.kind.code(), report.place(found));
        writeln!(
            out,
            "{CHANGED}{code}{CHANGED:#}: {} ({})",
            found.message, found.often
        )?;
        writeln!(out, "  --> {place}")?;
        if !found.samples.is_empty() {
            writeln!(out, "   = such as {}", found.samples.join(", "))?;
        }
        if found.edits.is_empty() {
            writeln!(out, "   = no edit: this one is yours to describe")?;
        }
    }
    let others = report
        .findings
        .iter()
        .filter(|found| found.kind == Kind::OtherFields);
    for found in others {
        let (message, place) = (&found.message, report.place(found));
        writeln!(
            out,
            "note: {message} ({} times in {})",
            found.often.count, found.often.of
        )?;
        writeln!(out, "  --> {place}")?;
    }
    for (around, names) in never_seen(report) {
        let text = format!("note: never seen of {around}: {}", names.join(", "));
        let indent = Options::new(80).subsequent_indent("  ");
        writeln!(out, "{}", textwrap::fill(&text, indent))?;
    }
    if report.elsewhere > 0 {
        writeln!(
            out,
            "note: {} exchanges with other services were left out",
            report.elsewhere
        )?;
    }
    if report.before != report.after {
        writeln!(out)?;
        for line in report.diff().lines() {
            match line.as_bytes().first() {
                Some(b'-') => writeln!(out, "{REMOVED}{line}{REMOVED:#}")?,
                Some(b'+') => writeln!(out, "{ADDED}{line}{ADDED:#}")?,
                _ => writeln!(out, "{line}")?,
            }
        }
    }
    Ok(())
}

/// What never came, by what it belongs to.
fn never_seen(report: &Report<'_>) -> Vec<(String, Vec<String>)> {
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for found in report
        .findings
        .iter()
        .filter(|found| found.kind == Kind::NeverSeen)
    {
        let around = owner(&found.at);
        let name = format!("`{}`", found.at.last());
        match groups.iter_mut().find(|(known, _)| *known == around) {
            Some((_, names)) => names.push(name),
            None => groups.push((around, vec![name])),
        }
    }
    groups
}

/// What a field, a response or an operation belongs to.
fn owner(at: &Pointer) -> String {
    let parts = at.parts();
    match parts {
        [components, schemas, name, ..] if components == "components" && schemas == "schemas" => {
            name.clone()
        }
        [paths, path, method, ..] if paths == "paths" && parts.len() > 3 => {
            format!("{} {path}", method.to_uppercase())
        }
        [paths, path, ..] if paths == "paths" => path.clone(),
        _ => "the contract".to_string(),
    }
}

/// For programs.
pub fn json(out: &mut dyn Write, report: &Report<'_>) -> io::Result<()> {
    let findings: Vec<Value> = report
        .findings
        .iter()
        .map(|found| {
            let at = report.contract.key_span(&found.at).start;
            let at = report.contract.source().line_column(at);
            let mut told = json!({
                "code": found.kind.code(),
                "drift": found.kind.is_drift(),
                "pointer": found.at.to_string(),
                "line": at.line,
                "column": at.column,
                "message": found.message,
                "count": found.often.count,
                "of": found.often.of,
                "mended": !found.edits.is_empty(),
            });
            if !found.samples.is_empty() {
                told["values"] = json!(found.samples);
            }
            told
        })
        .collect();
    let whole = json!({
        "contract": report.name,
        "responses": report.records,
        "findings": findings,
        "diff": report.diff(),
    });
    serde_json::to_writer_pretty(&mut *out, &whole)?;
    writeln!(out)
}

/// The last line, and how the command ends.
pub fn end(err: &mut dyn Write, report: &Report<'_>, applied: bool) -> io::Result<Exit> {
    let records = usize::try_from(report.records).unwrap_or(usize::MAX);
    let responses = report::count(records, "response");
    let drift = report.drift().count();
    let name = report.name;
    if drift == 0 {
        writeln!(
            err,
            "{STRONG}{name}{STRONG:#}: {GOOD}fits {responses}{GOOD:#}"
        )?;
        return Ok(Exit::Fresh);
    }
    let unmended = report
        .drift()
        .filter(|found| found.edits.is_empty())
        .count();
    let differences = report::count(drift, "difference");
    match applied {
        false => writeln!(
            err,
            "{STRONG}{name}{STRONG:#}: {CHANGED}{differences} from {responses}{CHANGED:#}\n  help: \
             --apply writes the edit"
        )?,
        true => writeln!(
            err,
            "{STRONG}{name}{STRONG:#}: {CHANGED}{differences} from {responses}, {} mended{CHANGED:#}\n  \
             help: review `git diff`, then `cargo xtask diff` and `cargo xtask codegen`",
            drift - unmended
        )?,
    }
    Ok(match applied && unmended == 0 {
        true => Exit::Fresh,
        false => Exit::Stale,
    })
}
