//! `oneOf` and `anyOf`: alternatives that come and go.
//!
//! Alternatives are matched by what they are: equal ones first, then those that refer to the same
//! component, then those that are alike. Where they stand in the list means nothing.

use std::hash::Hash;
use std::rc::Rc;

use openapi_document::Pointer;
use openapi_document::operation::Located;
use openapi_document::schema::{Choice, Schema, Schemas, Types};

use super::{Fingerprints, Pair, types};
use crate::place::{Side, Spot, code};
use crate::rules::{self, Shift};
use crate::wire::matching;
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

/// Compares a choice with a schema that is none: the schema may be one of the alternatives, or each
/// of its types one. Returns whether the two are such, and so compared.
pub fn one_sided<'v>(walk: &mut Walk<'v>, pair: &Pair<'v>) -> bool {
    let (choice, is_new) = match (pair.was.choices.as_slice(), pair.is.choices.as_slice()) {
        ([], [choice]) => (choice, true),
        ([choice], []) => (choice, false),
        _ => return false,
    };
    types::null(walk, pair);
    let lists = match is_new {
        true => (
            pieces(walk, &pair.was, Side::Base),
            branches(walk, &pair.is, choice, Side::Head),
        ),
        false => (
            branches(walk, &pair.was, choice, Side::Base),
            pieces(walk, &pair.is, Side::Head),
        ),
    };
    let mut matching = Matching::new(lists.0, lists.1);
    matching.take_same(walk);
    match matching.pairs.is_empty() {
        true => becomes_choice(walk, pair, choice, &matching, is_new),
        false => matching.compare(walk, pair, &choice.at),
    }
    true
}

/// Compares the choices of both sides.
pub fn compare<'v>(walk: &mut Walk<'v>, pair: &Pair<'v>) {
    let side =
        |walk: &Walk<'v>, schema: &Schema<'v>, side: Side| -> Vec<(Choice<'v>, Vec<Branch<'v>>)> {
            let choices = schema.choices.iter();
            choices
                .map(|choice| (choice.clone(), listed(walk, choice, side)))
                .collect()
        };
    let mut was = side(walk, &pair.was, Side::Base);
    let mut is = side(walk, &pair.is, Side::Head);
    let prints = |branches: &[Branch<'v>]| {
        let mut prints: Vec<u64> = branches.iter().map(|branch| branch.print).collect();
        prints.sort_unstable();
        prints
    };
    // Of several choices, equal ones are one; what is left is compared as it stands.
    let mut pairs = Vec::new();
    was.retain(|old| {
        let found = is.iter().position(|new| prints(&new.1) == prints(&old.1));
        pairs.extend(found.map(|index| (old.clone(), is.remove(index))));
        found.is_none()
    });
    let rest = was.len().min(is.len());
    pairs.extend(was.drain(..rest).zip(is.drain(..rest)));
    for ((old, was), (new, is)) in pairs {
        keyword(walk, pair, (&old, &was), &new);
        let mut matching = Matching::new(was, is);
        matching.take_same(walk);
        matching.take_alike(walk);
        matching.compare(walk, pair, &new.at);
    }
    for (old, _) in was {
        let says = "is no longer a choice between alternatives";
        let index = pair.shifted(
            walk,
            (&rules::TYPE, Shift::Widened),
            (Some(&old.at), None),
            says,
        );
        walk.claim(Spot::base(&old.at), index);
    }
    for (new, _) in is {
        let says = "is a choice between alternatives now; it was none";
        let index = pair.shifted(
            walk,
            (&rules::TYPE, Shift::Narrowed),
            (None, Some(&new.at)),
            says,
        );
        walk.claim(Spot::head(&new.at), index);
    }
}

/// `oneOf` excludes what fits two alternatives, which means something only if something does.
fn keyword<'v>(
    walk: &mut Walk<'v>,
    pair: &Pair<'v>,
    (old, branches): (&Choice<'v>, &[Branch<'v>]),
    new: &Choice<'v>,
) {
    if old.at.last() == new.at.last() {
        return;
    }
    let says = format!(
        "lists its alternatives under `{}` now; it was `{}`",
        new.at.last(),
        old.at.last()
    );
    let places = (Some(&old.at), Some(&new.at));
    if !overlap(walk, pair, branches) {
        pair.tell(walk, &rules::DESCRIPTION, places, says);
        return;
    }
    let shift = match new.at.last() {
        "oneOf" => Shift::Narrowed,
        _ => Shift::Widened,
    };
    pair.shifted(walk, (&rules::CHOICE, shift), places, says);
}

