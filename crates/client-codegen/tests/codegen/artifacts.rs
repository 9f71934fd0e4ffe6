//! The files of a contract: the same text makes the same files, and what is no code changes no code.

use client_codegen::{Artifact, run};

use super::{NOTES, edit};

const CONTRACT: &str = include_str!("../../../../openapi.yaml");

#[test]
fn the_same_contract_gives_the_same_files() {
    assert_eq!(run(CONTRACT).artifacts, run(CONTRACT).artifacts);
}

#[test]
fn a_comment_changes_one_line_of_one_file() {
    let text = CONTRACT;
    let commented = format!("{text}# One more comment.\n");
    let before = run(text).artifacts.expect("the contract is fine");
    let after = run(&commented).artifacts.expect("so it is with a comment");
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
    let text = NOTES;
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
        let mut artifacts = run(text).artifacts.expect("it is fine");
        artifacts.retain(|artifact| {
            artifact.path.ends_with(".rs") && !artifact.path.ends_with("spec_sha256.rs")
        });
        artifacts
    };
    assert_eq!(code(text), code(&moved));
}
