//! `cargo xtask lint`: which file it reads, in which forms it reports, and how it ends.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tempfile::TempDir;
use xtask::exit::Exit;
use xtask::lint::{Format, Level, Options, command, explain, list};

const CONTRACT: &str = include_str!("../../crates/openapi-lint/tests/lint/contract.yaml");

/// A checkout of nothing but a contract and the place for its client.
fn with_contract(text: impl AsRef<[u8]>) -> TempDir {
    let checkout = tempfile::tempdir().expect("a temporary folder");
    let client = checkout.path().join("crates/aura-client");
    fs::create_dir_all(&client).expect("a folder in it");
    fs::write(client.join("Cargo.toml"), "").expect("a file in it");
    fs::write(checkout.path().join("openapi.yaml"), text).expect("a file in it");
    checkout
}

/// Replaces the one place where `from` stands.
fn edit(text: &str, from: &str, to: &str) -> String {
    assert_eq!(
        text.matches(from).count(),
        1,
        "not once in the text: {from}"
    );
    text.replace(from, to)
}

/// How the command ended, and what stands on stdout and stderr, without colours.
fn run(at: &Path, options: &Options) -> (Exit, String, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let exit = command(at, options, &mut out, &mut err).expect("memory can be written");
    let plain = |bytes: Vec<u8>| {
        let text = String::from_utf8(bytes).expect("it is text");
        anstream::adapter::strip_str(&text).to_string()
    };
    (exit, plain(out), plain(err))
}

fn in_format(format: Format) -> Options {
    Options {
        format,
        ..Options::default()
    }
}

/// The contract with an error and a warning.
fn broken() -> String {
    let text = edit(
        CONTRACT,
        "  - url: https://api.aura-app.ai\n",
        "  - url: https://api.aura-app.ai/\n",
    );
    edit(
        &text,
        "$ref: \"#/components/schemas/LeadNote\"",
        "$ref: \"#/components/schemas/LéadNote\"",
    )
}

fn line_of(text: &str, part: &str) -> usize {
    let at = text.find(part).expect("it is there");
    text[..at].lines().count()
}

#[test]
fn people_are_told_where_and_what_to_do_and_how_much_there_is() {
    let checkout = with_contract(broken());
    let (exit, out, err) = run(checkout.path(), &Options::default());
    assert_eq!((exit, out.as_str()), (Exit::Failed, ""));
    let numbers = |text: &str| -> String {
        // Line numbers change with the contract.
        let digits = |c: char| if c.is_ascii_digit() { '0' } else { c };
        text.chars().map(digits).collect()
    };
    insta::assert_snapshot!(numbers(&err));
}

#[test]
fn programs_are_told_in_json() {
    let text = broken();
    let checkout = with_contract(&text);
    let (exit, out, err) = run(checkout.path(), &in_format(Format::Json));
    assert_eq!((exit, err.as_str()), (Exit::Failed, ""));
    let told: Value = serde_json::from_str(&out).expect("it is JSON");
    assert_eq!(told["file"], "openapi.yaml");
    assert_eq!((&told["errors"], &told["warnings"]), (&json!(1), &json!(1)));
    // The error first, though it stands below.
    let [reference, server] = told["diagnostics"].as_array().unwrap().as_slice() else {
        panic!("{told:#}");
    };
    assert_eq!(server["code"], "policy::server");
    assert_eq!(server["severity"], "warning");
    assert_eq!(server["path"], "/servers/0/url");
    assert_eq!(server["line"], line_of(&text, "https://api.aura-app.ai/"));
    assert_eq!(
        (&server["column"], &server["end_column"]),
        (&json!(10), &json!(34))
    );
    assert_eq!(reference["code"], "spec::dangling-ref");
    assert_eq!(reference["severity"], "error");
    assert_eq!(
        reference["path"],
        "/components/schemas/Lead/properties/notes/items/$ref"
    );
    assert_eq!(reference["line"], line_of(&text, "LéadNote"));
    // In characters.
    assert_eq!(
        (&reference["column"], &reference["end_column"]),
        (&json!(19), &json!(50))
    );
    assert!(reference["help"].is_string());
}

