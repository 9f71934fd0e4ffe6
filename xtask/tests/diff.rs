//! `cargo xtask diff` as a process: exit codes and channels.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

const CONTRACT: &str = "\
openapi: 3.0.3
info:
  title: Small API
  version: 1.0.0
paths:
  /things:
    delete:
      operationId: delete_things
      responses:
        '204':
          description: Gone.
";

fn xtask(at: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .arg("diff")
        .args(arguments)
        .current_dir(at)
        .env_remove("CLICOLOR_FORCE")
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

/// A folder with two contracts, `old.yaml` and `new.yaml`.
fn folder(old: &str, new: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("old.yaml"), old).unwrap();
    fs::write(folder.path().join("new.yaml"), new).unwrap();
    folder
}

/// The exit code, and what the command writes about `new.yaml`.
fn diff(folder: &TempDir, arguments: &[&str]) -> (Option<i32>, String, String) {
    let named = [&["old.yaml", "--head", "new.yaml"], arguments].concat();
    let output = xtask(folder.path(), &named);
    let [out, err] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    (output.status.code(), out, err)
}

fn json(folder: &TempDir, arguments: &[&str]) -> Value {
    let (_, out, err) = diff(folder, &[&["--format", "json"], arguments].concat());
    serde_json::from_str(&out).unwrap_or_else(|_| panic!("{err}"))
}

/// The contract with two servers, in this order.
fn servers(first: &str, second: &str) -> String {
    format!("{CONTRACT}servers: [{{url: 'https://{first}'}}, {{url: 'https://{second}'}}]\n")
}

/// The contract with a parameter in each of `count` operations.
fn with_parameters(count: usize, kind: &str) -> String {
    let operations = (0..count).map(|index| {
        format!(
            "  /more{index}:
    get:
      operationId: get_{index}
      parameters: [{{name: limit, in: query, schema: {{type: {kind}}}}}]
      responses: {{'204': {{description: Done.}}}}
"
        )
    });
    CONTRACT.to_owned() + &operations.collect::<String>()
}

#[test]
fn exit_codes_tell_told_denied_and_failed_apart() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::write(at.join("old.yaml"), CONTRACT).unwrap();
    let moved = CONTRACT.replace("/things:", "/stuff:");
    fs::write(at.join("new.yaml"), moved).unwrap();

    let told = xtask(at, &["old.yaml", "--head", "new.yaml"]);
    assert_eq!(told.status.code(), Some(0));
    assert!(told.stderr.is_empty());
    let text = String::from_utf8(told.stdout).unwrap();
    assert!(
        text.starts_with("new.yaml against old.yaml: breaking"),
        "{text}"
    );
    assert!(!text.contains('\u{1b}'), "no colours in a pipe: {text}");

    let deny = ["old.yaml", "--head", "new.yaml", "--deny", "breaking"];
    assert_eq!(xtask(at, &deny).status.code(), Some(3));
    let same = ["old.yaml", "--head", "old.yaml", "--deny", "breaking"];
    assert_eq!(xtask(at, &same).status.code(), Some(0));
    let wrong = ["old.yaml", "--format", "yaml"];
    assert_eq!(xtask(at, &wrong).status.code(), Some(2));

    let failed = xtask(at, &["none.yaml", "--head", "new.yaml"]);
    assert_eq!(failed.status.code(), Some(1));
    assert!(failed.stdout.is_empty());
    let text = String::from_utf8(failed.stderr).unwrap();
    assert!(text.contains("help: "), "{text}");
}

#[test]
fn denies_what_breaks_the_wire_apart_from_what_breaks_rust() {
    let folder = folder(
        &servers("a.example", "b.example"),
        &servers("b.example", "a.example"),
    );
    assert_eq!(diff(&folder, &["--deny", "wire-breaking"]).0, Some(0));
    let (exit, out, err) = diff(&folder, &["--deny", "breaking"]);
    assert_eq!(exit, Some(3));
    assert!(err.contains("1 breaking change denied"), "{err}");
    assert!(
        out.contains("On the wire: none. In Rust: breaking."),
        "{out}"
    );
    assert!(
        out.contains("suggested: 0.2.0 (breaking in Rust alone)"),
        "{out}"
    );

    let report = json(&folder, &[]);
    let classes = |of: &Value| ["class", "wire_class", "rust_class"].map(|key| of[key].clone());
    assert_eq!(classes(&report), ["breaking", "none", "breaking"]);
    assert_eq!(
        classes(&report["changes"][0]),
        ["breaking", "none", "breaking"]
    );
    assert_eq!(report["suggested"]["info.version"], Value::Null);
}

