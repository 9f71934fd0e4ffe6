//! The two APIs held against each other, item by item.

use std::collections::HashMap;

use super::origins::Origins;
use crate::place::{Side, Spot};
use crate::rules::{self, Compatibility, Rule};
use crate::wire::{Direction, Wire};
use client_codegen::api::{Member, OWN, RustApi};
use openapi_document::Pointer;

/// A difference in what Rust programs see.
#[derive(Debug)]
pub struct Difference {
    /// Of which kind, if no difference on the wire explains it.
    pub rule: &'static Rule,
    /// How bad it is for who compiles against it.
    pub class: Compatibility,
    /// Where in the contract it comes from.
    pub at: Spot,
    /// The operation whose call it changes, and on which way.
    pub call: Option<(Direction, String)>,
    /// What the contract says now, if no difference on the wire explains it; after its place.
    pub says: Option<String>,
    /// What changes, in one sentence.
    pub text: String,
}

/// One of the two.
pub struct Version<'v> {
    /// Its API.
    pub api: &'v RustApi,
    /// Where that comes from.
    pub origins: Origins,
}

/// Holds them against each other.
pub fn compare(base: &Version<'_>, head: &Version<'_>, walk: &Wire<'_>) -> Vec<Difference> {
    let types = type_renames(base, head, walk);
    let mut view = View {
        base,
        head,
        walk,
        types,
        found: Vec::new(),
    };
    view.compare_types();
    view.compare_methods();
    view.compare_servers();
    view.found
}

/// What the comparisons of types and methods look at and add to.
pub(super) struct View<'a> {
    pub(super) base: &'a Version<'a>,
    pub(super) head: &'a Version<'a>,
    pub(super) walk: &'a Wire<'a>,
    /// Old names of types with the new ones.
    pub(super) types: HashMap<String, String>,
    pub(super) found: Vec<Difference>,
}

/// Types that go by another name now: from the same place, from places that were held against each
/// other, or alike in all.
///
/// Types of inline alternatives are numbered, so an alternative that moves up or down its list
/// takes over the name of another one.
fn type_renames(
    base: &Version<'_>,
    head: &Version<'_>,
    walk: &Wire<'_>,
) -> HashMap<String, String> {
    let only = |of: &Version, other: &Version| -> Vec<String> {
        let names = of.api.types.keys();
        names
            .filter(|name| !other.api.types.contains_key(*name))
            .cloned()
            .collect()
    };
    let (old, mut new) = (only(base, head), only(head, base));
    let mut found = moved_alternatives(base, head, walk);
    let place = |of: &Version, name: &str| of.origins.types.get(name).cloned();
    let same_place = |old: &str, new: &str| {
        let pair = place(base, old).zip(place(head, new));
        pair.is_some_and(|(old, new)| old == new || walk.is_pair(&old, &new))
    };
    let component = |of: &Version, name: &str| {
        place(of, name).is_some_and(|place| place.parts()[0] == "components")
    };
    let alike = |old: &str, new: &str| {
        let members = |of: &Version, name: &str| of.api.types[name].members.clone();
        let same = members(base, old) == members(head, new) && !members(head, new).is_empty();
        same && component(base, old) && component(head, new)
    };
    for fits in [&same_place as &dyn Fn(&str, &str) -> bool, &alike] {
        for old in &old {
            if found.contains_key(old) {
                continue;
            }
            if let Some(index) = new.iter().position(|new| fits(old, new)) {
                found.insert(old.clone(), new.remove(index));
            }
        }
    }
    found
}

/// Types of inline alternatives that stand elsewhere in the same `oneOf` or `anyOf` now.
fn moved_alternatives(
    base: &Version<'_>,
    head: &Version<'_>,
    walk: &Wire<'_>,
) -> HashMap<String, String> {
    let names: HashMap<&Pointer, &String> = (head.origins.types.iter())
        .map(|(name, at)| (at, name))
        .collect();
    let moved = base.origins.types.iter().filter_map(|(old, at)| {
        let [.., choice, _] = at.parts() else {
            return None;
        };
        let now = walk.now(at).filter(|now| *now != at)?;
        let new = names.get(now)?;
        let alternatives = matches!(choice.as_str(), "oneOf" | "anyOf");
        let both = base.api.types.contains_key(old) && head.api.types.contains_key(*new);
        (alternatives && both && now.parent() == at.parent()).then(|| (old.clone(), (*new).clone()))
    });
    moved.collect()
}

