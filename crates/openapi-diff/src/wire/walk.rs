//! The walk through both contracts at once: what was found, where it has been.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use serde_json::{Map, Value};

use super::shape::Shape;
use crate::place::{Side, Spot, code, label};
use crate::rules::{self, Both, Rule};
use openapi_document::operation::Located;
use openapi_document::{Pointer, get};

/// Whether a value is sent or received.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// Sent.
    Request,
    /// Received.
    Response,
}

impl Both {
    /// The rule for one direction.
    pub fn of(&self, direction: Direction) -> &'static Rule {
        match direction {
            Direction::Request => self.request,
            Direction::Response => self.response,
        }
    }
}

/// A difference between the two contracts.
#[derive(Debug, Clone)]
pub struct Finding {
    /// Of which kind.
    pub rule: &'static Rule,
    /// What it is about.
    pub at: Spot,
    /// Where in the new contract to look for it.
    pub near: Pointer,
    /// What has changed, in one sentence.
    pub message: String,
    /// The operations it reaches, and on which way.
    pub reach: BTreeSet<(Direction, String)>,
}

/// The state of a walk.
pub struct Walk<'v> {
    /// The old document.
    pub base: &'v Value,
    /// The new one.
    pub head: &'v Value,
    /// What was found, in the order of finding.
    pub findings: Vec<Finding>,
    /// What was held against each other: operations, parameters, bodies, parts of schemas.
    pairs: HashMap<Pointer, BTreeSet<Pointer>>,
    /// What came or went as a part of something that came or went: the finding that tells it.
    pub claimed: HashMap<Spot, usize>,
    /// Parameters and properties that go by another name now: place, old name, new name.
    pub renamed: Vec<(Pointer, String, String)>,
    /// Security schemes that operations ask for, by their new names, and these operations.
    pub schemes: BTreeMap<String, BTreeSet<String>>,
    /// The way on which the current operation meets what is looked at.
    pub way: Option<Direction>,
    /// Whether one component is held against another that stands beside it.
    pub swapping: bool,
    operation: String,
    known: HashMap<(&'static str, Spot, String), usize>,
    seen: HashSet<Spot>,
    compared: HashSet<(Pointer, Pointer, Direction)>,
    affected: HashSet<Pointer>,
    used: HashSet<Pointer>,
}