#[test]
fn says_that_rust_is_not_compared_if_no_client_can_be_made() {
    let folder = folder(CONTRACT, &CONTRACT.replace("/things:", "/a{:"));
    let report = json(&folder, &[]);
    assert_eq!(report["rust_class"], Value::Null);
    assert_eq!(report["changes"][0]["rust_class"], Value::Null);
    let (_, out, _) = diff(&folder, &[]);
    assert!(out.contains("In Rust: not compared."), "{out}");
}

#[test]
fn an_accepted_change_is_listed_and_fails_nothing() {
    let folder = folder(CONTRACT, &CONTRACT.replace("/things:", "/stuff:"));
    let (_, entries, _) = diff(&folder, &["--format", "accepted"]);
    let file = folder.path().join("openapi.accepted.yaml");
    fs::write(&file, &entries).unwrap();
    let (exit, _, err) = diff(&folder, &[]);
    assert_eq!(exit, Some(1));
    assert!(err.contains("--> openapi.accepted.yaml:4:3"), "{err}");
    assert!(err.contains("`reason` is empty"), "{err}");

    let reason = entries.replace("reason: #", "reason: Nobody calls it. #");
    let spare = "- {code: server-removed, path: /servers/0, reason: Gone., date: 2026-01-31}\n";
    fs::write(&file, reason + spare).unwrap();
    let (exit, out, _) = diff(&folder, &["--deny", "breaking"]);
    assert_eq!(exit, Some(0));
    assert!(out.contains("against old.yaml: none (1 accepted)"), "{out}");
    assert!(
        out.contains("openapi.accepted.yaml:2: Nobody calls it."),
        "{out}"
    );
    assert!(!out.contains("suggested"), "{out}");
    assert!(
        out.contains("warning: openapi.accepted.yaml:6: no change is"),
        "{out}"
    );
    let report = json(&folder, &[]);
    assert_eq!(
        report["changes"][0]["accepted"]["reason"],
        "Nobody calls it."
    );
    assert_eq!(report["unused"][0]["line"], 6);
    assert!(diff(&folder, &["--format", "accepted"]).1.is_empty());
    assert_eq!(diff(&folder, &["--accepted", "none.yaml"]).0, Some(1));
}

#[test]
fn one_entry_accepts_all_of_one_code_at_one_place() {
    let listed = |values: &str| {
        let parameter =
            format!("{{name: kind, in: query, schema: {{type: string, enum: {values}}}}}");
        CONTRACT.replace(
            "delete_things\n",
            &format!("delete_things\n      parameters: [{parameter}]\n"),
        )
    };
    let folder = folder(&listed("[a, b, c]"), &listed("[c]"));
    let (_, entries, _) = diff(&folder, &["--format", "accepted"]);
    let reasoned = entries.replace("reason: #", "reason: Nobody sends them. #");
    fs::write(folder.path().join("openapi.accepted.yaml"), reasoned).unwrap();
    let (exit, out, err) = diff(&folder, &["--deny", "breaking"]);
    assert_eq!(exit, Some(0), "{entries}{out}{err}");
}

#[test]
fn a_team_gives_codes_another_class() {
    let folder = folder(CONTRACT, &CONTRACT.replace("/things:", "/stuff:"));
    let moved = ["--severity", "operation-moved=docs", "--deny", "breaking"];
    let (exit, out, _) = diff(&folder, &moved);
    assert_eq!(exit, Some(0));
    assert!(out.contains("docs (1 docs)"), "{out}");
    assert!(
        out.contains("note: --severity makes `operation-moved` docs: 1 change"),
        "{out}"
    );
    let (exit, _, err) = diff(&folder, &["--severity", "operation-move=docs"]);
    assert_eq!(exit, Some(2));
    assert!(err.contains("did you mean `operation-moved`?"), "{err}");
    let twice = [
        "--severity",
        "operation-moved=docs",
        "--severity",
        "operation-moved=none",
    ];
    assert_eq!(diff(&folder, &twice).0, Some(2));
}

