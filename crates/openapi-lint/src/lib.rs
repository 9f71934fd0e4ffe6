//! Rules about OpenAPI documents: what makes one invalid, what no right client can be made of, and what
//! reviewers ask of a contract. Each finding names its place, in the contract's words.

mod answers;
mod circles;
mod compared;
mod components;
mod document;
mod example_keys;
mod examples;
mod extensions;
mod fields;
mod idempotency;
mod identifies;
mod links;
mod mend;
mod newer;
mod not_found;
mod operations;
mod pagination;
mod parameters;
mod path_parameters;
mod paths;
mod policy;
mod references;
mod registry;
mod scalars;
mod schemas;
mod scopes;
mod security;
mod sensitive;
mod servers;
mod skip;
mod structure;
mod subject;
mod suggest;
mod suppression;

use std::collections::HashSet;

pub use registry::{Check, Checks, rules};
pub use sensitive::looks_personal;
pub use subject::Subject;
pub use suggest::nearest;

use mend::Mend;
use openapi_document::Diagnostic;
use openapi_document::extensions::SENSITIVE;
use openapi_document::keywords::Kind;
use openapi_document::{Contract, Pointer};
use subject::Condemned;

/// The contract that the rules' examples are edits of.
pub const MINIMAL: &str = include_str!("example.yaml");

/// Checks the text of a contract: all that is wrong in it, errors first. There is a
/// contract if nothing stops its being read, also if there are mistakes in it.
pub fn lint(text: &str) -> (Option<Contract>, Vec<Diagnostic>) {
    lint_with(text, &Checks::NONE)
}

/// The same with checks of a tool that needs more of a contract than that it is right.
pub fn lint_with(text: &str, more: &Checks) -> (Option<Contract>, Vec<Diagnostic>) {
    let (contract, mut found) = Contract::read(text);
    let Some(contract) = contract else {
        return (None, found);
    };
    found.extend(scalars::leading_zeros(&contract));
    let version = document::version(&contract);
    let is_read = version.is_empty();
    // From here on, the contract is OpenAPI 3.0.
    let older = is_read.then(|| contract.as_3_0()).flatten();
    let contract = match older {
        Some((older, remarks)) => {
            found.extend(newer::report(&contract, &remarks));
            older
        }
        None => contract,
    };
    // Of another version, everything would be told.
    if is_read {
        let mut told = check(&contract, more);
        // Of what stands twice, nobody knows which is meant.
        let twice: HashSet<&Pointer> = contract.twice().iter().collect();
        told.retain(|told| {
            let at = told.pointer.as_deref();
            twice.is_empty() || !at.is_some_and(|at| is_within(at, &twice))
        });
        found.extend(told);
    }
    found.extend(version);
    in_order(&mut found);
    // Of several at one place, the later ones follow from the first.
    let mut condemned = HashSet::new();
    found.retain(|found| !has_consequences(found) || condemned.insert(found.span.clone()));
    // What an alias repeats, or several operations refer to, is one mistake.
    let mut told = HashSet::new();
    found.retain(|found| told.insert((found.code, found.span.clone(), found.message.clone())));
    if is_read {
        suppression::apply(&contract, &registry::rules(more), &mut found);
        in_order(&mut found);
    }
    (Some(contract), found)
}

/// Whether a value is one of these, or stands in one.
fn is_within(at: &Pointer, values: &HashSet<&Pointer>) -> bool {
    let mut here = Some(at.clone());
    while let Some(at) = here {
        if values.contains(&at) {
            return true;
        }
        here = at.parent();
    }
    false
}

/// Errors first, then warnings, each as a reader meets them.
fn in_order(found: &mut [Diagnostic]) {
    found.sort_by_key(|found| (found.severity, found.span.as_ref().map(|span| span.start)));
}

