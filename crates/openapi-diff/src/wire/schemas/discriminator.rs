//! Discriminators: which property says which alternative is meant, and by which values.

use std::collections::{BTreeMap, BTreeSet};

use openapi_document::Pointer;
use openapi_document::schema::Schema;
use serde_json::{Map, Value};

use super::{Pair, at};
use crate::place::{Spot, code};
use crate::rules::{self, Shift};
use crate::wire::affected::{Heirs, mapped, unit};
use crate::wire::context::Direction;
use crate::wire::walk::Walk;

/// Compares the discriminators of two schemas. Over the same alternatives, one that comes or goes
/// changes no value.
pub fn compare<'v>(walk: &mut Walk<'v>, pair: &Pair<'v>) {
    let (was, is) = (&pair.was.discriminator, &pair.is.discriminator);
    let places = (at(was), at(is));
    let (old, new) = match (was, is) {
        (None, None) => return,
        (None, Some(_)) => {
            pair.tell(
                walk,
                &rules::DISCRIMINATOR,
                places,
                "has a discriminator now; it had none",
            );
            return;
        }
        (Some(_), None) => {
            pair.tell(
                walk,
                &rules::DISCRIMINATOR,
                places,
                "has no discriminator now; it had one",
            );
            return;
        }
        (Some(old), Some(new)) => (old.value, new.value),
    };
    let property = |of: &Map<String, Value>| {
        let name = of.get("propertyName").and_then(Value::as_str);
        name.map_or("nothing".to_string(), code)
    };
    let (before, now) = (property(old), property(new));
    if before != now {
        let says = format!("has the discriminator {now} now; it had {before}");
        pair.tell(walk, &rules::DISCRIMINATOR_CHANGED, places, says);
        return;
    }
    let was = Mapping::of(&pair.was, &walk.documents.old_heirs);
    let is = Mapping::of(&pair.is, &walk.documents.new_heirs);
    if pair.was.choices.is_empty() && pair.is.choices.is_empty() {
        subtypes(walk, pair, &was, &is);
    }
    let rule = match is_serious(walk, pair.way(), &was, &is) {
        true => &rules::DISCRIMINATOR_CHANGED,
        false if old.get("mapping") != new.get("mapping") => &rules::DISCRIMINATOR,
        false => return,
    };
    let says = format!(
        "maps its discriminator to {} now; it was {}",
        is.beyond(&was),
        was.beyond(&is)
    );
    pair.tell(walk, rule, places, says);
}

/// Compares the subtypes of two schemas that list no alternatives: all that the discriminator can
/// name.
fn subtypes<'v>(walk: &mut Walk<'v>, pair: &Pair<'v>, was: &Mapping, is: &Mapping) {
    let kept = was.kept(is);
    for (old, new) in &kept {
        let (was, is) = (walk.documents.old.at(old), walk.documents.new.at(new));
        let context = pair.context;
        Pair { was, is, context }.visit(walk);
    }
    let (old, new): (BTreeSet<_>, BTreeSet<_>) = kept.into_iter().unzip();
    let home = pair.is.home();
    for target in is.targets().difference(&new) {
        let rule = rules::CHOICE.of(Shift::Widened).of(pair.way());
        let says = format!("has one more subtype, {}", code(target.last()));
        let index = walk.tell(rule, home, target, says);
        walk.claim(Spot::head(target), index);
    }
    for target in was.targets().difference(&old) {
        let rule = rules::CHOICE.of(Shift::Narrowed).of(pair.way());
        let says = format!("no longer has the subtype {}", code(target.last()));
        let index = walk.tell(rule, home, home, says);
        walk.claim(Spot::base(target), index);
    }
}

/// Whether values that callers send or receive stand for other alternatives now, or for none
/// though their alternative is there still.
fn is_serious(walk: &Walk<'_>, way: Direction, was: &Mapping, is: &Mapping) -> bool {
    let (old_targets, new_targets) = (was.targets(), is.targets());
    // What came or went with its alternative is reported with it.
    let is_kept = |old: &Pointer| {
        let mut now = walk.compared_with(old).chain([old]);
        now.any(|now| new_targets.contains(now))
    };
    let kept: BTreeSet<&Pointer> = old_targets
        .iter()
        .flat_map(|old| walk.compared_with(old).chain([*old]))
        .collect();
    let changed = |(value, old): (&String, &Pointer)| match is.values.get(value) {
        Some(new) => old != new && walk.compared_with(old).all(|now| now != new),
        None => way == Direction::Request && is_kept(old),
    };
    let added = |(value, new): (&String, &Pointer)| {
        way == Direction::Response && !was.values.contains_key(value) && kept.contains(new)
    };
    was.values.iter().any(changed) || is.values.iter().any(added)
}

