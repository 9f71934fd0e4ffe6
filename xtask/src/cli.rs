//! The command line: arguments in, exit code out.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::codegen::codegen;
use crate::diff;
use crate::drift;
use crate::exit::Exit;
use crate::lint;
use crate::preview;
use crate::workspace::Mode;

/// The commands of the Aura workspace's maintainers.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", max_term_width = 80)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Generate the client from openapi.yaml
    ///
    /// Looks for openapi.yaml in the current folder and those above it, and writes the generated
    /// files beside it: those that changed, and no other. An openapi.yaml with an error changes
    /// nothing.
    ///
    /// Exit codes: 0 written or fresh, 4 stale (--check), 1 error, 2 wrong arguments.
    Codegen {
        /// Write nothing; fail if a file is not what openapi.yaml makes
        #[arg(long)]
        check: bool,
    },
    /// Tell what a change of openapi.yaml means to those who depend on it
    ///
    /// Compares the working copy with a revision or a file, from two sides: what callers send and
    /// get, and the Rust API that is generated. docs/reviewing.md says how to read it.
    ///
    /// Exit codes: 0 reported, 3 a denied change (--deny), 1 error, 2 wrong arguments.
    Diff(diff::Arguments),
    /// Tell where real responses differ from openapi.yaml, and mend it
    ///
    /// Reads what `aura leads get` wrote, recorded exchanges, or HAR, shows how often which place of
    /// the contract differs, and the edit as a diff. No value is shown. docs/drift.md says how to
    /// record responses and what becomes of the edit.
    ///
    /// Exit codes: 0 fits (or mended by --apply), 4 differs, 1 error, 2 wrong arguments.
    Drift(drift::Arguments),
    /// Show openapi.yaml as a page that follows what is saved
    ///
    /// Serves the contract with the sandbox, where each operation can be tried out; what lint finds
    /// stands on the page. Ctrl-C ends it.
    ///
    /// With --export, writes the page as static files instead. A contract that can't be shown
    /// writes nothing.
    ///
    /// Exit codes: 0 ended or exported, 1 error (--export: also an error in the contract, as lint
    /// has it), 2 wrong arguments.
    Preview(preview::Arguments),
    /// Tell every mistake in openapi.yaml
    ///
    /// Looks for openapi.yaml in the current folder and those above it, or reads FILE, and changes
    /// nothing. What is told has a code, which --explain explains.
    ///
    /// Exit codes: 0 clean, 1 errors (or denied warnings), 2 wrong arguments.
    Lint {
        /// The contract, if it is another
        file: Option<PathBuf>,
        /// Fail also if there are only warnings
        #[arg(long)]
        deny_warnings: bool,
        /// Don't report warnings of this code; may be repeated
        #[arg(long, value_name = "CODE")]
        allow: Vec<String>,
        /// Don't fail at warnings of this code, despite --deny-warnings
        #[arg(long, value_name = "CODE")]
        warn: Vec<String>,
        /// Report warnings of this code as errors
        #[arg(long, value_name = "CODE")]
        deny: Vec<String>,
        /// How to tell
        #[arg(long, value_enum, default_value_t)]
        format: lint::Format,
        /// Explain a code and give an example; without CODE, list all
        #[arg(long, value_name = "CODE", exclusive = true)]
        explain: Option<Option<String>>,
        /// List all codes
        #[arg(long, exclusive = true)]
        rules: bool,
    },
}

/// Reads the arguments, runs the command, and says how it ended.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let (mut out, mut err) = (Listened(anstream::stdout()), Listened(anstream::stderr()));
    let ended = std::env::current_dir().and_then(|here| match arguments.command {
        Command::Codegen { check } => {
            let mode = if check { Mode::Check } else { Mode::Write };
            codegen(&here, mode, &mut out, &mut err)
        }
        Command::Diff(arguments) => diff::diff(&here, &arguments, &mut out, &mut err),
        Command::Drift(arguments) => drift::drift(&here, &arguments, &mut out, &mut err),
        Command::Preview(arguments) => preview::preview(&here, &arguments, &mut out, &mut err),
        Command::Lint { rules: true, .. }
        | Command::Lint {
            explain: Some(None),
            ..
        } => lint::list(&mut out).map(|()| Exit::Fresh),
        Command::Lint {
            explain: Some(Some(code)),
            ..
        } => match lint::explain(&mut out, &code)? {
            Ok(()) => Ok(Exit::Fresh),
            Err(problem) => writeln!(err, "error: {problem}").map(|()| Exit::Failed),
        },
        Command::Lint {
            file,
            deny_warnings,
            allow,
            warn,
            deny,
            format,
            ..
        } => {
            let of = |codes: Vec<String>, level| codes.into_iter().map(move |code| (code, level));
            let levels = of(allow, lint::Level::Allow)
                .chain(of(warn, lint::Level::Warn))
                .chain(of(deny, lint::Level::Deny));
            let options = lint::Options {
                file,
                deny_warnings,
                levels: levels.collect(),
                format,
            };
            match options.problem() {
                Some(problem) => writeln!(err, "error: {problem}").map(|()| Exit::Misused),
                None => lint::command(&here, &options, &mut out, &mut err),
            }
        }
    });
    match ended {
        Ok(exit) => ExitCode::from(exit.code()),
        Err(error) => {
            // If this can't be told either, the exit code still tells it.
            writeln!(err, "error: {error}").ok();
            ExitCode::from(Exit::Failed.code())
        }
    }
}

/// A channel whose reader may leave early, as `head` does: who has seen enough changes nothing of
/// what is done, nor of how it ends.
struct Listened<W>(W);

impl<W: Write> Write for Listened<W> {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        or_nobody(self.0.write(text), text.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        or_nobody(self.0.flush(), ())
    }
}

fn or_nobody<T>(written: io::Result<T>, all: T) -> io::Result<T> {
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(all),
        written => written,
    }
}
