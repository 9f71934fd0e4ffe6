//! `oneOf` and `anyOf`: alternatives that come and go.
//!
//! Alternatives are matched by what they are: equal ones first, then those that refer to the same
//! component, then those that are alike. Where they stand in the list means nothing.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use std::rc::Rc;

use openapi_document::Pointer;
use openapi_document::operation::Located;
use openapi_document::schema::{Additional, Choice, Schema, Schemas, Types};

use super::{Fingerprints, Pair};
use crate::place::{Side, Spot};
use crate::rules::{self, Shift};
use crate::wire::walk::Walk;

/// So many alternatives are tried against so many: beyond, they are another list.
const TRIED: usize = 16;

/// An alternative.
#[derive(Debug, Clone)]
struct Branch<'v> {
    slot: Located<'v>,
    schema: Rc<Schema<'v>>,
    print: u64,
}

/// Compares a choice with a schema that is none: the schema may be one of the alternatives.
/// Returns whether the two are such, and so compared.
pub fn one_sided<'v>(walk: &mut Walk<'v>, pair: &Pair<'v>) -> bool {
    let (choice, is_new) = match (pair.was.choices.as_slice(), pair.is.choices.as_slice()) {
        ([], [choice]) if !says_more(&pair.is) => (choice, true),
        ([choice], []) if !says_more(&pair.was) => (choice, false),
        _ => return false,
    };
    let (single, side) = match is_new {
        true => (&pair.was, Side::Head),
        false => (&pair.is, Side::Base),
    };
    let branches = branches(walk, choice, side);
    let (single_print, component) = match is_new {
        true => (
            walk.documents.old_prints.of(&walk.documents.old, single),
            single.component(),
        ),
        false => (
            walk.documents.new_prints.of(&walk.documents.new, single),
            single.component(),
        ),
    };
    let same = branches
        .iter()
        .position(|branch| branch.print == single_print);
    let named = || {
        let named = branches
            .iter()
            .position(|branch| branch.schema.component() == component);
        named.filter(|_| component.is_some())
    };
    let Some(same) = same.or_else(named) else {
        return becomes_choice(walk, pair, choice, &branches, is_new);
    };
    let matched = Pair {
        was: if is_new {
            Rc::clone(&pair.was)
        } else {
            Rc::clone(&branches[same].schema)
        },
        is: if is_new {
            Rc::clone(&branches[same].schema)
        } else {
            Rc::clone(&pair.is)
        },
        context: pair.context,
    };
    matched.clone().visit(walk);
    for (index, branch) in branches.iter().enumerate() {
        if index != same
            && !is_covered(
                walk,
                pair,
                branch,
                std::slice::from_ref(&branches[same]),
                side,
            )
        {
            came_or_went(walk, pair, &choice.at, branch, side);
        }
    }
    true
}

/// Compares the choices of both sides.
pub fn compare<'v>(walk: &mut Walk<'v>, pair: &Pair<'v>) {
    let (was, is) = (&pair.was.choices, &pair.is.choices);
    for (old, new) in was.iter().zip(is) {
        lists(walk, pair, old, new);
    }
    for old in was.iter().skip(is.len()) {
        let says = "is no choice between alternatives any more";
        let index = pair.shifted(
            walk,
            (&rules::TYPE, Shift::Widened),
            (Some(&old.at), None),
            says,
        );
        walk.claim(Spot::base(&old.at), index);
    }
    for new in is.iter().skip(was.len()) {
        let says = "is a choice between alternatives now";
        let index = pair.shifted(
            walk,
            (&rules::TYPE, Shift::Narrowed),
            (None, Some(&new.at)),
            says,
        );
        walk.claim(Spot::head(&new.at), index);
    }
}

