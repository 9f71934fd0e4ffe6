//! What people read in the terminal when files were generated, in cargo's form.

use std::fmt::Display;
use std::io::{self, Write};

use anstyle::Style;

use crate::report::{BAD, CHANGED, GOOD, STRONG, count};
use crate::workspace::{CONTRACT, Entry, Mode, State};
use client_codegen::transform::{Answer, Plan};
use openapi_document::display::one_line;

const QUIET: Style = Style::new().dimmed();

fn line(out: &mut dyn Write, style: Style, word: &str, text: impl Display) -> io::Result<()> {
    let text = one_line(text.to_string());
    writeln!(out, "{style}{word:>12}{style:#} {text}")
}

/// What was read, and the operations that came of it.
pub fn contract(out: &mut dyn Write, plan: &Plan, bytes: usize) -> io::Result<()> {
    let text = format!(
        "{CONTRACT}: {} {}, {} KiB",
        plan.title,
        plan.version,
        bytes.div_ceil(1024)
    );
    line(out, GOOD, "Read", text)?;
    for operation in &plan.operations {
        let takes = if operation.has_params() {
            format!(", {}", client_codegen::naming::with_params(&operation.id))
        } else {
            String::new()
        };
        let gives = match operation.answer {
            Answer::Nothing => " (no body)",
            Answer::Redirect => " (a redirect)",
            Answer::Whole => "",
            Answer::Data => " (its data)",
            Answer::Text => " (text)",
            Answer::File => " (a download)",
            Answer::ByStatus { .. } => " (by status)",
        };
        let text = format!(
            "{}{takes} from {} {}{gives}",
            operation.rust_name, operation.method, operation.path
        );
        line(out, GOOD, "Generated", text)?;
    }
    Ok(())
}

/// Each generated file and whether it changed.
pub fn entries(out: &mut dyn Write, mode: Mode, entries: &[Entry]) -> io::Result<()> {
    for entry in entries {
        let (style, word) = match (mode, entry.state) {
            (_, State::Fresh) => (QUIET, "Unchanged"),
            (_, State::Foreign) => (BAD, "Not ours"),
            (Mode::Write, State::Orphaned) => (CHANGED, "Removed"),
            (Mode::Write, _) => (CHANGED, "Written"),
            (Mode::Check, State::Stale) => (BAD, "Stale"),
            (Mode::Check, State::Missing) => (BAD, "Missing"),
            (Mode::Check, State::Orphaned) => (BAD, "Left over"),
        };
        let place = entry.first_difference.filter(|_| mode == Mode::Check);
        let place = place.map_or(String::new(), |line| format!(":{line}"));
        line(out, style, word, format!("{}{place}", entry.path))?;
    }
    Ok(())
}

/// The last line of a run that went well.
pub fn finished(out: &mut dyn Write, mode: Mode, plan: &Plan, entries: &[Entry]) -> io::Result<()> {
    let is_changed = |entry: &&Entry| !matches!(entry.state, State::Fresh | State::Foreign);
    let changed = entries.iter().filter(is_changed);
    let text = match (mode, changed.count()) {
        (Mode::Check, _) => "every file is fresh".to_string(),
        (Mode::Write, 0) => "nothing to change".to_string(),
        (Mode::Write, n) => format!("{} changed; review with `git diff`", count(n, "file")),
    };
    let operations = count(plan.operations.len(), "operation");
    line(out, GOOD, "Finished", format!("{operations}, {text}"))
}

/// Why a check failed; ends with the command that mends it.
pub fn stale(err: &mut dyn Write, entries: &[Entry]) -> io::Result<()> {
    let is_stale = |entry: &&Entry| !matches!(entry.state, State::Fresh | State::Foreign);
    let (verb, number) = match entries.iter().filter(is_stale).count() {
        0 => return Ok(()),
        1 => ("is", count(1, "generated file")),
        n => ("are", count(n, "generated file")),
    };
    write!(
        err,
        "{BAD}error{BAD:#}{STRONG}: {number} {verb} not what {CONTRACT} makes{STRONG:#}\n  help: cargo xtask codegen\n"
    )
}

/// Files that were not generated, where only generated ones belong.
pub fn foreign(err: &mut dyn Write, mode: Mode, entries: &[Entry]) -> io::Result<()> {
    let (style, word) = match mode {
        Mode::Write => (CHANGED, "warning"),
        Mode::Check => (BAD, "error"),
    };
    for entry in entries.iter().filter(|entry| entry.state == State::Foreign) {
        let path = &entry.path;
        writeln!(
            err,
            "{style}{word}{style:#}{STRONG}: {path} was not generated, and is left alone{STRONG:#}\n  \
             help: move it elsewhere; its folder holds generated files alone"
        )?;
    }
    Ok(())
}
