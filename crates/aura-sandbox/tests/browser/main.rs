//! The page at /docs in a real browser: "Execute" calls the sandbox, with the key filled in.
//!
//! Needs Chromium or Chrome, in the `PATH` or named by `CHROME`; without, the test is reported as
//! ignored, with the reason.

mod devtools;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use aura_sandbox::aura_contract::Contract;
use aura_sandbox::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use aura_sandbox::http::{HeaderValue, StatusCode};
use aura_sandbox::{Fault, Organization, Sandbox, docs};
use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::json;
use tempfile::TempDir;

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
        trial("colours_follow_the_systems_and_can_be_read", |browser| {
            run(colours_follow_the_systems_and_can_be_read(browser))
        }),
        trial("an_exported_page_needs_no_server", |browser| {
            run(an_exported_page_needs_no_server(browser))
        }),
        trial("texts_of_a_contract_run_no_script", |browser| {
            run(texts_of_a_contract_run_no_script(browser))
        }),
        trial(
            "bodies_run_no_script_on_the_origin_of_the_page",
            |browser| run(bodies_run_no_script_on_the_origin_of_the_page(browser)),
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

/// A contract with something to say about it.
fn edited() -> Result<Contract, Failed> {
    let mut document = Contract::builtin().document().clone();
    document["x-preview"] = json!({
        "file": "openapi.yaml",
        "note": "1 error.",
        "findings": [{
            "severity": "error", "code": "spec::dangling-ref", "message": "`<b>` leads to nothing",
            "line": 292, "column": 19, "help": "did you mean `<i>`?",
        }],
    });
    Ok(Contract::from_json(&document.to_string())?)
}

async fn findings_of_a_contract_that_is_edited_are_shown(browser: &Path) -> Result<(), Failed> {
    let sandbox = Sandbox::builder().contract(edited()?).start().await?;
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

/// Gives the texts of a page that can't be read well.
const CONTRAST: &str = include_str!("contrast.js");

/// Unfolds what can be unfolded, and opens the dialogue for keys.
const UNFOLD: &str = "
    const unfold = () => document.querySelectorAll('[aria-expanded=false]').forEach((fold) => fold.click());
    unfold();
    new Promise((done) => setTimeout(() => {
        unfold();
        document.querySelectorAll('[data-name=model]').forEach((tab) => tab.click());
        document.querySelector('.auth-wrapper .authorize').click();
        setTimeout(() => done(''), 100);
    }, 100))
";

async fn colours_follow_the_systems_and_can_be_read(browser: &Path) -> Result<(), Failed> {
    let sandbox = Sandbox::builder().contract(edited()?).start().await?;
    let mut browser = Browser::start(browser).await?;
    let page = browser
        .open(&format!("{}/docs", sandbox.base_url()))
        .await?;
    browser.evaluate(&page, EXECUTE).await?;
    browser.evaluate(&page, UNFOLD).await?;
    // As they change, the page does. Dark, all is as WCAG asks; light, Swagger UI has its own mind.
    for (colours, minimum, background) in [
        ("light", "2", "rgb(255, 255, 255)"),
        ("dark", "4.5", "rgb(28, 32, 34)"),
        ("light", "2", "rgb(255, 255, 255)"),
    ] {
        browser.prefer(&page, colours).await?;
        let script = CONTRAST
            .replace("SCHEME", colours)
            .replace("MINIMUM", minimum);
        let unreadable = browser.evaluate(&page, &script).await?;
        if !unreadable.is_empty() {
            return Err(format!("in {colours} colours:\n{unreadable}").into());
        }
        let script = "Promise.resolve(getComputedStyle(document.body).backgroundColor)";
        let shown = browser.evaluate(&page, script).await?;
        if shown != background {
            return Err(format!("{colours} is {shown}").into());
        }
    }
    Ok(())
}

/// Waits until an operation is shown, and gives what the page says.
const SHOWN: &str = "new Promise((done) => {
    const look = () => document.querySelector('.opblock-body .highlight-code')
        ? done(document.body.innerText)
        : setTimeout(look, 20);
    look();
})";

/// Writes a page and opens it.
async fn open_exported(
    browser: &mut Browser,
    contract: &Contract,
) -> Result<(TempDir, String), Failed> {
    let folder = TempDir::new()?;
    let index = docs::export(contract, folder.path())?;
    let page = browser.open(&format!("file://{}", index.display())).await?;
    Ok((folder, page))
}

