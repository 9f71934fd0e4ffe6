//! The command: revisions and files, forms, exit codes, errors.

use std::fs;
use std::path::Path;
use std::process::Command;

use aura_workspace_tests::checkout::with_contract;
use serde_json::Value;
use tempfile::TempDir;
use xtask::diff::{Arguments, Deny, Format, diff};
use xtask::exit::Exit;

use super::contracts::{GROWN, edited};

/// How it ended, and what the two channels show in a terminal without colours.
pub fn run(at: &Path, arguments: &Arguments) -> (Exit, String, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let exit = diff(at, arguments, &mut out, &mut err).expect("memory can be written");
    let plain = |bytes: Vec<u8>| {
        let text = String::from_utf8(bytes).expect("it is text");
        anstream::adapter::strip_str(&text).to_string()
    };
    (exit, plain(out), plain(err))
}

fn git(at: &Path, arguments: &[&str]) {
    let nobody = [
        "-c",
        "user.name=Nobody",
        "-c",
        "user.email=nobody@example.com",
    ];
    let output = Command::new("git")
        .arg("-C")
        .arg(at)
        .args(nobody)
        .args(arguments)
        .output()
        .expect("git can be run");
    assert!(output.status.success(), "{output:?}");
}

/// A repository whose contract is `committed` on main and `now` in the working copy of a branch.
pub fn repository(committed: &str, now: &str) -> TempDir {
    let checkout = with_contract(committed);
    let at = checkout.path();
    git(at, &["init", "--quiet", "--initial-branch=main"]);
    git(at, &["add", "."]);
    git(at, &["commit", "--quiet", "--message=A contract"]);
    git(at, &["switch", "--quiet", "--create=change"]);
    fs::write(at.join("openapi.yaml"), now).expect("it can be written");
    checkout
}

fn closed() -> String {
    edited(
        GROWN,
        (
            "    Task:",
            "additionalProperties: true",
            "additionalProperties: false",
        ),
    )
}

#[test]
fn the_working_copy_is_compared_with_where_its_branch_left_main() {
    let checkout = repository(GROWN, &closed());
    let at = checkout.path();
    git(at, &["commit", "--quiet", "--all", "--message=Closed"]);
    // What main has got since is not this branch's doing.
    git(at, &["switch", "--quiet", "main"]);
    fs::write(
        at.join("openapi.yaml"),
        GROWN.replace("List tasks", "All tasks"),
    )
    .expect("it can be written");
    git(at, &["commit", "--quiet", "--all", "--message=Reworded"]);
    git(at, &["switch", "--quiet", "change"]);

    let below = at.join("crates/aura-client");
    let (exit, out, err) = run(&below, &Arguments::default());
    assert_eq!((exit, err.as_str()), (Exit::Fresh, ""));
    assert!(out.starts_with("openapi.yaml against main ("), "{out}");
    assert!(out.contains("breaking (1 breaking)"), "{out}");
}

#[test]
fn a_revision_or_a_file_can_be_named() {
    let checkout = repository(GROWN, &closed());
    let at = checkout.path();
    git(at, &["tag", "before"]);
    fs::write(at.join("before.yaml"), GROWN).expect("it can be written");
    for base in ["main", "before", "HEAD", "before.yaml"] {
        let arguments = Arguments {
            base: Some(base.into()),
            ..Arguments::default()
        };
        let (exit, out, err) = run(at, &arguments);
        assert_eq!((exit, err.as_str()), (Exit::Fresh, ""));
        assert!(
            out.starts_with(&format!("openapi.yaml against {base}: breaking")),
            "{out}"
        );
    }
    let arguments = Arguments {
        base: Some("before.yaml".into()),
        head: Some("before.yaml".into()),
        ..Arguments::default()
    };
    let (_, out, _) = run(at, &arguments);
    assert_eq!(
        out,
        "before.yaml against before.yaml: none: nothing that anyone could notice\n"
    );
}

#[test]
fn files_can_be_compared_outside_of_any_checkout() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("a.yaml"), GROWN).expect("it can be written");
    fs::write(folder.path().join("b.yaml"), closed()).expect("it can be written");
    let arguments = Arguments {
        base: Some("a.yaml".into()),
        head: Some("b.yaml".into()),
        ..Arguments::default()
    };
    let (exit, out, err) = run(folder.path(), &arguments);
    assert_eq!((exit, err.as_str()), (Exit::Fresh, ""));
    assert!(out.contains("b.yaml:"), "{out}");
}