fn lists<'v>(walk: &mut Walk<'v>, pair: &Pair<'v>, old: &Choice<'v>, new: &Choice<'v>) {
    if old.at.last() != new.at.last() {
        let says = format!("lists its alternatives under `{}` now", new.at.last());
        pair.tell(
            walk,
            &rules::DESCRIPTION,
            (Some(&old.at), Some(&new.at)),
            says,
        );
    }
    let mut was = branches(walk, old, Side::Base);
    let mut is = branches(walk, new, Side::Head);
    let mut pairs = Vec::new();
    let named = |branch: &Branch<'v>| branch.schema.component().map(String::from);
    take_same(&mut was, &mut is, &mut pairs, named);
    take_same(&mut was, &mut is, &mut pairs, |branch| Some(branch.print));
    // What is left and tried each with each is bounded.
    let few = |list: &[Branch<'_>]| list.len() <= TRIED;
    let titled = |branch: &Branch<'v>| {
        branch
            .schema
            .stated("title")
            .map(|title| title.value.to_string())
    };
    if few(&was) && few(&is) {
        take(&mut was, &mut is, &mut pairs, |a, b| {
            tag(walk, a, Side::Base).is_some()
                && tag(walk, a, Side::Base) == tag(walk, b, Side::Head)
        });
        take(&mut was, &mut is, &mut pairs, |a, b| {
            titled(a).is_some() && titled(a) == titled(b)
        });
        take(&mut was, &mut is, &mut pairs, |a, b| {
            alike(&a.schema, &b.schema)
        });
    }
    if let ([before], [after]) = (was.as_slice(), is.as_slice())
        && before.schema.types == after.schema.types
        && named(before).is_none() == named(after).is_none()
    {
        pairs.push((was.remove(0), is.remove(0)));
    }
    let kept: (Vec<_>, Vec<_>) = pairs.iter().cloned().unzip();
    for (old, new) in pairs {
        let context = pair.context;
        Pair {
            was: old.schema,
            is: new.schema,
            context,
        }
        .visit(walk);
    }
    for branch in &is {
        if !is_covered(walk, pair, branch, &kept.0, Side::Head) {
            came_or_went(walk, pair, &new.at, branch, Side::Head);
        }
    }
    for branch in &was {
        if !is_covered(walk, pair, branch, &kept.1, Side::Base) {
            came_or_went(walk, pair, &new.at, branch, Side::Base);
        }
    }
}

fn branches<'v>(walk: &mut Walk<'v>, choice: &Choice<'v>, side: Side) -> Vec<Branch<'v>> {
    let documents = Rc::clone(&walk.documents);
    let (schemas, prints): (&Schemas<'v>, &Fingerprints) = match side {
        Side::Base => (&documents.old, &documents.old_prints),
        Side::Head => (&documents.new, &documents.new_prints),
    };
    let branches = choice.branches.iter().map(|slot| {
        let schema = schemas.one(slot);
        let print = prints.of(schemas, &schema);
        Branch {
            slot: slot.clone(),
            schema,
            print,
        }
    });
    branches.collect()
}

type Pairs<'v> = Vec<(Branch<'v>, Branch<'v>)>;

/// Pairs alternatives that have the same key.
fn take_same<'v, K: Hash + Eq>(
    was: &mut Vec<Branch<'v>>,
    is: &mut Vec<Branch<'v>>,
    pairs: &mut Pairs<'v>,
    key: impl Fn(&Branch<'v>) -> Option<K>,
) {
    let mut known: HashMap<K, Vec<Branch<'v>>> = HashMap::new();
    for branch in is.iter().rev() {
        if let Some(key) = key(branch) {
            known.entry(key).or_default().push(branch.clone());
        }
    }
    let mut taken = HashSet::new();
    was.retain(|old| {
        let new = key(old).and_then(|key| known.get_mut(&key)?.pop());
        taken.extend(new.iter().map(|new| new.slot.pointer.clone()));
        pairs.extend(new.iter().map(|new| (old.clone(), new.clone())));
        new.is_none()
    });
    is.retain(|new| !taken.contains(&new.slot.pointer));
}

fn take<'v>(
    was: &mut Vec<Branch<'v>>,
    is: &mut Vec<Branch<'v>>,
    pairs: &mut Pairs<'v>,
    fits: impl Fn(&Branch<'v>, &Branch<'v>) -> bool,
) {
    was.retain(|old| {
        let found = is.iter().position(|new| fits(old, new));
        pairs.extend(found.map(|index| (old.clone(), is.remove(index))));
        found.is_none()
    });
}

/// The value by which readers tell an object from others: that of a required property that has one
/// value alone.
fn tag(walk: &Walk<'_>, branch: &Branch<'_>, side: Side) -> Option<(String, String)> {
    let schemas = match side {
        Side::Base => &walk.documents.old,
        Side::Head => &walk.documents.new,
    };
    branch.schema.properties.iter().find_map(|property| {
        let schema = schemas.at(&property.slots.first()?.pointer);
        match schema.values.as_ref()?.value.as_slice() {
            [only] => Some((property.name.to_string(), only.to_string())),
            _ => None,
        }
    })
}

/// Whether two alternatives are of one type and, as objects, share most of their properties.
fn alike(was: &Schema<'_>, is: &Schema<'_>) -> bool {
    let either = was.component().is_some() && is.component().is_some();
    if was.types != is.types || either {
        return false;
    }
    if !was.types.meets(Types::OBJECT) {
        return was.values.is_some() == is.values.is_some();
    }
    let shared = was
        .properties
        .iter()
        .filter(|old| is.property(old.name).is_some())
        .count();
    let most = was.properties.len().max(is.properties.len());
    most > 0 && 2 * shared > most
}