async fn an_exported_page_needs_no_server(browser: &Path) -> Result<(), Failed> {
    let mut browser = Browser::start(browser).await?;
    let (_folder, page) = open_exported(&mut browser, &edited()?).await?;
    let shown = browser.evaluate(&page, SHOWN).await?;
    for expected in [
        "/v1/leads/{id}",
        "nothing is sent from this page",
        "1 error.",
    ] {
        if !shown.contains(expected) {
            return Err(format!("no {expected} in {shown}").into());
        }
    }
    for unexpected in [
        "Try it out",
        "Execute",
        "Authorize",
        "Made-up data",
        "Key of",
    ] {
        if shown.contains(unexpected) {
            return Err(format!("{unexpected} in {shown}").into());
        }
    }
    let mut requested = browser.requested().iter();
    match requested.find(|url| !url.starts_with("file:") && !url.starts_with("data:")) {
        Some(url) => Err(format!("it asks for {url}").into()),
        None => Ok(()),
    }
}

/// Whether a script of a contract or of a body ran, or would with a click.
const HARM: &str = "Promise.resolve([
    document.title === 'harm' ? 'ran' : '',
    ...[...document.querySelectorAll('a')].map((link) => link.href).filter((url) => /^javascript:/i.test(url)),
    ...[...document.querySelectorAll('#swagger-ui [onerror], #swagger-ui script')].map((node) => node.outerHTML),
].join(''))";

async fn texts_of_a_contract_run_no_script(browser: &Path) -> Result<(), Failed> {
    let text = "<script>document.title = 'harm'</script> <img src=x onerror=\"document.title = 'harm'\"> \
        <svg onload=\"document.title = 'harm'\"></svg> [a link](javascript:document.title='harm') \
        <a href=\" javascript:document.title='harm'\">b</a> ![c](http://elsewhere.example/c.png)";
    let link = "javascript:document.title='harm'";
    let mut document = edited()?.document().clone();
    document["info"] = json!({
        "title": format!("T {text}"), "version": "</script><script>document.title = 'harm'</script>",
        "description": text, "termsOfService": link,
        "contact": { "name": text, "url": link }, "license": { "name": text, "url": link },
    });
    document["externalDocs"] = json!({ "url": link, "description": text });
    document["servers"] = json!([{ "url": link, "description": text }]);
    let operation = &mut document["paths"]["/v1/leads/{id}"]["get"];
    operation["summary"] = text.into();
    operation["description"] = text.into();
    operation["externalDocs"] = json!({ "url": link, "description": text });
    operation["responses"]["200"]["description"] = text.into();
    document["components"]["schemas"]["Lead"]["description"] = text.into();
    document["x-preview"]["findings"][0]["message"] = text.into();
    let contract = Contract::from_json(&document.to_string())?;

    let sandbox = Sandbox::builder()
        .contract(contract.clone())
        .start()
        .await?;
    let mut browser = Browser::start(browser).await?;
    let served = browser
        .open(&format!("{}/docs", sandbox.base_url()))
        .await?;
    let (_folder, exported) = open_exported(&mut browser, &contract).await?;
    for page in [served, exported] {
        browser.evaluate(&page, SHOWN).await?;
        browser.evaluate(&page, UNFOLD).await?;
        let harm = browser.evaluate(&page, HARM).await?;
        if !harm.is_empty() {
            return Err(harm.into());
        }
    }
    let mut requested = browser.requested().iter();
    match requested.find(|url| url.contains("elsewhere")) {
        Some(url) => Err(format!("it asks for {url}").into()),
        None => Ok(()),
    }
}

async fn bodies_run_no_script_on_the_origin_of_the_page(browser: &Path) -> Result<(), Failed> {
    let sandbox = Sandbox::start().await?;
    let mut browser = Browser::start(browser).await?;
    let html = "<html><body onload=\"document.title = 'harm'\">\
        <script>document.title = 'harm'</script><img src=x onerror=\"document.title = 'harm'\">";
    let svg = "<svg xmlns='http://www.w3.org/2000/svg'><title>A</title>\
        <script>document.querySelector('title').textContent = 'harm'</script></svg>";
    for (media_type, body) in [
        ("text/html", html),
        ("image/svg+xml", svg),
        ("text/plain", html),
        ("x", html),
    ] {
        let fault = Fault::answer(StatusCode::OK)
            .header(CONTENT_TYPE, HeaderValue::from_static(media_type))
            .header(
                CONTENT_SECURITY_POLICY,
                HeaderValue::from_static("script-src * 'unsafe-inline'"),
            )
            .body(body);
        sandbox.inject(fault.on("health")).expect("a fault");
        let url = format!("{}/health", sandbox.base_url());
        let page = browser.open(&url).await?;
        let harm = browser.evaluate(&page, HARM).await?;
        if !harm.is_empty() {
            return Err(format!("{media_type}: {harm}").into());
        }
        sandbox.clear_faults();
    }
    Ok(())
}