/// The most values that a message lists.
const SHOWN: usize = 12;

/// Which value stands for which alternative.
#[derive(Debug)]
struct Mapping {
    values: BTreeMap<String, Pointer>,
}

impl Mapping {
    fn of(schema: &Schema<'_>, heirs: &Heirs) -> Mapping {
        let discriminator = schema.discriminator.as_ref();
        let mapping = discriminator.and_then(|stated| stated.value.get("mapping")?.as_object());
        let target = |written: &Value| {
            let written = written.as_str().unwrap_or_default();
            mapped(written).unwrap_or_else(|| Pointer::of([written]))
        };
        let mut values: BTreeMap<String, Pointer> = mapping
            .into_iter()
            .flatten()
            .map(|(value, written)| (value.clone(), target(written)))
            .collect();
        // Without a mapping, an alternative is meant by its component's name.
        let named = match schema.choices.is_empty() {
            true => subtypes_of(schema, heirs),
            false => {
                let branches = schema.choices.iter().flat_map(|choice| &choice.branches);
                let named = branches.filter_map(|it| Pointer::from_reference(it.text("$ref")?));
                named.collect()
            }
        };
        // A mapping that is inherited names the siblings too.
        if inherits_discriminator(schema) {
            values.retain(|_, target| named.contains(target));
        }
        let mapped: BTreeSet<Pointer> = values.values().cloned().collect();
        for target in named.into_iter().filter(|target| !mapped.contains(target)) {
            let name = target.last().to_string();
            values.entry(name).or_insert(target);
        }
        Mapping { values }
    }

    /// Writes the values that another mapping lacks, or maps to something else.
    fn beyond(&self, other: &Mapping) -> String {
        let values = self.values.iter();
        let own = values.filter(|(value, target)| other.values.get(*value) != Some(target));
        let texts: Vec<String> = own
            .map(|(value, target)| format!("{value}: {}", target.last()))
            .take(SHOWN)
            .collect();
        match texts.is_empty() {
            true => "none of these".into(),
            false => code(&texts.join(", ")),
        }
    }

    fn targets(&self) -> BTreeSet<&Pointer> {
        self.values.values().collect()
    }

    /// Alternatives of both sides that are meant by the same value, or else are in the same place.
    fn kept<'m>(&'m self, now: &'m Mapping) -> BTreeMap<&'m Pointer, &'m Pointer> {
        let targets = now.targets();
        let same = |old: &'m Pointer| Some((old, *targets.get(old)?));
        let mut kept: BTreeMap<_, _> = self.values.values().filter_map(same).collect();
        let by_value = self.values.iter();
        kept.extend(by_value.filter_map(|(value, old)| Some((old, now.values.get(value)?))));
        kept
    }
}

/// The component that a schema is or begins with.
fn component<'s>(schema: &'s Schema<'_>) -> Option<&'s Pointer> {
    let is_component = |place: &&Pointer| matches!(place.parts(), [components, _, _] if components == "components");
    let mut parts = schema.parts.iter().map(|part| &part.pointer);
    parts.find(is_component)
}

/// Whether a schema lists no alternatives, and has its discriminator from a component that it
/// extends.
fn inherits_discriminator(schema: &Schema<'_>) -> bool {
    let stated = schema.discriminator.as_ref();
    let home = stated.map(|stated| unit(&stated.at));
    schema.choices.is_empty() && component(schema).is_some_and(|own| home.as_ref() != Some(own))
}

/// The components that extend the one that a schema is, directly or through others.
fn subtypes_of(schema: &Schema<'_>, heirs: &Heirs) -> BTreeSet<Pointer> {
    let mut waiting: Vec<&Pointer> = component(schema).into_iter().collect();
    let mut found = BTreeSet::new();
    while let Some(parent) = waiting.pop() {
        let next = heirs.get(parent).into_iter().flatten();
        waiting.extend(next.filter(|heir| found.insert((*heir).clone())));
    }
    found
}
