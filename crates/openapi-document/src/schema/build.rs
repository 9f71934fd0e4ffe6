//! Builds the normalized view of one schema.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::pattern::matches_everything;
use super::{
    Additional, Choice, Dialect, Facts, Limits, Number, Property, Schema, Stated, Types, canonical,
    listed, under,
};
use crate::operation::{self, Located};
use crate::pointer::Pointer;

/// Normalizes the schema that all of these are together.
pub(super) fn facts<'d>(document: &'d Value, dialect: Dialect, slots: &[Located<'d>]) -> Facts<'d> {
    let mut parts = Parts::new(document, dialect);
    parts.take(slots);
    parts.facts()
}

/// Normalizes what a schema is with one of the alternatives of its choice.
pub(super) fn with_branch<'d>(
    document: &'d Value,
    dialect: Dialect,
    schema: &Schema<'d>,
    choice: &Choice<'d>,
    branch: &Located<'d>,
) -> Facts<'d> {
    let mut parts = Parts::new(document, dialect);
    parts.found.clone_from(&schema.parts);
    let others = schema.choices.iter().filter(|other| other.at != choice.at);
    parts.choices = others.cloned().collect();
    parts.take(std::slice::from_ref(branch));
    parts.facts()
}

impl<'d> Parts<'d> {
    /// What these parts allow together.
    fn facts(self) -> Facts<'d> {
        let (mut types, values) = self.types_and_values();
        // What goes in whole steps is whole.
        let mut steps = self
            .found
            .iter()
            .filter_map(|part| part.object.get("multipleOf"));
        let whole = |step: &Value| matches!(Number::of(step), Some(Number::Whole(_)));
        if types.meets(Types::NUMBER) && steps.any(whole) {
            types = types.without(Types::NUMBER).or(Types::INTEGER);
        }
        let objects = &self.found;
        let mut facts = Facts {
            types,
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
            references: self.references,
            choices: self.choices,
            parts: self.found,
        };
        // `items: {}` says nothing.
        facts.items.retain(|items| !items.object.is_empty());
        facts
    }
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
    /// The values of choices between values alone.
    lists: Vec<Stated<Vec<&'d Value>>>,
    /// Whether null is one of the branches of a choice.
    null_branch: bool,
}

