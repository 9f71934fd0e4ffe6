//! Both views told as one list: what has one cause is one change.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde_json::Value;

use super::before::Before;
use super::place::{Side, Spot, label};
use super::rules::instead::Place;
use super::rules::{self, Compatibility, Rule, Scope};
use super::rust::Difference;
use super::wire::{Direction, Wire};
use openapi_document::Pointer;
use openapi_document::schema::Schemas;

/// One change of the contract, with what it means in both views.
#[derive(Debug)]
pub struct Change {
    /// How bad it is, as far as its rules say before Rust is asked.
    pub class: Compatibility,
    /// How bad it is on the wire.
    pub wire_class: Compatibility,
    /// How bad it is in Rust.
    pub rust_class: Compatibility,
    /// Its kind.
    pub rule: &'static Rule,
    /// What it is about.
    pub at: Spot,
    /// Where in the new contract to look for it.
    pub near: Pointer,
    /// The same place in the old contract, if it was there.
    pub was: Option<Pointer>,
    /// Where in the old contract to look for it.
    pub near_was: Option<Pointer>,
    /// What has changed.
    pub message: String,
    /// What it means on the wire.
    pub wire: Option<String>,
    /// What it means in Rust.
    pub rust: Vec<String>,
    /// Compatible ways to what it is after.
    pub instead: BTreeSet<&'static str>,
}

impl Change {
    /// Adds what it means in Rust. What is the same for many calls is said once.
    fn add(&mut self, difference: Difference) {
        self.class = self.class.max(difference.class);
        self.rust_class = self.rust_class.max(difference.class);
        if !self.rust.contains(&difference.text) {
            self.rust.push(difference.text);
        }
    }

    /// Adds what a rule says of both views.
    fn judge(&mut self, rule: &'static Rule) {
        if rule.class > self.class {
            self.class = rule.class;
            self.rule = rule;
        }
        self.wire_class = self.wire_class.max(rule.on_the_wire());
        self.rust_class = self.rust_class.max(rule.in_rust());
    }