#[test]
fn github_is_told_in_commands() {
    let text = broken();
    let checkout = with_contract(&text);
    let (exit, out, err) = run(checkout.path(), &in_format(Format::Github));
    assert_eq!((exit, err.as_str()), (Exit::Failed, ""));
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines.len(), 2, "{out}");
    let start = format!(
        "::warning file=openapi.yaml,line={0},endLine={0},col=10,endColumn=34,title=policy%3A%3Aserver::",
        line_of(&text, "https://api.aura-app.ai/")
    );
    assert!(lines[1].starts_with(&start), "{out}");
    assert!(
        lines[1].contains("%0Ahelp: write `https://api.aura-app.ai`"),
        "{out}"
    );
    assert!(lines[0].starts_with("::error "), "{out}");
}

#[test]
fn a_warning_fails_the_command_only_if_warnings_are_denied() {
    let text = edit(CONTRACT, "operationId: get_lead", "operationId: getLead");
    let checkout = with_contract(text);
    let (exit, _, err) = run(checkout.path(), &Options::default());
    assert_eq!(exit, Exit::Fresh);
    assert!(err.ends_with("openapi.yaml: 1 warning\n"), "{err}");
    let denied = Options {
        deny_warnings: true,
        ..Options::default()
    };
    assert_eq!(run(checkout.path(), &denied).0, Exit::Failed);
}

#[test]
fn a_code_is_allowed_kept_a_warning_or_denied() {
    let text = edit(CONTRACT, "operationId: get_lead", "operationId: getLead");
    let text = edit(&text, "aura-app.ai\n", "aura-app.ai/\n");
    let checkout = with_contract(text);
    let ended = |deny_warnings: bool, levels: &[(&str, Level)]| {
        let levels = levels
            .iter()
            .map(|(code, level)| ((*code).to_string(), *level));
        let options = Options {
            deny_warnings,
            levels: levels.collect(),
            ..Options::default()
        };
        assert_eq!(options.problem(), None);
        let (exit, _, err) = run(checkout.path(), &options);
        let counted = err.lines().last().unwrap_or_default();
        (
            exit,
            counted.trim_start_matches("openapi.yaml: ").to_string(),
        )
    };
    let [id, server] = ["policy::operation-id", "policy::server"];
    let allowed = [(id, Level::Allow)];
    assert_eq!(ended(false, &[]), (Exit::Fresh, "2 warnings".into()));
    assert_eq!(ended(false, &allowed), (Exit::Fresh, "1 warning".into()));
    assert_eq!(ended(true, &allowed), (Exit::Failed, "1 warning".into()));
    let warned = [(id, Level::Allow), (server, Level::Warn)];
    assert_eq!(ended(true, &warned), (Exit::Fresh, "1 warning".into()));
    let denied = [(server, Level::Deny)];
    assert_eq!(
        ended(false, &denied),
        (Exit::Failed, "1 error, 1 warning".into())
    );
    // What doesn't occur denies nothing, and an error is one already.
    let elsewhere = [("policy::cents", Level::Deny), ("spec::path", Level::Deny)];
    assert_eq!(ended(false, &elsewhere), (Exit::Fresh, "2 warnings".into()));
}

#[test]
fn only_a_warning_can_be_allowed_and_only_a_known_one() {
    let problem = |levels: &[(&str, Level)]| {
        let levels = levels
            .iter()
            .map(|(code, level)| ((*code).to_string(), *level));
        let options = Options {
            levels: levels.collect(),
            ..Options::default()
        };
        options.problem().expect("a problem")
    };
    assert!(problem(&[("spec::path", Level::Allow)]).contains("is an error"));
    assert!(problem(&[("codegen::progenitor", Level::Warn)]).contains("is an error"));
    assert!(problem(&[("policy::cent", Level::Deny)]).contains("did you mean `policy::cents`?"));
    let twice = [
        ("policy::cents", Level::Allow),
        ("policy::cents", Level::Deny),
    ];
    assert!(problem(&twice).contains("two levels"));
}

