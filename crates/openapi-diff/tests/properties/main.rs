//! What holds for any two contracts, however they are written.

mod any;
mod chains;
mod directions;
mod model;
mod newer;
mod writing;

use openapi_diff::rules::ALL;
use openapi_diff::{Class, Comparison, Version, compare};

/// The comparison of two texts that can be read.
fn compared(base: &str, head: &str) -> Comparison {
    let version = |text: &str| {
        Version::read("a contract", text).unwrap_or_else(|found| panic!("{found:?}\n{text}"))
    };
    compare(&version(base), &version(head))
}

/// The class on the wire.
fn wire(found: &Comparison) -> Class {
    let classes = found.changes.iter().map(|change| {
        let rule = ALL.iter().find(|rule| rule.code == change.code);
        let rule = rule.expect("every change has its rule");
        match rule.class > Class::Docs && rule.effect.is_empty() {
            true => Class::None,
            false => rule.class,
        }
    });
    classes.max().unwrap_or(Class::None)
}

/// The changes, a line each.
fn listed(found: &Comparison) -> String {
    let lines = found.changes.iter().map(|change| {
        format!(
            "{} {} {}\n",
            change.class.word(),
            change.code,
            change.message
        )
    });
    lines.collect()
}