impl<'v> Walk<'v> {
    /// A walk that has not begun.
    pub fn new(base: &'v Value, head: &'v Value) -> Walk<'v> {
        Walk {
            base,
            head,
            findings: Vec::new(),
            pairs: HashMap::new(),
            claimed: HashMap::new(),
            renamed: Vec::new(),
            schemes: BTreeMap::new(),
            way: None,
            swapping: false,
            operation: String::new(),
            known: HashMap::new(),
            seen: HashSet::new(),
            compared: HashSet::new(),
            affected: affected(base, head),
            used: used(base),
        }
    }

    /// Notes that the current operation asks for a security scheme.
    pub fn ask_for_scheme(&mut self, name: String) {
        let operation = self.operation.clone();
        self.schemes.entry(name).or_default().insert(operation);
    }

    /// Adds the operations that a finding reaches.
    pub fn add_reach(&mut self, index: usize, way: Direction, operations: BTreeSet<String>) {
        let reached = operations.into_iter().map(|operation| (way, operation));
        self.findings[index].reach.extend(reached);
    }

    /// Begins with an operation.
    pub fn enter(&mut self, operation: String) {
        self.operation = operation;
        self.way = None;
        self.compared.clear();
    }

    /// Whether this operation has not yet held these two against each other.
    pub fn first_time(&mut self, base: &Pointer, head: &Pointer, direction: Direction) -> bool {
        self.compared
            .insert((base.clone(), head.clone(), direction))
    }

    /// Whether two objects mean the same: they are equal, and so is all that they refer to.
    pub fn same_object(&self, base: &Located<'_>, head: &Located<'_>) -> bool {
        let mut leads_to_change = false;
        if base.object == head.object && !self.affected.is_empty() {
            visit_object(base.object, &mut |target| {
                leads_to_change |= self.affected.contains(&component(&target));
            });
        }
        base.object == head.object && !leads_to_change
    }

    /// Notes that the keys of these two objects are seen to.
    pub fn see(&mut self, base: &Located<'_>, head: &Located<'_>) {
        self.seen.insert(Spot::base(&base.pointer));
        self.seen.insert(Spot::head(&head.pointer));
    }

    /// The same, by their places.
    pub fn see_places(&mut self, base: &Pointer, head: &Pointer) {
        self.seen.insert(Spot::base(base));
        self.seen.insert(Spot::head(head));
    }

    /// The same of one place.
    pub fn see_spot(&mut self, spot: Spot) {
        self.seen.insert(spot);
    }

    /// Notes that the keys of all parts of these two schemas are seen to.
    pub fn see_shapes(&mut self, base: &Shape<'_>, head: &Shape<'_>) {
        for piece in &base.pieces {
            self.seen.insert(Spot::base(&piece.pointer));
        }
        for piece in &head.pieces {
            self.seen.insert(Spot::head(&piece.pointer));
        }
        let passed = base.passed.iter().map(Spot::base);
        let passed: Vec<Spot> = passed.chain(head.passed.iter().map(Spot::head)).collect();
        self.seen.extend(passed);
        for (base, head) in base.pieces.iter().zip(&head.pieces) {
            self.pair(&base.pointer, &head.pointer);
        }
    }

    /// Notes that these two were held against each other.
    pub fn pair(&mut self, base: &Pointer, head: &Pointer) {
        let now = self.pairs.entry(base.clone()).or_default();
        now.insert(head.clone());
    }

    /// Whether these two were held against each other.
    pub fn is_pair(&self, base: &Pointer, head: &Pointer) -> bool {
        self.pairs.get(base).is_some_and(|now| now.contains(head))
    }

    /// What has become of a place of the old contract: what stands in that place, if it was held
    /// against it.
    pub fn now(&self, base: &Pointer) -> Option<&Pointer> {
        let now = self.pairs.get(base)?;
        now.get(base).or_else(|| now.first())
    }

    /// Whether an operation of the old contract uses what stands at `at`, as far as it stands in a
    /// component.
    pub fn was_used(&self, at: &Pointer) -> bool {
        at.parts().first().is_none_or(|part| part != "components")
            || self.used.contains(&component(at))
    }

    /// Whether the keys of the object at `spot` are seen to.
    pub fn has_seen(&self, spot: &Spot) -> bool {
        self.seen.contains(spot)
    }

    /// Tells a change of what stands at `at` in the new contract; `line` is the place to look.
    pub fn tell(
        &mut self,
        rule: &'static Rule,
        at: &Pointer,
        line: &Pointer,
        says: impl AsRef<str>,
    ) -> usize {
        let message = format!("{} {}", self.head_label(at), says.as_ref());
        self.put(rule, Spot::head(at), line.clone(), message)
    }

    /// Tells that what stands at `at` in the old contract is gone from `from` in the new one.
    pub fn tell_gone(
        &mut self,
        rule: &'static Rule,
        at: &Pointer,
        from: &Pointer,
        says: impl AsRef<str>,
    ) -> usize {
        let message = format!("{} {}", label(self.base, at), says.as_ref());
        let index = self.put(rule, Spot::base(at), from.clone(), message);
        self.claim(Spot::base(at), index);
        index
    }

    /// Tells that what stands at `at` in the new contract was not in the old one.
    pub fn tell_new(&mut self, rule: &'static Rule, at: &Pointer, says: impl AsRef<str>) -> usize {
        let index = self.tell(rule, at, at, says);
        self.claim(Spot::head(at), index);
        index
    }

    /// Adds a finding, or this operation to one that is there.
    pub fn put(&mut self, rule: &'static Rule, at: Spot, near: Pointer, message: String) -> usize {
        let key = (rule.code, at.clone(), message.clone());
        let next = self.findings.len();
        let index = *self.known.entry(key).or_insert(next);
        if index == next {
            self.findings.push(Finding {
                rule,
                at,
                near,
                message,
                reach: BTreeSet::new(),
            });
        }
        if let Some(way) = self.way {
            let reached = (way, self.operation.clone());
            self.findings[index].reach.insert(reached);
        }
        index
    }

    /// How people call a place of the new contract.
    pub fn head_label(&self, at: &Pointer) -> String {
        label(self.head, at)
    }

    /// Tells differences in what only people read, and those that no rule knows.
    pub fn see_keys(&mut self, base: &Located<'_>, head: &Located<'_>, known: &[&str]) {
        self.see(base, head);
        let at = head.pointer.clone();
        let pair = |key: &str| (base.object.get(key), head.object.get(key));
        for key in keys(base, head) {
            let (was, is) = pair(key);
            if was != is && !known.contains(&key) {
                self.tell_key(&at, key, was.is_some(), is.is_some());
            }
        }
    }

    /// Tells a difference in a keyword that means nothing to programs, or that no rule knows.
    pub fn tell_key(&mut self, at: &Pointer, key: &str, was: bool, is: bool) -> usize {
        let (rule, what) = match key {
            "description" | "summary" | "title" | "externalDocs" => {
                (&rules::DESCRIPTION, format!("its {key}"))
            }
            "example" | "examples" => (&rules::EXAMPLE, format!("its {key}")),
            "tags" => (&rules::TAGS, "its tags".into()),
            "xml" | "bearerFormat" => (&rules::DESCRIPTION, format!("its {key}")),
            "deprecated" => (&rules::DEPRECATED, "its `deprecated`".into()),
            key if key.starts_with("x-") => (&rules::EXTENSION, format!("its `{key}`")),
            key => (&rules::UNCLASSIFIED, format!("its `{key}`")),
        };
        let what = what.trim_start_matches("its ");
        let says = match (was, is) {
            (false, true) => format!("has a new {what}"),
            (true, false) => format!("has no {what} any more"),
            _ => format!("has another {what}"),
        };
        let line = match is {
            true => at.child(key),
            false => at.clone(),
        };
        self.tell(rule, at, &line, says)
    }

    /// Tells a difference in an extension that only the generated client reads.
    pub fn see_extension(
        &mut self,
        base: &Located<'_>,
        head: &Located<'_>,
        name: &'static str,
        rule: &'static Rule,
    ) {
        let at = head.pointer.clone();
        let written = |of: &Located<'_>| of.object.get(name).map(|value| code(&plain(value)));
        let (says, line) = match (written(base), written(head)) {
            (was, is) if was == is => return,
            (None, Some(is)) => (format!("has {} {is} now", code(name)), at.child(name)),
            (Some(was), Some(is)) => (
                format!("has {} {is} now; it had {was}", code(name)),
                at.child(name),
            ),
            (_, None) => (format!("has no {} any more", code(name)), at.clone()),
        };
        self.tell(rule, &at, &line, says);
    }

    /// Lets finding `index` tell all that is in and behind what stands at `spot`.
    pub fn claim(&mut self, spot: Spot, index: usize) {
        let document = match spot.side {
            Side::Base => self.base,
            Side::Head => self.head,
        };
        let mut waiting = vec![spot];
        while let Some(spot) = waiting.pop() {
            if self.seen.contains(&spot) || self.claimed.contains_key(&spot) {
                continue;
            }
            let inside = |part: &dyn std::fmt::Display| Spot {
                side: spot.side,
                pointer: spot.pointer.child(part),
            };
            match get(document, &spot.pointer) {
                Some(Value::Object(map)) => {
                    let target = map.get("$ref").and_then(Value::as_str);
                    waiting.extend(
                        target
                            .and_then(Pointer::from_reference)
                            .map(|pointer| Spot {
                                side: spot.side,
                                pointer,
                            }),
                    );
                    waiting.extend(map.keys().map(|key| inside(key)));
                }
                Some(Value::Array(list)) => {
                    waiting.extend((0..list.len()).map(|index| inside(&index)));
                }
                _ => continue,
            }
            self.claimed.insert(spot, index);
        }
    }
}