#[test]
fn breaking_changes_can_be_denied() {
    let deny = Arguments {
        base: Some("main".into()),
        deny: Some(Deny::Breaking),
        ..Arguments::default()
    };
    let (exit, ..) = run(repository(GROWN, &closed()).path(), &deny);
    assert_eq!((exit, exit.code()), (Exit::Denied, 3));
    let docs = GROWN.replace("List tasks", "All tasks");
    let (exit, ..) = run(repository(GROWN, &docs).path(), &deny);
    assert_eq!(exit, Exit::Fresh);
}

#[test]
fn json_has_the_documented_keys_and_nothing_else_in_a_change() {
    let checkout = repository(GROWN, &closed());
    let arguments = Arguments {
        format: Format::Json,
        ..Arguments::default()
    };
    let (_, out, _) = run(checkout.path(), &arguments);
    let report: Value = serde_json::from_str(&out).expect("it is JSON");
    assert_eq!(report["class"], "breaking");
    let change = report["changes"][0].as_object().expect("an object");
    let keys: Vec<&str> = change.keys().map(String::as_str).collect();
    assert_eq!(
        keys.join(" "),
        "class wire_class rust_class code path line base_line message wire rust instead group accepted"
    );
    assert_eq!(change["code"], "response-object-closed");
    assert_eq!(change["path"], "/components/schemas/Task");
    let line = change["line"].as_u64().expect("a number");
    let line = closed().lines().nth(line as usize - 1).map(String::from);
    assert_eq!(line.as_deref(), Some("      additionalProperties: false"));
}

#[test]
fn markdown_folds_what_matters_least_and_shows_code_as_code() {
    let docs = GROWN.replace("A task.", "One task.");
    let checkout = repository(
        GROWN,
        &docs.replace("format: int64\n          nullable", "nullable"),
    );
    let small = edited(&docs, ("        estimate:", "int64", "int32"));
    fs::write(checkout.path().join("openapi.yaml"), small).expect("it can be written");
    let arguments = Arguments {
        format: Format::Markdown,
        ..Arguments::default()
    };
    let (_, out, _) = run(checkout.path(), &arguments);
    assert!(
        out.contains("<details><summary>Docs: only what people read (1)</summary>\n\n- "),
        "{out}"
    );
    assert!(
        out.contains("  - Rust: `Task::estimate`: `Option<i64>` → `Option<i32>`"),
        "{out}"
    );
    assert!(
        out.contains("> **Warning:** info.version is still 1.4.0"),
        "{out}"
    );
}

#[test]
fn what_can_t_be_compared_is_told_with_what_to_do() {
    let told = |at: &Path, base: Option<&str>| {
        let arguments = Arguments {
            base: base.map(String::from),
            ..Arguments::default()
        };
        let (exit, out, err) = run(at, &arguments);
        assert_eq!((exit, out.as_str()), (Exit::Failed, ""));
        assert!(err.contains("help: "), "{err}");
        err
    };
    let checkout = repository(GROWN, GROWN);
    let at = checkout.path();
    let err = told(at, Some("nowhere"));
    assert!(
        err.contains("`nowhere` is neither a git revision nor a file"),
        "{err}"
    );
    git(at, &["checkout", "--quiet", "--orphan", "empty"]);
    git(at, &["rm", "--quiet", "--cached", "openapi.yaml"]);
    git(at, &["commit", "--quiet", "--message=None"]);
    let err = told(at, Some("empty"));
    assert!(err.contains("empty has no openapi.yaml"), "{err}");
    let err = told(at, None);
    assert!(err.contains("no commit that HEAD and main share"), "{err}");

    let plain = with_contract(GROWN);
    let err = told(plain.path(), None);
    assert!(err.contains("is not in a git repository"), "{err}");
    let nobody = tempfile::tempdir().expect("a temporary folder");
    let err = told(nobody.path(), None);
    assert!(err.contains("no openapi.yaml in"), "{err}");

    fs::write(at.join("broken.yaml"), "paths: [").expect("it can be written");
    let err = told(at, Some("broken.yaml"));
    assert!(err.contains("--> broken.yaml:1:"), "{err}");
    fs::write(at.join("list.yaml"), "- a\n- b\n").expect("it can be written");
    let err = told(at, Some("list.yaml"));
    assert!(err.contains("no OpenAPI document"), "{err}");
    fs::write(at.join("latin.yaml"), b"info: \xe9\n").expect("it can be written");
    let err = told(at, Some("latin.yaml"));
    assert!(err.contains("not UTF-8"), "{err}");
}
