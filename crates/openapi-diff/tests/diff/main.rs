//! What edits of a contract mean to those who depend on it.

mod contracts;
mod pairs;
mod reports;

use openapi_diff::{Comparison, Version, compare};

/// A contract that must be one.
fn version(name: &str, text: &str) -> Version {
    Version::read(name, text).unwrap_or_else(|found| panic!("{name}: {found:?}"))
}

/// The comparison of two texts.
fn compared(base: &str, head: &str) -> Comparison {
    compare(&version("base", base), &version("head", head))
}