impl View<'_> {
    /// Tells a difference of this class.
    pub(super) fn tell(&mut self, class: Compatibility, at: Option<Spot>, text: String) {
        let rule = match class {
            Compatibility::Breaking => &rules::RUST_BREAKING,
            _ => &rules::RUST_ADDITIVE,
        };
        self.put(rule, class, at, text);
    }

    /// Tells a difference of this kind.
    pub(super) fn put(
        &mut self,
        rule: &'static Rule,
        class: Compatibility,
        at: Option<Spot>,
        text: String,
    ) {
        self.found.push(Difference {
            rule,
            class,
            at: at.unwrap_or(Spot::head(&Pointer::ROOT)),
            call: None,
            says: None,
            text: text.replace(OWN, ""),
        });
    }

    /// Adds to the last difference what the contract says now, after its place.
    pub(super) fn says(&mut self, says: impl Into<String>) {
        if let Some(last) = self.found.last_mut() {
            last.says = Some(says.into());
        }
    }

    /// Adds to the last difference which call it changes, and on which way.
    pub(super) fn reaches(&mut self, way: Direction, id: &str) {
        if let Some(last) = self.found.last_mut() {
            last.call = Some((way, id.to_string()));
        }
    }

    /// A type of the old API as it would be written today.
    pub(super) fn today(&self, text: &str) -> String {
        let mut parts = text.split(OWN);
        let mut written = parts.next().unwrap_or_default().to_string();
        for part in parts {
            let end = part.find(|c: char| !c.is_alphanumeric() && c != '_');
            let (name, rest) = part.split_at(end.unwrap_or(part.len()));
            written.push(OWN);
            written.push_str(self.types.get(name).map_or(name, String::as_str));
            written.push_str(rest);
        }
        written
    }

    /// Where a type comes from.
    pub(super) fn type_spot(&self, side: Side, name: &str) -> Option<Spot> {
        let of = match side {
            Side::Base => self.base,
            Side::Head => self.head,
        };
        let pointer = of.origins.types.get(name)?.clone();
        Some(Spot { side, pointer })
    }

    /// Where a field comes from; a variant comes from where its type does.
    pub(super) fn member_spot(&self, side: Side, name: &str, member: &Member) -> Option<Spot> {
        let of = match side {
            Side::Base => self.base,
            Side::Head => self.head,
        };
        let field = |key: &str| of.origins.fields.get(&(name.to_string(), key.to_string()));
        let pointer = field(&member.wire).or_else(|| field(&member.name));
        match pointer {
            Some(pointer) => Some(Spot {
                side,
                pointer: pointer.clone(),
            }),
            None => self.type_spot(side, name),
        }
    }

    /// Code that differs under an API that doesn't: fine if a difference on the wire, or a type
    /// that goes by another name, explains it.
    pub(super) fn unexplained(&mut self, at: &Spot, id: Option<&str>, text: String) {
        // The names of the one and the other stand in the code.
        let named = [
            rules::PATH_PARAMETER_RENAMED.code,
            rules::OPERATION_ID_CHANGED.code,
        ];
        let explains = |rule: &Rule| rule.class > Compatibility::Docs || named.contains(&rule.code);
        let findings = &self.walk.findings;
        let in_place = || {
            findings
                .iter()
                .any(|found| explains(found.rule) && found.at.is_in(at))
        };
        let reached = |id| {
            let mut reached = self.walk.findings_of(id).into_iter();
            reached.any(|(finding, _)| explains(findings[finding].rule))
        };
        let explained = in_place() || id.is_some_and(reached);
        if !explained && self.types.is_empty() {
            self.put(
                &rules::UNCLASSIFIED,
                Compatibility::Breaking,
                Some(at.clone()),
                text,
            );
        }
    }
}
