//! What an operation's parameters are called as options.

use aura_contract::{Operation, Parameter};
use clap::Args;
use heck::ToKebabCase;

use crate::options::Global;

/// A parameter as an option.
pub struct Flag<'c> {
    pub parameter: &'c Parameter,
    /// `--created-after`, without the dashes.
    pub long: String,
    /// What else it can be given as: `created_after`, as the contract writes it.
    pub alias: Option<String>,
}

/// Options of `aura api` itself. The first two come with clap.
const OWN: [&str; 11] = [
    "help",
    "version",
    "include",
    "out",
    "overwrite",
    "all",
    "body",
    "field",
    "file",
    "content-type",
    "no-check",
];

/// The parameters of an operation, each with an option that nothing else is called.
pub fn flags(operation: &Operation) -> Vec<Flag<'_>> {
    let mut taken = of_every_command();
    taken.extend(OWN.map(str::to_owned));
    let mut flags: Vec<Flag<'_>> = Vec::new();
    for parameter in &operation.parameters {
        let long = free_name(&parameter.key, &taken);
        taken.push(long.clone());
        flags.push(Flag {
            parameter,
            long,
            alias: None,
        });
    }
    for flag in &mut flags {
        let key = &flag.parameter.key;
        let can_be_typed = !key.starts_with('-') && !key.contains(|c: char| " =".contains(c));
        if can_be_typed && !taken.contains(key) {
            taken.push(key.clone());
            flag.alias = Some(key.clone());
        }
    }
    flags
}

fn of_every_command() -> Vec<String> {
    let global = Global::augment_args(clap::Command::new("aura"));
    let names = global.get_arguments().filter_map(clap::Arg::get_long);
    names.map(str::to_owned).collect()
}

/// The key as options are written; where that is taken, `param-` and the key.
fn free_name(key: &str, taken: &[String]) -> String {
    let name = key.to_kebab_case();
    if !name.is_empty() && !taken.contains(&name) {
        return name;
    }
    let mut name = format!("param-{name}");
    while taken.contains(&name) {
        name.push_str("-too");
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::api::tests::grown;

    #[test]
    fn a_parameter_is_an_option_that_nothing_else_is_called() {
        let contract = grown();
        let operation = contract.operation("odd_names").expect("it is there");
        let names: Vec<_> = flags(operation)
            .into_iter()
            .map(|flag| (flag.parameter.key.clone(), flag.long, flag.alias))
            .collect();
        let expected = [
            ("path-id", "path-id", None),
            ("query-id", "query-id", None),
            ("output", "param-output", None),
            ("timeout", "param-timeout", None),
            ("body", "param-body", None),
            ("help", "param-help", None),
            ("created_after", "created-after", Some("created_after")),
            ("createdAfter", "param-created-after", Some("createdAfter")),
            ("created-after", "param-created-after-too", None),
            ("filter[status]", "filter-status", Some("filter[status]")),
            ("$", "param-", Some("$")),
            ("a b", "a-b", None),
        ];
        let expected = expected.map(|(key, long, alias): (&str, &str, Option<&str>)| {
            (key.to_owned(), long.to_owned(), alias.map(str::to_owned))
        });
        assert_eq!(names, expected);
    }
}
