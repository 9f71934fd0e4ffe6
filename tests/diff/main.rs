//! `cargo xtask diff`: what edits of a contract mean to those who depend on it.

mod command;
mod pairs;
mod told;
mod transcript;

use openapi_diff::{Comparison, Version, compare};

/// A small contract of what this one may grow.
const GROWN: &str = include_str!("grown.yaml");

/// The contract as it once stood, so that what is added to it takes no edit its place.
fn aura() -> String {
    include_str!("../../crates/openapi-lint/tests/lint/contract.yaml").to_owned()
}

/// A contract that must be one.
fn version(name: &str, text: &str) -> Version {
    Version::read(name, text).unwrap_or_else(|found| panic!("{name}: {found:?}"))
}

/// The comparison of two texts.
fn compared(base: &str, head: &str) -> Comparison {
    compare(&version("base", base), &version("head", head))
}

/// The text with `from` replaced by `to` where it first stands behind the line that begins with
/// `anchor`, of which there is one.
fn edited(text: &str, (anchor, from, to): (&str, &str, &str)) -> String {
    let anchor = format!("\n{anchor}");
    let start = match anchor.as_str() {
        "\n" => 0,
        anchor => {
            let count = text.matches(anchor).count();
            assert_eq!(count, 1, "one line must begin with `{anchor}`");
            text.find(anchor).unwrap_or_default()
        }
    };
    let found = text[start..].find(from);
    let at = start + found.unwrap_or_else(|| panic!("no `{from}` behind `{anchor}`"));
    format!("{}{to}{}", &text[..at], &text[at + from.len()..])
}
