//! What is committed is what openapi.yaml makes.

use aura_workspace_tests::checkout;
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
