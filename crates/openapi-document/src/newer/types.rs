//! The types of a schema: 3.0 has one, and `nullable` beside it.

use serde_json::{Map, Value, json};

use super::Translator;
use super::schema::Draft;

/// The types that a schema names, each with its place in the list.
#[derive(Debug, Default)]
pub(super) struct Stated(Vec<(String, Option<usize>)>);

const NAMES: [&str; 7] = [
    "null", "boolean", "integer", "number", "string", "array", "object",
];

/// So many types are all that there are, integers being numbers.
const EVERY: usize = NAMES.len() - 1;

impl Stated {
    /// Reads `type`. What is no type is left for others to report, and all types say nothing.
    pub fn of(schema: &Map<String, Value>) -> Stated {
        let names: Option<Vec<_>> = match schema.get("type") {
            Some(Value::String(name)) => Some(vec![(name.clone(), None)]),
            Some(Value::Array(names)) => {
                let names = names.iter().enumerate();
                let names = names.map(|(index, name)| Some((name.as_str()?.into(), Some(index))));
                names.collect()
            }
            _ => None,
        };
        let mut names = names.unwrap_or_default();
        if !names.iter().all(|(name, _)| NAMES.contains(&name.as_str())) {
            return Stated::default();
        }
        // Only types of listed values matter, unless none of them is listed.
        let fits = |name: &str| {
            listed(schema).is_none_or(|values| values.iter().any(|value| is_of(value, name)))
        };
        if names.iter().any(|(name, _)| fits(name)) {
            names.retain(|(name, _)| fits(name));
        }
        let stated = Stated(names).simple();
        let has_fractions = stated.0.iter().any(|(name, _)| name == "number");
        match stated.0.len() == EVERY && has_fractions {
            true => Stated::default(),
            false => stated,
        }
    }

    /// The types of listed values.
    fn of_values(values: &[Value]) -> Stated {
        let named = |name: &&str| values.iter().any(|value| is_of(value, name));
        let names = NAMES.iter().filter(|name| named(name));
        let has_fraction = |value: &Value| value.is_f64();
        let names = names.filter(|name| **name != "number" || values.iter().any(has_fraction));
        Stated(names.map(|name| (name.to_string(), None)).collect()).simple()
    }

    /// Every integer is a number.
    fn simple(mut self) -> Stated {
        if self.0.iter().any(|(name, _)| name == "number") {
            self.0.retain(|(name, _)| name != "integer");
        }
        self
    }

    /// Whether no type is named.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The types other than null.
    pub fn real(&self) -> impl Iterator<Item = &str> {
        let names = self.0.iter().map(|(name, _)| name.as_str());
        names.filter(|name| *name != "null")
    }

    fn has_null(&self) -> bool {
        self.0.iter().any(|(name, _)| name == "null")
    }

    /// The types that a choice tells apart, if there are several.
    pub fn choice(&self) -> Vec<&(String, Option<usize>)> {
        let real: Vec<_> = self.0.iter().filter(|(name, _)| name != "null").collect();
        match real.len() {
            0 | 1 => Vec::new(),
            _ => real,
        }
    }
}

/// What only values of one type are made of.
pub(super) fn made_of(name: &str) -> &'static [&'static str] {
    match name {
        "object" => &["properties", "required", "additionalProperties"],
        "array" => &["items"],
        _ => &[],
    }
}

impl Translator<'_> {
    /// Says the types in the words of 3.0.
    pub(super) fn state_types(&mut self, draft: &mut Draft<'_>) {
        let at = draft.at.clone();
        if let Some(values) = listed(draft.written)
            && draft.stated.is_empty()
            && !draft.is_composed()
            && !draft.object.contains_key("type")
        {
            draft.stated = Stated::of_values(values);
            let key = match draft.written.contains_key("enum") {
                true => "enum",
                false => "const",
            };
            self.moves.says(at.to.child("type"), at.from.child(key));
        }
        let real: Vec<&str> = draft.stated.real().collect();
        match real.as_slice() {
            [] if draft.stated.has_null() => {
                draft.object.shift_remove("type");
                if !draft.object.contains_key("enum") {
                    self.add(&mut draft.object, &at, "enum", json!([null]), "type");
                }
                return;
            }
            [] => {}
            [only] => _ = draft.object.insert("type".into(), (*only).into()),
            _ => {
                draft.object.shift_remove("type");
                // Other parts say the type themselves.
                if !draft.is_composed() {
                    self.one_of_several(draft);
                }
            }
        }
        // A part without null forbids it, though whoever lists null beside it means that it comes:
        // clients read it.
        if draft.null_branch || draft.stated.has_null() {
            draft.object.insert("nullable".into(), true.into());
        }
    }

    /// A choice between types, each with what its values are made of.
    fn one_of_several(&mut self, draft: &mut Draft<'_>) {
        let choice = draft.at.to.child("anyOf");
        let types = draft.stated.choice().into_iter().enumerate();
        let mut parts = Vec::new();
        for (part, (name, index)) in types {
            let mut object = Map::from_iter([("type".to_string(), name.as_str().into())]);
            let to = choice.child(part);
            let list = draft.at.from.child("type");
            let from = index.map_or(draft.at.from.clone(), |index| list.child(index));
            self.moves.says(to.child("type"), from.clone());
            self.moves.says(to.clone(), from);
            if let Some(values) = listed(draft.written) {
                let values = values.iter().filter(|value| is_of(value, name));
                object.insert("enum".into(), values.cloned().collect());
            }
            for key in made_of(name) {
                object.extend(draft.object.shift_remove_entry(*key));
                self.moves.moved(&draft.place(key));
            }
            parts.push(Value::Object(object));
        }
        if !parts.is_empty() {
            draft.object.shift_remove("enum");
            self.moves.says(choice, draft.at.from.child("type"));
            draft.object.insert("anyOf".into(), parts.into());
        }
    }
}

/// Whether this is the name of a type.
pub(super) fn is_type(name: &Value) -> bool {
    name.as_str().is_some_and(|name| NAMES.contains(&name))
}

/// The values that a schema lists.
fn listed(schema: &Map<String, Value>) -> Option<&[Value]> {
    match (schema.get("enum"), schema.get("const")) {
        (Some(Value::Array(values)), _) if !values.is_empty() => Some(values),
        (None, Some(only)) => Some(std::slice::from_ref(only)),
        _ => None,
    }
}

/// Whether null is all that fits a schema.
pub(super) fn only_null(schema: &Map<String, Value>) -> bool {
    let stated = Stated::of(schema);
    let only_null = |list: &Value| {
        let list = list.as_array();
        list.is_some_and(|list| !list.is_empty() && list.iter().all(Value::is_null))
    };
    (stated.has_null() && stated.real().next().is_none())
        || schema.get("enum").is_some_and(only_null)
        || schema.get("const").is_some_and(Value::is_null)
}

fn is_of(value: &Value, name: &str) -> bool {
    match value {
        Value::Null => name == "null",
        Value::Bool(_) => name == "boolean",
        Value::Number(number) => name == "number" || (name == "integer" && !number.is_f64()),
        Value::String(_) => name == "string",
        Value::Array(_) => name == "array",
        Value::Object(_) => name == "object",
    }
}
