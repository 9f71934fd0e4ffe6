//! The client's methods held against each other: names, arguments, what they give.

use std::collections::HashMap;

use super::compare::{Version, View};
use crate::place::Spot;
use crate::rules::{self, Compatibility};
use crate::wire::Direction;
use client_codegen::api::Function;
use client_codegen::naming;
use openapi_document::Pointer;

/// A method with its name, before or after.
type Named<'f> = (&'f str, &'f Function);

/// Names and types of arguments.
type Arguments = [(String, String)];

fn find<'l>(list: &'l Arguments, name: &str) -> Option<&'l str> {
    let found = list.iter().find(|(known, _)| known == name);
    found.map(|(_, ty)| ty.as_str())
}

impl View<'_> {
    /// Compares all methods.
    pub(super) fn compare_methods(&mut self) {
        let (base, head) = (self.base, self.head);
        let mut renamed: HashMap<&str, String> = HashMap::new();
        for (old, at) in &base.origins.methods {
            let id = |of: &Version, at: &Pointer| of.origins.ids.get(at).cloned();
            let now = self.walk.now(at).and_then(|now| id(head, now));
            let (Some(was), Some(now)) = (id(base, at), now) else {
                continue;
            };
            let forms = [naming::with_params, naming::stream];
            let form = forms.into_iter().find(|form| *old == form(&was));
            let now = form.unwrap_or(naming::snake)(&now);
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
                self.tell(Compatibility::Breaking, at, format!("`{old}` is gone"));
                continue;
            };
            if name != old {
                let at = head.origins.methods.get(name).map(Spot::head);
                self.tell(
                    Compatibility::Breaking,
                    at,
                    format!("`{old}` is called `{name}`"),
                );
            }
            self.compare_method(old, was, name, is);
        }
        for name in head.api.methods.keys() {
            let was = came_from.get(name.as_str()).copied().unwrap_or(name);
            if !base.api.methods.contains_key(was) {
                let at = head.origins.methods.get(name).map(Spot::head);
                self.tell(Compatibility::Additive, at, format!("`{name}` is new"));
            }
        }
    }

    /// Compares the method of an operation. The one that takes Params takes the same and them.
    fn compare_method(&mut self, old: &str, was: &Function, name: &str, is: &Function) {
        let head = self.head;
        let Some(place) = head.origins.methods.get(name) else {
            return;
        };
        let id = head.origins.ids.get(place).map_or("", String::as_str);
        if naming::snake(id) != name {
            return;
        }
        let first = self.found.len();
        self.compare_arguments_of(place, (old, was), (name, is));
        for found in &mut self.found[first..] {
            found.call = Some((Direction::Request, id.to_string()));
        }
        let gave = self.today(&was.output);
        if gave != is.output {
            let text = format!("`{name}` gives `{}`; it gave `{gave}`", is.output);
            self.tell(Compatibility::Breaking, Some(Spot::head(place)), text);
            self.reaches(Direction::Response, id);
        }
        self.compare_call(place, old, name);
        if self.found.len() == first && name == old && was.code != is.code {
            let text = format!("the code of `{name}` has changed");
            self.unexplained(&Spot::head(place), Some(id), text);
        }
    }

    fn compare_arguments_of(
        &mut self,
        place: &Pointer,
        (old, was): Named<'_>,
        (name, is): Named<'_>,
    ) {
        let had = self.arguments_today(place, was);
        let moved = self.names_moved(place, was);
        let has = &is.arguments;
        let (base, head) = (self.base, self.head);
        let origin = |of: &Version, method: &str, argument: &str| {
            let key = (method.to_string(), argument.to_string());
            of.origins.arguments.get(&key).cloned()
        };
        let now = |argument: &str| origin(head, name, argument).as_ref().map(Spot::head);
        for (argument, ty) in &had {
            match find(has, argument) {
                None if moved => {}
                None => {
                    let gone = origin(base, old, argument);
                    // What is optional now is still there.
                    let at = now(argument).or(gone.as_ref().map(Spot::base));
                    let text = format!("`{name}` no longer takes `{argument}`");
                    self.tell(Compatibility::Breaking, at, text);
                }
                Some(now_of) if now_of != ty => {
                    let text = format!("`{name}`: `{argument}: {ty}` → `{now_of}`");
                    self.tell(Compatibility::Breaking, now(argument), text);
                }
                Some(_) => {}
            }
        }
        let new = |name: &str| !moved && find(&had, name).is_none();
        for (argument, ty) in has.iter().filter(|(name, _)| new(name)) {
            let text = format!("`{name}` takes `{argument}: {ty}` too");
            self.tell(Compatibility::Breaking, now(argument), text);
        }
        let names = |list: &Arguments, other: &Arguments| -> Vec<String> {
            let names = list.iter().map(|(name, _)| name);
            names
                .filter(|name| moved || find(other, name).is_some())
                .cloned()
                .collect()
        };
        let (before, after) = (names(&had, has), names(has, &had));
        if before != after {
            let text = format!(
                "`{name}({})` → `{name}({})`",
                before.join(", "),
                after.join(", ")
            );
            let (at, says) = match moved {
                true => (place.parent(), "has its parameters in another order"),
                false => (
                    Some(place.child("parameters")),
                    "has its required parameters in another order",
                ),
            };
            let at = at.as_ref().map(Spot::head);
            self.put(&rules::ARGUMENT_ORDER, Compatibility::Breaking, at, text);
            self.says(says);
        }
    }

    /// The arguments of an old method as they would be written today: a parameter that is called
    /// otherwise now is the same argument, unless its name was that of another one.
    fn arguments_today(&self, place: &Pointer, was: &Function) -> Vec<(String, String)> {
        let called: HashMap<String, String> = match self.names_moved(place, was) {
            true => HashMap::new(),
            false => self.renamed_arguments(place).collect(),
        };
        let arguments = was.arguments.iter();
        arguments
            .map(|(name, ty)| (called.get(name).unwrap_or(name).clone(), self.today(ty)))
            .collect()
    }

    /// Whether one parameter has taken over the name of another. Arguments are passed by position,
    /// so a value that was meant for one name is sent for the other.
    fn names_moved(&self, place: &Pointer, was: &Function) -> bool {
        self.renamed_arguments(place)
            .any(|(old, new)| old != new && find(&was.arguments, &new).is_some())
    }

    /// Old and new names of the arguments that are called otherwise now.
    fn renamed_arguments(&self, place: &Pointer) -> impl Iterator<Item = (String, String)> {
        let renamed = self.walk.renamed.iter().filter(move |(at, ..)| at == place);
        renamed.map(|(_, old, new)| (naming::snake(old), naming::snake(new)))
    }
}
