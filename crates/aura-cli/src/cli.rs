//! The arguments.

use std::ffi::OsString;

use clap::error::ErrorKind;
use clap::{CommandFactory, Parser, Subcommand};

use crate::commands::api::Api;
use crate::commands::check::Check;
use crate::commands::completions::Completions;
use crate::commands::leads::Leads;
#[cfg(feature = "sandbox")]
use crate::commands::sandbox::Serve;
use crate::exit::{self, Exit};
use crate::failure::Failure;
use crate::options::Global;
use crate::report::Report;
use crate::text::visible;

/// The Aura API from the command line.
///
/// The key comes from AURA_API_KEY or --key-file. No key yet? Add --sandbox to any command.
#[derive(Debug, Parser)]
#[command(
    name = "aura",
    version = version(),
    after_help = exit::HELP,
    max_term_width = 100,
    subcommand_required = true,
    arg_required_else_help = true,
    next_help_heading = "Options of every command",
)]
pub struct Arguments {
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    pub global: Global,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    Leads(Leads),
    Api(Api),
    Check(Check),
    #[cfg(feature = "sandbox")]
    Sandbox(Serve),
    Completions(Completions),
}

impl Arguments {
    /// Runs the command that they name.
    pub async fn run(self, report: &Report) -> Result<Exit, Failure> {
        let Self { command, global } = self;
        match command {
            Command::Leads(leads) => leads.run(&global, report).await,
            Command::Api(api) => api.run(&global, report).await,
            Command::Check(check) => check.run(&global, report).await,
            #[cfg(feature = "sandbox")]
            Command::Sandbox(serve) => serve.run(&global, report).await,
            Command::Completions(completions) => completions.run(Self::command()),
        }
    }
}

/// Reads the process's arguments; on a mistake, or when asked for help, says so and ends.
pub fn parse() -> Result<Arguments, Exit> {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    Arguments::try_parse_from(&arguments).map_err(|error| {
        let is_help = matches!(
            error.kind(),
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
        );
        let error = quoting_visibly(&arguments).unwrap_or(error);
        match asks_for_json(&arguments) && error.use_stderr() {
            true => Report::json().failure(&usage(&error)),
            // A terminal or pipe that is gone changes nothing.
            false => drop(error.print()),
        }
        if is_help { Exit::Good } else { Exit::Usage }
    })
}

/// The error that clap would give if nothing in the arguments acted on a terminal: it quotes them as
/// they are, between styles of its own.
fn quoting_visibly(arguments: &[OsString]) -> Option<clap::Error> {
    let texts = arguments.iter().map(|argument| argument.to_string_lossy());
    let texts: Vec<String> = texts.map(|text| visible(&text).into_owned()).collect();
    Arguments::try_parse_from(texts).err()
}

/// clap's error as one of ours: its first paragraph, in one line, says what is wrong.
fn usage(error: &clap::Error) -> Failure {
    let text = error.to_string();
    let lines = text.lines().map(str::trim);
    let lines: Vec<&str> = lines.take_while(|line| !line.is_empty()).collect();
    let line = lines.join(" ");
    Failure::usage(line.strip_prefix("error: ").unwrap_or(&line))
}

/// Whether arguments that could not be read ask for JSON all the same.
fn asks_for_json(arguments: &[OsString]) -> bool {
    let texts = || arguments.iter().filter_map(|argument| argument.to_str());
    texts().any(|text| matches!(text, "--output=json" | "-ojson" | "-o=json"))
        || texts()
            .zip(texts().skip(1))
            .any(|pair| matches!(pair, ("--output" | "-o", "json")))
}

fn version() -> String {
    let (ours, contract) = (env!("CARGO_PKG_VERSION"), aura_client::SPEC_VERSION);
    format!("{ours} (contract {contract})")
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::options::Format;

    #[test]
    fn the_arguments_are_declared_without_contradiction() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn no_example_in_a_help_text_is_wrapped_at_80_columns() {
        let mut commands = vec![Arguments::command()];
        while let Some(command) = commands.pop() {
            commands.extend(command.get_subcommands().cloned());
            let help = command.get_after_help().unwrap_or_default().to_string();
            for line in help.lines().filter(|line| line.starts_with("  ")) {
                assert!(line.chars().count() <= 80, "{}: {line}", command.get_name());
            }
        }
    }

    #[test]
    fn options_of_every_command_stand_before_or_after_it() {
        for line in [
            "aura --output json --timeout 0.5 leads get 550e8400-e29b-41d4-a716-446655440000",
            "aura leads --output json get 550e8400-e29b-41d4-a716-446655440000 --timeout 0.5",
        ] {
            let arguments = Arguments::try_parse_from(line.split(' ')).expect("valid");
            assert_eq!(arguments.global.output, Some(Format::Json));
            assert_eq!(arguments.global.timeout, Some(Duration::from_millis(500)));
        }
    }

    #[test]
    fn what_is_wrong_is_told_whole_in_one_line() {
        let told = |line: &str| {
            let error = Arguments::try_parse_from(line.split(' ')).expect_err("wrong");
            usage(&error).to_string()
        };
        assert_eq!(
            told("aura leads get"),
            "the following required arguments were not provided: <ID>..."
        );
        assert_eq!(
            told("aura leads get --output x"),
            "invalid value 'x' for '--output <FORMAT>' [possible values: table, json, ndjson, csv]"
        );
    }
}
