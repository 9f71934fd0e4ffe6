//! The arguments of `aura api`, declared as the contract says.

use std::collections::HashSet;

use aura_contract::{Contract, Operation};
use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, Command};
use heck::ToKebabCase;

use super::flags::{Flag, flags};
use super::{all, body, help};

/// The methods that `aura api METHOD /path` takes.
pub const METHODS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/// The argument of `aura api METHOD` that is the path.
pub const PATH: &str = "path";
/// Whether status and headers are shown.
pub const INCLUDE: &str = "include";
/// The file that a response is written to.
pub const OUT: &str = "out";
/// Whether the file may hold something.
pub const OVERWRITE: &str = "overwrite";

/// Adds a command for each operation, and one for each method.
pub fn declare(command: Command, contract: &Contract) -> Command {
    let operations = contract.operations();
    let mut names: HashSet<String> = operations.iter().map(|each| each.id.clone()).collect();
    let mut command = command
        .disable_help_subcommand(true)
        .subcommand_value_name("OPERATION")
        .subcommand_help_heading("Operations")
        .after_help(help::API);
    for operation in operations {
        let mut declared = operation_command(operation);
        let kebab = operation.id.to_kebab_case();
        if names.insert(kebab.clone()) {
            declared = declared.alias(kebab);
        }
        command = command.subcommand(declared);
    }
    let methods = METHODS.iter().filter(|method| !names.contains(**method));
    command.subcommands(methods.map(|method| method_command(method)))
}

fn operation_command(operation: &Operation) -> Command {
    let flags = flags(operation);
    let example = help::example(operation, &flags);
    Command::new(operation.id.clone())
        .about(help::about(operation))
        .long_about(help::long_about(operation))
        .after_help(example)
        .args(flags.iter().map(parameter))
        .args(body::declare(operation))
        .groups(body::group(operation))
        .args(output())
        .arg(all::declare(operation))
}

/// `aura api GET /v1/leads/…`
fn method_command(method: &'static str) -> Command {
    Command::new(method)
        .hide(true)
        .about(format!("{method} any path, in the contract or not"))
        .arg(
            Arg::new(PATH)
                .value_name("PATH")
                .required(true)
                .help("Path and query, percent-encoded: /v1/leads?limit=5"),
        )
        .arg(body::whole(
            false,
            true,
            "Body to send, which is not checked".into(),
        ))
        .arg(body::content_type(", if it is not JSON".into()))
        .args(output())
}

/// How the response is shown, or where it goes.
fn output() -> [Arg; 3] {
    let include = Arg::new(INCLUDE)
        .long("include")
        .short('i')
        .action(ArgAction::SetTrue)
        .help("Print status and headers of the response first");
    let out = Arg::new(OUT)
        .long("out")
        .value_name("FILE")
        .help("Write the body of the response to a file; - is the standard output");
    let overwrite = Arg::new(OVERWRITE)
        .long("overwrite")
        .action(ArgAction::SetTrue)
        .requires(OUT)
        .help("Replace what is in the file of --out");
    [include, out, overwrite]
}

fn parameter(flag: &Flag<'_>) -> Arg {
    let parameter = flag.parameter;
    let schema = &parameter.schema;
    let one = schema.items().unwrap_or_else(|| schema.clone());
    let mut arg = Arg::new(id(flag))
        .long(flag.long.clone())
        .aliases(flag.alias.clone())
        .value_name(help::value_name(&one))
        .required(help::is_asked_for(parameter))
        .allow_negative_numbers(true)
        .help_heading("Parameters")
        .help(help::parameter(parameter))
        .long_help(help::long_parameter(parameter));
    if schema.is_array() {
        arg = arg.action(ArgAction::Append);
    }
    let values = help::values(&one);
    if !values.is_empty() {
        arg = arg.value_parser(PossibleValuesParser::new(values));
    } else if one.kind().as_deref() == Some("boolean") {
        arg = arg
            .value_parser(PossibleValuesParser::new(["true", "false"]))
            .num_args(0..=1)
            .default_missing_value("true");
    }
    arg
}

/// What clap knows a parameter's values by; an id of no other argument.
pub fn id(flag: &Flag<'_>) -> String {
    format!("parameter {}", flag.parameter.key)
}
