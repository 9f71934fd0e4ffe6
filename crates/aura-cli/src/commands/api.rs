//! `aura api`: every operation of the contract, with no code for any of them.

mod all;
mod answer;
mod arguments;
mod body;
mod call;
mod expected;
mod flags;
mod help;
mod list;
mod receive;
#[cfg(test)]
mod tests;

use aura_contract::Contract;
use clap::{ArgMatches, Args, FromArgMatches};

use crate::exit::Exit;
use crate::failure::Failure;
use crate::options::Global;
use crate::report::Report;

const ABOUT: &str = "Call any operation of the API, by its parameters";
const MORE: &str = "\
Without an operation it lists those that there are. What they take, and what it must look like, \
comes from the contract that aura was built with.";

/// `aura api`, whose arguments are the contract's: so clap is told of them by hand.
#[derive(Debug)]
pub struct Api {
    /// What stands behind `aura api`; nothing: the operations are listed.
    wanted: Option<(String, ArgMatches)>,
}

impl Api {
    pub async fn run(self, global: &Global, report: &Report) -> Result<Exit, Failure> {
        let contract = Contract::builtin();
        let Some((name, matches)) = self.wanted else {
            return list::run(&contract, global, report);
        };
        match call::Call::read(&contract, &name, &matches) {
            Ok(call) => call.run(global, report).await,
            Err(failures) => {
                for failure in &failures {
                    report.failure(failure);
                }
                Ok(Exit::Usage)
            }
        }
    }
}

impl FromArgMatches for Api {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let wanted = matches.subcommand();
        let wanted = wanted.map(|(name, matches)| (name.to_owned(), matches.clone()));
        Ok(Self { wanted })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Args for Api {
    fn augment_args(command: clap::Command) -> clap::Command {
        let command = command
            .about(ABOUT)
            .long_about(format!("{ABOUT}\n\n{MORE}"));
        // The contract is read only if it comes to that.
        command.defer(|command| arguments::declare(command, &Contract::builtin()))
    }

    fn augment_args_for_update(command: clap::Command) -> clap::Command {
        Self::augment_args(command)
    }
}
