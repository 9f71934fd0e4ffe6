//! `not`: what excludes more allows less.

use std::collections::HashSet;

use openapi_document::operation::Located;

use super::Pair;
use crate::place::Spot;
use crate::rules::{self, Shift};
use crate::wire::walk::Walk;

/// Compares what values must not be. Equal exclusions are matched, whatever their order.
pub fn compare<'v>(walk: &mut Walk<'v>, pair: &Pair<'v>) {
    let prints = |slots: &[Located<'v>], schemas, prints: &super::Fingerprints| -> Vec<u64> {
        let schemas: &openapi_document::schema::Schemas<'v> = schemas;
        let schemas = slots.iter().map(|slot| (schemas, schemas.one(slot)));
        schemas
            .map(|(all, schema)| prints.of(all, &schema))
            .collect()
    };
    let documents = std::rc::Rc::clone(&walk.documents);
    let old = prints(&pair.was.excluded, &documents.old, &documents.old_prints);
    let new = prints(&pair.is.excluded, &documents.new, &documents.new_prints);
    let without = |slots: &[Located<'v>], own: &[u64], other: &[u64]| -> Vec<Located<'v>> {
        let other: HashSet<&u64> = other.iter().collect();
        let slots = slots.iter().zip(own);
        slots
            .filter(|(_, print)| !other.contains(print))
            .map(|(slot, _)| slot.clone())
            .collect()
    };
    let gone = without(&pair.was.excluded, &old, &new);
    let come = without(&pair.is.excluded, &new, &old);
    for (was, is) in pair.was.excluded.iter().zip(&pair.is.excluded) {
        walk.see(was, is);
    }
    if let ([was], [is]) = (gone.as_slice(), come.as_slice()) {
        return moved(walk, pair, was, is);
    }
    for was in &gone {
        let places = (Some(&was.pointer), None);
        let says = "no longer excludes some values";
        let index = pair.shifted(walk, (&rules::LIMIT, Shift::Widened), places, says);
        walk.claim(Spot::base(&was.pointer), index);
    }
    for is in &come {
        let places = (None, Some(&is.pointer));
        let says = "excludes some values now; it excluded none";
        let index = pair.shifted(walk, (&rules::LIMIT, Shift::Narrowed), places, says);
        walk.claim(Spot::head(&is.pointer), index);
    }
}

/// One exclusion became another. A trial does not try again: what is excluded can lead back here.
fn moved<'v>(walk: &mut Walk<'v>, pair: &Pair<'v>, was: &Located<'v>, is: &Located<'v>) {
    let shift = match walk.is_trial {
        true => Some(Shift::Changed),
        false => {
            let inner = Pair {
                was: walk.documents.old.one(was),
                is: walk.documents.new.one(is),
                context: pair.context,
            };
            inner.shift(walk)
        }
    };
    let shift = match shift {
        None => return,
        Some(Shift::Narrowed) => Shift::Widened,
        Some(Shift::Widened) => Shift::Narrowed,
        Some(Shift::Changed) => Shift::Changed,
    };
    let places = (Some(&was.pointer), Some(&is.pointer));
    let index = pair.shifted(
        walk,
        (&rules::LIMIT, shift),
        places,
        "excludes other values now than before",
    );
    walk.claim(Spot::base(&was.pointer), index);
    walk.claim(Spot::head(&is.pointer), index);
}
