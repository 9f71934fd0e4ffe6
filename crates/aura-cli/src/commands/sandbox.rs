//! `aura sandbox`: the sandbox as a server, for programs in any language.

mod curl;

use std::net::{IpAddr, Ipv4Addr};
use std::path::{Path, PathBuf};
use std::time::Duration;

use aura_contract::Contract;
use aura_sandbox::{RateLimit, Sandbox, SandboxBuilder, SandboxError, docs};
use clap::Args;
use serde_json::json;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::interrupt::Interrupt;
use crate::options::{Format, Global};
use crate::output;
use crate::report::Report;
use crate::terminal;
use crate::text::{piece, visible};

/// Serve an Aura API with made-up leads on 127.0.0.1, for tests and try-outs
///
/// It answers as the service does: keys, errors, rate limits, every operation of the contract. On the
/// page at /docs each can be tried out. `POST /__sandbox/faults` sets what goes wrong. Ctrl-C ends it.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  aura sandbox                             the contract's example lead
  aura sandbox --port 8080 --leads leads.json
  aura sandbox --rate-limit 5              to see what a program does about 429
  aura sandbox --output json | head -1     where it is, for scripts
  aura sandbox --export site               its page as files, to be published")]
pub struct Serve {
    /// Address to listen on; 0.0.0.0 is every one of this machine, as in a container
    #[arg(long, value_name = "ADDRESS", default_value_t = Ipv4Addr::LOCALHOST.into())]
    host: IpAddr,
    /// Port; a free one unless given
    #[arg(long, default_value_t = 0, hide_default_value = true)]
    port: u16,
    /// Leads to serve, beside the contract's example: a JSON file
    #[arg(long, value_name = "FILE")]
    leads: Option<PathBuf>,
    /// Requests allowed a minute for each key, or `off`; as the service does unless given
    #[arg(long, value_name = "N|off", value_parser = limit)]
    rate_limit: Option<u64>,
    /// Serve another contract: openapi.json instead of the one built in
    #[arg(long, value_name = "FILE")]
    contract: Option<PathBuf>,
    /// Begin anew, at the same address and with the same key, when the file of --contract changes
    #[arg(long, requires = "contract")]
    watch: bool,
    /// Also end when standard input closes: with the program that started it, even if that is killed
    #[arg(long)]
    until_stdin_closes: bool,
    /// Write the page of /docs to a folder as static files that open without a server, and exit
    #[arg(long, value_name = "DIR", conflicts_with_all = [
        "host", "port", "leads", "rate_limit", "watch", "until_stdin_closes",
    ])]
    export: Option<PathBuf>,
}

/// How many requests a minute are allowed; 0 if there is no limit.
fn limit(text: &str) -> Result<u64, &'static str> {
    match text.parse() {
        _ if text == "off" => Ok(0),
        Ok(0) | Err(_) => Err("a number above 0 or `off` is expected"),
        Ok(requests) => Ok(requests),
    }
}

impl Serve {
    pub async fn run(self, global: &Global, report: &Report) -> Result<Exit, Failure> {
        let given = self.given_contract()?;
        if let Some(folder) = &self.export {
            return self.write_page(folder, given.as_deref(), global);
        }
        let mut interrupt = Interrupt::listen();
        let sandbox = self.start(self.builder(given.as_deref())?).await?;
        if !self.host.is_loopback() {
            report.warning(EXPOSED);
        }
        let text = match global.output {
            Some(Format::Json | Format::Ndjson) => for_programs(&sandbox),
            _ => for_people(&sandbox),
        };
        // Who has read the first line may close the pipe, and goes on using the sandbox.
        output::print(text.as_bytes())?;
        tokio::select! {
            _ = interrupt.came() => {}
            () = stdin_closed(), if self.until_stdin_closes => {}
            failed = self.follow(sandbox, given, report) => failed?,
        }
        report.aside("the sandbox has ended");
        Ok(Exit::Good)
    }

    /// Serves what the contract's file holds, whenever it changes; without --watch, what it held.
    async fn follow(
        &self,
        mut sandbox: Sandbox,
        mut served: Option<String>,
        report: &Report,
    ) -> Result<(), Failure> {
        if !self.watch {
            std::future::pending::<()>().await;
        }
        let mut seen = served.clone();
        loop {
            tokio::time::sleep(LOOKING).await;
            // A file that is gone may be about to be written anew.
            let Ok(found) = self.given_contract() else {
                continue;
            };
            if found == seen {
                continue;
            }
            seen = found;
            let builder = match self.builder(seen.as_deref()) {
                Ok(builder) => builder,
                Err(failure) => {
                    report.warning(&failure.to_string());
                    continue;
                }
            };
            let (port, key) = (sandbox.address().port(), sandbox.api_key().to_owned());
            let as_before = |builder: SandboxBuilder| builder.port(port).api_key(&key);
            // The address is free only now.
            drop(sandbox);
            sandbox = match self.start(as_before(builder)).await {
                Ok(sandbox) => {
                    served.clone_from(&seen);
                    sandbox
                }
                Err(failure) => {
                    report.warning(&failure.to_string());
                    let last = self.builder(served.as_deref())?;
                    self.start(as_before(last)).await?
                }
            };
        }
    }