#[test]
fn the_contract_is_found_from_below_or_read_by_name() {
    let checkout = with_contract(broken());
    let below = checkout.path().join("crates/aura-client");
    let (_, _, err) = run(&below, &Options::default());
    assert!(err.contains("--> ../../openapi.yaml:"), "{err}");

    // Also where there is no workspace.
    let elsewhere = tempfile::tempdir().expect("a temporary folder");
    fs::write(elsewhere.path().join("api.yml"), CONTRACT).unwrap();
    let named = |name: &str| Options {
        file: Some(PathBuf::from(name)),
        ..Options::default()
    };
    let (exit, _, err) = run(elsewhere.path(), &named("api.yml"));
    assert_eq!(
        (exit, err.as_str()),
        (Exit::Fresh, "api.yml: no errors, no warnings\n")
    );
    let (exit, _, err) = run(elsewhere.path(), &named("none.yml"));
    assert_eq!(exit, Exit::Failed);
    assert!(err.contains("can't read") && err.contains("help:"), "{err}");
    let (exit, _, err) = run(elsewhere.path(), &Options::default());
    assert_eq!(exit, Exit::Failed);
    assert!(err.contains("no openapi.yaml in"), "{err}");
    assert!(err.contains("help:"), "{err}");
}

#[test]
fn a_file_that_is_not_text_is_told_in_every_form() {
    let checkout = with_contract(b"openapi: 3.0.3\ninfo:\n  title: caf\xe9\n");
    let (exit, _, err) = run(checkout.path(), &Options::default());
    assert_eq!(exit, Exit::Failed);
    assert!(err.contains("yaml::encoding"), "{err}");
    let (_, out, _) = run(checkout.path(), &in_format(Format::Json));
    let told: Value = serde_json::from_str(&out).expect("it is JSON");
    assert_eq!(told["diagnostics"][0]["line"], 3);
}

#[test]
fn a_code_is_explained_with_an_example_and_an_unknown_one_is_guessed() {
    let explained = |code: &str| {
        let mut out = Vec::new();
        let known = explain(&mut out, code).expect("memory can be written");
        let text = String::from_utf8(out).expect("it is text");
        known.map(|()| anstream::adapter::strip_str(&text).to_string())
    };
    insta::assert_snapshot!(explained("spec::required").expect("a rule"));
    let unknown = |code| explained(code).expect_err("no rule");
    assert!(unknown("spec::requierd").contains("did you mean `spec::required`?"));
    assert!(unknown("cents").contains("did you mean `policy::cents`?"));
    assert!(unknown("response-type-changed").contains("docs/reviewing.md"));
    assert!(unknown("E0308").contains("`--explain` alone lists all"));
    for rule in client_codegen::rules() {
        let text = explained(rule.code).expect("a rule");
        assert!(text.contains(rule.summary), "{text}");
        if let Some((_, right)) = text.split_once("Right:\n\n") {
            assert!(right.ends_with('\n'), "{text}");
            let indents = right
                .lines()
                .map(|line| line.len() - line.trim_start().len());
            // Whole lines, moved as one.
            assert_eq!(indents.min(), Some(4), "{text}");
        }
        let told = text.matches(rule.code).count();
        // Once in the heading, once in what the example finds; its help may name it again.
        assert!(told >= if rule.example.is_some() { 2 } else { 1 }, "{text}");
        let width = text.lines().map(|line| line.chars().count()).max();
        assert!(width < Some(400), "{text}");
    }
}

#[test]
fn every_code_is_listed() {
    let mut out = Vec::new();
    list(&mut out).expect("memory can be written");
    let text = String::from_utf8(out).expect("it is text");
    for rule in client_codegen::rules() {
        assert!(text.contains(rule.code), "{}", rule.code);
    }
    let width = text.lines().map(|line| line.chars().count()).max();
    assert!(width <= Some(80), "{text}");
}
