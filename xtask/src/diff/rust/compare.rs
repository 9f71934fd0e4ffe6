//! The two APIs held against each other, item by item.

use std::collections::HashMap;

use super::model::{Api, Function, Kind, Member, OWN, Type};
use super::origins::Origins;
use crate::diff::place::{Side, Spot, operation_of};
use crate::diff::rules::{self, Class, Rule};
use crate::diff::wire::{Direction, Walk};
use crate::load::Pointer;
use crate::naming;

/// A difference in what Rust programs see.
#[derive(Debug)]
pub struct Difference {
    /// Of which kind, if no difference on the wire explains it.
    pub rule: &'static Rule,
    /// How bad it is for who compiles against it.
    pub class: Class,
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
pub struct Version {
    /// Its API.
    pub api: Api,
    /// Where that comes from.
    pub origins: Origins,
}

/// Holds them against each other.
pub fn compare(base: &Version, head: &Version, walk: &Walk<'_>) -> Vec<Difference> {
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
    view.found
}

struct View<'a> {
    base: &'a Version,
    head: &'a Version,
    walk: &'a Walk<'a>,
    /// Old names of types with the new ones.
    types: HashMap<String, String>,
    found: Vec<Difference>,
}

/// Types that go by another name now: from the same place, from places that were held against each
/// other, or alike in all.
fn type_renames(base: &Version, head: &Version, walk: &Walk<'_>) -> HashMap<String, String> {
    let only = |of: &Version, other: &Version| -> Vec<String> {
        let names = of.api.types.keys();
        names
            .filter(|name| !other.api.types.contains_key(*name))
            .cloned()
            .collect()
    };
    let (old, mut new) = (only(base, head), only(head, base));
    let mut found = HashMap::new();
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

impl View<'_> {
    fn tell(&mut self, class: Class, at: Option<Spot>, text: String) {
        let rule = match class {
            Class::Breaking => &rules::RUST_BREAKING,
            _ => &rules::RUST_ADDITIVE,
        };
        self.put(rule, class, at, text);
    }

    fn put(&mut self, rule: &'static Rule, class: Class, at: Option<Spot>, text: String) {
        self.found.push(Difference {
            rule,
            class,
            at: at.unwrap_or(Spot::head(&Pointer::ROOT)),
            call: None,
            says: None,
            text: text.replace(OWN, ""),
        });
    }

    /// A type of the old API as it would be written today.
    fn today(&self, text: &str) -> String {
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

    fn type_spot(&self, side: Side, name: &str) -> Option<Spot> {
        let of = match side {
            Side::Base => self.base,
            Side::Head => self.head,
        };
        let pointer = of.origins.types.get(name)?.clone();
        Some(Spot { side, pointer })
    }

    fn member_spot(&self, side: Side, name: &str, member: &Member) -> Option<Spot> {
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

    fn compare_types(&mut self) {
        let (base, head) = (self.base, self.head);
        for (name, was) in &base.api.types {
            let now = self.types.get(name).cloned().unwrap_or(name.clone());
            let Some(is) = head.api.types.get(&now) else {
                let at = self.type_spot(Side::Base, name);
                self.tell(Class::Breaking, at, format!("the type `{name}` is gone"));
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
                self.tell(Class::Additive, at, text);
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
        let says = match component(self.base, old) && component(self.head, new) {
            true => format!("was called `{old}`"),
            false => format!("makes the Rust type `{new}` now; it was `{old}`"),
        };
        let text = format!("the type `{old}` is called `{new}`");
        self.put(&rules::COMPONENT_RENAMED, Class::Breaking, at, text);
        self.found.last_mut().expect("just told").says = Some(says);
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
                found.class = found.class.min(Class::Additive);
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
            return self.tell(Class::Breaking, at, text);
        }
        let mut members_differ = false;
        for member in &was.members {
            match is.members.iter().find(|other| other.name == member.name) {
                None => {
                    members_differ = true;
                    let at = self.member_spot(Side::Base, old, member);
                    self.tell(
                        Class::Breaking,
                        at,
                        format!("`{old}::{}` is gone", member.name),
                    );
                }
                Some(other) if self.today(&member.ty) != other.ty => {
                    members_differ = true;
                    let at = self.member_spot(Side::Head, name, other);
                    let text =
                        format!("`{name}::{}`: `{}` → `{}`", other.name, member.ty, other.ty);
                    self.tell(Class::Breaking, at, text);
                }
                Some(_) => {}
            }
        }
        for member in &is.members {
            if !was.members.iter().any(|other| other.name == member.name) {
                members_differ = true;
                let class = if was.open {
                    Class::Additive
                } else {
                    Class::Breaking
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
                (Class::Breaking, "now")
            } else {
                (Class::Additive, "no longer")
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
            self.tell(Class::Breaking, at.clone(), text);
        }
        if !come.is_empty() {
            let text = format!("`{name}` implements {} now", list(come));
            self.tell(Class::Additive, at, text);
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
                true => (Class::Additive, "hides"),
                false => (Class::Breaking, "shows"),
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
                    self.tell(Class::Breaking, at, format!("`{old}::{function}` is gone"));
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
                self.tell(Class::Additive, at, format!("`{name}::{function}` is new"));
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
            self.tell(Class::Breaking, at, text);
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
            self.tell(Class::Breaking, at, text);
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
            self.put(&rules::REQUIRED_ORDER, Class::Breaking, at, text);
        }
    }

    fn compare_methods(&mut self) {
        let (base, head) = (self.base, self.head);
        let mut renamed: HashMap<&str, String> = HashMap::new();
        for (old, at) in &base.origins.methods {
            let id = |of: &Version, at: &Pointer| of.origins.ids.get(at).cloned();
            let now = self.walk.now(at).and_then(|now| id(head, now));
            let (Some(was), Some(now)) = (id(base, at), now) else {
                continue;
            };
            let now = match *old == naming::with_params(&was) {
                true => naming::with_params(&now),
                false => naming::snake(&now),
            };
            renamed.insert(old, now);
        }
        let came_from: HashMap<&str, &str> = renamed
            .iter()
            .map(|(old, now)| (now.as_str(), *old))
            .collect();
        for (old, was) in &base.api.methods {
            let place = base.origins.methods.get(old);
            let name = renamed.get(old.as_str()).unwrap_or(old);
            let Some(is) = head.api.methods.get(name) else {
                let at = place.map(Spot::base);
                self.tell(Class::Breaking, at, format!("`{old}` is gone"));
                continue;
            };
            if name != old {
                let at = head.origins.methods.get(name).map(Spot::head);
                self.tell(Class::Breaking, at, format!("`{old}` is called `{name}`"));
            }
            self.compare_method(old, was, name, is);
        }
        for name in head.api.methods.keys() {
            let was = came_from.get(name.as_str()).copied().unwrap_or(name);
            if !base.api.methods.contains_key(was) {
                let at = head.origins.methods.get(name).map(Spot::head);
                self.tell(Class::Additive, at, format!("`{name}` is new"));
            }
        }
    }

    fn compare_method(&mut self, old: &str, was: &Function, name: &str, is: &Function) {
        let head = self.head;
        let Some(place) = head.origins.methods.get(name).cloned() else {
            return;
        };
        let id = head.origins.ids.get(&place).cloned().unwrap_or_default();
        if naming::snake(&id) != name {
            return; // The method with parameters takes the same and its Params.
        }
        let first = self.found.len();
        // A parameter that is called otherwise now is the same argument.
        let called: HashMap<String, String> = self
            .walk
            .renamed
            .iter()
            .filter(|(at, _, _)| *at == place)
            .map(|(_, old, new)| (naming::snake(old), naming::snake(new)))
            .collect();
        let had: Vec<(String, String)> = was
            .arguments
            .iter()
            .map(|(name, ty)| (called.get(name).unwrap_or(name).clone(), self.today(ty)))
            .collect();
        let find = |list: &[(String, String)], name: &str| {
            list.iter().find(|(known, _)| known == name).cloned()
        };
        let spot = |view: &Self, argument: &str| {
            let key = (name.to_string(), argument.to_string());
            view.head
                .origins
                .arguments
                .get(&key)
                .map_or(Spot::head(&place), Spot::head)
        };
        for (argument, ty) in &had {
            match find(&is.arguments, argument) {
                None => {
                    let key = (old.to_string(), argument.clone());
                    let gone = self.base.origins.arguments.get(&key).map(Spot::base);
                    let kept = self
                        .head
                        .origins
                        .arguments
                        .get(&(name.to_string(), argument.clone()));
                    let at = kept.map(Spot::head).or(gone);
                    self.tell(
                        Class::Breaking,
                        at,
                        format!("`{name}` no longer takes `{argument}`"),
                    );
                }
                Some((_, now)) if now != *ty => {
                    let at = Some(spot(self, argument));
                    self.tell(
                        Class::Breaking,
                        at,
                        format!("`{name}`: `{argument}: {ty}` → `{now}`"),
                    );
                }
                Some(_) => {}
            }
        }
        for (argument, ty) in &is.arguments {
            if find(&had, argument).is_none() {
                let at = Some(spot(self, argument));
                self.tell(
                    Class::Breaking,
                    at,
                    format!("`{name}` takes `{argument}: {ty}` too"),
                );
            }
        }
        let names = |list: &[(String, String)], other: &[(String, String)]| -> Vec<String> {
            let both = list.iter().filter(|(name, _)| find(other, name).is_some());
            both.map(|(name, _)| name.clone()).collect()
        };
        let (kept, keeps) = (names(&had, &is.arguments), names(&is.arguments, &had));
        if kept != keeps {
            let text = format!(
                "`{name}({})` → `{name}({})`",
                kept.join(", "),
                keeps.join(", ")
            );
            let at = Some(Spot::head(&place.child("parameters")));
            self.put(&rules::ARGUMENT_ORDER, Class::Breaking, at, text);
        }
        for found in &mut self.found[first..] {
            found.call = Some((Direction::Request, id.clone()));
        }
        let gave = self.today(&was.output);
        if gave != is.output {
            let text = format!("`{name}` gives `{}`; it gave `{gave}`", is.output);
            self.tell(Class::Breaking, Some(Spot::head(&place)), text);
            let told = self.found.last_mut();
            told.expect("just told").call = Some((Direction::Response, id.clone()));
        }
        if self.found.len() == first && name == old && was.code != is.code {
            self.unexplained(
                &Spot::head(&place),
                Some(&id),
                format!("the code of `{name}` is not what it was"),
            );
        }
    }

    fn compare_code(&mut self, old: &str, name: &str, was: &Type, is: &Type) {
        if old == name && was.code != is.code {
            let at = self.type_spot(Side::Head, name);
            let at = at.unwrap_or(Spot::head(&Pointer::ROOT));
            self.unexplained(
                &at,
                None,
                format!("the code of `{name}` is not what it was"),
            );
        }
    }

    /// Code that differs under an API that doesn't: fine if a difference on the wire, or a type
    /// that goes by another name, explains it.
    fn unexplained(&mut self, at: &Spot, id: Option<&str>, text: String) {
        let explains = |rule: &Rule| {
            rule.class > Class::Docs || rule.code == rules::PATH_PARAMETER_RENAMED.code
        };
        let mut findings = self.walk.findings.iter();
        let explained = findings.any(|found| {
            let reached = id.is_some_and(|id| found.reach.iter().any(|(_, reached)| reached == id));
            explains(found.rule) && (found.at.is_in(at) || reached)
        });
        if !explained && self.types.is_empty() {
            self.put(
                &rules::UNCLASSIFIED,
                Class::Breaking,
                Some(at.clone()),
                text,
            );
        }
    }
}