    async fn start(&self, builder: SandboxBuilder) -> Result<Sandbox, Failure> {
        builder.start().await.map_err(|error| unable(&error))
    }

    fn builder(&self, contract: Option<&str>) -> Result<SandboxBuilder, Failure> {
        let mut builder = Sandbox::builder().host(self.host).port(self.port);
        if let Some(path) = &self.leads {
            builder = builder.seed_file(path);
        }
        builder = match self.rate_limit {
            None => builder,
            Some(0) => builder.no_rate_limit(),
            Some(requests) => builder.rate_limit(RateLimit::per_minute(requests)),
        };
        if let Some(contract) = self.read(contract)? {
            builder = builder.contract(contract);
        }
        Ok(builder)
    }

    /// Writes the page of the contract and prints where it is.
    fn write_page(
        &self,
        folder: &Path,
        contract: Option<&str>,
        global: &Global,
    ) -> Result<Exit, Failure> {
        let contract = self.read(contract)?.unwrap_or_else(Contract::builtin);
        let page = docs::export(&contract, folder)
            .map_err(|error| Failure::local(format!("cannot write the page: {error}")))?;
        let text = match global.output {
            Some(Format::Json | Format::Ndjson) => {
                format!("{}\n", json!({ "page": page.display().to_string() }))
            }
            _ => {
                let page = page.display().to_string();
                let shown = match terminal::is_stdout() {
                    true => visible(&page),
                    false => page.as_str().into(),
                };
                format!("{shown}\n")
            }
        };
        output::print(text.as_bytes())?;
        Ok(Exit::Good)
    }

    fn read(&self, contract: Option<&str>) -> Result<Option<Contract>, Failure> {
        let contract = contract.map(Contract::from_json).transpose();
        contract.map_err(|error| self.no_contract(error))
    }

    /// The text of the file of --contract.
    fn given_contract(&self) -> Result<Option<String>, Failure> {
        let text = self.contract.as_ref().map(std::fs::read_to_string);
        text.transpose().map_err(|error| self.no_contract(error))
    }

    fn no_contract(&self, why: impl std::fmt::Display) -> Failure {
        let path = self.contract.as_deref().unwrap_or(Path::new(""));
        Failure::usage(format!("--contract {}: {why}", path.display()))
    }
}

/// Ends when standard input closes, however the program at its other end ended.
async fn stdin_closed() {
    // An input that cannot be read counts as closed.
    _ = tokio::io::copy(&mut tokio::io::stdin(), &mut tokio::io::sink()).await;
}

fn unable(error: &SandboxError) -> Failure {
    let told = format!("the sandbox could not start: {error}");
    match error {
        SandboxError::Listen { .. } | SandboxError::Client(_) => Failure::local(told),
        // What stands in a file that was named.
        _ => Failure::usage(told),
    }
}

/// How often the contract's file is looked at.
const LOOKING: Duration = Duration::from_millis(200);

/// What it means to listen on more than a loopback address.
const EXPOSED: &str = "anyone who can reach this machine can use the sandbox, set its faults, and \
    read its keys, its leads and the requests that came";

fn for_people(sandbox: &Sandbox) -> String {
    let (url, key) = (sandbox.base_url(), sandbox.api_key());
    let mut others = String::new();
    for (name, keys) in sandbox.organizations().skip(1) {
        let (name, keys) = (piece(name), keys.join(", "));
        others.push_str(&format!("  Key    {keys}  ({name})\n"));
    }
    let try_it = curl::command(sandbox).map(|command| format!("Try it:\n\n  {command}\n\n"));
    let try_it = try_it.unwrap_or_default();
    format!(
        "\
An Aura API with made-up leads, until Ctrl-C:

  URL    {url}
  Key    {key}
{others}  Docs   {url}/docs

{try_it}Point a program at it:

  export AURA_BASE_URL={url}
  export AURA_API_KEY={key}
"
    )
}

fn for_programs(sandbox: &Sandbox) -> String {
    let (url, key) = (sandbox.base_url(), sandbox.api_key());
    let organizations = sandbox.organizations();
    let organizations = organizations.map(|(name, keys)| json!({ "name": name, "api_keys": keys }));
    let line = json!({
        "base_url": url,
        "api_key": key,
        "docs": format!("{url}/docs"),
        "organizations": organizations.collect::<Vec<_>>(),
    });
    format!("{line}\n")
}