/// Every mistake on its own: what is told is taken out of the document, or passed over, before
/// the next rules look at it.
fn check(contract: &Contract, more: &Checks) -> Vec<Diagnostic> {
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
        let items = openapi_document::objects::items(&mended.as_ref().unwrap_or(contract).document);
        let twice = contract.twice().iter();
        let around = twice.flat_map(|twice| [Some(twice.clone()), twice.parent()]);
        let around: HashSet<Pointer> = around.flatten().collect();
        let doubtful = items.all().filter(|item| around.contains(&item.pointer));
        condemned.extend(doubtful.map(|item| (item.pointer.clone(), item.kind)));
    }
    let mut skips = skip::Skips::of(contract);
    let mut stages = registry::STAGES.into_iter().zip(more.stages).enumerate();
    let mut is_over = false;
    while !is_over {
        let subject = Subject::new(mended.as_ref().unwrap_or(contract), &condemned);
        let (mut mends, mut taken) = (Vec::new(), Condemned::new());
        // As long as nothing is told, the next stage sees what this one saw.
        while mends.is_empty() && taken.is_empty() {
            let Some((stage, (checks, more))) = stages.next() else {
                is_over = true;
                break;
            };
            let mut told = run(checks.iter().chain(more), &subject);
            skips.apply(&mut told);
            (mends, taken) = taken_out(&subject, &told);
            // Of a schema, what the later rules tell leaves the rest as it is.
            taken.retain(|_, kind| stage == 0 || *kind != Kind::Schema);
            found.extend(told);
        }
        let next =
            (!mends.is_empty()).then(|| mend::mend(subject.contract, mends, &mut Condemned::new()));
        drop(subject);
        mended = next.or(mended);
        condemned.extend(taken);
    }
    found.extend(skips.unneeded(contract));
    found
}

/// Warnings that others follow from, as from an error.
const WITH_CONSEQUENCES: [&str; 10] = [
    "example::both",
    "example::default",
    "example::mismatch",
    "spec::enum",
    "spec::format",
    "spec::limits",
    "spec::missing-type",
    "spec::required",
    "spec::type",
    "yaml::leading-zero",
];

/// Whether other rules would report the same mistake again.
fn has_consequences(found: &Diagnostic) -> bool {
    found.is_error() || WITH_CONSEQUENCES.contains(&found.code)
}

fn run<'r>(checks: impl Iterator<Item = &'r Check>, subject: &Subject<'_>) -> Vec<Diagnostic> {
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
        match subject.item(&place) {
            // The rest of it can be right.
            Some(item) => {
                condemned.insert(place, item.kind);
            }
            None => {
                let parent = place.parent().unwrap_or_default();
                let around = subject.around(&parent);
                let around = around.filter(|_| !is_one_of_many(place.last()));
                condemned.extend(around.map(|item| (item.pointer.clone(), item.kind)));
                mends.push(Mend::Remove(place));
            }
        }
    }
    // What a warning is about is left out alone, so that it hides no error around it.
    let warnings = found.iter().filter(|found| !found.is_error());
    let warnings = warnings.filter(|found| has_consequences(found));
    let doubtful = warnings.filter_map(|found| found.pointer.as_deref());
    for place in doubtful.filter(|place| subject.item(place).is_none()) {
        mends.push(Mend::Remove(place.clone()));
        mends.extend(other_limit(place).map(Mend::Remove));
    }
    (mends, condemned)
}

/// The place of `maximum` for that of `minimum`, and so on: either of two can be the slip.
fn other_limit(place: &Pointer) -> Option<Pointer> {
    let keyword = place.last();
    let other = match (keyword.strip_prefix("min"), keyword.strip_prefix("max")) {
        (Some(of), _) => format!("max{of}"),
        (_, Some(of)) => format!("min{of}"),
        _ => return None,
    };
    Some(place.parent()?.child(other))
}

/// Whether a schema without this keyword still says what it is meant to say.
fn is_one_of_many(keyword: &str) -> bool {
    matches!(keyword, "pattern" | "format" | SENSITIVE)
}
