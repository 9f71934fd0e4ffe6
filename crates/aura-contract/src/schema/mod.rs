//! Schemas: what a value must look like.

mod check;
pub(crate) mod number;
pub(crate) mod read;
pub(crate) mod sample;
mod shape;
mod text;

use std::fmt;
use std::sync::Arc;

use openapi_document::composition::{parts_of, properties_of, require};
use openapi_document::extensions::SENSITIVE;
use openapi_document::validate::Direction;
use openapi_document::{Located, Pointer, envelope_data, reference};
use serde_json::Value;

use crate::document::{Derived, Document};

/// What a value must look like, as the contract says it.
#[derive(Clone)]
pub struct Schema {
    document: Arc<Document>,
    value: Value,
    direction: Direction,
    derived: Arc<Derived>,
}

impl fmt::Debug for Schema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Schema").field(&self.value).finish()
    }
}

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

    fn of(&self, located: &Located<'_>) -> Schema {
        self.sibling(&Value::Object(located.object.clone()))
    }

    /// As the document's own schemas are looked at; one that is no object says nothing.
    fn located(&self) -> Option<Located<'_>> {
        Some(Located {
            pointer: Pointer::ROOT,
            object: self.value.as_object()?,
        })
    }

    /// The schemas that say what it is: itself, and those of its `allOf`, at any depth.
    fn parts(&self) -> Vec<Located<'_>> {
        let located = self.located();
        located.map_or_else(Vec::new, |own| parts_of(self.document.value(), own))
    }

    /// The `$ref` that this is, or `allOf` with nothing but one.
    fn reference(&self) -> Option<&str> {
        let all = self.value.get("allOf").and_then(Value::as_array);
        let named = match all.map(Vec::as_slice) {
            Some([part]) => part,
            _ => &self.value,
        };
        reference(named)
    }

    /// The component that this is: by a `$ref`, or by `allOf` with nothing but one.
    pub fn component(&self) -> Option<String> {
        let target = Pointer::from_reference(self.reference()?)?;
        let name = target.schema_name()?;
        (target.parts().len() == 3).then(|| name.to_owned())
    }

    /// The value of a keyword, wherever `allOf` says it.
    fn find(&self, keyword: &str) -> Option<&Value> {
        let parts = self.parts().into_iter();
        parts.filter_map(|part| part.object.get(keyword)).next()
    }

    /// A keyword that is a count.
    fn count(&self, keyword: &str) -> Option<usize> {
        let count = self.find(keyword)?.as_u64()?;
        usize::try_from(count).ok()
    }

    /// Whether a keyword is `true`, wherever `allOf` says it.
    fn says(&self, keyword: &str) -> bool {
        self.parts().iter().any(|part| part.flag(keyword))
    }

    /// Whether null fits too.
    pub fn is_nullable(&self) -> bool {
        self.says("nullable")
    }

    /// Whether a property isn't there in this direction: `readOnly` in what is sent, `writeOnly` in
    /// what is answered.
    pub fn is_absent(&self) -> bool {
        self.says(self.direction.absent())
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
        let located = self.located();
        let properties =
            located.map_or_else(Vec::new, |own| properties_of(self.document.value(), own));
        let properties = properties.into_iter();
        properties
            .map(|(name, property)| (name.to_owned(), self.of(&property)))
            .collect()
    }

    /// The property of this name.
    pub fn property(&self, name: &str) -> Option<Schema> {
        let parts = self.parts().into_iter();
        let found = parts.filter_map(|part| part.object.get("properties")?.get(name));
        found.map(|schema| self.sibling(schema)).next()
    }

    /// What the member of this name must look like, whether it is named or one of others.
    pub(crate) fn member(&self, name: &str) -> Option<Schema> {
        self.property(name).or_else(|| {
            let rest = self.find("additionalProperties")?;
            rest.is_object().then(|| self.sibling(rest))
        })
    }

    /// Whether an object may have members that the contract doesn't name, as far as it says so.
    pub(crate) fn takes_any_name(&self) -> bool {
        match self.find("additionalProperties") {
            Some(rest) => *rest != Value::Bool(false),
            None => self.properties().is_empty(),
        }
    }

    /// What `data` looks like, if this is an envelope: `data`, which must be there, and `success`
    /// alone. Its value is what a client gives back.
    pub fn enveloped(&self) -> Option<Schema> {
        let data = envelope_data(self.document.value(), self.located()?)?;
        Some(self.of(&data))
    }

    /// Whether the property of this name must be there.
    pub fn requires(&self, name: &str) -> bool {
        require(&self.parts(), name)
    }

    /// What it means.
    pub fn description(&self) -> Option<String> {
        self.find("description")?.as_str().map(str::to_owned)
    }

    /// Whether the contract marks it as personal data.
    pub fn is_sensitive(&self) -> bool {
        self.says(SENSITIVE)
    }

    /// The values that it can have, if the contract lists them.
    pub fn values(&self) -> Vec<Value> {
        let values = self.find("enum").and_then(Value::as_array);
        values.cloned().unwrap_or_default()
    }
}
