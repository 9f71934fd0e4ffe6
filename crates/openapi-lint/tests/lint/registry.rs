//! Every rule's own examples are its tests.

use openapi_lint::{Checks, MINIMAL, lint, rules};

use crate::listed;

#[test]
fn the_minimal_contract_is_in_order() {
    let found = lint(MINIMAL).1;
    assert!(found.is_empty(), "{}", listed(MINIMAL, &found));
}

#[test]
fn what_breaks_a_rule_is_told_as_that_where_it_stands_and_what_keeps_it_is_not() {
    let mut wrong = Vec::new();
    for rule in rules(&Checks::NONE) {
        let Some(example) = &rule.example else {
            continue;
        };
        let code = rule.code;
        if MINIMAL.matches(example.instead_of).count() != 1 {
            wrong.push(format!("{code}: the example's text stands not once"));
            continue;
        }
        let (broken, place) = example.broken(MINIMAL);
        let found = lint(&broken).1;
        let [told] = found.as_slice() else {
            wrong.push(format!("{code}: not one:\n{}", listed(&broken, &found)));
            continue;
        };
        if told.code != code || told.severity != rule.severity || told.help.is_none() {
            wrong.push(format!("{code}: another:\n{}", listed(&broken, &found)));
        }
        // Of what is no YAML, the parser says where it noticed.
        if example.wrong.contains('«') && told.span != Some(place) {
            wrong.push(format!("{code}: elsewhere:\n{}", listed(&broken, &found)));
        }
        let kept = example.kept(MINIMAL);
        let found = lint(&kept).1;
        if !found.is_empty() {
            wrong.push(format!("{code}: not silent:\n{}", listed(&kept, &found)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_explains_itself_and_has_a_code_of_its_own() {
    let rules = rules(&Checks::NONE);
    for rule in &rules {
        let code = rule.code;
        assert!(!rule.summary.ends_with('.'), "{code}");
        assert!(rule.docs.ends_with('.'), "{code}");
        assert!(rule.docs.len() > rule.summary.len() / 2, "{code}");
        let same = rules.iter().filter(|other| other.code == code);
        assert_eq!(same.count(), 1, "{code}");
    }
}
