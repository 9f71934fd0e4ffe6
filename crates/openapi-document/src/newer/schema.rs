//! A schema: its keywords one by one, and the names of those that get one.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value, json};

use super::Translator;
use super::moves::At;
use super::remark::{LOST, Reason, SILENT};
use super::types::{self, Stated};
use crate::keywords::Kind;
use crate::pointer::Pointer;

/// A schema on its way.
pub(super) struct Draft<'d> {
    /// As it is written.
    pub written: &'d Map<String, Value>,
    /// The types that it names.
    pub stated: Stated,
    /// What is translated.
    pub object: Map<String, Value>,
    /// Where it stands.
    pub at: At,
    /// Whether null is one of the parts of a choice.
    pub null_branch: bool,
}

impl Draft<'_> {
    /// Whether other schemas add to what it says.
    pub fn is_composed(&self) -> bool {
        let composes = ["$ref", "allOf", "anyOf", "oneOf"];
        composes.iter().any(|key| self.written.contains_key(*key))
    }

    /// Where a keyword of the schema stands: with its type, where a choice tells types apart.
    pub fn place(&self, key: &str) -> At {
        let choice = self.stated.choice();
        let of_type = |(name, _): &&(String, _)| types::made_of(name).contains(&key);
        let part = choice.into_iter().position(|stated| of_type(&stated));
        let part = part.filter(|_| !self.is_composed());
        let part = part.map(|part| self.at.to.child("anyOf").child(part));
        At {
            to: part.unwrap_or(self.at.to.clone()).child(key),
            from: self.at.from.child(key),
        }
    }
}

impl<'d> Translator<'d> {
    /// A schema; one that is neither an object nor a boolean stays as it is.
    pub(super) fn schema(&mut self, value: &'d Value, at: &At) -> Value {
        let written = match value {
            Value::Bool(true) => return json!({}),
            Value::Bool(false) => return json!({"not": {}}),
            Value::Object(written) => written,
            _ => return value.clone(),
        };
        let mut draft = Draft {
            written,
            stated: Stated::of(written),
            object: Map::new(),
            at: at.clone(),
            null_branch: false,
        };
        for (key, value) in written {
            self.keyword(&mut draft, key, value);
        }
        self.elements(&mut draft);
        self.state_types(&mut draft);
        self.reference(&mut draft);
        draft.object.into()
    }

    fn keyword(&mut self, draft: &mut Draft<'d>, key: &str, value: &'d Value) {
        let here = draft.place(key);
        match key {
            "$ref" if value.is_string() => {} // Last, when it is known what stands beside it.
            "type" if !draft.stated.is_empty() => _ = draft.object.insert(key.into(), Value::Null),
            "type" if value.is_array() => self.unknown_type(draft, value),
            "const" => self.constant(draft, value),
            "nullable" if value == &Value::Bool(false) => {}
            "nullable" => {
                let instead = "add `'null'` to the list of types";
                self.remark(here.from, Reason::Outdated(instead));
            }
            "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" => {
                self.limit(draft, key, value);
            }
            "anyOf" | "oneOf" => self.choice(draft, key, value),
            "examples" if value.is_array() => self.examples(draft, value),
            "$defs" | "definitions" => {
                for (name, schema) in value.as_object().into_iter().flatten() {
                    self.name_schema(name, schema, here.from.child(name));
                }
            }
            "$schema" => self.dialect(value, &here),
            "$id" => self.named(value, "", &draft.at),
            "$anchor" | "$dynamicAnchor" => self.named(value, "#", &draft.at),
            "contentEncoding" => self.encoding(draft, value),
            "contentMediaType" if is_bytes(value) => {
                if !draft.written.contains_key("contentEncoding") {
                    self.format(draft, "binary", key);
                }
            }
            "items" | "prefixItems" => self.list(draft, key, value),
            "patternProperties" => self.patterns(draft, value),
            "additionalProperties" if draft.written.contains_key("patternProperties") => {}
            "unevaluatedProperties" => self.unevaluated(draft, value),
            "unevaluatedItems" if value == &Value::Bool(true) => {}
            // Every name is a string.
            "propertyNames" if *value == json!({"type": "string"}) => {}
            key if SILENT.contains(&key) => {}
            key => match LOST.iter().find(|(lost, _)| *lost == key) {
                Some((_, lost)) => self.remark(here.from, Reason::Lost(lost)),
                None => {
                    let value = self.field(Kind::Schema, key, value, here);
                    draft.object.insert(key.into(), value);
                }
            },
        }
    }

    /// A reference stands alone, or as a part beside what else the schema says.
    fn reference(&mut self, draft: &mut Draft<'_>) {
        let Some(reference) = draft.written.get("$ref").filter(|text| text.is_string()) else {
            return;
        };
        let from = draft.at.from.child("$ref");
        if draft.object.is_empty() {
            self.moves.refers(draft.at.to.child("$ref"));
            draft.object.insert("$ref".into(), reference.clone());
            return;
        }
        let part = self.add_part(draft, from.clone());
        self.moves.says(part.child("$ref"), from);
        self.moves.refers(part.child("$ref"));
        push_part(draft, json!({ "$ref": reference }));
    }

    /// Where the next part of `allOf` stands, which says what is written at `from`.
    pub(super) fn add_part(&mut self, draft: &Draft<'_>, from: Pointer) -> Pointer {
        let all = draft.at.to.child("allOf");
        let parts = draft.object.get("allOf").and_then(Value::as_array);
        let part = all.child(parts.map_or(0, Vec::len));
        self.moves.says(part.clone(), from.clone());
        if parts.is_none() {
            self.moves.says(all, from);
        }
        part
    }

