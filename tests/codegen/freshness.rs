//! What is committed is what openapi.yaml makes.

use aura_workspace_tests::checkout::{self, edit};
use client_codegen::Artifact;
use xtask::workspace::{State, Workspace};

/// What the build-time run made, or what is wrong with the contract.
type Built = Result<&'static [(&'static str, &'static str)], &'static str>;

#[test]
fn committed_files_are_those_of_the_build_time_run() {
    const BUILT: BuiltText = include!(concat!(env!("OUT_DIR"), "/built.rs"));
    type BuiltText = Built;
    let built =
        BUILT.unwrap_or_else(|problem| panic!("openapi.yaml can't be generated:\n\n{problem}"));
    let artifacts: Vec<Artifact> = built
        .iter()
        .map(|(path, content)| Artifact {
            path: path.to_string(),
            content: content.to_string(),
        })
        .collect();
    let workspace = Workspace::at(&checkout::root()).expect("this is the workspace");
    let entries = workspace
        .compare(&artifacts)
        .expect("the files can be read");
    let stale: Vec<String> = entries
        .iter()
        .filter(|entry| entry.state != State::Fresh)
        .map(|entry| format!("  {:?} {}", entry.state, entry.path))
        .collect();
    assert!(
        stale.is_empty(),
        "generated files are not what openapi.yaml makes:\n{}\nto mend it, run: cargo xtask codegen",
        stale.join("\n")
    );
}

#[test]
fn the_same_contract_gives_the_same_files() {
    let text = checkout::contract();
    assert_eq!(
        client_codegen::run(&text).artifacts,
        client_codegen::run(&text).artifacts
    );
}

#[test]
fn a_comment_changes_one_line_of_one_file() {
    let text = checkout::contract();
    let commented = format!("{text}# One more comment.\n");
    let before = client_codegen::run(&text)
        .artifacts
        .expect("the contract is fine");
    let after = client_codegen::run(&commented)
        .artifacts
        .expect("so it is with a comment");
    let changed: Vec<&str> = before
        .iter()
        .zip(&after)
        .filter(|(before, after)| before != after)
        .map(|(before, _)| before.path.as_str())
        .collect();
    assert_eq!(changed, ["crates/aura-client/src/generated/spec_sha256.rs"]);
    let lines = |artifacts: &[Artifact]| {
        let hash = artifacts.iter().find(|a| a.path == changed[0]).unwrap();
        hash.content.lines().map(String::from).collect::<Vec<_>>()
    };
    let (before, after) = (lines(&before), lines(&after));
    assert_eq!(before.len(), after.len());
    assert_eq!(before.iter().zip(&after).filter(|(b, a)| b != a).count(), 1);
}

#[test]
fn order_of_properties_and_constraints_change_no_code() {
    let text = super::NOTES;
    let moved = edit(
        text,
        "        likes:\n          type: integer\n          description: How often it was liked.\n          default: 0\n",
        "",
    );
    let moved = edit(
        &moved,
        "      properties:\n        text:\n          type: string\n          description: What it says.\n",
        "      properties:\n        likes:\n          description: How often it was liked.\n          minimum: 0\n          type: integer\n        text:\n          type: string\n          description: What it says.\n",
    );
    let code = |text: &str| {
        let mut artifacts = client_codegen::run(text).artifacts.expect("it is fine");
        artifacts.retain(|artifact| {
            artifact.path.ends_with(".rs") && !artifact.path.ends_with("spec_sha256.rs")
        });
        artifacts
    };
    assert_eq!(code(text), code(&moved));
}
