//! `aura sandbox` and `aura completions`: the binary as other programs use it.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};

use aura_client::reqwest;
use serde_json::{Value, json};

/// A running sandbox, and what its first line says.
fn start(arguments: &[&str]) -> (Child, Value) {
    started(&mut serve(arguments))
}

fn serve(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_aura"));
    command
        .args(["sandbox", "--output", "json"])
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped());
    command
}

fn started(command: &mut Command) -> (Child, Value) {
    let mut child = command.spawn().expect("it runs");
    let mut line = String::new();
    let out = child.stdout.take().expect("a pipe");
    BufReader::new(out).read_line(&mut line).expect("a line");
    (child, serde_json::from_str(&line).expect("JSON"))
}

/// The exit code of a request for the example lead.
fn get(sandbox: &Value) -> Option<i32> {
    let text = |key: &str| sandbox[key].as_str().expect("a text").to_owned();
    let status = Command::new(env!("CARGO_BIN_EXE_aura"))
        .env("AURA_API_KEY", text("api_key"))
        .env("AURA_BASE_URL", text("base_url"))
        .args([
            "leads",
            "get",
            "550e8400-e29b-41d4-a716-446655440000",
            "--timeout",
            "1",
        ])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    status.expect("it runs").code()
}

#[test]
fn its_first_line_says_where_it_is_and_with_which_key() {
    let (mut child, sandbox) = start(&["--rate-limit", "1"]);
    let (first, second) = (get(&sandbox), get(&sandbox));
    child.kill().expect("it was running");
    child.wait().expect("it ends");

    assert_eq!(
        (first, second),
        (Some(0), Some(5)),
        "the second is over the limit"
    );
    assert!(
        sandbox["api_key"]
            .as_str()
            .is_some_and(|key| key.starts_with("aura_pk_test_"))
    );
    assert!(
        sandbox["docs"]
            .as_str()
            .is_some_and(|docs| docs.ends_with("/docs"))
    );
}

#[test]
fn the_keys_of_all_organizations_are_told() {
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    let seed = r#"{"organizations": [{"name": "acme"}, {"name": "beta", "api_key": "given"}]}"#;
    file.write_all(seed.as_bytes()).expect("room");
    let path = file.path().to_str().expect("Unicode");
    let (mut child, sandbox) = start(&["--leads", path]);
    child.kill().expect("it was running");
    child.wait().expect("it ends");

    let names = |at: usize| sandbox["organizations"][at]["name"].as_str();
    assert_eq!(
        (names(0), names(1), names(2)),
        (Some("sandbox"), Some("acme"), Some("beta"))
    );
    assert_eq!(
        sandbox["organizations"][0]["api_keys"][0],
        sandbox["api_key"]
    );
    assert_eq!(sandbox["organizations"][2]["api_keys"][0], "given");
}

#[cfg(unix)]
#[test]
fn it_ends_well_when_it_is_asked_to() {
    for signal in ["-INT", "-TERM"] {
        let (mut child, _) = start(&[]);
        let asked = Command::new("kill")
            .args([signal, &child.id().to_string()])
            .status();
        assert!(asked.expect("kill runs").success());
        assert_eq!(child.wait().expect("it ends").code(), Some(0), "{signal}");
    }
}

#[test]
fn files_that_are_none_are_told() {
    for arguments in [["--leads", "missing.json"], ["--contract", "missing.json"]] {
        let output = Command::new(env!("CARGO_BIN_EXE_aura"))
            .arg("sandbox")
            .args(arguments)
            .output();
        let output = output.expect("it runs");
        assert_eq!(output.status.code(), Some(2));
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(
            told.starts_with("error: ") && told.contains("missing.json"),
            "{told}"
        );
    }
}

/// What people read of a sandbox with this contract, up to the curl command.
fn curl_command(contract: &Value) -> String {
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    file.write_all(contract.to_string().as_bytes())
        .expect("room");
    let mut child = Command::new(env!("CARGO_BIN_EXE_aura"))
        .args(["sandbox", "--output", "table", "--contract"])
        .arg(file.path())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it runs");
    let out = BufReader::new(child.stdout.take().expect("a pipe"));
    let mut lines = out.lines().map(|line| line.expect("text"));
    let command = lines.find(|line| line.trim_start().starts_with("curl "));
    child.kill().expect("it was running");
    child.wait().expect("it ends");
    command.expect("a command").trim().to_owned()
}

