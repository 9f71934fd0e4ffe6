//! Two schemas: which values were allowed, and which are now.
//!
//! Each keyword says how the set of values has moved (a [`Shift`]); the direction then decides
//! what that breaks. Keywords are read through the normalized view, so that another spelling of
//! the same set is no change.

mod choices;
mod conditions;
mod discriminator;
mod excluded;
mod fingerprint;
mod limits;
mod objects;
mod text;
mod types;
mod values;

use std::rc::Rc;

use serde_json::{Map, Value};

use super::context::{Context, Direction, Medium};
use super::walk::Walk;
use crate::place::{Spot, code};
use crate::rules::{self, Compatibility, Effects, Rule, Shift};
use conditions::CONDITIONS;
use openapi_document::Pointer;
use openapi_document::extensions::SENSITIVE;
use openapi_document::operation::Located;
use openapi_document::schema::{Schema, Types};

pub use fingerprint::Fingerprints;
pub use objects::{default, likeness};

/// The keywords that the rules of this module see to.
const KNOWN: [&str; 37] = [
    "$ref",
    "additionalProperties",
    "allOf",
    "anyOf",
    "const",
    "contentEncoding",
    "contentMediaType",
    "default",
    "discriminator",
    "enum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "items",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "not",
    "nullable",
    "oneOf",
    "pattern",
    "prefixItems",
    "properties",
    "readOnly",
    "required",
    "type",
    "unevaluatedProperties",
    "uniqueItems",
    "writeOnly",
    "xml",
    SENSITIVE,
];

/// Two schemas and how they are met.
#[derive(Debug, Clone)]
pub struct Pair<'v> {
    /// The old one.
    pub was: Rc<Schema<'v>>,
    /// The new one.
    pub is: Rc<Schema<'v>>,
    /// How they are met.
    pub context: Context,
}

/// Compares what stands in two places; of several schemas in one place, all hold.
pub fn compare<'v>(walk: &mut Walk<'v>, was: &[Located<'v>], is: &[Located<'v>], context: Context) {
    let pair = Pair {
        was: walk.documents.old.all(was),
        is: walk.documents.new.all(is),
        context,
    };
    pair.visit(walk);
}

impl<'v> Pair<'v> {
    /// Compares these two, unless nothing in and behind them differs.
    pub fn visit(self, walk: &mut Walk<'v>) {
        walk.see_schemas(&self.was, &self.is);
        let mut parts = self.was.parts.iter().zip(&self.is.parts);
        let same_parts = self.was.parts.len() == self.is.parts.len()
            && self.was.references.len() == self.is.references.len();
        if same_parts && parts.all(|(old, new)| walk.is_unchanged(old, new)) {
            return;
        }
        match self.swapped(walk) {
            Some((old, new)) => self.swap(walk, &old, &new),
            None => walk.visit(self),
        }
    }

    /// Compares these two keyword by keyword.
    pub fn compare(&self, walk: &mut Walk<'v>) {
        self.only_read(walk);
        self.sensitive(walk);
        if types::anything(walk, self) {
            return;
        }
        if choices::one_sided(walk, self) {
            return;
        }
        if !types::compare(walk, self) {
            return; // Of another type, nothing else can be compared.
        }
        values::format(walk, self);
        values::values(walk, self);
        limits::compare(walk, self);
        let both = self.was.types.and(self.is.types);
        let same = self.was.types == self.is.types;
        if same || both.meets(Types::OBJECT) {
            objects::compare(walk, self);
        }
        if same || both.meets(Types::ARRAY) {
            self.items(walk);
        }
        excluded::compare(walk, self);
        conditions::compare(walk, self);
        choices::compare(walk, self);
        discriminator::compare(walk, self);
    }

    /// The way on which these are met.
    fn way(&self) -> Direction {
        self.context.way
    }

    /// These two parts of these two.
    fn inner(&self, walk: &mut Walk<'v>, was: &[Located<'v>], is: &[Located<'v>]) {
        compare(walk, was, is, self.context.within());
    }

    /// Reports a shift of one keyword, at the place where it is or was stated.
    fn shifted(
        &self,
        walk: &mut Walk<'v>,
        (effects, shift): (&Effects, Shift),
        stated: (Option<&Pointer>, Option<&Pointer>),
        says: impl AsRef<str>,
    ) -> usize {
        self.tell(walk, effects.of(shift).of(self.way()), stated, says)
    }