    /// Returns the advice of its rule, if that helps against what breaks: the advice of a rule that
    /// is not breaking itself is for Rust.
    fn advice(&self, walk: &Wire<'_>, is_received: bool) -> Option<&'static str> {
        let helps = self.rule.class == Compatibility::Breaking
            || self.rust_class == Compatibility::Breaking;
        let place = Place {
            base: walk.base,
            head: walk.head,
            at: &self.at,
            was: self.was.as_ref(),
            near: &self.near,
            is_received,
        };
        (helps && self.class == Compatibility::Breaking)
            .then(|| self.rule.instead.at(&place))
            .flatten()
    }
}

/// Makes the list of all changes.
pub fn merge(walk: &Wire<'_>, differences: Option<Vec<Difference>>) -> Vec<Change> {
    let has_rust = differences.is_some();
    let before = Before::new(walk.base, walk.head);
    let (mut changes, index, received) = of_wire(walk, &before);
    let mut alone: Vec<Difference> = Vec::new();
    let schemas = Schemas::of(walk.head);
    for difference in differences.into_iter().flatten() {
        match cause(walk, &schemas, &changes, &index, &difference) {
            Some(cause) => changes[cause].add(difference),
            None => alone.push(difference),
        }
    }
    // A type that comes or goes belongs to the field that has it, which stands further out.
    alone.sort_by_key(|difference| difference.at.pointer.parts().len());
    for difference in alone {
        let plain = |rule: &Rule| {
            let codes = [rules::RUST_BREAKING.code, rules::RUST_ADDITIVE.code];
            codes.contains(&rule.code)
        };
        let same = changes.iter_mut().find(|change| {
            let (one, other) = (difference.at.pointer.parts(), change.at.pointer.parts());
            let near = one.starts_with(other) || other.starts_with(one);
            near && plain(change.rule) && plain(difference.rule)
        });
        match same {
            Some(change) => {
                if difference.class > change.class {
                    change.rule = difference.rule;
                }
                change.add(difference);
            }
            None => changes.push(of_rust(walk, &before, difference)),
        }
    }
    for change in &mut changes {
        // Where Rust is not compared, what concerns Rust alone is only told.
        let rust = match has_rust {
            true => change.rust_class,
            false => change.class.min(Compatibility::Docs),
        };
        change.class = change.wire_class.max(rust);
        let advice = change.advice(walk, received.contains(&change.at));
        change.instead.extend(advice);
    }
    changes
}

/// What a rule found in both directions is one change, of the worse class. Returns the changes, which
/// of them each finding belongs to, and the places that callers meet in what they receive.
fn of_wire(walk: &Wire<'_>, before: &Before<'_>) -> (Vec<Change>, Vec<usize>, HashSet<Spot>) {
    let mut received = HashSet::new();
    let mut changes: Vec<Change> = Vec::new();
    let mut known: BTreeMap<(Spot, &str), usize> = BTreeMap::new();
    let mut texts: Vec<Vec<String>> = Vec::new();
    let mut index = Vec::new();
    for (finding, found) in walk.findings.iter().enumerate() {
        let next = changes.len();
        let at = *known
            .entry((found.at.clone(), &found.message))
            .or_insert(next);
        index.push(at);
        if at == next {
            changes.push(Change {
                class: Compatibility::Identical,
                wire_class: Compatibility::Identical,
                rust_class: Compatibility::Identical,
                rule: found.rule,
                at: found.at.clone(),
                near: found.near.clone(),
                was: before.place(&found.at),
                near_was: before.near(&found.at, &found.near),
                message: format!("{}.", sentence(&found.message)),
                wire: None,
                rust: Vec::new(),
                instead: BTreeSet::new(),
            });
            texts.push(Vec::new());
        }
        let change = &mut changes[at];
        change.judge(found.rule);
        if found.rule.on_the_wire() > Compatibility::Docs {
            let operations = walk.operations_of(finding);
            texts[at].push(format!("{}{}", found.rule.why, reach(&operations)));
            let mut ways = operations.iter().map(|(way, _)| *way);
            if found.rule.scope == Scope::Response || ways.any(|way| way == Direction::Response) {
                received.insert(found.at.clone());
            }
        }
    }
    for (change, texts) in changes.iter_mut().zip(texts) {
        change.wire = (!texts.is_empty()).then(|| texts.join(" "));
    }
    (changes, index, received)
}

/// The change on the wire that explains a difference in Rust: one at the same place, in it, or
/// behind its references; else one that reaches the same call.
fn cause(
    walk: &Wire<'_>,
    schemas: &Schemas<'_>,
    changes: &[Change],
    index: &[usize],
    difference: &Difference,
) -> Option<usize> {
    let worst = |fits: &dyn Fn(&Change) -> bool| {
        let explains = |change: &Change| {
            let id = change.rule.code == rules::OPERATION_ID_CHANGED.code;
            (id || change.class > Compatibility::Docs) && fits(change)
        };
        let fitting = (0..changes.len()).filter(|&at| explains(&changes[at]));
        // The first of the worst.
        fitting.rev().max_by_key(|&at| changes[at].rule.class)
    };
    let told_by = |spot: &Spot| walk.claimed.get(spot).map(|&found| index[found]);
    let in_place = |at: &Spot| {
        worst(&|change| change.at == *at)
            .or_else(|| told_by(at))
            .or_else(|| worst(&|change| change.at.is_in(at) && change.at != *at))
    };
    let behind = |at: &Spot| {
        let schema = schemas.at(&at.pointer);
        worst(&|change| {
            let mut parts = schema.parts.iter().map(|part| Spot::head(&part.pointer));
            at.side == Side::Head && parts.any(|spot| change.at.is_in(&spot))
        })
    };
    let in_call = || {
        let (way, name) = difference.call.as_ref()?;
        let reached = walk.findings_of(name).into_iter();
        let reached = reached.filter(|(_, other)| other == way);
        let reached = reached.map(|(finding, _)| (walk.findings[finding].rule, index[finding]));
        let worst = reached
            .filter(|(rule, _)| rule.class > Compatibility::Docs)
            .max_by_key(|(rule, _)| rule.class);
        worst.map(|(_, at)| at)
    };
    let at = &difference.at;
    if difference.rule.code == rules::COMPONENT_RENAMED.code {
        let renamed = rules::OPERATION_ID_CHANGED.code;
        return worst(&|change| change.at == *at && change.rule.code == renamed);
    }
    let now = match at.side {
        Side::Base => walk.now(&at.pointer).map(Spot::head),
        Side::Head => None,
    };
    in_place(at)
        .or_else(|| in_place(now.as_ref()?))
        .or_else(|| behind(now.as_ref().unwrap_or(at)))
        .or_else(in_call)
        // What is in use no more, or not yet, goes with what used it.
        .or_else(|| told_by(&Spot::base(&at.pointer)))
        .or_else(|| told_by(&Spot::head(&at.pointer)))
}

fn of_rust(walk: &Wire<'_>, before: &Before<'_>, difference: Difference) -> Change {
    let document = match difference.at.side {
        Side::Base => walk.base,
        Side::Head => walk.head,
    };
    let what = label(document, &difference.at.pointer);
    let says = match (difference.rule.code, &difference.says) {
        (_, Some(says)) => says,
        ("required-order-changed", _) => "has the same names in another order",
        ("not-found-code-changed", _) => "means \"not found\" by another code, or by none",
        ("identified-property-changed", _) => {
            "identifies something else in the response, or nothing"
        }
        ("unclassified", _) => "makes other code, and no rule knows why",
        _ => "makes another Rust API; requests and responses stay the same",
    };
    let near = nearest(walk.head, &difference.at.pointer);
    Change {
        class: difference.class,
        wire_class: Compatibility::Identical,
        rust_class: difference.class,
        rule: difference.rule,
        was: before.place(&difference.at),
        near_was: before.near(&difference.at, &near),
        near,
        at: difference.at,
        message: format!("{}.", sentence(&format!("{what} {says}"))),
        wire: None,
        rust: vec![difference.text],
        instead: BTreeSet::new(),
    }
}

/// The place itself, or what is left of its surroundings.
pub fn nearest(document: &Value, pointer: &Pointer) -> Pointer {
    let mut at = pointer.clone();
    while openapi_document::get(document, &at).is_none() {
        match at.parent() {
            Some(parent) => at = parent,
            None => break,
        }
    }
    at
}

/// With a capital letter, as a sentence begins.
pub fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

/// In which calls a change is felt.
fn reach(reach: &BTreeSet<(Direction, &str)>) -> String {
    let of = |direction| -> Vec<String> {
        let reached = reach.iter().filter(|(way, _)| *way == direction);
        reached
            .map(|(_, operation)| format!("`{operation}`"))
            .collect()
    };
    let mut parts = Vec::new();
    for (direction, word) in [
        (Direction::Request, "requests"),
        (Direction::Response, "responses"),
    ] {
        let names = of(direction);
        match names.as_slice() {
            [] => {}
            [one] => parts.push(format!("{word} of {one}")),
            [some @ .., last] if some.len() < 4 => {
                parts.push(format!("{word} of {} and {last}", some.join(", ")))
            }
            many => parts.push(format!(
                "{word} of {} operations, {} among them",
                many.len(),
                many[..3].join(", ")
            )),
        }
    }
    match parts.is_empty() {
        true => String::new(),
        false => format!(" In {}.", parts.join(" and ")),
    }
}
