//! The command line: arguments in, exit code out.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::codegen::{Mode, codegen};

/// How a command ended, as its exit code says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// 0: all is as it should be, or has been made so.
    Fresh,
    /// 4: generated files are not what the contract makes.
    Stale,
    /// 1: an error; nothing was changed.
    Failed,
}

impl Exit {
    /// The number.
    pub fn code(self) -> u8 {
        match self {
            Exit::Fresh => 0,
            Exit::Stale => 4,
            Exit::Failed => 1,
        }
    }
}

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