    /// Reports a change at the place where a keyword is stated, or was.
    fn tell(
        &self,
        walk: &mut Walk<'v>,
        rule: &'static Rule,
        (was, is): (Option<&Pointer>, Option<&Pointer>),
        says: impl AsRef<str>,
    ) -> usize {
        if let Some(line) = is {
            let at = line.parent().unwrap_or_default();
            return walk.tell(rule, &at, line, says);
        }
        let at = self.place_of_gone(was.and_then(Pointer::parent));
        walk.tell(rule, at, at, says)
    }

    /// Where people look for what is no longer stated: the part that stated it, if it is there
    /// still; the place itself, if that stated it or refers to something else now; else the
    /// component behind it.
    fn place_of_gone(&self, said: Option<Pointer>) -> &Pointer {
        let (was, is) = (&self.was, &self.is);
        let mut parts = is.parts.iter().map(|part| &part.pointer);
        if let Some(part) = parts.find(|part| Some(*part) == said.as_ref()) {
            return part;
        }
        let at_slot = said.is_some_and(|said| said.starts_with(&was.slot));
        match at_slot || was.component().is_some() != is.component().is_some() {
            true => &is.slot,
            false => is.home(),
        }
    }

    /// Lets finding `index` report whatever else differs in these two.
    fn claim(&self, walk: &mut Walk<'v>, index: usize) {
        for part in &self.was.parts {
            claim_within(walk, &Spot::base(&part.pointer), part, index);
        }
        for part in &self.is.parts {
            claim_within(walk, &Spot::head(&part.pointer), part, index);
        }
    }

    /// Two components that are there before and after: a reference leads to the other one now.
    fn swapped(&self, walk: &Walk<'v>) -> Option<(String, String)> {
        let (old, new) = (self.was.component()?, self.is.component()?);
        if walk.is_trial {
            return None; // They may hold themselves.
        }
        let has =
            |document: &Value, name: &str| document["components"]["schemas"].get(name).is_some();
        (old != new && has(walk.head, old) && has(walk.base, new)).then(|| (old.into(), new.into()))
    }

    /// What differs between the two components is no change of either: it is reported where the
    /// reference stands.
    fn swap(&self, walk: &mut Walk<'v>, old: &str, new: &str) {
        let worst = self.differences(walk, self.way());
        let Some((rule, message)) = worst else { return };
        let says = format!(
            "refers to {} now; it referred to {}: {message}",
            code(new),
            code(old)
        );
        walk.tell(rule, &self.is.slot, &self.is.slot, says);
    }

    /// The worst difference of these two on one way, without a trace in the walk.
    fn differences(&self, walk: &Walk<'v>, way: Direction) -> Option<(&'static Rule, String)> {
        let mut trial = walk.trial();
        let context = Context {
            way,
            ..self.context
        };
        trial.visit(Pair {
            context,
            ..self.clone()
        });
        trial.compare_waiting();
        let findings = trial.findings.into_iter();
        // The first of the worst.
        let worst = findings.rev().max_by_key(|found| found.rule.class)?;
        Some((worst.rule, worst.message))
    }

    /// How the set of values has moved, without a trace in the walk; none if it has not.
    ///
    /// What breaks nobody who reads allows no more than before, and what breaks nobody who sends
    /// allows no less.
    fn shift(&self, walk: &Walk<'v>) -> Option<Shift> {
        let breaks = |way| {
            let worst = self.differences(walk, way);
            worst.is_some_and(|(rule, _)| rule.class == Compatibility::Breaking)
        };
        match (breaks(Direction::Request), breaks(Direction::Response)) {
            (false, false) => None,
            (true, false) => Some(Shift::Narrowed),
            (false, true) => Some(Shift::Widened),
            (true, true) => Some(Shift::Changed),
        }
    }

    /// What only people read, and what no rule knows.
    fn only_read(&self, walk: &mut Walk<'v>) {
        let (was, is) = (&self.was.parts, &self.is.parts);
        if was.len() == is.len() {
            for (old, new) in was.iter().zip(is) {
                let known = [&KNOWN[..], &CONDITIONS].concat();
                walk.see_keys(old, new, &known);
            }
        } else {
            self.only_read_together(walk);
        }
        self.xml(walk);
    }

    /// The same where a part came or went: what the first part says holds for all.
    fn only_read_together(&self, walk: &mut Walk<'v>) {
        let mut told: Vec<&str> = Vec::new();
        let parts = self.is.parts.iter().chain(&self.was.parts);
        for key in parts.flat_map(|part| part.object.keys()) {
            let key = key.as_str();
            if told.contains(&key) || KNOWN.contains(&key) || CONDITIONS.contains(&key) {
                continue;
            }
            told.push(key);
            let (was, is) = (self.was.stated(key), self.is.stated(key));
            let value = |stated: &Option<_>| stated.as_ref().map(value_of);
            if value(&was) != value(&is) {
                let said = was.as_ref().and_then(|was| was.at.parent());
                let at = match &is {
                    Some(is) => is.at.parent().unwrap_or_default(),
                    None => self.place_of_gone(said).clone(),
                };
                walk.tell_key(&at, key, value(&was), value(&is));
            }
        }
    }