#[test]
fn shows_the_same_edit_in_many_operations_once() {
    let folder = folder(
        &with_parameters(7, "integer"),
        &with_parameters(7, "boolean"),
    );
    let (_, out, _) = diff(&folder, &[]);
    assert_eq!(out.matches("request-type-changed").count(), 1, "{out}");
    assert!(
        out.contains("also     in 6 more places: lines 20, 25, 30, 35, 40, 45"),
        "{out}"
    );
    let (_, out, _) = diff(&folder, &["--format", "markdown"]);
    assert!(
        out.contains("<summary>The same in 6 more places</summary>"),
        "{out}"
    );
    let report = json(&folder, &[]);
    let changes = report["changes"].as_array().unwrap();
    assert_eq!(changes.len(), 7);
    assert!(
        changes
            .iter()
            .all(|change| change["group"] == changes[0]["group"])
    );
    assert!(
        changes
            .iter()
            .all(|change| change["line"] == change["base_line"])
    );
}

#[test]
fn sarif_names_rules_places_and_fingerprints_that_no_line_moves() {
    let removed = CONTRACT.replace("/things:", "/stuff:");
    let folder = folder(CONTRACT, &removed);
    let results = |arguments: &[&str]| {
        let (_, out, _) = diff(&folder, arguments);
        let log: Value = serde_json::from_str(&out).unwrap();
        log["runs"][0].clone()
    };
    let run = results(&["--format", "sarif"]);
    let result = &run["results"][0];
    assert_eq!(run["tool"]["driver"]["rules"][0]["id"], "operation-moved");
    assert_eq!(
        (&result["ruleId"], &result["level"]),
        (&"operation-moved".into(), &"error".into())
    );
    let place = |result: &Value| result["locations"][0]["physicalLocation"].clone();
    assert_eq!(place(result)["region"]["startLine"], 7);
    fs::write(
        folder.path().join("a b.yaml"),
        format!("# More.\n{removed}"),
    )
    .unwrap();
    let named = ["old.yaml", "--head", "a b.yaml", "--format", "sarif"];
    let output = xtask(folder.path(), &named);
    let log: Value = serde_json::from_slice(&output.stdout).unwrap();
    let moved = &log["runs"][0]["results"][0];
    assert_eq!(place(moved)["region"]["startLine"], 8);
    assert_eq!(place(moved)["artifactLocation"]["uri"], "a%20b.yaml");
    assert_eq!(moved["partialFingerprints"], result["partialFingerprints"]);
}

#[test]
fn github_shows_each_change_at_its_line() {
    let folder = folder(CONTRACT, &CONTRACT.replace("/things:", "/stuff%:"));
    let (_, out, _) = diff(&folder, &["--format", "github"]);
    let first = "::error file=new.yaml,line=7,title=operation-moved::`DELETE /stuff%25` was";
    assert!(out.starts_with(first), "{out}");
    assert!(out.contains("%0Awire: "), "{out}");
    assert!(
        out.contains("\n::warning::info.version is still 1.0.0"),
        "{out}"
    );
}

#[test]
fn finds_what_has_moved_in_a_list_by_what_it_is() {
    let first = "{name: first, in: query, schema: {type: integer}}";
    let second = "{name: second, in: query, schema: {type: string}}";
    let listed = |parameters: &str| {
        let line = format!("delete_things\n      parameters:\n{parameters}");
        CONTRACT.replace("delete_things\n", &line)
    };
    let old = listed(&format!("      - {first}\n      - {second}\n"));
    let boolean = first.replace("integer", "boolean");
    let folder = folder(
        &old,
        &listed(&format!("      - {second}\n      - {boolean}\n")),
    );
    let report = json(&folder, &[]);
    let change = &report["changes"][0];
    assert_eq!(change["path"], "/paths/~1things/delete/parameters/1/schema");
    assert_eq!(
        (&change["line"], &change["base_line"]),
        (&11.into(), &10.into())
    );

    // Accepted by its place in the old contract.
    let entry = "[{code: request-type-changed, path: /paths/~1things/delete/parameters/0/schema, \
                 reason: Nobody sends it., date: 2026-01-31}]";
    fs::write(folder.path().join("mine.yaml"), entry).unwrap();
    let accepted = ["--accepted", "mine.yaml", "--deny", "breaking"];
    let (exit, out, _) = diff(&folder, &accepted);
    assert_eq!(exit, Some(0), "{out}");
}