#[test]
fn the_command_to_try_carries_the_key_as_the_contract_asks() {
    let mut contract: Value = serde_json::from_str(aura_contract::OPENAPI_JSON).expect("JSON");
    for (scheme, before, after) in [
        (
            json!({"type": "http", "scheme": "bearer"}),
            "curl -H 'Authorization: Bearer aura_pk_test_",
            "",
        ),
        (
            json!({"type": "http", "scheme": "basic"}),
            "curl -u sandbox:aura_pk_test_",
            "",
        ),
        (
            json!({"type": "apiKey", "in": "header", "name": "X-Key"}),
            "curl -H 'X-Key: aura_pk_test_",
            "",
        ),
        (
            json!({"type": "apiKey", "in": "query", "name": "api key"}),
            "curl 'http://127.0.0.1:",
            "/v1/leads/550e8400-e29b-41d4-a716-446655440000?api+key=aura_pk_test_",
        ),
    ] {
        contract["components"]["securitySchemes"]["bearerAuth"] = scheme;
        let command = curl_command(&contract);
        assert!(
            command.starts_with(before) && command.contains(after),
            "{command}"
        );
    }
    contract["security"] = json!([]);
    let command = curl_command(&contract);
    assert!(command.starts_with("curl http://127.0.0.1:"), "{command}");
}

#[test]
fn an_address_that_others_can_reach_is_warned_of() {
    for (host, url, warns) in [
        ("127.0.0.1", "http://127.0.0.1:", false),
        ("0.0.0.0", "http://127.0.0.1:", true),
    ] {
        let (mut child, sandbox) = started(serve(&["--host", host]).stderr(Stdio::piped()));
        assert_eq!(get(&sandbox), Some(0));
        child.kill().expect("it was running");
        let output = child.wait_with_output().expect("it ends");

        let base_url = sandbox["base_url"].as_str().expect("a text");
        assert!(base_url.starts_with(url), "{base_url}");
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(
            told.contains("anyone who can reach this machine"),
            warns,
            "{told}"
        );
    }
}

/// The exit code and the errors of `aura check` with these arguments and this variable.
fn check(arguments: &[&str], allowed: &str) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_aura"))
        .arg("check")
        .args(arguments)
        .env("AURA_API_KEY", "aura_pk_test_key")
        .env("AURA_ALLOW_HTTP", allowed)
        .output()
        .expect("it runs");
    let all = [output.stdout, output.stderr].concat();
    (
        output.status.code(),
        String::from_utf8_lossy(&all).into_owned(),
    )
}

#[test]
fn a_host_without_tls_is_allowed_by_the_option_or_the_variable() {
    let url = ["--base-url", "http://sandbox.invalid", "--timeout", "1"];
    let with_option = [&url[..], &["--allow-http", "sandbox.invalid"]].concat();
    for (arguments, allowed, code) in [
        (&url[..], "sandbox.invalid", 5),
        (&url, "", 2),
        (&with_option, "", 5),
        (&with_option, "other.invalid", 5),
        (&with_option, "http://no host", 5),
    ] {
        let (ended, told) = check(arguments, allowed);
        assert_eq!(ended, Some(code), "{arguments:?} {allowed}: {told}");
    }
    assert_eq!(check(&["--sandbox"], "http://no host").0, Some(0));
    let (ended, told) = check(&["--sandbox", "--allow-http", "sandbox"], "");
    assert_eq!(ended, Some(2));
    assert!(
        told.contains("--allow-http means nothing with --sandbox"),
        "{told}"
    );
}

#[test]
fn every_shell_gets_its_completions() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let output = Command::new(env!("CARGO_BIN_EXE_aura"))
            .args(["completions", shell])
            .output();
        let output = output.expect("it runs");
        assert!(output.status.success());
        assert!(
            String::from_utf8_lossy(&output.stdout).contains("leads"),
            "{shell}"
        );
    }
}

