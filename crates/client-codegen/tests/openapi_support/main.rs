//! `docs/openapi.md` says of each part of OpenAPI what the code does with it.

mod rows;

use std::collections::BTreeSet;

use client_codegen::{rules, run};
use openapi_document::{Diagnostic, any_error};
use openapi_lint::MINIMAL;
use rows::EXAMPLES;

const PAGE: &str = include_str!("../../../../docs/openapi.md");

/// A row of the page's tables.
struct Row {
    what: &'static str,
    is: &'static str,
    code: Option<&'static str>,
}

fn page_rows() -> Vec<Row> {
    let lines = PAGE.lines().filter(|line| line.starts_with("| "));
    let rows = lines.map(|line| {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        let code = cells.get(2).map(|code| code.trim_matches(['|', ' ', '`']));
        Row {
            what: cells[0],
            is: cells[1].trim_end_matches([' ', '|']),
            code: code.filter(|code| !code.is_empty()),
        }
    });
    rows.filter(|row| row.what != "in the contract").collect()
}

#[test]
fn each_code_of_the_generator_stands_in_the_page_and_no_other() {
    let words = PAGE.split(|c: char| !(c.is_ascii_lowercase() || c == ':' || c == '-'));
    let written: BTreeSet<&str> = words.filter(|word| word.starts_with("codegen::")).collect();
    let codes = rules().into_iter().map(|rule| rule.code);
    let known: BTreeSet<&str> = codes.filter(|code| code.starts_with("codegen::")).collect();
    assert_eq!(written, known);
}

#[test]
fn each_row_does_what_it_says() {
    let rows = page_rows();
    assert_eq!(rows.len(), EXAMPLES.len(), "one example a row");
    for row in rows {
        let mut examples = EXAMPLES.iter().filter(|(what, _)| *what == row.what);
        let edits = examples
            .next()
            .unwrap_or_else(|| panic!("no example: {}", row.what))
            .1;
        let text = edits.iter().fold(MINIMAL.to_string(), |text, (from, to)| {
            assert!(text.contains(from), "{}: no `{from}`", row.what);
            text.replacen(from, to, 1)
        });
        let outcome = run(&text);
        let found = &outcome.diagnostics;
        let told = || {
            let found = found.iter().map(|found| (found.code, &found.message));
            format!("{}: {:?}", row.what, found.collect::<Vec<_>>())
        };
        let has = |code: &str| found.iter().any(|found| found.code == code);
        match row.is {
            "supported" => {
                let limits = |found: &Diagnostic| found.code.starts_with("codegen::");
                assert!(
                    !found.iter().any(limits) && outcome.artifacts.is_some(),
                    "{}",
                    told()
                );
            }
            "warned" | "ignored" => {
                let code = row.code.expect("a code");
                assert!(has(code) && outcome.artifacts.is_some(), "{}", told());
            }
            "refused" => {
                let errors = found.iter().filter(|found| found.is_error());
                let codes: BTreeSet<&str> = errors.map(|found| found.code).collect();
                let expected = BTreeSet::from([row.code.expect("a code")]);
                assert_eq!(codes, expected, "{}", told());
                assert!(any_error(found) && outcome.artifacts.is_none());
            }
            other => panic!("{}: what is `{other}`?", row.what),
        }
    }
}
