//! The commands in a build without the generator: `cargo test -p xtask --no-default-features`.
#![cfg(not(feature = "generate"))]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const CONTRACT: &str = include_str!("small.yaml");

fn xtask(at: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(arguments)
        .current_dir(at)
        .env_remove("CLICOLOR_FORCE")
        .output()
        .unwrap();
    let [out, err] = [stdout, stderr].map(|text| String::from_utf8(text).unwrap());
    (status.code(), out, err)
}

#[test]
fn lints_and_says_what_the_rest_needs() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    fs::write(at.join("openapi.yaml"), CONTRACT).unwrap();
    let (code, _, err) = xtask(at, &["lint"]);
    assert_eq!(code, Some(0), "{err}");

    let (code, out, err) = xtask(at, &["codegen"]);
    assert_eq!((code, out.as_str()), (Some(1), ""));
    assert!(err.contains("no generator"), "{err}");
    assert!(err.contains("help: cargo xtask codegen"), "{err}");

    fs::write(at.join("base.yaml"), CONTRACT).unwrap();
    let (code, out, _) = xtask(at, &["diff", "base.yaml", "--head", "openapi.yaml"]);
    assert_eq!(code, Some(0));
    let words: Vec<&str> = out.split_whitespace().collect();
    let note = "this build has no generator (`cargo xtask diff` builds one): only the view from the wire is shown";
    assert_eq!(words.join(" ").matches(note).count(), 1, "{out}");
}