/// This crate's contract with another version.
fn contract(version: &str) -> String {
    let mut contract: Value = serde_json::from_str(aura_contract::OPENAPI_JSON).expect("JSON");
    contract["info"]["version"] = version.into();
    contract.to_string()
}

/// Asks until the contract of this version is served.
async fn until_version(sandbox: &Value, version: &str) {
    let base_url = sandbox["base_url"].as_str().expect("a text");
    loop {
        // It may be just starting anew.
        let answer = reqwest::get(format!("{base_url}/openapi.json")).await;
        if let Ok(answer) = answer
            && let Ok(contract) = answer.text().await
            && contract.contains(&format!("\"version\":\"{version}\""))
        {
            return;
        }
    }
}

#[tokio::test]
async fn a_contract_that_is_watched_is_served_anew_with_address_and_key_as_before() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("openapi.json");
    fs::write(&file, contract("7.0.0")).expect("it can be written");
    let path = file.to_str().expect("a text");
    let (mut child, sandbox) = start(&["--contract", path, "--watch"]);
    until_version(&sandbox, "7.0.0").await;

    fs::write(&file, contract("7.0.1")).expect("it can be written");
    until_version(&sandbox, "7.0.1").await;
    // What is no contract is told and not served; the next one is.
    fs::write(&file, "{").expect("it can be written");
    fs::write(&file, contract("7.0.2")).expect("it can be written");
    until_version(&sandbox, "7.0.2").await;
    let found = get(&sandbox);
    child.kill().expect("it was running");
    child.wait().expect("it ends");

    assert_eq!(found, Some(0));
}

#[test]
fn to_watch_there_must_be_a_file() {
    let output = Command::new(env!("CARGO_BIN_EXE_aura"))
        .args(["sandbox", "--watch"])
        .output();
    let output = output.expect("it runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("--contract"));
}

#[test]
fn ends_with_its_standard_input() {
    let (mut child, sandbox) = started(serve(&["--until-stdin-closes"]).stdin(Stdio::piped()));
    let mut stdin = child.stdin.take().expect("a pipe");
    stdin
        .write_all(b"what comes means nothing\n")
        .expect("it is read");
    assert_eq!(get(&sandbox), Some(0), "it goes on");

    drop(stdin);
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
}

fn export(arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_aura"))
        .args(["sandbox", "--export"])
        .args(arguments)
        .output()
        .expect("it runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (
        output.status.code(),
        text(&output.stdout),
        text(&output.stderr),
    )
}

#[test]
fn exports_the_page_and_says_where_it_is() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let place = |name: &str| folder.path().join(name).display().to_string();
    let site = place("site");
    assert_eq!(
        export(&[&site]),
        (Some(0), format!("{site}/index.html\n"), String::new())
    );

    fs::write(place("openapi.json"), contract("7.0.0")).expect("room");
    let (code, out, _) = export(&[
        &site,
        "--contract",
        &place("openapi.json"),
        "--output",
        "json",
    ]);
    assert_eq!(code, Some(0));
    let told: Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(told["page"], format!("{site}/index.html"));
    let page = fs::read_to_string(place("site/index.html")).expect("it is there");
    assert!(page.contains("7.0.0"));

    // A folder with something else in it, and a contract that is none.
    let (code, out, err) = export(&[&place("")]);
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert!(err.contains("neither empty nor an earlier export"), "{err}");
    fs::write(place("bad.json"), "{").expect("room");
    let (code, _, err) = export(&[&place("other"), "--contract", &place("bad.json")]);
    assert_eq!(code, Some(2));
    assert!(
        err.contains("bad.json") && !folder.path().join("other").exists(),
        "{err}"
    );
}

#[test]
fn an_export_takes_no_option_of_a_server() {
    for option in [
        &["--port", "0"][..],
        &["--leads", "leads.json"],
        &["--rate-limit", "off"],
        &["--watch", "--contract", "openapi.json"],
        &["--until-stdin-closes"],
    ] {
        let (code, _, err) = export(&[&["unwritten"], option].concat());
        assert_eq!(code, Some(2), "{option:?}: {err}");
    }
}
