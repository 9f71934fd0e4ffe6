//! `cargo xtask diff` as a process: exit codes and channels.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

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
