//! The command line: arguments in, exit code out.

use std::io;
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
    let (mut out, mut err) = (anstream::stdout(), anstream::stderr());
    let ended = std::env::current_dir().and_then(|here| match arguments.command {
        Command::Codegen { check } => {
            let mode = if check { Mode::Check } else { Mode::Write };
            codegen(&here, mode, &mut out, &mut err)
        }
    });
    match ended {
        Ok(exit) => ExitCode::from(exit.code()),
        // Whoever read our output has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            anstream::eprintln!("error: {error}");
            ExitCode::from(Exit::Failed.code())
        }
    }
}