/// Whether one alternative of the old side is known to allow all that another does.
fn overlap<'v>(walk: &Walk<'v>, pair: &Pair<'v>, branches: &[Branch<'v>]) -> bool {
    let tried = branches.iter().take(TRIED).enumerate();
    tried.clone().any(|(index, one)| {
        let others = branches.iter().take(TRIED).skip(index + 1);
        others.into_iter().any(|other| {
            let same_types = one.schema.types == other.schema.types;
            let told_apart = pair.was.discriminator.is_some()
                || (tag(walk, one, Side::Base).is_some() && tag(walk, other, Side::Base).is_some());
            let scalar = one.schema.types.is_within(Types::SCALAR);
            one.print == other.print || (same_types && scalar && !told_apart)
        })
    })
}

/// The alternatives of a choice, each with what else its schema says.
fn branches<'v>(
    walk: &Walk<'v>,
    schema: &Schema<'v>,
    choice: &Choice<'v>,
    side: Side,
) -> Vec<Branch<'v>> {
    if !schema.says_more() {
        return listed(walk, choice, side);
    }
    let (schemas, _) = documents(walk, side);
    let with_rest = |slot: &Located<'v>| {
        let schema = Rc::new(schemas.with_branch(schema, choice, slot));
        Branch::of(walk, side, slot, schema)
    };
    choice.branches.iter().map(with_rest).collect()
}

fn listed<'v>(walk: &Walk<'v>, choice: &Choice<'v>, side: Side) -> Vec<Branch<'v>> {
    let (schemas, _) = documents(walk, side);
    let alone = |slot: &Located<'v>| Branch::of(walk, side, slot, schemas.one(slot));
    choice.branches.iter().map(alone).collect()
}

/// Alternatives, with those of alternatives that are nothing but choices themselves.
fn opened<'v>(walk: &Walk<'v>, branches: &[Branch<'v>], side: Side) -> Vec<Branch<'v>> {
    let open = |branch: &Branch<'v>| match branch.schema.choices.as_slice() {
        [choice] if !branch.schema.says_more() => listed(walk, choice, side),
        _ => vec![branch.clone()],
    };
    branches.iter().flat_map(open).collect()
}

/// A schema that is no choice as alternatives: one for each of its types.
fn pieces<'v>(walk: &Walk<'v>, schema: &Rc<Schema<'v>>, side: Side) -> Vec<Branch<'v>> {
    let Some(slot) = schema.parts.first() else {
        return Vec::new();
    };
    let types = schema.types.without(Types::NULL).each();
    if types.len() < 2 || schema.values.is_some() || schema.is_anything() {
        return vec![Branch::of(walk, side, slot, Rc::clone(schema))];
    }
    let piece = |types| {
        let schema = Rc::new(schema.with_types(types));
        Branch::of(walk, side, slot, schema)
    };
    types.into_iter().map(piece).collect()
}

fn documents<'w, 'v>(walk: &'w Walk<'v>, side: Side) -> (&'w Schemas<'v>, &'w Fingerprints) {
    let documents = &walk.documents;
    match side {
        Side::Base => (&documents.old, &documents.old_prints),
        Side::Head => (&documents.new, &documents.new_prints),
    }
}

/// Which alternative is which.
struct Matching<'v> {
    was: Vec<Branch<'v>>,
    is: Vec<Branch<'v>>,
    pairs: Vec<(Branch<'v>, Branch<'v>)>,
}

