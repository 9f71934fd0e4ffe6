//! What a method returns, by the media types and statuses of its responses.

use super::{edit, told};

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

#[test]
fn a_sensitive_value_hides_the_enum_that_holds_it() {
    let contract = edit(RESPONSES, "        x-identifies: id\n", "");
    let contract = edit(
        &contract,
        "data: {$ref: '#/components/schemas/Job'}",
        "data: {type: string, x-sensitive: true}",
    );
    let types = file(&contract, "types.rs");
    let shown = r#"f.debug_tuple("GetReportSuccess").field(&Redacted).finish()"#;
    assert!(types.contains(shown), "{types}");
    let operations = file(&contract, "operations.rs");
    assert!(
        operations.contains(".map(Response::hidden)"),
        "{operations}"
    );
}

#[test]
fn an_enum_by_status_takes_no_name_of_a_component() {
    let report = "{$ref: '#/components/schemas/Report'}";
    let inline = "{type: object, required: [id], properties: {id: {type: string}}}";
    let inline = edit(RESPONSES, report, inline);
    for (name, kind) in [
        ("GetReportSuccess", "enum"),
        ("GetReportStatus200", "struct"),
    ] {
        let taken = format!("    {name}: {{type: object, properties: {{a: {{type: string}}}}}}\n");
        let contract = edit(&inline, "    Report:\n", &format!("{taken}    Report:\n"));
        let types = file(&contract, "types.rs");
        assert!(types.contains(&format!("pub struct {name} {{")), "{types}");
        assert!(
            types.contains(&format!("pub {kind} {name}Value {{")),
            "{types}"
        );
    }
}
