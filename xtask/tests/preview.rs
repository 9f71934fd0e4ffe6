//! `cargo xtask preview` with a stand-in for `aura`: a script in the checkout, run by `sh`.
#![cfg(unix)]

use std::fs;
use std::io::{BufRead, BufReader, Lines};
use std::path::Path;
use std::process::{Child, ChildStderr, Command, Stdio};
use std::thread::yield_now;

use tempfile::TempDir;

const CONTRACT: &str = include_str!("small.yaml");

/// A sandbox that notes its arguments, and that it ended.
const SANDBOX: &str = r#"echo "$@" > arguments; cat; echo > ended"#;

fn checkout(sandbox: &str) -> TempDir {
    let checkout = tempfile::tempdir().unwrap();
    let client = checkout.path().join("crates/aura-client");
    fs::create_dir_all(&client).unwrap();
    fs::write(client.join("Cargo.toml"), "").unwrap();
    fs::write(checkout.path().join("openapi.yaml"), CONTRACT).unwrap();
    fs::write(checkout.path().join("sandbox"), sandbox).unwrap();
    checkout
}

fn preview(at: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(["preview", "--aura", "sh"]).args(arguments);
    command.current_dir(at).env_remove("CLICOLOR_FORCE");
    command.stdin(Stdio::null()).stdout(Stdio::null());
    command
}

/// A running preview, and what it reports.
fn start(at: &Path) -> (Child, Lines<BufReader<ChildStderr>>) {
    let mut preview = preview(at, &[]).stderr(Stdio::piped()).spawn().unwrap();
    let reported = BufReader::new(preview.stderr.take().unwrap()).lines();
    (preview, reported)
}

/// The lines up to the one that holds this text.
fn until(text: &str, reported: &mut Lines<BufReader<ChildStderr>>) -> Vec<String> {
    let mut lines = Vec::new();
    while lines
        .last()
        .is_none_or(|line: &String| !line.contains(text))
    {
        lines.push(reported.next().unwrap().unwrap());
    }
    lines
}

fn until_there(file: &Path) {
    while !file.exists() {
        yield_now();
    }
}

#[test]
fn the_sandbox_ends_with_it_even_if_it_is_killed() {
    let checkout = checkout(SANDBOX);
    let (mut preview, _) = start(checkout.path());
    until_there(&checkout.path().join("arguments"));
    preview.kill().unwrap();
    preview.wait().unwrap();

    until_there(&checkout.path().join("ended"));
    let arguments = fs::read_to_string(checkout.path().join("arguments")).unwrap();
    assert!(arguments.contains("--until-stdin-closes"), "{arguments}");
}

#[test]
fn a_failed_write_is_reported_once_and_tried_again() {
    let checkout = checkout(SANDBOX);
    let (mut preview, mut reported) = start(checkout.path());
    until("no errors, no warnings", &mut reported);

    let folder = checkout.path().join("target/preview");
    until_there(&folder.join("openapi.json"));
    fs::remove_dir_all(&folder).unwrap();
    fs::write(&folder, "in the way").unwrap();
    let save = |title: &str| {
        let contract = CONTRACT.replace("Small API", title);
        // At once: half a contract has errors.
        let new = checkout.path().join("new.yaml");
        fs::write(&new, contract).unwrap();
        fs::rename(new, checkout.path().join("openapi.yaml")).unwrap();
    };
    save("Second API");
    let lines = until("help: ", &mut reported);
    let error = &lines[lines.len() - 2];
    assert!(
        error.starts_with("error: can't write ") && error.contains("openapi.json"),
        "{error}"
    );

    save("Third API");
    until("no errors, no warnings", &mut reported);
    fs::remove_file(&folder).unwrap();
    let lines = until("the page follows again", &mut reported);
    assert_eq!(lines.len(), 1, "nothing is reported twice: {lines:?}");
    let page = fs::read_to_string(folder.join("openapi.json")).unwrap();
    assert!(page.contains("Third API"));

    preview.kill().unwrap();
    preview.wait().unwrap();
}

/// The exit code of an export, and what the sandbox was asked for.
fn export(contract: &str, sandbox: &str) -> (Option<i32>, Option<String>) {
    let checkout = checkout(sandbox);
    let at = checkout.path();
    fs::write(at.join("openapi.yaml"), contract).unwrap();
    let mut command = preview(at, &["--export", "site"]);
    let code = command.stderr(Stdio::null()).status().unwrap().code();
    let arguments = fs::read_to_string(at.join("arguments")).ok();
    let root = format!("{}/", at.canonicalize().unwrap().display());
    (
        code,
        arguments.map(|text| text.trim_end().replace(&root, "")),
    )
}

#[test]
fn an_export_runs_the_sandbox_once_and_fails_as_lint_does() {
    let asked = "--contract target/preview/export.json --export site";
    let asked = Some(asked.to_owned());
    let notes = r#"echo "$@" > arguments"#;
    assert_eq!(export(CONTRACT, notes), (Some(0), asked.clone()));
    assert_eq!(
        export(CONTRACT, &format!("{notes}; exit 2")),
        (Some(1), asked.clone())
    );

    // A warning is none, nor is an example that doesn't fit.
    let warned = CONTRACT.replace("  description: Things.\n", "");
    assert_eq!(export(&warned, notes), (Some(0), asked.clone()));
    let example = CONTRACT.replace(
        "      responses:\n",
        "      parameters:\n        - {name: n, in: query, description: N., schema: {type: integer, example: x}}\n      responses:\n",
    );
    assert_eq!(export(&example, notes), (Some(0), asked));
    let wrong = CONTRACT.replace("delete:", "deleted:");
    assert_eq!(export(&wrong, notes), (Some(1), None));
    assert_eq!(export("openapi: 3.0.3\npaths: [", notes), (Some(1), None));
}
