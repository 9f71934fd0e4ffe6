//! The sandbox's page in a real browser. Where there is none, the tests are ignored, and say why.

use std::env;
use std::process::{Command, Output};

use aura_sandbox::Sandbox;
use aura_sandbox::http::StatusCode;
use aura_workspace_tests::answers;
use libtest_mimic::{Arguments, Failed, Trial};
use tokio::runtime::Runtime;

const ID: &str = "550e8400-e29b-41d4-a716-446655440000";

/// Names that Chromium goes by; `CHROMIUM` names another.
const NAMES: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

fn main() {
    let browser = browser();
    // What is printed beside an ignored test.
    let kind = match browser {
        Some(_) => "",
        None => "no browser: install chromium, or name one in CHROMIUM",
    };
    let found = browser.is_some();
    let trial = |name: &str, test: fn(&str) -> Result<(), Failed>| {
        let browser = browser.clone().unwrap_or_default();
        Trial::test(name, move || test(&browser))
            .with_kind(kind)
            .with_ignored_flag(!found)
    };
    let tests = vec![
        trial("try_it_out_calls_the_sandbox", try_it_out_calls_the_sandbox),
        trial(
            "the_page_is_whole_without_the_net",
            the_page_is_whole_without_the_net,
        ),
    ];
    libtest_mimic::run(&Arguments::from_args(), tests).exit();
}

/// A browser that starts.
fn browser() -> Option<String> {
    let named = env::var("CHROMIUM").ok();
    let starts = |name: &String| {
        let version = Command::new(name).arg("--version").output();
        version.is_ok_and(|version| version.status.success())
    };
    match named {
        Some(named) => Some(named),
        None => NAMES.map(String::from).into_iter().find(starts),
    }
}

/// A robot executes the operation on the page: what it sees is the sandbox's answer.
fn try_it_out_calls_the_sandbox(browser: &str) -> Result<(), Failed> {
    let runtime = Runtime::new()?;
    let sandbox = runtime.block_on(Sandbox::start())?;
    // The robot must come from the page's own origin, so a fault brings it in.
    let robot = answers::text(200, "text/html", include_str!("robot.html"));
    sandbox.inject(robot.on("get_lead").times(1));
    let seen = dom(browser, &format!("{}/v1/leads/{ID}", sandbox.base_url()))?;
    for expected in ["status 200", "john@example.com", ID] {
        if !seen.contains(expected) {
            return Err(format!("no {expected} in:\n{seen}").into());
        }
    }
    let requests = sandbox.requests();
    let called = requests.iter().any(|request| {
        request.operation() == Some("get_lead")
            && request.organization().is_some()
            && request.status() == Some(StatusCode::OK)
    });
    called
        .then_some(())
        .ok_or_else(|| format!("no call with a key: {requests:?}").into())
}

/// With every name but this machine's leading nowhere, the page is whole.
fn the_page_is_whole_without_the_net(browser: &str) -> Result<(), Failed> {
    let runtime = Runtime::new()?;
    let sandbox = runtime.block_on(Sandbox::start())?;
    let page = dom(browser, &format!("{}/docs", sandbox.base_url()))?;
    for expected in ["/v1/leads/{id}", "Get lead by ID", sandbox.api_key()] {
        if !page.contains(expected) {
            return Err(format!("no {expected} in:\n{page}").into());
        }
    }
    Ok(())
}

/// The page as it stands when its scripts have come to rest.
fn dom(browser: &str, url: &str) -> Result<String, Failed> {
    let profile = tempfile::tempdir()?;
    let mut command = Command::new(browser);
    command
        .args(["--headless", "--disable-gpu", "--no-first-run"])
        // In a container there is often no user to drop to.
        .arg("--no-sandbox")
        .arg("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1")
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .args([
            "--virtual-time-budget=20000",
            "--timeout=60000",
            "--dump-dom",
        ])
        .arg(url);
    let Output {
        status,
        stdout,
        stderr,
    } = command.output()?;
    match status.success() {
        true => Ok(String::from_utf8(stdout)?),
        false => Err(String::from_utf8_lossy(&stderr).into_owned().into()),
    }
}
