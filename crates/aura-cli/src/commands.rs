//! The commands, one a file.

pub mod api;
pub mod check;
pub mod completions;
pub mod leads;
#[cfg(feature = "sandbox")]
pub mod sandbox;

use crate::cli::{Arguments, Command};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::report::Report;

/// Runs the command that the arguments name.
pub async fn run(arguments: Arguments, report: &Report) -> Result<Exit, Failure> {
    let Arguments { command, global } = arguments;
    match command {
        Command::Leads(leads) => leads.run(&global, report).await,
        Command::Api(api) => api.run(&global, report).await,
        Command::Check(check) => check.run(&global, report).await,
        #[cfg(feature = "sandbox")]
        Command::Sandbox(serve) => serve.run(&global, report).await,
        Command::Completions(completions) => completions.run(),
    }
}
