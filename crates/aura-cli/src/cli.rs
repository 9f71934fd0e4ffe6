//! The arguments.

use std::ffi::OsString;
use std::path::PathBuf;
use std::time::Duration;

use clap::error::ErrorKind;
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::commands::api::Api;
use crate::commands::check::Check;
use crate::commands::completions::Completions;
use crate::commands::leads::Leads;
#[cfg(feature = "sandbox")]
use crate::commands::sandbox::Serve;
use crate::exit::{self, Exit};
use crate::failure::Failure;
use crate::report::Report;

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

/// Options that may stand anywhere.
#[derive(Debug, Args)]
pub struct Global {
    /// Form of the output; errors are JSON lines with `json`
    ///
    /// Unless given: for people on a terminal, NDJSON in a pipe or file.
    #[arg(long, short, global = true, value_name = "FORMAT")]
    pub output: Option<Format>,
    /// Run against a sandbox inside this process: no key, no network
    #[cfg(feature = "sandbox")]
    #[arg(long, global = true)]
    pub sandbox: bool,
    /// Read the key from a file instead of AURA_API_KEY
    #[arg(long, global = true, value_name = "FILE")]
    pub key_file: Option<PathBuf>,
    /// Where the API is, instead of AURA_BASE_URL or `https://api.aura-app.ai`
    #[arg(long, global = true, value_name = "URL")]
    pub base_url: Option<String>,
    /// How long one call may take, retries included [default: 60]
    #[arg(long, global = true, value_name = "SECONDS", value_parser = seconds)]
    pub timeout: Option<Duration>,
}

/// The forms of output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people: one lead as a card, several as a table
    Table,
    /// One lead as an object, several as an array
    Json,
    /// A JSON object a line
    Ndjson,
    /// Comma-separated values
    Csv,
}

/// Reads the process's arguments; on a mistake, or when asked for help, says so and ends.
pub fn parse() -> Result<Arguments, Exit> {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    Arguments::try_parse_from(&arguments).map_err(|error| {
        let is_help = matches!(
            error.kind(),
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
        );
        match asks_for_json(&arguments) && error.use_stderr() {
            true => Report::json().failure(&usage(&error)),
            // A terminal or pipe that is gone changes nothing.
            false => drop(error.print()),
        }
        if is_help { Exit::Good } else { Exit::Usage }
    })
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

fn seconds(text: &str) -> Result<Duration, String> {
    let duration = text
        .parse()
        .ok()
        .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    duration
        .filter(|duration| !duration.is_zero())
        .ok_or_else(|| "a number of seconds above 0 is expected, such as 5 or 0.5".to_owned())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

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

    #[test]
    fn a_timeout_is_a_number_of_seconds_above_zero() {
        for text in ["0", "-1", "nan", "1e300", "soon", ""] {
            assert!(seconds(text).is_err(), "{text}");
        }
        assert_eq!(seconds("1.5"), Ok(Duration::from_millis(1500)));
    }
}
