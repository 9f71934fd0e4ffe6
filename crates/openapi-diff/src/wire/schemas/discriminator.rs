//! Discriminators: which property says which alternative is meant, and by which values.

use std::collections::{BTreeMap, HashSet};

use openapi_document::Pointer;
use openapi_document::schema::Schema;
use serde_json::Value;

use super::{Pair, at};
use crate::place::code;
use crate::rules;
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
                "has a discriminator now",
            );
            return;
        }
        (Some(_), None) => {
            pair.tell(
                walk,
                &rules::DISCRIMINATOR,
                places,
                "has no discriminator any more",
            );
            return;
        }
        (Some(old), Some(new)) => (old.value, new.value),
    };
    let property = |of: &serde_json::Map<String, Value>| {
        of.get("propertyName")
            .and_then(Value::as_str)
            .map(String::from)
    };
    if let (Some(before), Some(now)) = (property(old), property(new))
        && before != now
    {
        let says = format!(
            "is told apart by {} now, before by {}",
            code(&now),
            code(&before)
        );
        pair.tell(walk, &rules::DISCRIMINATOR_CHANGED, places, says);
        return;
    }
    mapping(walk, pair, places);
}

fn mapping<'v>(walk: &mut Walk<'v>, pair: &Pair<'v>, places: (Option<&Pointer>, Option<&Pointer>)) {
    let (was, is) = (Mapping::of(&pair.was), Mapping::of(&pair.is));
    if was.values == is.values {
        return;
    }
    let (old_targets, new_targets) = (was.targets(), is.targets());
    let mut serious = false;
    for (value, target) in &was.values {
        match is.values.get(value) {
            Some(now) if now == target => {}
            Some(_) => serious = true,
            // What went with its alternative is reported with it.
            None if !new_targets.contains(target) => {}
            None => serious |= pair.way() == Direction::Request,
        }
    }
    for (value, target) in &is.values {
        if !was.values.contains_key(value) && old_targets.contains(target) {
            serious |= pair.way() == Direction::Response;
        }
    }
    let rule = match serious {
        true => &rules::DISCRIMINATOR_CHANGED,
        false => &rules::DISCRIMINATOR,
    };
    pair.tell(
        walk,
        rule,
        places,
        "has another mapping of its discriminator",
    );
}

/// Which value stands for which alternative.
#[derive(Debug)]
struct Mapping {
    values: BTreeMap<String, String>,
}

impl Mapping {
    fn of(schema: &Schema<'_>) -> Mapping {
        let mut values = BTreeMap::new();
        let branches = schema.choices.iter().flat_map(|choice| &choice.branches);
        let named = branches.filter_map(|branch| branch.text("$ref"));
        // Without a mapping, an alternative is meant by its component's name.
        for name in named.filter_map(name) {
            values.insert(name.clone(), name);
        }
        let mapping = schema
            .discriminator
            .as_ref()
            .and_then(|stated| stated.value.get("mapping")?.as_object());
        let mut mapped: BTreeMap<String, String> = BTreeMap::new();
        for (value, target) in mapping.into_iter().flatten() {
            let target = target.as_str().unwrap_or_default();
            mapped.insert(
                value.clone(),
                name(target).unwrap_or_else(|| target.to_string()),
            );
        }
        // A mapped alternative is meant by its mapped values.
        let targets: HashSet<&String> = mapped.values().collect();
        values.retain(|_, target| !targets.contains(target));
        values.extend(mapped);
        Mapping { values }
    }

    fn targets(&self) -> HashSet<&String> {
        self.values.values().collect()
    }
}

fn name(reference: &str) -> Option<String> {
    let target = Pointer::from_reference(reference)?;
    Some(target.last().to_string())
}
