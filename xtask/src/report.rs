//! What people read in the terminal when a command has run, in cargo's form.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use crate::workspace::{CONTRACT, DiskError};

pub const GOOD: Style = AnsiColor::Green.on_default().bold();
pub const CHANGED: Style = AnsiColor::Yellow.on_default().bold();
pub const BAD: Style = AnsiColor::Red.on_default().bold();
pub const STRONG: Style = Style::new().bold();

/// The last word of a run that stopped at the contract.
pub fn nothing_written(err: &mut dyn Write, errors: usize) -> io::Result<()> {
    writeln!(
        err,
        "{BAD}error{BAD:#}{STRONG}: {} in {CONTRACT}; nothing was written{STRONG:#}",
        count(errors, "error")
    )
}

/// How many errors and warnings were found in a contract: the last word of `lint`.
pub fn findings(err: &mut dyn Write, file: &str, found: (usize, usize)) -> io::Result<()> {
    let (style, text) = match found {
        (0, 0) => (GOOD, "no errors, no warnings".to_string()),
        (0, warnings) => (CHANGED, count(warnings, "warning")),
        (errors, 0) => (BAD, count(errors, "error")),
        (errors, warnings) => {
            let both = format!("{}, {}", count(errors, "error"), count(warnings, "warning"));
            (BAD, both)
        }
    };
    writeln!(err, "{STRONG}{file}{STRONG:#}: {style}{text}{style:#}")
}

/// Why a comparison fails; ends with what to do about it.
pub fn denied(err: &mut dyn Write, changes: usize, accepted: &str) -> io::Result<()> {
    let changes = count(changes, "breaking change");
    writeln!(
        err,
        "{BAD}error{BAD:#}{STRONG}: {changes} denied{STRONG:#}\n  help: change the contract, or \
         accept what callers can live with in {accepted}: --format accepted writes the entries"
    )
}

/// Why the disk was of no help.
pub fn disk_error(err: &mut dyn Write, error: &DiskError) -> io::Result<()> {
    self::error(err, &error.message, &error.help)
}

/// What went wrong, and what to do.
pub fn error(err: &mut dyn Write, message: &str, help: &str) -> io::Result<()> {
    writeln!(
        err,
        "{BAD}error{BAD:#}{STRONG}: {message}{STRONG:#}\n  help: {help}"
    )
}

/// What is doubtful, while the command goes on.
pub fn warning(err: &mut dyn Write, message: &str) -> io::Result<()> {
    writeln!(
        err,
        "{CHANGED}warning{CHANGED:#}{STRONG}: {message}{STRONG:#}"
    )
}

pub fn count(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}
