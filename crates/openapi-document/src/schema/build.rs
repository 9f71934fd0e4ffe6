//! Builds the normalized view of one schema.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::pattern::matches_everything;
use super::{
    Additional, Choice, Dialect, Limits, Property, Schema, Stated, Types, listed, same_value, under,
};
use crate::operation::{self, Located};
use crate::pointer::Pointer;

/// Normalizes the schema that all of these are together.
pub(super) fn schema<'d>(
    document: &'d Value,
    dialect: Dialect,
    slots: &[Located<'d>],
) -> Schema<'d> {
    let slot = slots
        .first()
        .map_or(Pointer::ROOT, |slot| slot.pointer.clone());
    let parts = Parts::of(document, dialect, slots);
    let (types, names_type, values) = parts.types_and_values();
    let objects = &parts.found;
    let mut schema = Schema {
        slot,
        types,
        names_type,
        values,
        format: format(objects),
        limits: Limits::of(objects, types),
        patterns: patterns(objects),
        items: each(objects, "items"),
        prefix_items: objects
            .iter()
            .map(|part| listed(part, "prefixItems"))
            .find(|list| !list.is_empty())
            .unwrap_or_default(),
        properties: properties(objects),
        required: required(objects),
        additional: additional(objects),
        excluded: each(objects, "not"),
        discriminator: objects.iter().find_map(|part| {
            Some(Stated {
                value: part.object.get("discriminator")?.as_object()?,
                at: part.pointer.child("discriminator"),
            })
        }),
        references: parts.references,
        choices: parts.choices,
        parts: parts.found,
    };
    // `items: {}` says nothing.
    schema.items.retain(|items| !items.object.is_empty());
    schema
}

/// The objects that together are a schema.
struct Parts<'d> {
    document: &'d Value,
    dialect: Dialect,
    found: Vec<Located<'d>>,
    references: Vec<Pointer>,
    choices: Vec<Choice<'d>>,
    /// The types of choices between types alone.
    chosen: Vec<Types>,
    /// Whether null is one of the branches of a choice.
    null_branch: bool,
}

