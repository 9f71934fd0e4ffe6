//! The walk through both contracts at once: what was found, where it has been.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::rc::Rc;

use serde_json::Value;

use super::affected::{self, Heirs, unit, used, visit_references};
use super::context::Direction;
use super::graph::{Graph, Key};
use super::schemas::{Fingerprints, Pair};
use super::{Finding, Wire};
use crate::place::{Side, Spot, code, label};
use crate::rules::{self, Rule};
use openapi_document::operation::Located;
use openapi_document::schema::{Schema, Schemas};
use openapi_document::{Pointer, get};

/// What both documents say, read once for all walks.
#[derive(Debug)]
pub struct Documents<'v> {
    /// The schemas of the old document.
    pub old: Schemas<'v>,
    /// The schemas of the new one.
    pub new: Schemas<'v>,
    /// Hashes of the old schemas, to find which is which.
    pub old_prints: Fingerprints,
    /// Hashes of the new ones.
    pub new_prints: Fingerprints,
    /// The subtypes of the old schemas with a discriminator.
    pub old_heirs: Heirs,
    /// The subtypes of the new ones.
    pub new_heirs: Heirs,
    affected: HashSet<Pointer>,
}

/// The state of a walk.
pub struct Walk<'v> {
    /// The old document.
    pub base: &'v Value,
    /// The new one.
    pub head: &'v Value,
    /// Both, normalized.
    pub documents: Rc<Documents<'v>>,
    /// What was found, in the order of finding.
    pub findings: Vec<Finding>,
    /// What came or went as a part of something that came or went: the finding that reports it.
    pub claimed: HashMap<Spot, usize>,
    /// Parameters that go by another name now: operation, old name, new name.
    pub renamed: Vec<(Pointer, String, String)>,
    /// Security schemes that operations ask for, by their new names, and these operations.
    pub schemes: BTreeMap<String, BTreeSet<usize>>,
    /// The way on which what is looked at is met; none for what no operation meets.
    pub way: Option<Direction>,
    /// Whether this walk only tries whether two schemas fit each other.
    pub is_trial: bool,
    /// What was compared: operations, parameters, bodies, parts of schemas.
    pairs: HashMap<Pointer, BTreeSet<Pointer>>,
    node: Option<usize>,
    graph: Graph,
    waiting: Vec<(usize, Pair<'v>)>,
    known: HashMap<(&'static str, Spot, String), usize>,
    seen: HashSet<Spot>,
}

impl<'v> Walk<'v> {
    /// A walk that has not begun.
    pub fn new(base: &'v Value, head: &'v Value) -> Walk<'v> {
        let documents = Documents {
            old: Schemas::of(base),
            new: Schemas::of(head),
            old_prints: Fingerprints::default(),
            new_prints: Fingerprints::default(),
            old_heirs: affected::heirs(base),
            new_heirs: affected::heirs(head),
            affected: affected::affected(base, head),
        };
        Walk::with(base, head, Rc::new(documents))
    }

    fn with(base: &'v Value, head: &'v Value, documents: Rc<Documents<'v>>) -> Walk<'v> {
        Walk {
            base,
            head,
            documents,
            findings: Vec::new(),
            claimed: HashMap::new(),
            renamed: Vec::new(),
            schemes: BTreeMap::new(),
            way: None,
            is_trial: false,
            pairs: HashMap::new(),
            node: None,
            graph: Graph::default(),
            waiting: Vec::new(),
            known: HashMap::new(),
            seen: HashSet::new(),
        }
    }

    /// A walk through the same documents that leaves no trace in this one.
    pub fn trial(&self) -> Walk<'v> {
        Walk {
            is_trial: true,
            ..Walk::with(self.base, self.head, Rc::clone(&self.documents))
        }
    }

    /// Compares two schemas, and all that they lead to, unless that is done or waits to be done.
    pub fn visit(&mut self, pair: Pair<'v>) {
        let places = |schema: &Schema<'_>| match schema.parts.as_slice() {
            [only] => vec![only.pointer.clone()],
            parts => parts
                .iter()
                .map(|part| part.pointer.clone())
                .chain([schema.slot.clone()])
                .collect(),
        };
        let key = Key {
            old: places(&pair.was),
            new: places(&pair.is),
            types: (pair.was.types, pair.is.types),
            context: pair.context,
        };
        let (node, is_new) = self.graph.pair(self.node, key);
        if is_new {
            self.waiting.push((node, pair));
        }
    }

    /// Compares the schemas that wait, and those that they lead to.
    pub fn compare_waiting(&mut self) {
        let (node, way) = (self.node, self.way);
        while let Some((next, pair)) = self.waiting.pop() {
            self.node = Some(next);
            self.way = Some(pair.context.way);
            pair.compare(self);
        }
        (self.node, self.way) = (node, way);
    }

    /// Ends the walk.
    pub fn finish(self) -> Wire<'v> {
        Wire {
            base: self.base,
            head: self.head,
            findings: self.findings,
            claimed: self.claimed,
            renamed: self.renamed,
            graph: self.graph,
            pairs: self.pairs,
            used: used(self.base),
        }
    }

    /// Notes that the current operation asks for a security scheme.
    pub fn ask_for_scheme(&mut self, name: String) {
        self.schemes.entry(name).or_default().extend(self.node);
    }

    /// Notes that a finding belongs to the operations that ask for a security scheme.
    pub fn attach_to_users(&mut self, finding: usize, scheme: &str) {
        for node in self.schemes.get(scheme).into_iter().flatten() {
            self.graph.attach(*node, finding, Direction::Request);
        }
    }

    /// Begins with an operation.
    pub fn enter(&mut self, operation: String) {
        self.node = Some(self.graph.operation(operation));
        self.way = None;
    }

    /// Ends with it: what follows belongs to no operation.
    pub fn leave(&mut self) {
        self.node = None;
        self.way = None;
    }

    /// Returns whether two objects mean the same: they are equal, and so is all that they refer
    /// to.
    pub fn is_unchanged(&self, base: &Located<'_>, head: &Located<'_>) -> bool {
        let documents = &self.documents;
        if documents.old.dialect != documents.new.dialect || base.object != head.object {
            return false;
        }
        base.object
            .values()
            .all(|value| !self.leads_to_change(value))
            && !base
                .object
                .get("$ref")
                .is_some_and(|target| self.is_affected(target))
            && !self.has_changed_heirs(&base.pointer)
    }

    /// Returns whether what stands in a component is part of a parent whose subtypes differ.
    fn has_changed_heirs(&self, at: &Pointer) -> bool {
        let documents = &self.documents;
        let home = unit(at);
        let mut sides = [&documents.old_heirs, &documents.new_heirs].into_iter();
        sides.any(|heirs| heirs.contains_key(&home)) && documents.affected.contains(&home)
    }

    /// Returns whether a value refers to something that differs.
    pub fn leads_to_change(&self, value: &Value) -> bool {
        let affected = &self.documents.affected;
        let mut found = false;
        if !affected.is_empty() {
            visit_references(value, &mut |target| {
                found |= affected.contains(&unit(&target))
            });
        }
        found
    }

    fn is_affected(&self, target: &Value) -> bool {
        let target = target.as_str().and_then(Pointer::from_reference);
        target.is_some_and(|target| self.documents.affected.contains(&unit(&target)))
    }

    /// Notes that the keywords of these two objects are seen to.
    pub fn see(&mut self, base: &Located<'_>, head: &Located<'_>) {
        self.see_places(&base.pointer, &head.pointer);
    }

    /// Notes the same, by their places.
    pub fn see_places(&mut self, base: &Pointer, head: &Pointer) {
        self.seen.insert(Spot::base(base));
        self.seen.insert(Spot::head(head));
    }

    /// Notes the same of one place.
    pub fn see_spot(&mut self, spot: Spot) {
        self.seen.insert(spot);
    }

    /// Notes that the keywords of all parts of these two schemas are seen to.
    pub fn see_schemas(&mut self, old: &Schema<'_>, new: &Schema<'_>) {
        for (side, schema) in [(Side::Base, old), (Side::Head, new)] {
            let parts = schema.parts.iter().map(|part| &part.pointer);
            let places = parts.chain(&schema.references).cloned();
            self.seen
                .extend(places.map(|pointer| Spot { side, pointer }));
        }
        for (old, new) in old.parts.iter().zip(&new.parts) {
            self.pair(&old.pointer, &new.pointer);
        }
    }

    /// Notes that nothing in what stands at `spot` matters.
    pub fn ignore(&mut self, spot: &Spot) {
        let document = self.document(spot.side);
        let mut waiting = vec![spot.pointer.clone()];
        while let Some(pointer) = waiting.pop() {
            match get(document, &pointer) {
                Some(Value::Object(map)) => {
                    waiting.extend(map.keys().map(|key| pointer.child(key)))
                }
                Some(Value::Array(list)) => {
                    waiting.extend((0..list.len()).map(|at| pointer.child(at)))
                }
                _ => {}
            }
            let side = spot.side;
            self.seen.insert(Spot { side, pointer });
        }
    }

    /// Notes that these two were compared.
    pub fn pair(&mut self, base: &Pointer, head: &Pointer) {
        let now = self.pairs.entry(base.clone()).or_default();
        now.insert(head.clone());
    }

    /// Returns the places of the new contract that a place of the old one was compared with.
    pub fn compared_with(&self, base: &Pointer) -> impl Iterator<Item = &Pointer> {
        self.pairs.get(base).into_iter().flatten()
    }

    /// Returns whether the keywords of the object at `spot` are seen to.
    pub fn has_seen(&self, spot: &Spot) -> bool {
        self.seen.contains(spot)
    }

    /// Reports a change of what stands at `at` in the new contract; `line` is the place to look.
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

    /// Reports that what stands at `at` in the old contract is gone from `from` in the new one.
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

    /// Reports that what stands at `at` in the new contract was not in the old one.
    pub fn tell_new(&mut self, rule: &'static Rule, at: &Pointer, says: impl AsRef<str>) -> usize {
        let index = self.tell(rule, at, at, says);
        self.claim(Spot::head(at), index);
        index
    }

    /// Adds a finding, or the current node to one that is there.
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
            });
        }
        if let (Some(way), Some(node)) = (self.way, self.node) {
            self.graph.attach(node, index, way);
        }
        index
    }

    /// How people call a place of the new contract.
    pub fn head_label(&self, at: &Pointer) -> String {
        label(self.head, at)
    }

    /// Reports differences in what only people read, and those that no rule knows.
    pub fn see_keys(&mut self, base: &Located<'_>, head: &Located<'_>, known: &[&str]) {
        self.see(base, head);
        for key in keys(base, head) {
            let (was, is) = (base.object.get(key), head.object.get(key));
            if was != is && !known.contains(&key) {
                self.tell_key(&head.pointer, key, was, is);
            }
        }
    }

    /// Reports a difference in a keyword that means nothing to programs, or that no rule knows.
    pub fn tell_key(
        &mut self,
        at: &Pointer,
        key: &str,
        was: Option<&Value>,
        is: Option<&Value>,
    ) -> usize {
        let rule = rules::of_keyword(key);
        let name = match rule.code == rules::DESCRIPTION.code {
            true => key.to_string(),
            false => code(key),
        };
        let says = match (was, is) {
            (None, _) => format!("has a new {name}"),
            (_, None) => format!("no longer has the {name}"),
            _ => format!("has another {name}"),
        };
        let line = match is {
            Some(_) => at.child(key),
            None => at.clone(),
        };
        self.tell(rule, at, &line, says)
    }

    /// Reports a difference in an extension that only the generated client reads.
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
            (None, None) => return,
            (Some(was), Some(is)) if was == is => return,
            (None, Some(is)) => (
                format!("has {} {is} now; it had none", code(name)),
                at.child(name),
            ),
            (Some(was), Some(is)) => (
                format!("has {} {is} now; it had {was}", code(name)),
                at.child(name),
            ),
            (Some(was), None) => (format!("no longer has {} {was}", code(name)), at.clone()),
        };
        self.tell(rule, &at, &line, says);
    }

    /// Lets finding `index` report all that is in and behind what stands at `spot`.
    pub fn claim(&mut self, spot: Spot, index: usize) {
        let document = self.document(spot.side);
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
                    let target = target.and_then(Pointer::from_reference);
                    let side = spot.side;
                    waiting.extend(target.map(|pointer| Spot { side, pointer }));
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

    fn document(&self, side: Side) -> &'v Value {
        match side {
            Side::Base => self.base,
            Side::Head => self.head,
        }
    }
}

/// Text without its quotes, and any other value as JSON.
pub fn plain(value: &Value) -> String {
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
