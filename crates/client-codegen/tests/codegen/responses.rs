//! What a method returns, by the media types and statuses of its responses.

use super::told;

/// A contract with a response of each kind.
const RESPONSES: &str = include_str!("responses.yaml");

/// The generated file of this name.
fn file(contract: &str, name: &str) -> String {
    let outcome = client_codegen::run(contract);
    let told = told(contract, &outcome.diagnostics);
    let artifacts = outcome.artifacts.unwrap_or_else(|| panic!("{told}"));
    let found = artifacts.into_iter().find(|file| file.path.ends_with(name));
    found.expect("it is one of the files").content
}

#[test]
fn operations_return_what_their_responses_hold() {
    insta::assert_snapshot!(file(RESPONSES, "operations.rs"));
}

#[test]
fn a_success_that_depends_on_the_status_is_an_enum() {
    insta::assert_snapshot!(file(RESPONSES, "types.rs"));
}
