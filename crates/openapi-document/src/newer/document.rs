//! What stands around schemas: the document, its paths and components.

use serde_json::{Map, Value, json};

use super::Translator;
use super::moves::At;
use super::remark::Reason;
use crate::keywords::{Field, Kind, Shape, fields};
use crate::objects::takes_extensions;
use crate::operation::{self, Located, METHODS};
use crate::pointer::Pointer;

/// The dialects that are JSON Schema 2020-12, with OpenAPI's own keywords or without.
const DIALECTS: [&str; 2] = [
    "https://spec.openapis.org/oas/3.1/",
    "https://json-schema.org/draft/2020-12/",
];

/// So many values may stand several times because several paths refer to them.
const MAX_COPIED: usize = 100_000;

impl<'d> Translator<'d> {
    /// The whole document.
    pub(super) fn document(&mut self) -> Value {
        let Some(root) = self.source.as_object() else {
            return self.source.clone();
        };
        let mut document = Map::new();
        for (key, value) in root {
            let at = At::ROOT.child(key);
            match key.as_str() {
                "openapi" => _ = document.insert(key.clone(), "3.0.3".into()),
                "jsonSchemaDialect" => self.dialect(value, &at),
                "webhooks" => self.webhooks(value, &at),
                _ => {
                    let value = self.field(Kind::Document, key, value, at);
                    document.insert(key.clone(), value);
                }
            }
        }
        document.entry("paths").or_insert_with(|| json!({}));
        let named = self.names.take();
        if !named.is_empty() {
            let components = document.entry("components").or_insert_with(|| json!({}));
            if let Value::Object(components) = components
                && let Value::Object(schemas) =
                    components.entry("schemas").or_insert_with(|| json!({}))
            {
                schemas.extend(named);
            }
        }
        document.into()
    }

    /// Reports a dialect of schemas that is another than that of OpenAPI 3.1.
    pub(super) fn dialect(&mut self, value: &Value, at: &At) {
        let is_known = |text: &str| DIALECTS.iter().any(|known| text.starts_with(known));
        if !value.as_str().is_some_and(is_known) {
            self.remark(at.from.clone(), Reason::Dialect);
        }
    }

    /// A value of this shape.
    pub(super) fn value(&mut self, value: &'d Value, at: At, shape: Shape) -> Value {
        match (shape, value) {
            (Shape::FlagOrSchema, Value::Bool(_)) => value.clone(),
            (Shape::Object(Kind::Schema) | Shape::OrRef(Kind::Schema) | Shape::FlagOrSchema, _) => {
                self.schema(value, &at)
            }
            (Shape::Object(kind) | Shape::OrRef(kind), Value::Object(object)) => {
                self.object(object, &at, kind).into()
            }
            (Shape::List(shape), Value::Array(items)) => {
                let items = items.iter().enumerate();
                let items = items.map(|(index, item)| self.value(item, at.child(index), *shape));
                items.collect()
            }
            (Shape::Map(shape), Value::Object(entries)) => {
                let entries = entries.iter().map(|(name, entry)| {
                    let is_extension = name.starts_with("x-") && takes_extensions(*shape);
                    let value = match is_extension {
                        true => entry.clone(),
                        false => self.value(entry, at.child(name), *shape),
                    };
                    (name.clone(), value)
                });
                Value::Object(entries.collect())
            }
            _ => value.clone(),
        }
    }

    /// What stands under a field of an object, or under a name that is no field of it.
    pub(super) fn field(&mut self, kind: Kind, name: &str, value: &'d Value, at: At) -> Value {
        let known = fields(kind).iter().find(|field| field.name == name);
        match known {
            Some(Field { shape, .. }) if shape.holds_objects() => {
                let around = self.within_callback;
                self.within_callback |= name == "callbacks";
                let value = self.value(value, at, *shape);
                self.within_callback = around;
                value
            }
            _ => value.clone(),
        }
    }

