//! Slips with one meaning are warnings; what can mean two things is an error.

use openapi_document::Severity;
use openapi_lint::{MINIMAL, lint};

use super::{edit, listed};

/// The one finding of the contract after an edit: its code, and whether it is an error.
#[track_caller]
fn finding(from: &str, to: &str) -> (&'static str, Severity, String) {
    let text = edit(MINIMAL, from, to);
    let found = lint(&text).1;
    let [one] = found.as_slice() else {
        panic!("{}", listed(&text, &found));
    };
    let help = one.help.as_deref().unwrap_or_default().to_string();
    (one.code, one.severity, help)
}

const INFO: &str = "  title: Notes API\n";
const SCHEMES: &str = "  securitySchemes:\n";

#[test]
fn a_field_that_resembles_no_keyword_is_ignored() {
    let (code, severity, _) = finding(INFO, "  title: Notes API\n  audience: all\n");
    assert_eq!((code, severity), ("spec::unknown-field", Severity::Warning));
    let (code, severity, _) = finding("  title:", "  titel:");
    assert_eq!((code, severity), ("spec::unknown-field", Severity::Error));
}

#[test]
fn a_scheme_that_is_not_described_is_an_error_where_it_is_the_only_one() {
    let schemes = "security:\n  - key: []\n";
    let (code, severity, _) = finding(schemes, "security:\n  - key: []\n  - kez: []\n");
    assert_eq!(
        (code, severity),
        ("spec::undefined-security", Severity::Warning)
    );
}

#[test]
fn of_keys_that_are_asked_for_together_callers_give_headers() {
    let own = "security:\n        - login: [write]\n";
    for (together, scheme, expected) in [
        (
            "org",
            "{type: apiKey, in: header, name: X-Org, description: d}",
            None,
        ),
        (
            "org",
            "{type: apiKey, in: query, name: org, description: d}",
            Some("codegen::security"),
        ),
        (
            "org",
            "{type: apiKey, in: header, name: authorization, description: d}",
            Some("codegen::security"),
        ),
    ] {
        let text = edit(
            MINIMAL,
            own,
            &format!("security:\n        - {{login: [write], {together}: []}}\n"),
        );
        let text = edit(&text, SCHEMES, &format!("{SCHEMES}    org: {scheme}\n"));
        let found = lint(&text).1;
        let [one] = found.as_slice() else {
            panic!("{}", listed(&text, &found));
        };
        match expected {
            Some(code) => assert_eq!((one.code, one.severity), (code, Severity::Error)),
            None => {
                assert_eq!(
                    (one.code, one.severity),
                    ("codegen::several-keys", Severity::Warning)
                );
                let help = "give the others with `Client::with_header`: `X-Org`";
                assert_eq!(one.help.as_deref(), Some(help));
            }
        }
    }
}