/// Whether one of the alternatives of the other side allows all that this one does, so that its
/// coming or going changes nothing.
fn is_covered<'v>(
    walk: &Walk<'v>,
    pair: &Pair<'v>,
    branch: &Branch<'v>,
    others: &[Branch<'v>],
    side: Side,
) -> bool {
    // A component that comes or goes by its name is an alternative of its own.
    if walk.is_trial || others.len() > TRIED || branch.schema.component().is_some() {
        return false;
    }
    others.iter().any(|other| {
        let (was, is) = match side {
            Side::Head => (&other.schema, &branch.schema),
            Side::Base => (&branch.schema, &other.schema),
        };
        let tried = Pair {
            was: Rc::clone(was),
            is: Rc::clone(is),
            context: pair.context,
        };
        let covers = match side {
            Side::Head => Shift::Narrowed,
            Side::Base => Shift::Widened,
        };
        tried.shift(walk).is_none_or(|shift| shift == covers)
    })
}

fn came_or_went<'v>(
    walk: &mut Walk<'v>,
    pair: &Pair<'v>,
    list: &Pointer,
    branch: &Branch<'v>,
    side: Side,
) {
    let spot = Spot {
        side,
        pointer: branch.slot.pointer.clone(),
    };
    let named = match branch.schema.component() {
        Some(name) => format!("an alternative, {}", crate::place::code(name)),
        None => format!("an alternative, {}", branch.schema.types),
    };
    let index = match side {
        Side::Head => {
            let says = format!("can be {named}, too");
            pair.shifted(
                walk,
                (&rules::CHOICE, Shift::Widened),
                (None, Some(&spot.pointer.parent().unwrap_or_default())),
                says,
            )
        }
        Side::Base => {
            let says = format!("can't be {named}, any more");
            let list = openapi_document::get(walk.head, list)
                .is_some()
                .then_some(list);
            pair.shifted(
                walk,
                (&rules::CHOICE, Shift::Narrowed),
                (Some(&spot.pointer.parent().unwrap_or_default()), list),
                says,
            )
        }
    };
    walk.claim(spot, index);
}

/// None of the alternatives is what the schema was, or is: all of them are weighed together.
fn becomes_choice<'v>(
    walk: &mut Walk<'v>,
    pair: &Pair<'v>,
    choice: &Choice<'v>,
    branches: &[Branch<'v>],
    is_new: bool,
) -> bool {
    let shifts: Vec<Option<Shift>> = match walk.is_trial || branches.len() > TRIED {
        true => vec![Some(Shift::Changed)],
        false => branches
            .iter()
            .map(|branch| {
                let (was, is) = match is_new {
                    true => (&pair.was, &branch.schema),
                    false => (&branch.schema, &pair.is),
                };
                Pair {
                    was: Rc::clone(was),
                    is: Rc::clone(is),
                    context: pair.context,
                }
                .shift(walk)
            })
            .collect(),
    };
    let within = |shift: &Option<Shift>| matches!(shift, None | Some(Shift::Narrowed));
    let around = |shift: &Option<Shift>| matches!(shift, None | Some(Shift::Widened));
    // Alternatives are within the schema if each is; they hold it all if one does, and of `oneOf`
    // no other, for what fits two of them is not allowed.
    let exclusive = choice.at.last() == "oneOf";
    let holds = |count: usize| if exclusive { count == 1 } else { count > 0 };
    let (narrower, wider) = match is_new {
        true => (
            shifts.iter().all(within),
            holds(shifts.iter().filter(|it| around(it)).count()),
        ),
        false => (
            holds(shifts.iter().filter(|it| within(it)).count()),
            shifts.iter().all(around),
        ),
    };
    let shift = match (narrower, wider) {
        (true, true) => {
            walk.ignore(&match is_new {
                true => Spot::head(&choice.at),
                false => Spot::base(&choice.at),
            });
            return true;
        }
        (true, false) => Shift::Narrowed,
        (false, true) => Shift::Widened,
        (false, false) => Shift::Changed,
    };
    let count = branches.len();
    let (says, places) = match is_new {
        true => (
            format!(
                "is a choice of {count} alternatives now; it was {}",
                pair.was.types
            ),
            (None, Some(&choice.at)),
        ),
        false => (
            format!(
                "is {} now; it was a choice of {count} alternatives",
                pair.is.types
            ),
            (Some(&choice.at), None),
        ),
    };
    let index = pair.shifted(walk, (&rules::TYPE, shift), places, says);
    pair.claim(walk, index);
    true
}

/// Whether a schema with a choice says more than that it is one.
fn says_more(schema: &Schema<'_>) -> bool {
    let limits = &schema.limits;
    let sizes = [&limits.length, &limits.items, &limits.properties];
    let limited = limits.lower.is_some()
        || limits.upper.is_some()
        || !limits.multiples.is_empty()
        || sizes
            .iter()
            .any(|size| size.min.is_some() || size.max.is_some());
    !schema.properties.is_empty()
        || !schema.required.is_empty()
        || !schema.items.is_empty()
        || !schema.patterns.is_empty()
        || !schema.excluded.is_empty()
        || schema.values.is_some()
        || schema.format.is_some()
        || !matches!(schema.additional, Additional::Open)
        || limited
}
