//! Pairs of contracts as a reviewer meets them: a small edit, and what it means both ways.

mod grown;
mod this_contract;

use openapi_diff::Compatibility::{self, Docs, Identical as Nothing};
use openapi_diff::{Comparison, compare};

use super::contracts::edited;
use super::version;

/// An edit: behind which text, what, and into what.
type Edit = (&'static str, &'static str, &'static str);

/// What one direction of a pair must report.
struct Report {
    /// The worst class of all.
    class: Compatibility,
    /// The codes of the changes but those of docs beside others, in the order reported.
    codes: &'static str,
    /// What the line of the first change holds.
    line: &'static str,
    /// What the first change says about Rust; `-` for nothing at all.
    rust: &'static str,
}

const fn report(
    class: Compatibility,
    codes: &'static str,
    line: &'static str,
    rust: &'static str,
) -> Report {
    Report {
        class,
        codes,
        line,
        rust,
    }
}

/// Nothing at all.
const SAME: Report = report(Nothing, "", "", "-");

struct Pair {
    name: &'static str,
    edits: &'static [Edit],
    forth: Report,
    back: Report,
}

/// Holds every pair to what it must report, and lists all that fail.
fn check(contract: &str, pairs: &[Pair]) {
    let mut wrong = Vec::new();
    let whole = version("the contract", contract);
    for pair in pairs {
        let text = pair
            .edits
            .iter()
            .fold(contract.to_string(), |text, edit| edited(&text, *edit));
        let other = version(pair.name, &text);
        for (way, found, to, expected) in [
            ("forth", compare(&whole, &other), text.as_str(), &pair.forth),
            ("back", compare(&other, &whole), contract, &pair.back),
        ] {
            let counted = found.changes.iter();
            let counted = counted.filter(|change| change.class > Docs || found.class == Docs);
            let codes: Vec<&str> = counted.map(|change| change.code).collect();
            let first = found.changes.first();
            let line = first
                .and_then(|change| to.lines().nth(change.line - 1))
                .unwrap_or_default();
            let rust = first
                .and_then(|change| change.rust.as_deref())
                .unwrap_or("-");
            let right = found.class == expected.class
                && codes.join(" ") == expected.codes
                && line.contains(expected.line)
                && rust.contains(expected.rust)
                && found
                    .notes
                    .iter()
                    .all(|note| note.starts_with("info.version"));
            if !right {
                wrong.push(format!("{} ({way}): {line}\n{}", pair.name, shown(&found)));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

fn shown(found: &Comparison) -> String {
    let changes = found.changes.iter().map(|change| {
        format!(
            "    {:?} {} {} {}\n        wire: {:?}\n        rust: {:?}\n",
            change.class, change.code, change.path, change.message, change.wire, change.rust
        )
    });
    format!("{}{:?}\n", changes.collect::<String>(), found.notes)
}
