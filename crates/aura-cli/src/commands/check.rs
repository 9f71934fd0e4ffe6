//! `aura check`: what works, and what to do about what does not.

mod ask;
mod finding;
mod show;
mod target;

use aura_contract::Contract;
use clap::Args;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::options::{Format, Global};
use crate::report::Report;
use crate::{output, terminal};
use finding::{Finding, Subject};
use target::Target;

/// See what works, and what to do about what does not
///
/// Looks at the base URL, the key, the service's health, whether it accepts the key, and the rate
/// limit. It asks for nothing that could be changed by asking, and never shows the key.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  aura check
  aura check --base-url https://staging.example --key-file staging.key
  aura check --output json | jq -r .key_accepted.status

It exits with 3 if there is no key, or one that is not accepted; else as every command does.")]
pub struct Check {}

impl Check {
    pub async fn run(self, global: &Global, report: &Report) -> Result<Exit, Failure> {
        if global.output == Some(Format::Csv) {
            return Err(Failure::usage(
                "findings are no table: --output json gives an object",
            ));
        }
        let findings = examine(global, report).await?;
        let text = match global.output {
            Some(Format::Json) => format!("{:#}\n", show::object(&findings)),
            Some(Format::Ndjson) => format!("{}\n", show::object(&findings)),
            _ => match terminal::width() {
                Some(width) => show::for_people(&findings, width, terminal::is_styled()),
                None => show::plain(&findings),
            },
        };
        output::print(text.as_bytes())?;
        Ok(finding::worst(&findings))
    }
}

/// Makes all checks, in the order in which one rests on another.
async fn examine(global: &Global, report: &Report) -> Result<Vec<Finding>, Failure> {
    let target = Target::find(global, report).await?;
    let health = match target.keyed.as_ref().or(target.open.as_ref()) {
        Some(client) => ask::health(client).await,
        None => Finding::skipped(Subject::Health, "there is no URL to ask"),
    };
    let (key_accepted, limit) = match &target.keyed {
        _ if health.is_out_of_reach() => {
            let why = "the service cannot be reached";
            (Finding::skipped(Subject::KeyAccepted, why), None)
        }
        _ if health.is_of_another_service() => {
            let why = "the base URL does not lead to the API";
            (Finding::skipped(Subject::KeyAccepted, why), None)
        }
        Some(client) => ask::key_accepted(client, &Contract::builtin()).await,
        None => {
            let why = match target.open {
                Some(_) => "there is no key to ask with",
                None => "there is no URL to ask",
            };
            (Finding::skipped(Subject::KeyAccepted, why), None)
        }
    };
    let limit = ask::limit(limit, &key_accepted);
    Ok(vec![
        target.base_url,
        target.key,
        health,
        key_accepted,
        limit,
        ask::versions(),
    ])
}