    fn object(
        &mut self,
        object: &'d Map<String, Value>,
        at: &At,
        kind: Kind,
    ) -> Map<String, Value> {
        if kind == Kind::PathItem && object.contains_key("$ref") {
            return self.path_item(object, at);
        }
        let refers = object.get("$ref").is_some_and(Value::is_string);
        let mut translated = Map::new();
        for (name, value) in object {
            let here = at.child(name);
            match (kind, name.as_str()) {
                (_, "$ref") => self.moves.refers(here.to),
                (_, "summary" | "description") if refers => {
                    let lost = "what it refers to is described by its own words alone";
                    self.remark(here.from, Reason::Lost(lost));
                    continue;
                }
                (Kind::Components, "pathItems") => continue,
                (Kind::Info, "summary") | (Kind::License, "identifier") => continue,
                (Kind::Discriminator, "mapping") => self.mapping(value, &here),
                _ => {}
            }
            let value = self.field(kind, name, value, at.child(name));
            translated.insert(name.clone(), value);
        }
        let text = |key: &str| object.get(key).and_then(Value::as_str);
        match kind {
            Kind::Info => {
                if let Some(summary) = text("summary") {
                    let description = match text("description") {
                        Some(description) => format!("{summary}\n\n{description}"),
                        None => summary.to_string(),
                    };
                    self.add(&mut translated, at, "description", description, "summary");
                }
            }
            Kind::License => {
                if let Some(identifier) = text("identifier").filter(|_| text("url").is_none()) {
                    let url = format!("https://spdx.org/licenses/{identifier}.html");
                    self.add(&mut translated, at, "url", url, "identifier");
                }
            }
            // In 3.1, an operation need not say what comes back.
            Kind::Operation if !object.contains_key("responses") => {
                let any = json!({"default": {"description": "Any response."}});
                translated.insert("responses".into(), any);
            }
            _ => {}
        }
        translated
    }

    /// Adds under `key` what is written under `written` of the same object.
    pub(super) fn add(
        &mut self,
        object: &mut Map<String, Value>,
        at: &At,
        key: &str,
        value: impl Into<Value>,
        written: &str,
    ) {
        self.moves.says(at.to.child(key), at.from.child(written));
        object.insert(key.into(), value.into());
    }

    fn mapping(&mut self, mapping: &Value, at: &At) {
        for name in mapping.as_object().into_iter().flat_map(Map::keys) {
            self.moves.refers(at.to.child(name));
        }
    }

    /// A path that is a reference is written out, what stands beside the reference above all.
    fn path_item(&mut self, object: &'d Map<String, Value>, at: &At) -> Map<String, Value> {
        if self.within_callback {
            return Map::new();
        }
        let target = self.target(object, &at.from);
        self.copied += target.as_ref().map_or(0, |target| size(target.object));
        let Some(target) = target.filter(|_| self.copied <= MAX_COPIED) else {
            return object.clone();
        };
        let mut translated = Map::new();
        for (key, value) in target.object {
            if !object.contains_key(key) {
                let (to, from) = (at.to.child(key), target.pointer.child(key));
                let here = At { to, from };
                self.moves.moved(&here);
                let value = self.field(Kind::PathItem, key, value, here);
                translated.insert(key.clone(), value);
            }
        }
        for (key, value) in object.iter().filter(|(key, _)| *key != "$ref") {
            let value = self.field(Kind::PathItem, key, value, at.child(key));
            translated.insert(key.clone(), value);
        }
        translated
    }

    /// What a reference leads to in the end.
    fn target(&self, object: &'d Map<String, Value>, at: &Pointer) -> Option<Located<'d>> {
        let pointer = at.clone();
        operation::resolve(self.source, Located { pointer, object })
    }

    /// Nothing calls a webhook; what is sent to it gets a type.
    fn webhooks(&mut self, webhooks: &'d Value, at: &At) {
        for (name, item) in webhooks.as_object().into_iter().flatten() {
            let item = item.as_object();
            let item = item.and_then(|item| self.target(item, &at.from.child(name)));
            for method in METHODS {
                if let Some(operation) = item.as_ref().and_then(|item| item.child(method)) {
                    self.payload(name, &operation);
                }
            }
        }
    }

    /// Names the type of what is sent to a webhook, if it is described there.
    fn payload(&mut self, webhook: &str, operation: &Located<'d>) {
        let body = operation.child("requestBody");
        let body = body.and_then(|body| operation::resolve(self.source, body));
        let media_types = body.iter().flat_map(|body| body.children("content"));
        let mut described = media_types.filter_map(|(_, media)| {
            let at = media.pointer.child("schema");
            Some((media.object.get("schema")?, at))
        });
        let Some((schema, from)) = described.next() else {
            return;
        };
        let reference = schema.get("$ref").and_then(Value::as_str);
        if !reference.is_some_and(|reference| reference.starts_with("#/components/schemas/")) {
            let id = operation.text("operationId");
            let name = format!("{}-payload", id.unwrap_or(webhook));
            self.name_schema(&name, schema, from);
        }
    }
}

/// How many values an object is made of.
fn size(object: &Map<String, Value>) -> usize {
    let mut count = 0;
    let mut waiting: Vec<&Value> = object.values().collect();
    while let Some(value) = waiting.pop() {
        count += 1;
        match value {
            Value::Object(object) => waiting.extend(object.values()),
            Value::Array(items) => waiting.extend(items),
            _ => {}
        }
    }
    count
}
