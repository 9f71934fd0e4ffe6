//! The page at /docs in a real browser: "Execute" calls the sandbox, with the key filled in.
//!
//! Needs Chromium or Chrome, in the `PATH` or named by `CHROME`; without, the test is reported as
//! ignored, with the reason.

mod devtools;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use aura_sandbox::aura_contract::Contract;
use aura_sandbox::{Organization, Sandbox};
use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::json;

use devtools::Browser;

const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "chrome"];

fn main() -> ExitCode {
    let tests = vec![
        trial("execute_calls_the_sandbox", |browser| {
            run(execute_calls_the_sandbox(browser))
        }),
        trial("execute_sends_the_key_as_each_scheme_asks", |browser| {
            run(execute_sends_the_key_as_each_scheme_asks(browser))
        }),
        trial(
            "findings_of_a_contract_that_is_edited_are_shown",
            |browser| run(findings_of_a_contract_that_is_edited_are_shown(browser)),
        ),
    ];
    libtest_mimic::run(&Arguments::from_args(), tests).exit_code()
}

fn trial(name: &str, test: fn(&Path) -> Result<(), Failed>) -> Trial {
    match browser() {
        Some(browser) => Trial::test(name, move || test(&browser)),
        None => Trial::test(name, || Ok(()))
            .with_ignored_flag(true)
            .with_kind("no Chromium in PATH, none in CHROME"),
    }
}

fn browser() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("CHROME") {
        return Some(named.into());
    }
    let path = std::env::var_os("PATH")?;
    let places =
        std::env::split_paths(&path).flat_map(|folder| NAMES.map(|name| folder.join(name)));
    places.into_iter().find(|place| place.is_file())
}

fn run(test: impl Future<Output = Result<(), Failed>>) -> Result<(), Failed> {
    let runtime = tokio::runtime::Runtime::new()?;
    // Only so that a browser that hangs does not hang the test.
    let limit = Duration::from_secs(60);
    runtime.block_on(async { tokio::time::timeout(limit, test).await })?
}

/// Clicks on "Execute" and gives back the key, the status and the body that the page then shows.
const EXECUTE: &str = include_str!("execute.js");

async fn execute_calls_the_sandbox(browser: &Path) -> Result<(), Failed> {
    let acme = Organization::new("acme").api_key("aura_pk_test_acme");
    let sandbox = Sandbox::builder().organization(acme).start().await?;
    let mut browser = Browser::start(browser).await?;
    let page = browser
        .open(&format!("{}/docs", sandbox.base_url()))
        .await?;
    let shown = browser.evaluate(&page, EXECUTE).await?;

    let of_our_key = shown.starts_with(sandbox.api_key());
    if !of_our_key || !shown.contains("200") || !shown.contains("John Doe") {
        return Err(format!("the page shows {shown}").into());
    }
    let asked = sandbox.requests();
    let operations: Vec<_> = asked.iter().map(|asked| asked.operation()).collect();
    if operations != [Some("get_lead")] {
        return Err(format!("the sandbox was asked for {operations:?}").into());
    }
    Ok(())
}

async fn execute_sends_the_key_as_each_scheme_asks(browser: &Path) -> Result<(), Failed> {
    let mut browser = Browser::start(browser).await?;
    for scheme in [
        json!({ "type": "http", "scheme": "Basic" }),
        json!({ "type": "apiKey", "in": "header", "name": "X-Tenant-Key" }),
        json!({ "type": "apiKey", "in": "query", "name": "key" }),
        json!({ "type": "oauth2", "flows": {} }),
        json!({ "type": "openIdConnect", "openIdConnectUrl": "https://127.0.0.1:9/" }),
    ] {
        let mut document = Contract::builtin().document().clone();
        document["components"]["securitySchemes"]["bearerAuth"] = scheme.clone();
        let contract = Contract::from_json(&document.to_string())?;
        let sandbox = Sandbox::builder().contract(contract).api_key("ada:se:cret");
        let sandbox = sandbox.start().await?;
        let docs = format!("{}/docs", sandbox.base_url());
        let page = browser.open(&docs).await?;
        let shown = browser.evaluate(&page, EXECUTE).await?;
        if !shown.starts_with("ada:se:cret 200") {
            return Err(format!("{scheme}: the page shows {shown}").into());
        }
    }
    Ok(())
}

async fn findings_of_a_contract_that_is_edited_are_shown(browser: &Path) -> Result<(), Failed> {
    let mut document = Contract::builtin().document().clone();
    document["x-preview"] = json!({
        "file": "openapi.yaml",
        "note": "1 error.",
        "findings": [{
            "severity": "error", "code": "spec::dangling-ref", "message": "`<b>` leads to nothing",
            "line": 292, "column": 19, "help": "did you mean `<i>`?",
        }],
    });
    let contract = Contract::from_json(&document.to_string())?;
    let sandbox = Sandbox::builder().contract(contract).start().await?;
    let mut browser = Browser::start(browser).await?;
    let page = browser
        .open(&format!("{}/docs", sandbox.base_url()))
        .await?;
    let script = "Promise.resolve(document.getElementById('findings').innerText)";
    let shown = browser.evaluate(&page, script).await?;
    for expected in [
        "1 error.",
        "openapi.yaml:292:19",
        "`<b>` leads to nothing",
        "spec::dangling-ref",
        "did you mean `<i>`?",
    ] {
        if !shown.contains(expected) {
            return Err(format!("no {expected} in {shown}").into());
        }
    }
    Ok(())
}
