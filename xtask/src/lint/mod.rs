//! Phase 2, lint: everything that would make the output wrong, or progenitor fail, told in the
//! contract's words and with its place before it happens; and what reviewers ask of a contract.

mod answers;
mod circles;
mod command;
mod components;
mod document;
mod example_keys;
mod examples;
mod explain;
mod extensions;
mod grammar;
mod identifies;
mod mend;
mod names;
mod not_found;
mod operations;
mod parameters;
mod path_parameters;
mod paths;
mod policy;
mod references;
mod registry;
mod schemas;
mod security;
mod sensitive;
mod structure;
mod subject;
mod walk;

use std::collections::HashSet;

pub use command::{Format, Options, find, lint as command};
pub use explain::{explain, list};
pub use names::RESERVED_METHODS;
pub use registry::rules;

use crate::diagnostics::Diagnostic;
use crate::load::{Contract, Pointer};
use crate::spec::extensions::SENSITIVE;
use grammar::Kind;
use mend::Mend;
use registry::Check;
use subject::{Condemned, Subject};

/// The contract that the rules' examples are edits of.
pub const MINIMAL: &str = include_str!("example.yaml");

/// Checks the text of a contract: all that is wrong in it, told in the text's order. There is a
/// contract if nothing stops its being read, also if there are mistakes in it.
pub fn lint(text: &str) -> (Option<Contract>, Vec<Diagnostic>) {
    let (contract, mut found) = Contract::read(text);
    let Some(contract) = contract else {
        return (None, found);
    };
    let version = document::version(&contract);
    // Of another version, everything would be told.
    if version.is_empty() {
        let mut told = check(&contract);
        // Of what stands twice, nobody knows which is meant.
        told.retain(|told| {
            let at = told.pointer.as_ref();
            let inside = |twice: &Pointer| at.is_some_and(|at| at.starts_with(twice));
            !contract.twice().iter().any(inside)
        });
        found.extend(told);
    }
    found.extend(version);
    // Of several errors at one place, the later ones follow from the first.
    let mut condemned = HashSet::new();
    found.retain(|found| !found.is_error() || condemned.insert(found.span.clone()));
    // What an alias repeats, or several operations refer to, is one mistake.
    let mut told = HashSet::new();
    found.retain(|found| told.insert((found.code, found.span.clone(), found.message.clone())));
    // As a reader meets them.
    found.sort_by_key(|found| found.span.as_ref().map(|span| span.start));
    (Some(contract), found)
}

/// Every mistake on its own: what is told is taken out of the document, or passed over, before
/// the next rules look at it.
fn check(contract: &Contract) -> Vec<Diagnostic> {
    let structure::Structure {
        mut found,
        mends,
        mut condemned,
    } = structure::structure(contract);
    let mut mended = None;
    if !mends.is_empty() {
        mended = Some(mend::mend(contract, mends, &mut condemned));
    }
    if !contract.twice().is_empty() {
        let items = walk::items(&mended.as_ref().unwrap_or(contract).document);
        for twice in contract.twice() {
            let around = [Some(twice.clone()), twice.parent()];
            let around = items
                .all()
                .filter(|item| around.contains(&Some(item.pointer.clone())));
            condemned.extend(around.map(|item| (item.pointer.clone(), item.kind)));
        }
    }
    let mut stages = registry::STAGES.into_iter().enumerate();
    let mut is_over = false;
    while !is_over {
        let subject = Subject::new(mended.as_ref().unwrap_or(contract), &condemned);
        let (mut mends, mut more) = (Vec::new(), Condemned::new());
        // As long as nothing is told, the next stage sees what this one saw.
        while mends.is_empty() && more.is_empty() {
            let Some((stage, checks)) = stages.next() else {
                is_over = true;
                break;
            };
            let told = run(checks, &subject);
            (mends, more) = taken_out(&subject, &told);
            // Of a schema, what the later rules tell leaves the rest as it is.
            more.retain(|_, kind| stage == 0 || *kind != Kind::Schema);
            found.extend(told);
        }
        let next =
            (!mends.is_empty()).then(|| mend::mend(subject.contract, mends, &mut Condemned::new()));
        drop(subject);
        mended = next.or(mended);
        condemned.extend(more);
    }
    found
}

fn run(checks: &[Check], subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut all = Vec::new();
    for check in checks {
        let found = (check.run)(subject);
        let is_known = |code: &str| check.rules.iter().any(|rule| rule.code == code);
        debug_assert!(
            found.iter().all(|found| is_known(found.code)),
            "a check tells what the registry doesn't know of: {found:?}"
        );
        all.extend(found);
    }
    all
}

/// What is told to be wrong, to be taken out, and the objects that it stands in.
fn taken_out(subject: &Subject<'_>, found: &[Diagnostic]) -> (Vec<Mend>, Condemned) {
    let errors = found.iter().filter(|found| found.is_error());
    let mut places: Vec<Pointer> = errors
        .filter_map(|found| found.pointer.as_deref().cloned())
        .collect();
    let circles = |found: &Diagnostic| found.code == circles::CIRCULAR_REF.code;
    if found.iter().any(circles) {
        places.extend(circles::closing(&subject.items));
    }
    places.sort();
    places.dedup();
    let mut mends = Vec::new();
    let mut condemned = Condemned::new();
    for place in places {
        let parent = place.parent().unwrap_or_default();
        match subject.item(&place) {
            // The rest of it can be right; of a schema that says what is not, there is no rest.
            Some(item) if place.last() != "not" || subject.item(&parent).is_none() => {
                condemned.insert(place, item.kind);
            }
            _ => {
                let around = subject.around(&parent);
                let around = around.filter(|_| !is_one_of_many(place.last()));
                condemned.extend(around.map(|item| (item.pointer.clone(), item.kind)));
                mends.push(Mend::Remove(place));
            }
        }
    }
    (mends, condemned)
}

/// Whether a schema without this keyword still says what it is meant to say.
fn is_one_of_many(keyword: &str) -> bool {
    matches!(keyword, "pattern" | "format" | SENSITIVE)
}
