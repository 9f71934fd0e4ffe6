//! Warnings that are accepted at their place, with a reason.

use openapi_lint::lint;

use crate::{CONTRACT, edit, listed};

/// A property without description, of a name that looks like personal data.
const PROPERTY: &str = "        mobile_phone:\n          type: string\n          nullable: true\n";

/// The contract with this text in place of a property.
fn with(property: &str) -> String {
    let notes = "        notes:\n          type: array\n";
    edit(CONTRACT, notes, &format!("{property}{notes}"))
}

#[track_caller]
fn assert_codes(text: &str, expected: &[&str]) {
    let found = lint(text).1;
    let codes: Vec<&str> = found.iter().map(|found| found.code).collect();
    assert_eq!(codes, expected, "{}", listed(text, &found));
}

#[test]
fn accepts_what_begins_on_the_line_and_what_stands_inside() {
    const BOTH: [&str; 2] = ["policy::sensitive", "policy::description"];
    assert_codes(&with(PROPERTY), &BOTH);
    let above = |comment: &str| with(&format!("        # {comment}\n{PROPERTY}"));
    let all = "lint: allow(policy::description, policy::sensitive) a test";
    assert_codes(&above(all), &[]);
    assert_codes(
        &above("lint: allow(policy::description) a test"),
        &BOTH[..1],
    );
    // Stacked, and above a comment of another kind.
    let stacked = "lint: allow(policy::description) a test\n        # lint:allow(policy::sensitive) a test\n        # Words.";
    assert_codes(&above(stacked), &[]);
    // At the end of the line.
    let behind = PROPERTY.replacen(":\n", &format!(": # {all}\n"), 1);
    assert_codes(&with(&behind), &[]);
    let flow = format!("        mobile_phone: {{type: string, nullable: true}} # {all}\n");
    assert_codes(&with(&flow), &[]);
    // Around it.
    let schema = edit(
        &with(PROPERTY),
        "    Lead:\n",
        &format!("    # {all}\n    Lead:\n"),
    );
    assert_codes(&schema, &[]);
}

#[test]
fn accepts_nothing_beside_or_below_it() {
    let other = "        # lint: allow(policy::sensitive) a test\n        region_code:\n          type: string\n          nullable: true\n          description: A code.\n";
    assert_codes(
        &with(&format!("{other}{PROPERTY}")),
        &[
            "lint::unused-allow",
            "policy::sensitive",
            "policy::description",
        ],
    );
}

#[test]
fn takes_a_comment_in_a_text_for_text() {
    for description in [
        "\"a # lint: allow(policy::cents) a test\"",
        "|-\n            First.\n            # lint: allow(policy::cents) a test",
        ">-\n            First.\n            And a # lint: allow(policy::cents) a test",
    ] {
        let to = format!("          description: {description}\n");
        assert_codes(
            &edit(CONTRACT, "          description: Full name.\n", &to),
            &[],
        );
    }
}

#[test]
fn reports_suppressions_that_are_wrong() {
    for (comment, message) in [
        ("lint: allow(policy::description)", "without a reason"),
        (
            "lint: allow(policy::descriptions) a test",
            "there is no rule",
        ),
        ("lint: allow policy::description", "not understood"),
        ("lint: deny(policy::description) a test", "not understood"),
        ("lint: allow(spec::path) a test", "is an error"),
        (
            "lint: allow(policy::cents) a test",
            "there is no `policy::cents`",
        ),
    ] {
        let text = with(&format!("        # {comment}\n{PROPERTY}"));
        let found = lint(&text).1;
        let listed = listed(&text, &found);
        assert!(
            found.iter().any(|found| found.message.contains(message)),
            "{listed}"
        );
    }
}

#[test]
fn accepts_no_error_and_knows_that_errors_hide_warnings() {
    let text = with(&format!(
        "        # lint: allow(policy::sensitive) a test\n{PROPERTY}"
    ));
    let text = edit(
        &text,
        "          type: string\n          nullable: true\n        notes:",
        "          type: strng\n        notes:",
    );
    assert_codes(&text, &["spec::type"]);
    let text = edit(
        CONTRACT,
        "openapi: 3.0.3",
        "openapi: 3.2.0 # lint: allow(spec::version) a test",
    );
    assert_codes(&text, &["spec::version"]);
}

#[test]
fn an_extension_accepts_what_its_object_holds_in_json_too() {
    let reasons =
        "          x-lint-allow: {'policy::description': a test, 'policy::sensitive': a test}\n";
    let text = with(&format!("{PROPERTY}{reasons}"));
    assert_codes(&text, &[]);
    let document = openapi_document::Contract::load(&text)
        .expect("it is YAML")
        .document;
    assert_codes(&document.to_string(), &[]);
    assert_codes(&format!("{document:#}"), &[]);
    let text = with(&format!(
        "{PROPERTY}          x-lint-allow: {{'policy::description': ''}}\n"
    ));
    assert_codes(&text, &["policy::sensitive", "lint::allow"]);
    let text = with(&format!("{PROPERTY}          x-lint-allow: all\n"));
    assert_codes(
        &text,
        &["policy::sensitive", "policy::description", "lint::allow"],
    );
    // As data, it is data.
    let text = edit(
        CONTRACT,
        "          description: Full name.\n",
        "          description: Full name.\n          x-example: {x-lint-allow: none}\n",
    );
    assert_codes(&text, &[]);
}
