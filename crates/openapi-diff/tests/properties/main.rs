//! What holds for any two contracts, however they are written.

mod any;
mod chains;
mod directions;
mod model;
mod newer;
mod writing;

use openapi_diff::{Comparison, Compatibility, Version, compare};

/// The comparison of two texts that can be read.
fn compared(base: &str, head: &str) -> Comparison {
    let version = |text: &str| {
        Version::read("a contract", text).unwrap_or_else(|found| panic!("{found:?}\n{text}"))
    };
    compare(&version(base), &version(head))
}

/// The class on the wire.
fn wire(found: &Comparison) -> Compatibility {
    let classes = found.changes.iter().map(|change| change.wire_class);
    classes.max().unwrap_or(Compatibility::Identical)
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
