//! Types held against each other: fields, variants, traits, constructors.

use super::compare::{Version, View};
use crate::place::{Side, Spot, operation_of};
use crate::rules::{self, Compatibility};
use client_codegen::api::{Function, Kind, Type};
use openapi_document::Pointer;

impl View<'_> {
    /// Compares all types.
    pub(super) fn compare_types(&mut self) {
        let (base, head) = (self.base, self.head);
        for (name, was) in &base.api.types {
            let now = self.types.get(name).cloned().unwrap_or(name.clone());
            let Some(is) = head.api.types.get(&now) else {
                let at = self.type_spot(Side::Base, name);
                self.tell(
                    Compatibility::Breaking,
                    at,
                    format!("the type `{name}` is gone"),
                );
                continue;
            };
            if *name != now {
                self.renamed(name, &now);
            }
            let before = self.found.len();
            self.compare_type((name, was), (&now, is));
            self.soften(name, before);
            if self.found.len() == before {
                self.compare_code(name, &now, was, is);
            }
        }
        let renamed: Vec<String> = self.types.values().cloned().collect();
        for (name, is) in &head.api.types {
            if !base.api.types.contains_key(name) && !renamed.contains(name) {
                let at = self.type_spot(Side::Head, name);
                let text = format!("the type `{name}` is new, {}", is.kind.word());
                self.tell(Compatibility::Additive, at, text);
            }
        }
    }

    /// A type named after an operation follows the operation's name.
    fn renamed(&mut self, old: &str, new: &str) {
        let spot = self.type_spot(Side::Head, new);
        let operation = spot.as_ref().and_then(|spot| operation_of(&spot.pointer));
        let at = match operation {
            Some(operation) if self.id_changed(&operation) => Some(Spot::head(&operation)),
            _ => spot,
        };
        let component = |of: &Version, name: &str| {
            let place = of.origins.types.get(name);
            place.is_some_and(|place| place.parts().len() == 3 && place.parts()[0] == "components")
        };
        // A name that was there before is that of a numbered alternative.
        if self.base.api.types.contains_key(new) {
            let list = at.and_then(|spot| spot.pointer.parent());
            let says =
                "has its alternatives in another order; the Rust types of inline ones are numbered";
            let text = format!("the type `{old}` is called `{new}`");
            self.tell(Compatibility::Breaking, list.as_ref().map(Spot::head), text);
            return self.says(says);
        }
        let says = match component(self.base, old) && component(self.head, new) {
            true => format!("was called `{old}`"),
            false => format!("makes the Rust type `{new}` now; it was `{old}`"),
        };
        let text = format!("the type `{old}` is called `{new}`");
        self.put(&rules::COMPONENT_RENAMED, Compatibility::Breaking, at, text);
        self.says(says);
    }

    fn id_changed(&self, operation: &Pointer) -> bool {
        let told = &rules::OPERATION_ID_CHANGED.code;
        let at = Spot::head(operation);
        let mut findings = self.walk.findings.iter();
        findings.any(|found| found.rule.code == *told && found.at == at)
    }

    /// Of a type that no operation used, nobody had one.
    fn soften(&mut self, name: &str, first: usize) {
        let origin = self.base.origins.types.get(name);
        if origin.is_some_and(|origin| !self.walk.was_used(origin)) {
            for found in &mut self.found[first..] {
                found.class = found.class.min(Compatibility::Additive);
            }
        }
    }

    fn compare_type(&mut self, (old, was): (&str, &Type), (name, is): (&str, &Type)) {
        let at = self.type_spot(Side::Head, name);
        if was.kind != is.kind {
            let text = format!(
                "`{name}` is {} now; it was {}",
                is.kind.word(),
                was.kind.word()
            );
            return self.tell(Compatibility::Breaking, at, text);
        }
        let mut members_differ = false;
        for member in &was.members {
            match is.members.iter().find(|other| other.name == member.name) {
                None => {
                    members_differ = true;
                    let at = self.member_spot(Side::Base, old, member);
                    self.tell(
                        Compatibility::Breaking,
                        at,
                        format!("`{old}::{}` is gone", member.name),
                    );
                }
                // Types that changed names with each other are reported as renamed.
                Some(other) if member.ty != other.ty && self.today(&member.ty) != other.ty => {
                    members_differ = true;
                    let at = self.member_spot(Side::Head, name, other);
                    let text =
                        format!("`{name}::{}`: `{}` → `{}`", other.name, member.ty, other.ty);
                    self.tell(Compatibility::Breaking, at, text);
                }
                Some(_) => {}
            }
        }
        for member in &is.members {
            if !was.members.iter().any(|other| other.name == member.name) {
                members_differ = true;
                let class = if was.open {
                    Compatibility::Additive
                } else {
                    Compatibility::Breaking
                };
                let at = self.member_spot(Side::Head, name, member);
                let text = match is.kind {
                    Kind::Struct => format!("`{name}::{}: {}` is new", member.name, member.ty),
                    _ => format!("`{name}::{}` is new", member.name),
                };
                self.tell(class, at, text);
            }
        }
        if was.open != is.open {
            let (class, word) = if is.open {
                (Compatibility::Breaking, "now")
            } else {
                (Compatibility::Additive, "no longer")
            };
            self.tell(
                class,
                at.clone(),
                format!("`{name}` is {word} `non_exhaustive`"),
            );
        }
        self.compare_hidden(name, was, is);
        self.compare_functions((old, was), (name, is));
        if is.kind == Kind::Struct || !members_differ {
            self.compare_traits(name, was, is);
        }
    }

    fn compare_traits(&mut self, name: &str, was: &Type, is: &Type) {
        let at = self.type_spot(Side::Head, name);
        let old: Vec<String> = was.traits.iter().map(|name| self.today(name)).collect();
        let list = |names: Vec<&String>| {
            names
                .iter()
                .map(|name| format!("`{name}`"))
                .collect::<Vec<_>>()
                .join(", ")
        };
        let gone: Vec<&String> = old
            .iter()
            .filter(|name| !is.traits.contains(*name))
            .collect();
        let come: Vec<&String> = is
            .traits
            .iter()
            .filter(|name| !old.contains(name))
            .collect();
        if !gone.is_empty() {
            let text = format!("`{name}` no longer implements {}", list(gone));
            self.tell(Compatibility::Breaking, at.clone(), text);
        }
        if !come.is_empty() {
            let text = format!("`{name}` implements {} now", list(come));
            self.tell(Compatibility::Additive, at, text);
        }
    }

    fn compare_hidden(&mut self, name: &str, was: &Type, is: &Type) {
        let both = |member: &str| {
            let has = |of: &Type| of.members.iter().any(|known| known.name == member);
            member.is_empty() || (has(was) && has(is))
        };
        let differ = was.hidden.symmetric_difference(&is.hidden);
        for member in differ.filter(|member| both(member)) {
            let known = is.members.iter().find(|known| known.name == *member);
            let at = match known {
                Some(known) => self.member_spot(Side::Head, name, known),
                None => self.type_spot(Side::Head, name),
            };
            let place = if member.is_empty() {
                name.to_string()
            } else {
                format!("{name}::{member}")
            };
            let (class, verb) = match is.hidden.contains(member) {
                true => (Compatibility::Additive, "hides"),
                false => (Compatibility::Breaking, "shows"),
            };
            self.tell(class, at, format!("`Debug` {verb} `{place}` now"));
        }
    }

    fn compare_functions(&mut self, (old, was): (&str, &Type), (name, is): (&str, &Type)) {
        let member = |of: &Type, function: &str| {
            of.members
                .iter()
                .find(|member| member.name == function)
                .cloned()
        };
        for (function, before) in &was.functions {
            let Some(after) = is.functions.get(function) else {
                if member(was, function).is_none() {
                    let at = self.type_spot(Side::Base, old);
                    self.tell(
                        Compatibility::Breaking,
                        at,
                        format!("`{old}::{function}` is gone"),
                    );
                }
                continue;
            };
            if member(is, function).is_some() {
                continue; // A setter follows its field.
            }
            self.compare_arguments((old, was, before), (name, is, after), function);
        }
        for function in is.functions.keys() {
            if !was.functions.contains_key(function) && member(is, function).is_none() {
                let at = self.type_spot(Side::Head, name);
                self.tell(
                    Compatibility::Additive,
                    at,
                    format!("`{name}::{function}` is new"),
                );
            }
        }
    }

    /// `new` takes what is required: each argument is a field.
    fn compare_arguments(
        &mut self,
        (old, was, before): (&str, &Type, &Function),
        (name, is, after): (&str, &Type, &Function),
        function: &str,
    ) {
        let member = |of: &Type, name: &str| {
            of.members
                .iter()
                .find(|member| member.name == name)
                .cloned()
        };
        let names = |of: &Function| -> Vec<String> {
            of.arguments.iter().map(|(name, _)| name.clone()).collect()
        };
        let (had, has) = (names(before), names(after));
        for argument in had.iter().filter(|argument| !has.contains(argument)) {
            let at = match (member(is, argument), member(was, argument)) {
                (Some(member), _) => self.member_spot(Side::Head, name, &member),
                (None, Some(member)) => self.member_spot(Side::Base, old, &member),
                (None, None) => self.type_spot(Side::Head, name),
            };
            let text = format!("`{name}::{function}` no longer takes `{argument}`");
            self.tell(Compatibility::Breaking, at, text);
        }
        for (argument, ty) in after
            .arguments
            .iter()
            .filter(|(argument, _)| !had.contains(argument))
        {
            let at = match member(is, argument) {
                Some(member) => self.member_spot(Side::Head, name, &member),
                None => self.type_spot(Side::Head, name),
            };
            let text = format!("`{name}::{function}` takes `{argument}: {ty}` too");
            self.tell(Compatibility::Breaking, at, text);
        }
        let kept: Vec<&String> = had
            .iter()
            .filter(|argument| has.contains(argument))
            .collect();
        let keeps: Vec<&String> = has
            .iter()
            .filter(|argument| had.contains(argument))
            .collect();
        if kept != keeps {
            let at = self
                .type_spot(Side::Head, name)
                .map(|spot| Spot::head(&spot.pointer.child("required")));
            let text = format!(
                "`{name}::{function}({})` → `{name}::{function}({})`",
                had.join(", "),
                has.join(", ")
            );
            self.put(&rules::REQUIRED_ORDER, Compatibility::Breaking, at, text);
        }
    }

    fn compare_code(&mut self, old: &str, name: &str, was: &Type, is: &Type) {
        if old == name && was.code != is.code {
            let at = self.type_spot(Side::Head, name);
            let at = at.unwrap_or(Spot::head(&Pointer::ROOT));
            self.unexplained(&at, None, format!("the code of `{name}` has changed"));
        }
    }
}