/// Text without its quotes, and any other value as JSON.
fn plain(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), String::from)
}

/// The keys of two objects, each once, the new one's first.
pub fn keys<'k>(base: &'k Located<'_>, head: &'k Located<'_>) -> Vec<&'k str> {
    let gone = base
        .object
        .keys()
        .filter(|key| !head.object.contains_key(*key));
    head.object.keys().chain(gone).map(String::as_str).collect()
}

/// The components that differ, or refer to one that does.
fn affected(base: &Value, head: &Value) -> HashSet<Pointer> {
    let mut users: HashMap<Pointer, Vec<Pointer>> = HashMap::new();
    let mut waiting = Vec::new();
    for document in [base, head] {
        for (pointer, value) in components(document) {
            visit_references(value, &mut |target| {
                users
                    .entry(component(&target))
                    .or_default()
                    .push(pointer.clone());
            });
            let other = |other| get(other, &pointer) != Some(value);
            if other(base) || other(head) {
                waiting.push(pointer);
            }
        }
    }
    let mut found = HashSet::new();
    while let Some(pointer) = waiting.pop() {
        if found.insert(pointer.clone()) {
            waiting.extend(users.remove(&pointer).unwrap_or_default());
        }
    }
    found
}

/// The components that operations use, in whatever way.
fn used(document: &Value) -> HashSet<Pointer> {
    let mut found = HashSet::new();
    let mut waiting = Vec::new();
    visit_references(&document["paths"], &mut |target| waiting.push(target));
    while let Some(target) = waiting.pop() {
        let target = component(&target);
        if let Some(value) = get(document, &target)
            && found.insert(target)
        {
            visit_references(value, &mut |target| waiting.push(target));
        }
    }
    found
}

/// All components of all kinds.
pub fn components(document: &Value) -> impl Iterator<Item = (Pointer, &Value)> {
    let sections = document["components"].as_object().into_iter().flatten();
    sections.flat_map(|(section, named)| {
        let at = Pointer::of(["components", section]);
        let named = named.as_object().into_iter().flatten();
        named.map(move |(name, value)| (at.child(name), value))
    })
}

/// The component in which the target of a reference stands.
fn component(target: &Pointer) -> Pointer {
    let parts = target.parts().iter().take(3);
    parts.fold(Pointer::ROOT, |at, part| at.child(part))
}

fn visit_references(value: &Value, look: &mut impl FnMut(Pointer)) {
    match value {
        Value::Object(map) => visit_object(map, look),
        Value::Array(list) => list.iter().for_each(|value| visit_references(value, look)),
        _ => {}
    }
}

fn visit_object(map: &Map<String, Value>, look: &mut impl FnMut(Pointer)) {
    let target = map.get("$ref").and_then(Value::as_str);
    if let Some(target) = target.and_then(Pointer::from_reference) {
        look(target);
    }
    map.values().for_each(|value| visit_references(value, look));
}