    /// Puts a schema among the components, under a name like this.
    pub(super) fn name_schema(&mut self, name: &str, schema: &'d Value, from: Pointer) {
        let name = self.names.free(name);
        let to = Pointer::of(["components", "schemas", &name]);
        let at = At { to, from };
        self.moves.moved(&at);
        let schema = self.schema(schema, &at);
        self.names.named.insert(name, schema);
    }

    fn named(&mut self, name: &Value, prefix: &str, at: &At) {
        if let Some(name) = name.as_str() {
            self.moves.named(format!("{prefix}{name}"), at.to.clone());
        }
    }

    /// Leaves of a list of types the one that is none, for lint to report.
    fn unknown_type(&mut self, draft: &mut Draft<'_>, types: &Value) {
        let types = types.as_array().into_iter().flatten().enumerate();
        let mut unknown = types.filter(|(_, name)| !types::is_type(name));
        if let Some((index, name)) = unknown.next() {
            let here = draft.at.child("type");
            self.moves.says(here.to, here.from.child(index));
            draft.object.insert("type".into(), name.clone());
        }
    }

    fn constant(&mut self, draft: &mut Draft<'_>, value: &Value) {
        if !draft.written.contains_key("enum") {
            let only = draft.at.to.child("enum").child(0);
            self.moves.says(only, draft.at.from.child("const"));
            let at = draft.at.clone();
            self.add(&mut draft.object, &at, "enum", json!([value]), "const");
        }
    }

    /// The stricter of two limits, the exclusive one marked as such.
    fn limit(&mut self, draft: &mut Draft<'_>, key: &str, value: &Value) {
        let (inclusive, exclusive) = match key {
            "minimum" | "exclusiveMinimum" => ("minimum", "exclusiveMinimum"),
            _ => ("maximum", "exclusiveMaximum"),
        };
        let number = |key: &str| draft.written.get(key).and_then(Value::as_f64);
        let is_exclusive = match (number(inclusive), number(exclusive)) {
            (Some(limit), Some(excluded)) if inclusive == "minimum" => excluded >= limit,
            (Some(limit), Some(excluded)) => excluded <= limit,
            (_, excluded) => excluded.is_some(),
        };
        let at = draft.at.clone();
        match (key == exclusive, is_exclusive) {
            (true, true) => {
                self.add(&mut draft.object, &at, inclusive, value.clone(), exclusive);
                draft.object.insert(exclusive.into(), true.into());
            }
            (true, false) if value.is_boolean() => {
                let instead = "write the limit itself under it, as a number";
                self.remark(at.from.child(key), Reason::Outdated(instead));
            }
            (false, false) => _ = draft.object.insert(key.into(), value.clone()),
            (false, true) | (true, false) => {} // The other one is stricter.
        }
    }

    fn examples(&mut self, draft: &mut Draft<'_>, examples: &Value) {
        if let Some(first) = examples
            .get(0)
            .filter(|_| !draft.written.contains_key("example"))
        {
            let from = draft.at.from.child("examples").child(0);
            self.moves.says(draft.at.to.child("example"), from);
            draft.object.insert("example".into(), first.clone());
        }
    }

    fn encoding(&mut self, draft: &mut Draft<'_>, encoding: &Value) {
        if let Some(encoding) = encoding.as_str() {
            let is_base64 = encoding.eq_ignore_ascii_case("base64");
            let format = if is_base64 { "byte" } else { encoding };
            self.format(draft, format, "contentEncoding");
        }
    }

    /// The format that another keyword means; it is one of text.
    fn format(&mut self, draft: &mut Draft<'_>, format: &str, key: &str) {
        let at = draft.at.clone();
        if !draft.written.contains_key("format") {
            self.add(&mut draft.object, &at, "format", format, key);
        }
        if !draft.written.contains_key("type") {
            self.add(&mut draft.object, &at, "type", "string", key);
        }
    }
}

/// Adds a part to `allOf`.
pub(super) fn push_part(draft: &mut Draft<'_>, part: Value) {
    let parts = draft.object.entry("allOf").or_insert_with(|| json!([]));
    if let Value::Array(parts) = parts {
        parts.push(part);
    }
}

fn is_bytes(media_type: &Value) -> bool {
    let media_type = media_type.as_str();
    media_type.is_some_and(|name| name.eq_ignore_ascii_case("application/octet-stream"))
}

/// The component schemas that get their name here.
pub(super) struct Names {
    /// The letters and digits of the names that are taken.
    taken: HashSet<String>,
    /// The last number behind a name that is wanted again.
    numbers: HashMap<String, usize>,
    named: Map<String, Value>,
}

impl Names {
    /// Those of a document are taken.
    pub fn of(document: &Value) -> Names {
        let schemas = document.pointer("/components/schemas");
        let names = schemas.and_then(Value::as_object).into_iter().flatten();
        Names {
            taken: names.map(|(name, _)| letters(name)).collect(),
            numbers: HashMap::new(),
            named: Map::new(),
        }
    }

    /// Takes a name that a component can have, with a number if need be.
    fn free(&mut self, wanted: &str) -> String {
        let allowed = |c: char| match c.is_ascii_alphanumeric() || ".-_".contains(c) {
            true => c,
            false => '-',
        };
        let wanted: String = wanted.chars().map(allowed).collect();
        if self.taken.insert(letters(&wanted)) {
            return wanted;
        }
        let number = self.numbers.entry(wanted.clone()).or_insert(1);
        loop {
            *number += 1;
            let name = format!("{wanted}-{number}");
            if self.taken.insert(letters(&name)) {
                return name;
            }
        }
    }

    /// The schemas with their names.
    pub fn take(&mut self) -> Map<String, Value> {
        std::mem::take(&mut self.named)
    }
}

fn letters(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}
