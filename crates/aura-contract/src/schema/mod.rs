//! Schemas: what a value must look like.

mod check;
pub(crate) mod claims;
mod effort;
pub(crate) mod json_schema;
pub(crate) mod number;
pub(crate) mod pattern;
mod read;
pub(crate) mod sample;
mod shape;
mod text;
mod validator;

use std::collections::HashSet;
use std::fmt;
use std::sync::{Arc, OnceLock};

use serde_json::Value;

use crate::document::{Document, flag, reference};

/// Which way a value goes: `readOnly` properties are not sent, `writeOnly` ones not answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Direction {
    Sent,
    Answered,
}

/// What a value must look like, as the contract says it.
#[derive(Clone)]
pub struct Schema {
    document: Arc<Document>,
    value: Value,
    direction: Direction,
    derived: Arc<Derived>,
}

/// What is worked out of a schema when it is asked for.
#[derive(Default)]
pub(crate) struct Derived {
    validator: OnceLock<Result<jsonschema::Validator, String>>,
    sample: OnceLock<sample::Made>,
}

impl fmt::Debug for Schema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Schema").field(&self.value).finish()
    }
}

/// The prefix of a reference to a component.
pub(crate) const COMPONENT: &str = "#/components/schemas/";

impl Schema {
    pub(crate) fn new(document: &Arc<Document>, value: &Value, direction: Direction) -> Schema {
        Schema {
            document: Arc::clone(document),
            value: value.clone(),
            direction,
            derived: document.derived(value, direction),
        }
    }

    /// Another schema of the same document.
    fn sibling(&self, value: &Value) -> Schema {
        Schema::new(&self.document, value, self.direction)
    }

    /// What it is or refers to; of a `$ref` that leads nowhere, itself.
    fn resolved(&self) -> &Value {
        self.document.resolve(&self.value).unwrap_or(&self.value)
    }

    /// The schemas that say what it is: itself, and those of its `allOf`, at any depth.
    fn parts(&self) -> Vec<&Value> {
        collect(&self.document, vec![&self.value], &["allOf"])
    }

    /// The component that this is: by a `$ref`, or by `allOf` with nothing but one.
    pub fn component(&self) -> Option<&str> {
        let all = self.value.get("allOf").and_then(Value::as_array);
        let named = match all.map(Vec::as_slice) {
            Some([part]) => part,
            _ => &self.value,
        };
        reference(named)?.strip_prefix(COMPONENT)
    }

    /// The value of a keyword, wherever `allOf` says it.
    fn find(&self, keyword: &str) -> Option<&Value> {
        self.parts().into_iter().find_map(|part| part.get(keyword))
    }

    /// A keyword that is a count.
    fn count(&self, keyword: &str) -> Option<usize> {
        let count = self.find(keyword)?.as_u64()?;
        usize::try_from(count).ok()
    }

    /// Whether null fits too.
    pub fn is_nullable(&self) -> bool {
        self.parts().iter().any(|part| flag(part, "nullable"))
    }

    /// Whether a property isn't there in this direction: `readOnly` in what is sent, `writeOnly` in
    /// what is answered.
    pub fn is_absent(&self) -> bool {
        let not_there = match self.direction {
            Direction::Sent => "readOnly",
            Direction::Answered => "writeOnly",
        };
        self.parts().iter().any(|part| flag(part, not_there))
    }

    /// `type`, wherever `allOf` says it.
    pub fn kind(&self) -> Option<String> {
        self.find("type")?.as_str().map(str::to_owned)
    }

    /// `format`, wherever `allOf` says it.
    pub fn format(&self) -> Option<String> {
        self.find("format")?.as_str().map(str::to_owned)
    }

    /// Whether it is an object.
    pub fn is_object(&self) -> bool {
        let has_properties = || self.find("properties").is_some();
        self.kind()
            .map_or_else(has_properties, |kind| kind == "object")
    }

    /// Whether it is an array.
    pub fn is_array(&self) -> bool {
        self.kind().as_deref() == Some("array")
    }

    /// What an array's elements look like.
    pub fn items(&self) -> Option<Schema> {
        self.find("items").map(|items| self.sibling(items))
    }

    /// The properties that the contract names, in its order.
    pub fn properties(&self) -> Vec<(String, Schema)> {
        let mut properties: Vec<(String, Schema)> = Vec::new();
        let mut known = HashSet::new();
        for part in self.parts() {
            let named = part.get("properties").and_then(Value::as_object);
            for (name, schema) in named.into_iter().flatten() {
                if known.insert(name) {
                    properties.push((name.clone(), self.sibling(schema)));
                }
            }
        }
        properties
    }

    /// The property of this name.
    pub fn property(&self, name: &str) -> Option<Schema> {
        let found = self
            .parts()
            .into_iter()
            .find_map(|part| part.get("properties")?.get(name));
        found.map(|schema| self.sibling(schema))
    }

    /// What `data` looks like, if this is an envelope: `data`, which must be there, and `success`
    /// alone. Its value is what a client gives back.
    pub fn enveloped(&self) -> Option<Schema> {
        let names: Vec<String> = self
            .properties()
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        let is_envelope =
            names.len() == 2 && names.iter().any(|name| name == "success") && self.requires("data");
        self.property("data").filter(|_| is_envelope)
    }

    /// Whether the property of this name must be there.
    pub fn requires(&self, name: &str) -> bool {
        let required = |part: &&Value| {
            let names = part.get("required").and_then(Value::as_array);
            names.is_some_and(|names| names.iter().any(|required| required == name))
        };
        self.parts().iter().any(required)
    }

    /// What it means.
    pub fn description(&self) -> Option<String> {
        self.find("description")?.as_str().map(str::to_owned)
    }

    /// Whether the contract marks it as personal data.
    pub fn is_sensitive(&self) -> bool {
        self.parts().iter().any(|part| flag(part, "x-sensitive"))
    }

    /// The values that it can have, if the contract lists them.
    pub fn values(&self) -> Vec<Value> {
        let values = self.find("enum").and_then(Value::as_array);
        values.cloned().unwrap_or_default()
    }
}

/// Schemas, resolved, and those that these keywords list in them, at any depth.
fn collect<'v>(
    document: &'v Document,
    mut open: Vec<&'v Value>,
    keywords: &[&str],
) -> Vec<&'v Value> {
    let mut parts = Vec::new();
    // Each that is referred to once, so that a circle ends.
    let mut targets: HashSet<*const Value> = HashSet::new();
    open.reverse();
    while let Some(value) = open.pop() {
        let Some(resolved) = document.resolve(value) else {
            continue;
        };
        if reference(value).is_some() && !targets.insert(resolved) {
            continue;
        }
        parts.push(resolved);
        for keyword in keywords.iter().rev() {
            let listed = resolved.get(*keyword).and_then(Value::as_array);
            open.extend(listed.into_iter().flatten().rev());
        }
    }
    parts
}