    fn xml(&self, walk: &mut Walk<'v>) {
        let (was, is) = (self.was.stated("xml"), self.is.stated("xml"));
        if xml_beside_defaults(&self.was) == xml_beside_defaults(&self.is) {
            return;
        }
        let rule = match self.context.medium {
            Medium::Xml => &rules::XML,
            _ => &rules::DESCRIPTION,
        };
        let says = "has another form in XML now";
        self.tell(walk, rule, (at(&was), at(&is)), says);
    }

    /// `x-sensitive`: personal data, hidden where values are printed.
    fn sensitive(&self, walk: &mut Walk<'v>) {
        let (rule, says) = match (self.was.flag(SENSITIVE), self.is.flag(SENSITIVE)) {
            (false, true) => (
                &rules::SENSITIVE_ADDED,
                "is marked as personal data now; it was not",
            ),
            (true, false) => (
                &rules::SENSITIVE_REMOVED,
                "is no longer marked as personal data; it was",
            ),
            _ => return,
        };
        let (was, is) = (self.was.stated(SENSITIVE), self.is.stated(SENSITIVE));
        self.tell(walk, rule, (at(&was), at(&is)), says);
    }

    fn items(&self, walk: &mut Walk<'v>) {
        let (was, is) = (&self.was, &self.is);
        match (was.items.first(), is.items.first()) {
            (Some(_), Some(_)) => self.inner(walk, &was.items, &is.items),
            (Some(old), None) => {
                let says = "can have items of any type now; they had a schema";
                let index = self.shifted(
                    walk,
                    (&rules::TYPE, Shift::Widened),
                    (Some(&old.pointer), None),
                    says,
                );
                walk.claim(Spot::base(&old.pointer), index);
            }
            (None, Some(new)) => {
                let says = "has a schema for its items now; they could be of any type";
                let index = self.shifted(
                    walk,
                    (&rules::TYPE, Shift::Narrowed),
                    (None, Some(&new.pointer)),
                    says,
                );
                walk.claim(Spot::head(&new.pointer), index);
            }
            (None, None) => {}
        }
        for (old, new) in was.prefix_items.iter().zip(&is.prefix_items) {
            self.inner(walk, std::slice::from_ref(old), std::slice::from_ref(new));
        }
        let (old, new) = (was.prefix_items.len(), is.prefix_items.len());
        for gone in was.prefix_items.iter().skip(new) {
            let says = format!("has {new} schemas for its first items now; it had {old}");
            let index = self.shifted(
                walk,
                (&rules::TYPE, Shift::Widened),
                (Some(&gone.pointer), None),
                says,
            );
            walk.claim(Spot::base(&gone.pointer), index);
        }
        for come in is.prefix_items.iter().skip(old) {
            let says = format!("has {new} schemas for its first items now; it had {old}");
            let index = self.shifted(
                walk,
                (&rules::TYPE, Shift::Narrowed),
                (None, Some(&come.pointer)),
                says,
            );
            walk.claim(Spot::head(&come.pointer), index);
        }
    }
}

/// What `xml` states beyond what holds without it: an element of the property's name.
fn xml_beside_defaults(schema: &Schema<'_>) -> Map<String, Value> {
    let stated = schema
        .stated("xml")
        .and_then(|stated| stated.value.as_object());
    let mut xml = stated.cloned().unwrap_or_default();
    let is_property = matches!(schema.slot.parts(), [.., list, _] if list == "properties");
    xml.retain(|key, value| match key.as_str() {
        "name" => !is_property || value != schema.slot.last(),
        _ => *value != Value::Bool(false) && *value != Value::String(String::new()),
    });
    xml
}

/// The parts of one side's schema, without the keywords that are seen to.
fn claim_within(walk: &mut Walk<'_>, spot: &Spot, part: &Located<'_>, index: usize) {
    for key in part.object.keys() {
        let pointer = spot.pointer.child(key);
        let side = spot.side;
        walk.claim(Spot { side, pointer }, index);
    }
}

type Stated<'v> = openapi_document::schema::Stated<&'v Value>;

fn value_of<'v>(stated: &Stated<'v>) -> &'v Value {
    stated.value
}

/// Where something is stated, if it is.
fn at<T>(stated: &Option<openapi_document::schema::Stated<T>>) -> Option<&Pointer> {
    stated.as_ref().map(|stated| &stated.at)
}
