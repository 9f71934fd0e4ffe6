//! `aura`: the Aura API from the command line.

mod bulk;
mod cli;
mod commands;
mod csv_record;
mod exit;
mod failure;
mod ids;
mod interrupt;
mod json;
mod lead;
mod node;
mod options;
mod output;
mod render;
mod report;
mod session;
mod terminal;
mod text;

use std::process::ExitCode;

use failure::Failure;

fn main() -> ExitCode {
    let arguments = match cli::parse() {
        Ok(arguments) => arguments,
        Err(exit) => return exit.into(),
    };
    let report = report::Report::new(&arguments.global);
    let ended = tokio::runtime::Runtime::new()
        .map_err(|error| Failure::local(format!("the runtime could not be started: {error}")))
        .and_then(|runtime| {
            let ended = runtime.block_on(arguments.run(&report));
            // A read of the standard input may never end.
            runtime.shutdown_background();
            ended
        });
    let exit = ended.unwrap_or_else(|failure| {
        report.failure(&failure);
        failure.exit()
    });
    exit.into()
}