impl<'d> Parts<'d> {
    fn of(document: &'d Value, dialect: Dialect, slots: &[Located<'d>]) -> Parts<'d> {
        let mut parts = Parts {
            document,
            dialect,
            found: Vec::new(),
            references: Vec::new(),
            choices: Vec::new(),
            chosen: Vec::new(),
            null_branch: false,
        };
        let mut seen = HashSet::new();
        // A stack, for a chain of components can be longer than the program's own stack is deep.
        let mut waiting: Vec<Located<'d>> = slots.iter().rev().cloned().collect();
        while let Some(at) = waiting.pop() {
            if seen.insert(at.pointer.clone()) {
                parts.add(at, &mut waiting);
            }
        }
        parts
    }

    fn add(&mut self, at: Located<'d>, waiting: &mut Vec<Located<'d>>) {
        let refers = at.object.contains_key("$ref");
        if refers {
            self.references.push(at.pointer.clone());
            let target = at.text("$ref").and_then(Pointer::from_reference);
            let target = target.and_then(|pointer| {
                super::located(
                    pointer.clone(),
                    crate::pointer::get(self.document, &pointer)?,
                )
            });
            waiting.extend(target);
            if self.dialect == Dialect::V30 || at.object.len() == 1 {
                return; // Nothing is read beside the reference.
            }
        }
        // The last goes in first, so that the parts are looked at in their order.
        for part in listed(&at, "allOf").into_iter().rev() {
            waiting.push(part);
        }
        for keyword in ["oneOf", "anyOf"] {
            waiting.extend(self.choice(&at, keyword));
        }
        self.found.push(at);
    }

    /// Adds a choice; the only branch beside null is returned, for it is a part like any other.
    fn choice(&mut self, at: &Located<'d>, keyword: &str) -> Option<Located<'d>> {
        let all = listed(at, keyword);
        let (null, mut branches): (Vec<_>, Vec<_>) = all
            .into_iter()
            .partition(|branch| self.is_null(branch.clone()));
        self.null_branch |= !null.is_empty();
        if branches.is_empty() && !null.is_empty() {
            self.chosen.push(Types::NULL);
        }
        if branches.len() < 2 {
            return branches.pop();
        }
        let types: Option<Vec<Types>> = branches.iter().map(|branch| type_alone(branch)).collect();
        match types {
            Some(types) => self
                .chosen
                .push(types.into_iter().fold(Types::NONE, Types::or)),
            None => self.choices.push(Choice {
                at: at.pointer.child(keyword),
                branches,
            }),
        }
        None
    }

    fn is_null(&self, branch: Located<'d>) -> bool {
        let Some(branch) = operation::resolve(self.document, branch) else {
            return false;
        };
        let only_null = |list: &Value| {
            let list = list.as_array();
            list.is_some_and(|list| !list.is_empty() && list.iter().all(Value::is_null))
        };
        let stated = stated_types(branch.object);
        stated == Some(Types::NULL)
            || branch.object.get("enum").is_some_and(only_null)
            || branch.object.get("const").is_some_and(Value::is_null)
    }

    /// What types values have, and which values are listed. Null is a type and never listed.
    fn types_and_values(&self) -> (Types, bool, Option<Stated<Vec<&'d Value>>>) {
        let nullable =
            self.dialect == Dialect::V30 && self.found.iter().any(|part| part.flag("nullable"));
        let stated: Vec<Types> = self
            .found
            .iter()
            .filter_map(|part| stated_types(part.object))
            .chain(self.chosen.iter().copied())
            .collect();
        let names_type = !stated.is_empty();
        let mut types = match names_type {
            true => stated.into_iter().fold(Types::ALL, Types::and),
            false => self.implied_types(),
        };
        let mut values: Option<Stated<Vec<&'d Value>>> = None;
        for part in &self.found {
            let Some(list) = values_of(part) else {
                continue;
            };
            let known = values.take().map(|known| known.value);
            values = Some(match known {
                None => list,
                Some(known) => intersection(known, list),
            });
        }
        if let Some(list) = &mut values {
            let of_values = list.value.iter().map(|value| Types::of_value(value));
            let listed = of_values.fold(Types::NONE, Types::or);
            types = types.and(listed);
            let fits = |value: &&Value| Types::of_value(value).meets(types);
            list.value.retain(|value| !value.is_null() && fits(value));
        }
        if nullable || self.null_branch {
            types = types.or(Types::NULL);
        }
        // Both truth values are all there are.
        let says_nothing = |list: &Stated<Vec<&Value>>| {
            let is = |truth: bool| list.value.iter().any(|value| **value == truth);
            types.without(Types::NULL) == Types::BOOLEAN && is(true) && is(false)
        };
        let values = values.filter(|list| !says_nothing(list) && types != Types::NULL);
        (types, names_type, values)
    }

    /// An object says by its properties that it is one, an array by its items.
    fn implied_types(&self) -> Types {
        let has = |key: &str| self.found.iter().any(|part| part.object.contains_key(key));
        match () {
            () if has("properties") => Types::OBJECT,
            () if has("items") || has("prefixItems") => Types::ARRAY,
            () => Types::ALL,
        }
    }
}

/// The types that an object names.
fn stated_types(object: &Map<String, Value>) -> Option<Types> {
    match object.get("type")? {
        Value::String(name) => Types::named(name),
        Value::Array(names) => {
            let names = names.iter().filter_map(Value::as_str);
            Some(names.filter_map(Types::named).fold(Types::NONE, Types::or))
        }
        _ => None,
    }
}

/// The types of a branch that says nothing else.
fn type_alone(branch: &Located<'_>) -> Option<Types> {
    let says_nothing = |(key, value): (&String, &Value)| match key.as_str() {
        "type" | "title" | "description" | "deprecated" | "example" | "examples" | "$comment" => {
            true
        }
        // 3.0 asks for it.
        "items" => value.as_object().is_some_and(Map::is_empty),
        key => key.starts_with("x-"),
    };
    let types = stated_types(branch.object)?;
    branch.object.iter().all(says_nothing).then_some(types)
}

/// `enum`, or `const` as a list of one.
fn values_of<'d>(part: &Located<'d>) -> Option<Stated<Vec<&'d Value>>> {
    let of_enum = part.object.get("enum").and_then(Value::as_array);
    let (key, value) = match (of_enum, part.object.get("const")) {
        (_, Some(only)) => ("const", vec![only]),
        (Some(list), None) => ("enum", list.iter().collect()),
        (None, None) => return None,
    };
    let at = part.pointer.child(key);
    Some(Stated { value, at })
}