impl<'d> Parts<'d> {
    fn new(document: &'d Value, dialect: Dialect) -> Parts<'d> {
        Parts {
            document,
            dialect,
            found: Vec::new(),
            references: Vec::new(),
            choices: Vec::new(),
            chosen: Vec::new(),
            lists: Vec::new(),
            null_branch: false,
        }
    }

    /// Adds schemas with all that they are made of.
    fn take(&mut self, slots: &[Located<'d>]) {
        let mut seen = HashSet::new();
        // A stack, for a chain of components can be longer than the program's own stack is deep.
        let mut waiting: Vec<Located<'d>> = slots.iter().rev().cloned().collect();
        while let Some(at) = waiting.pop() {
            if seen.insert(at.pointer.clone()) {
                self.add(at, &mut waiting);
            }
        }
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
        if !at.object.contains_key(keyword) {
            return None;
        }
        let all = listed(at, keyword);
        let all = self.flattened(all);
        let (null, mut branches): (Vec<_>, Vec<_>) = all
            .into_iter()
            .partition(|branch| self.is_null(branch.clone()));
        if keyword == "anyOf" {
            // What another branch allows anyway says nothing: a string, or one of these strings.
            let plain = branches
                .iter()
                .filter_map(type_alone)
                .fold(Types::NONE, Types::or);
            let types = |branch: &Located<'d>| stated_types(branch.object).unwrap_or(Types::ALL);
            branches.retain(|it| type_alone(it).is_some() || !types(it).is_within(plain));
        }
        self.null_branch |= !null.is_empty() || branches.iter().any(|it| self.can_be_null(it));
        if branches.is_empty() && !null.is_empty() {
            self.chosen.push(Types::NULL);
        }
        if branches.len() < 2 {
            return branches.pop();
        }
        let place = at.pointer.child(keyword);
        let types: Option<Vec<Types>> = branches.iter().map(type_alone).collect();
        let values: Option<Vec<Vec<&'d Value>>> = branches.iter().map(values_alone).collect();
        if let Some(types) = types {
            self.chosen
                .push(types.into_iter().fold(Types::NONE, Types::or));
        } else if let Some(values) = values {
            let value = values.concat();
            self.lists.push(Stated { value, at: place });
        } else {
            self.choices.push(Choice {
                at: place,
                branches,
            });
        }
        None
    }

    /// The branches of a choice, with those of branches that are nothing but choices themselves.
    /// A component stays what it is.
    fn flattened(&mut self, branches: Vec<Located<'d>>) -> Vec<Located<'d>> {
        let mut found = Vec::new();
        let mut waiting: Vec<Located<'d>> = branches.into_iter().rev().collect();
        while let Some(branch) = waiting.pop() {
            let Some(inner) = only_combines(&branch) else {
                found.push(branch);
                continue;
            };
            // `nullable` beside a choice is one more branch.
            self.null_branch |= self.dialect == Dialect::V30 && branch.flag("nullable");
            waiting.extend(inner.into_iter().rev());
        }
        found
    }

    /// Whether a branch says of itself that it can be null, beside its other types.
    fn can_be_null(&self, branch: &Located<'d>) -> bool {
        let branch = operation::resolve(self.document, branch.clone());
        branch.is_some_and(|branch| {
            let stated = stated_types(branch.object);
            stated.is_some_and(|types| types.meets(Types::NULL))
                || (self.dialect == Dialect::V30 && branch.flag("nullable"))
        })
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
    fn types_and_values(&self) -> (Types, Option<Stated<Vec<&'d Value>>>) {
        let nullable =
            self.dialect == Dialect::V30 && self.found.iter().any(|part| part.flag("nullable"));
        let stated: Vec<Types> = self
            .found
            .iter()
            .filter_map(|part| stated_types(part.object))
            .chain(self.chosen.iter().copied())
            .collect();
        let mut types = match stated.is_empty() {
            true => self.implied_types(),
            false => stated.into_iter().fold(Types::ALL, Types::and),
        };
        let mut values: Option<Stated<Vec<&'d Value>>> = None;
        let lists = self.found.iter().filter_map(values_of);
        for list in lists.chain(self.lists.iter().cloned()) {
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
        (types, values)
    }

    /// An object says by its properties that it is one, an array by its items. A choice says of its
    /// own whether null is among its branches.
    fn implied_types(&self) -> Types {
        let has = |key: &str| self.found.iter().any(|part| part.object.contains_key(key));
        match () {
            () if has("properties") => Types::OBJECT,
            () if has("items") || has("prefixItems") => Types::ARRAY,
            () if !self.choices.is_empty() => Types::ALL.without(Types::NULL),
            () => Types::ALL,
        }
    }
}

/// The types that an object names.
fn stated_types(object: &Map<String, Value>) -> Option<Types> {
    match object.get("type")? {
        Value::String(name) => Types::named(name),
        Value::Array(names) => {
            let named = |name: &Value| match name {
                // An unquoted null is meant as the type of that name.
                Value::Null => Some(Types::NULL),
                name => Types::named(name.as_str()?),
            };
            Some(names.iter().filter_map(named).fold(Types::NONE, Types::or))
        }
        _ => None,
    }
}

/// Whether a keyword says nothing about values.
fn is_annotation(key: &str) -> bool {
    matches!(
        key,
        "title" | "description" | "deprecated" | "example" | "examples" | "$comment"
    ) || key.starts_with("x-")
}

/// The types of a branch that says nothing else.
fn type_alone(branch: &Located<'_>) -> Option<Types> {
    let alone = |(key, value): (&String, &Value)| match key.as_str() {
        "type" => true,
        // 3.0 asks for it.
        "items" => value.as_object().is_some_and(Map::is_empty),
        key => is_annotation(key),
    };
    stated_types(branch.object).filter(|_| branch.object.iter().all(alone))
}

/// The values of a branch that says nothing else.
fn values_alone<'d>(branch: &Located<'d>) -> Option<Vec<&'d Value>> {
    let alone =
        |key: &String| matches!(key.as_str(), "type" | "enum" | "const") || is_annotation(key);
    let values = values_of(branch).filter(|_| branch.object.keys().all(alone))?;
    let types = stated_types(branch.object).unwrap_or(Types::ALL);
    let fits = |value: &&Value| Types::of_value(value).meets(types);
    Some(values.value.into_iter().filter(fits).collect())
}

/// The alternatives of a schema that is nothing but a choice, or nothing but a sum of one part.
fn only_combines<'d>(schema: &Located<'d>) -> Option<Vec<Located<'d>>> {
    let says_nothing = |key: &str| key == "nullable" || is_annotation(key);
    let mut keys = schema.object.keys().filter(|key| !says_nothing(key));
    let (key, None) = (keys.next()?, keys.next()) else {
        return None;
    };
    let parts = || listed(schema, key);
    match key.as_str() {
        "oneOf" | "anyOf" => Some(parts()),
        "allOf" => Some(parts()).filter(|parts| parts.len() == 1),
        _ => None,
    }
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
    let known: HashSet<String> = known.into_iter().map(canonical).collect();
    let is_known = |value: &&Value| known.contains(&canonical(value));
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
        let text = ["text/", "application/json", "application/xml"];
        let is_bytes = !text
            .iter()
            .any(|text| media.value.to_lowercase().starts_with(text));
        is_bytes.then_some(Stated {
            value: "binary",
            at: media.at,
        })
    };
    // `password` tells user interfaces to hide what is typed.
    let format = keyword("format").filter(|format| format.value != "password");
    format.or_else(encoding).or_else(media)
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
