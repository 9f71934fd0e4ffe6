//! Rules of the generator, on top of those of openapi-lint, whose tests live there.

use client_codegen::{lint, rules, run};
use openapi_document::{Severity, any_error};
use openapi_lint::{Checks, MINIMAL};

/// What breaks a rule: what is edited, and into what; `«` and `»` stand around what is reported.
const NAMES: [(&str, &str); 1] = [("operationId: get_lead", "operationId: «new»")];

const CONTRACT: &str = include_str!("../../openapi-lint/tests/lint/contract.yaml");

#[test]
fn reports_a_name_that_rust_cannot_hold_once_and_where_it_stands() {
    for (from, to) in NAMES {
        assert_eq!(CONTRACT.matches(from).count(), 1, "{from}");
        let marked = CONTRACT.replacen(from, to, 1);
        let found = lint(&marked.replace(['«', '»'], "")).1;
        let [one] = found.as_slice() else {
            panic!("{to}: {found:#?}");
        };
        assert_eq!(one.code, "codegen::name");
        assert_eq!(
            one.span.as_ref().map(|span| span.start),
            marked.find('«'),
            "{to}"
        );
        assert!(one.help.is_some(), "{to}");
    }
}

#[test]
fn reports_the_example_of_each_rule_as_that_rule() {
    let general = openapi_lint::rules(&Checks::NONE);
    let of_the_generator = rules()
        .into_iter()
        .filter(|rule| general.iter().all(|known| known.code != rule.code));
    for rule in of_the_generator {
        assert!(rule.code.starts_with("codegen::"), "{}", rule.code);
        assert!(
            !rule.summary.ends_with('.') && rule.docs.ends_with('.'),
            "{}",
            rule.code
        );
        let Some(example) = &rule.example else {
            continue;
        };
        let (broken, place) = example.broken(MINIMAL);
        let found = lint(&broken).1;
        let [one] = found.as_slice() else {
            panic!("{}: {found:#?}", rule.code);
        };
        assert_eq!((one.code, &one.span), (rule.code, &Some(place)));
        let found = lint(&example.kept(MINIMAL)).1;
        assert!(found.is_empty(), "{}: {found:#?}", rule.code);
    }
}

#[test]
fn generates_whatever_a_warning_says() {
    let warnings = rules()
        .into_iter()
        .filter(|rule| rule.severity == Severity::Warning);
    let mut texts: Vec<(&str, String)> = warnings
        .filter_map(|rule| Some((rule.code, rule.example?.broken(MINIMAL).0)))
        .collect();
    let likes = "          type: integer\n          description: How often it was liked.\n";
    let text = "          type: string\n          description: What it says.\n";
    let required = "      required: [id, text]\n";
    for (code, from, to) in [
        (
            "spec::required",
            required,
            "      required: [id, none, text, text]\n",
        ),
        (
            "spec::format",
            likes,
            "          type: integer\n          format: uuid\n",
        ),
        (
            "spec::format",
            text,
            "          type: string\n          format: int32\n",
        ),
        (
            "spec::format",
            text,
            "          type: string\n          format: datetime\n",
        ),
        (
            "spec::type",
            likes,
            "          type: integer\n          minLength: 1\n",
        ),
        (
            "spec::type",
            text,
            "          type: string\n          uniqueItems: true\n",
        ),
        (
            "spec::limits",
            likes,
            "          type: integer\n          multipleOf: 0\n",
        ),
        (
            "spec::limits",
            text,
            "          type: string\n          minLength: 4\n          maxLength: 2\n",
        ),
        (
            "spec::missing-type",
            likes,
            "          format: date-time\n          nullable: true\n",
        ),
        (
            "spec::enum",
            text,
            "          type: string\n          enum: [a, 1, true]\n",
        ),
        (
            "spec::enum",
            text,
            "          type: array\n          items: {type: string, description: d}\n          enum: [[a], b]\n",
        ),
        (
            "spec::type",
            text,
            "          type: string\n          items: {type: string, description: d}\n",
        ),
        (
            "spec::type",
            likes,
            "          type: integer\n          properties: {a: {type: string, description: d}}\n          additionalProperties: {type: string, description: d}\n",
        ),
        (
            "spec::wrong-type",
            text,
            "          type: string\n          description:\n",
        ),
        (
            "spec::unknown-field",
            text,
            "          type: string\n          purpose: unknown\n",
        ),
        (
            "spec::enum",
            text,
            "          type: string\n          enum: [a, a, null]\n",
        ),
        (
            "spec::enum",
            likes,
            "          type: integer\n          enum: [1, '']\n",
        ),
        (
            "spec::required",
            "    Source:\n      type: object\n",
            "    Source:\n      type: object\n      required: [none]\n",
        ),
        (
            "example::default",
            likes,
            "          type: integer\n          default: none\n",
        ),
        (
            "example::mismatch",
            "          example: Buy milk\n",
            "          example: {a: [1]}\n",
        ),
    ] {
        assert_eq!(MINIMAL.matches(from).count(), 1, "{from}");
        texts.push((code, MINIMAL.replace(from, to)));
    }
    for (code, text) in texts {
        let outcome = run(&text);
        let found = &outcome.diagnostics;
        assert!(
            found.iter().any(|found| found.code == code),
            "{code}: {found:#?}"
        );
        assert!(
            !any_error(found) && outcome.artifacts.is_some(),
            "{code}: {found:#?}"
        );
    }
}