fn intersection<'d>(known: Vec<&'d Value>, list: Stated<Vec<&'d Value>>) -> Stated<Vec<&'d Value>> {
    let texts: HashSet<&str> = known.iter().filter_map(|value| value.as_str()).collect();
    let others: Vec<&Value> = known
        .iter()
        .filter(|value| !value.is_string())
        .copied()
        .collect();
    let is_known = |value: &&Value| match value.as_str() {
        Some(text) => texts.contains(text),
        None => others.iter().any(|other| same_value(value, other)),
    };
    Stated {
        value: list.value.into_iter().filter(is_known).collect(),
        at: list.at,
    }
}

/// What 3.1 says by `contentEncoding` and `contentMediaType` are formats of 3.0.
fn format<'d>(parts: &[Located<'d>]) -> Option<Stated<&'d str>> {
    let keyword = |key: &'static str| {
        parts.iter().find_map(|part| {
            let at = part.pointer.child(key);
            let value = part.text(key)?;
            Some(Stated { value, at })
        })
    };
    let encoding = || {
        let encoding = keyword("contentEncoding")?;
        let value = if encoding.value.eq_ignore_ascii_case("base64") {
            "byte"
        } else {
            encoding.value
        };
        Some(Stated { value, ..encoding })
    };
    let media = || {
        let media = keyword("contentMediaType")?;
        let is_bytes = media.value.eq_ignore_ascii_case("application/octet-stream");
        is_bytes.then_some(Stated {
            value: "binary",
            at: media.at,
        })
    };
    keyword("format").or_else(encoding).or_else(media)
}

fn patterns<'d>(parts: &[Located<'d>]) -> Vec<Stated<&'d str>> {
    let mut found: Vec<Stated<&'d str>> = Vec::new();
    for part in parts {
        let Some(value) = part.text("pattern") else {
            continue;
        };
        if !matches_everything(value) && !found.iter().any(|known| known.value == value) {
            let at = part.pointer.child("pattern");
            found.push(Stated { value, at });
        }
    }
    found
}

fn each<'d>(parts: &[Located<'d>], key: &str) -> Vec<Located<'d>> {
    parts.iter().filter_map(|part| under(part, key)).collect()
}

fn properties<'d>(parts: &[Located<'d>]) -> Vec<Property<'d>> {
    let mut found: Vec<Property<'d>> = Vec::new();
    let mut known: HashMap<&'d str, usize> = HashMap::new();
    for part in parts {
        let at = part.pointer.child("properties");
        let entries = part.object.get("properties").and_then(Value::as_object);
        for (name, value) in entries.into_iter().flatten() {
            let Some(slot) = super::located(at.child(name), value) else {
                continue;
            };
            let next = found.len();
            let index = *known.entry(name).or_insert(next);
            match found.get_mut(index) {
                Some(property) => property.slots.push(slot),
                None => found.push(Property {
                    name,
                    slots: vec![slot],
                }),
            }
        }
    }
    found
}

fn required<'d>(parts: &[Located<'d>]) -> Vec<Stated<&'d str>> {
    let mut known = HashSet::new();
    let mut found = Vec::new();
    for part in parts {
        let at = part.pointer.child("required");
        let names = part.object.get("required").and_then(Value::as_array);
        for (index, name) in names.into_iter().flatten().enumerate() {
            if let Some(value) = name.as_str().filter(|name| known.insert(*name)) {
                let at = at.child(index);
                found.push(Stated { value, at });
            }
        }
    }
    found
}

fn additional<'d>(parts: &[Located<'d>]) -> Additional<'d> {
    let mut of = Vec::new();
    for part in parts {
        for key in ["additionalProperties", "unevaluatedProperties"] {
            match part.object.get(key) {
                Some(Value::Bool(false)) => return Additional::Closed(part.pointer.child(key)),
                Some(Value::Object(schema)) if !schema.is_empty() => {
                    of.extend(under(part, key));
                }
                _ => {}
            }
        }
    }
    match of.is_empty() {
        true => Additional::Open,
        false => Additional::Of(of),
    }
}