impl<'v> Matching<'v> {
    fn new(was: Vec<Branch<'v>>, is: Vec<Branch<'v>>) -> Matching<'v> {
        Matching {
            was,
            is,
            pairs: Vec::new(),
        }
    }

    /// Pairs components of one name, and alternatives that allow the same; where some are left on
    /// both sides, also what is within those that are choices themselves.
    fn take_same(&mut self, walk: &Walk<'v>) {
        self.take_by(Branch::component);
        self.take_by(|branch| Some(branch.print));
        if !self.was.is_empty() && !self.is.is_empty() {
            let opened = (
                opened(walk, &self.was, Side::Base),
                opened(walk, &self.is, Side::Head),
            );
            if (opened.0.len(), opened.1.len()) != (self.was.len(), self.is.len()) {
                (self.was, self.is) = opened;
                self.take_by(Branch::component);
                self.take_by(|branch| Some(branch.print));
            }
        }
    }

    /// Pairs alternatives that are told apart by the same value, have the same title, or share
    /// most of what they are.
    fn take_alike(&mut self, walk: &Walk<'v>) {
        if self.was.len() > TRIED || self.is.len() > TRIED {
            return;
        }
        let title = |branch: &Branch<'v>| {
            branch
                .schema
                .stated("title")
                .map(|title| title.value.to_string())
        };
        self.take(|a, b| {
            tag(walk, a, Side::Base).is_some()
                && tag(walk, a, Side::Base) == tag(walk, b, Side::Head)
        });
        self.take(|a, b| title(a).is_some() && title(a) == title(b));
        self.take(|a, b| alike(&a.schema, &b.schema));
        if let ([before], [after]) = (self.was.as_slice(), self.is.as_slice())
            && before.schema.types == after.schema.types
            && before.component().is_none() == after.component().is_none()
        {
            self.pairs.push((self.was.remove(0), self.is.remove(0)));
        }
    }

    /// Pairs alternatives that have the same key.
    fn take_by<K: Hash + Eq>(&mut self, key: impl Fn(&Branch<'v>) -> Option<K>) {
        matching::take(&mut self.was, &mut self.is, &mut self.pairs, key);
    }

    fn take(&mut self, fits: impl Fn(&Branch<'v>, &Branch<'v>) -> bool) {
        let (is, pairs) = (&mut self.is, &mut self.pairs);
        self.was.retain(|old| {
            let found = is.iter().position(|new| fits(old, new));
            pairs.extend(found.map(|index| (old.clone(), is.remove(index))));
            found.is_none()
        });
    }

    /// Compares the alternatives that are on both sides, and reports the others.
    fn compare(self, walk: &mut Walk<'v>, pair: &Pair<'v>, list: &Pointer) {
        let (was, is): (Vec<_>, Vec<_>) = self.pairs.iter().cloned().unzip();
        for (old, new) in self.pairs {
            let context = pair.context;
            Pair {
                was: old.schema,
                is: new.schema,
                context,
            }
            .visit(walk);
        }
        for branch in &self.is {
            if !is_covered(walk, pair, branch, &was, Side::Head) {
                came_or_went(walk, pair, list, branch, Side::Head);
            }
        }
        for branch in &self.was {
            if !is_covered(walk, pair, branch, &is, Side::Base) {
                came_or_went(walk, pair, list, branch, Side::Base);
            }
        }
    }
}

impl<'v> Branch<'v> {
    /// Null is compared with the choice as a whole, and left out of its alternatives.
    fn of(walk: &Walk<'v>, side: Side, slot: &Located<'v>, schema: Rc<Schema<'v>>) -> Branch<'v> {
        let types = schema.types.without(Types::NULL);
        let schema = match schema.types == types || types.is_empty() || schema.is_anything() {
            true => schema,
            false => Rc::new(schema.with_types(types)),
        };
        let (schemas, prints) = documents(walk, side);
        Branch {
            slot: slot.clone(),
            print: prints.of(schemas, &schema),
            schema,
        }
    }

    /// Where it is listed: in a choice, or among the types of a schema.
    fn list(&self) -> Pointer {
        let pointer = &self.slot.pointer;
        match pointer.parent() {
            Some(parent) if ["oneOf", "anyOf"].contains(&parent.last()) => parent,
            _ => pointer.child("type"),
        }
    }

    fn component(&self) -> Option<String> {
        self.schema.component().map(String::from)
    }
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
        Some(name) => code(name),
        None => branch.schema.types.to_string(),
    };
    let index = match side {
        Side::Head => {
            let says = format!("has a new alternative, {named}");
            pair.shifted(
                walk,
                (&rules::CHOICE, Shift::Widened),
                (None, Some(&branch.list())),
                says,
            )
        }
        Side::Base => {
            let says = format!("no longer has the alternative {named}");
            let list = openapi_document::get(walk.head, list)
                .is_some()
                .then_some(list);
            pair.shifted(
                walk,
                (&rules::CHOICE, Shift::Narrowed),
                (Some(&branch.list()), list),
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
    matching: &Matching<'v>,
    is_new: bool,
) {
    let (branches, pieces) = match is_new {
        true => (&matching.is, &matching.was),
        false => (&matching.was, &matching.is),
    };
    let whole = |schema: &Rc<Schema<'v>>| match pieces.as_slice() {
        [only] => Rc::clone(&only.schema),
        _ => Rc::clone(schema),
    };
    let (single_was, single_is) = (whole(&pair.was), whole(&pair.is));
    let shifts: Vec<Option<Shift>> = match walk.is_trial || branches.len() > TRIED {
        true => vec![Some(Shift::Changed)],
        false => branches
            .iter()
            .map(|branch| {
                let (was, is) = match is_new {
                    true => (&single_was, &branch.schema),
                    false => (&branch.schema, &single_is),
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
            return;
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
}
