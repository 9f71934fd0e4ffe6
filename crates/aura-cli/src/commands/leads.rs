//! `aura leads`: reading leads.

mod get;
mod many;
mod one;

use clap::{Args, Subcommand};

use crate::exit::Exit;
use crate::failure::Failure;
use crate::options::Global;
use crate::report::Report;

/// Read leads
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  aura leads get 550e8400-e29b-41d4-a716-446655440000")]
pub struct Leads {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Get(get::Get),
}

impl Leads {
    pub async fn run(self, global: &Global, report: &Report) -> Result<Exit, Failure> {
        match self.command {
            Command::Get(get) => get.run(global, report).await,
        }
    }
}
