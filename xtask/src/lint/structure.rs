//! Walks the document by the grammar: what is no OpenAPI is told, and every object is listed for
//! the rules that follow.

use serde_json::{Map, Value};

use super::grammar::{Kind, Shape, fields};
use crate::diagnostics::Diagnostic;
use crate::load::{Contract, Pointer};

/// An object of the document, found by the walk.
#[derive(Debug)]
pub struct Item<'c> {
    /// What it is.
    pub kind: Kind,
    /// Where it is.
    pub pointer: Pointer,
    /// The object itself.
    pub object: &'c Map<String, Value>,
}

/// All objects of a document, in its order.
#[derive(Debug, Default)]
pub struct Items<'c>(Vec<Item<'c>>);

impl<'c> Items<'c> {
    /// All objects of one kind.
    pub fn of(&self, kind: Kind) -> impl Iterator<Item = &Item<'c>> {
        self.0.iter().filter(move |item| item.kind == kind)
    }

    /// All objects, of any kind.
    pub fn all(&self) -> impl Iterator<Item = &Item<'c>> {
        self.0.iter()
    }
}

/// Lists the document's objects, with what is wrong in their structure.
pub fn walk(contract: &Contract) -> (Items<'_>, Vec<Diagnostic>) {
    let mut walk = Walk {
        contract,
        items: Items::default(),
        found: Vec::new(),
    };
    walk.value(
        &contract.document,
        Pointer::ROOT,
        Shape::Object(Kind::Document),
    );
    (walk.items, walk.found)
}

struct Walk<'c> {
    contract: &'c Contract,
    items: Items<'c>,
    found: Vec<Diagnostic>,
}

impl<'c> Walk<'c> {
    fn value(&mut self, value: &'c Value, at: Pointer, shape: Shape) {
        match (shape, value) {
            (Shape::Any, _)
            | (Shape::Text, Value::String(_))
            | (Shape::Flag | Shape::FlagOrSchema, Value::Bool(_))
            | (Shape::Number, Value::Number(_)) => {}
            (Shape::Count, Value::Number(number)) if number.is_u64() => {}
            (Shape::Object(kind), Value::Object(object)) => self.object(object, at, kind, false),
            (Shape::OrRef(kind), Value::Object(object)) => self.object(object, at, kind, true),
            (Shape::FlagOrSchema, Value::Object(object)) => {
                self.object(object, at, Kind::Schema, true);
            }
            (Shape::List(shape), Value::Array(items)) => {
                for (index, item) in items.iter().enumerate() {
                    self.value(item, at.child(index), *shape);
                }
            }
            (Shape::Map(shape), Value::Object(entries)) => {
                for (name, entry) in entries {
                    if !(name.starts_with("x-") && takes_extensions(*shape)) {
                        self.value(entry, at.child(name), *shape);
                    }
                }
            }
            _ => self.wrong_type(value, &at, shape),
        }
    }

    fn object(&mut self, object: &'c Map<String, Value>, at: Pointer, kind: Kind, can_refer: bool) {
        self.items.0.push(Item {
            kind,
            pointer: at.clone(),
            object,
        });
        if kind != Kind::PathItem && object.contains_key("$ref") {
            if !can_refer {
                self.found.push(
                    Diagnostic::error(
                        "spec::wrong-ref",
                        format!("this {} can't be a `$ref`", kind.name()),
                    )
                    .at(self.contract.key_span(&at.child("$ref")))
                    .help("write out here what it refers to"),
                );
            }
            return; // The references' own rules look at the others.
        }
        let fields = fields(kind);
        let names = fields.iter().map(|field| field.name);
        let names: Vec<&str> = names.chain(can_refer.then_some("$ref")).collect();
        let mut meant = Vec::new();
        for (name, value) in object {
            match fields.iter().find(|field| field.name == name) {
                Some(field) => self.value(value, at.child(name), field.shape),
                None => meant.extend(self.unknown(name, &at, kind, &names)),
            }
        }
        // One that is misspelled is told as that.
        let is_here = |name| object.contains_key(name) || meant.contains(&name);
        let missing = fields.iter().filter(|field| field.required);
        let missing: Vec<&str> = missing
            .map(|field| field.name)
            .filter(|name| !is_here(name) && !meant.contains(&"$ref"))
            .collect();
        if !missing.is_empty() {
            self.missing(&missing, &at, kind);
        }
    }

    /// Tells a field that is none; gives the one that was probably meant.
    fn unknown(
        &mut self,
        name: &str,
        at: &Pointer,
        kind: Kind,
        known: &[&'static str],
    ) -> Option<&'static str> {
        if let Some(extension) = name.strip_prefix("x-") {
            self.extension(extension, at);
            return None;
        }
        let meant = nearest(name, known.iter().copied());
        let help = match (newer_keyword(kind, name), meant) {
            (Some(help), _) => help.to_string(),
            (None, Some(meant)) => format!("did you mean `{meant}`?"),
            (None, None) => {
                format!("remove it, or name it `x-{name}` if it is an extension of your own")
            }
        };
        self.found.push(
            Diagnostic::error(
                "spec::unknown-field",
                format!("OpenAPI 3.0 has no field `{name}` in this {}", kind.name()),
            )
            .at(self.contract.key_span(&at.child(name)))
            .help(help),
        );
        meant
    }

    /// A mark that is misspelled would be ignored, and the data printed in clear.
    fn extension(&mut self, name: &str, at: &Pointer) {
        if name != "sensitive"
            && strsim::damerau_levenshtein(&name.to_lowercase(), "sensitive") <= 2
        {
            self.found.push(
                Diagnostic::error(
                    "spec::unknown-field",
                    format!("`x-{name}` is not the mark for personal data"),
                )
                .at(self.contract.key_span(&at.child(format!("x-{name}"))))
                .help("did you mean `x-sensitive`?"),
            );
        }
    }

    fn missing(&mut self, names: &[&str], at: &Pointer, kind: Kind) {
        self.found.push(
            Diagnostic::error(
                "spec::missing-field",
                format!("this {} has no `{}`", kind.name(), names.join("` and no `")),
            )
            .at(self.contract.key_span(at))
            .help(format!(
                "add `{}:`, which OpenAPI 3.0 requires",
                names.join(":` and `")
            )),
        );
    }

    fn wrong_type(&mut self, value: &Value, at: &Pointer, shape: Shape) {
        let expected = describe(shape);
        let help = match (shape, value) {
            (Shape::Text, Value::Number(_) | Value::Bool(_)) => {
                format!("quote it: '{}'", self.contract.written(at))
            }
            (Shape::Text, Value::Array(_)) if at.last() == "type" => {
                "a list of types is OpenAPI 3.1; write one type, and `nullable: true` beside it"
                    .to_string()
            }
            (Shape::Flag, Value::Number(_))
                if matches!(at.last(), "exclusiveMinimum" | "exclusiveMaximum") =>
            {
                "a number here is OpenAPI 3.1; write `true` beside `minimum` or `maximum`"
                    .to_string()
            }
            (_, Value::Null) => format!("write {expected}, or remove the key"),
            _ => format!("write {expected}"),
        };
        self.found.push(
            Diagnostic::error(
                "spec::wrong-type",
                format!(
                    "`{}` must be {expected}, and is {}",
                    at.last(),
                    kind_of(value)
                ),
            )
            .at(self.contract.key_span(at))
            .help(help),
        );
    }
}

/// `paths`, `responses` and callbacks take extensions beside their entries; in `properties` or
/// `headers`, `x-request-id` is a name like any other.
fn takes_extensions(entries: Shape) -> bool {
    matches!(
        entries,
        Shape::Object(Kind::PathItem) | Shape::OrRef(Kind::Response)
    )
}

fn describe(shape: Shape) -> &'static str {
    match shape {
        Shape::Any => "any value",
        Shape::Text => "text",
        Shape::Flag => "`true` or `false`",
        Shape::Number => "a number",
        Shape::Count => "a whole number",
        Shape::Object(_) | Shape::Map(_) => "an object (`key: value` lines)",
        Shape::OrRef(_) => "an object or a `$ref`",
        Shape::FlagOrSchema => "`true`, `false` or a schema",
        Shape::List(_) => "a list (`- ` lines)",
    }
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "empty",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// Keywords of OpenAPI 3.1 that people carry back.
fn newer_keyword(kind: Kind, name: &str) -> Option<&'static str> {
    match (kind, name) {
        (Kind::Schema, "const") => Some("`const` is OpenAPI 3.1; write `enum` with one value"),
        (Kind::Schema, "examples") => Some("`examples` is OpenAPI 3.1; write `example`"),
        (Kind::Schema, "$defs" | "definitions") => {
            Some("schemas stand in `components.schemas` in OpenAPI 3.0")
        }
        (Kind::Document, "webhooks") => Some("`webhooks` is OpenAPI 3.1; remove it"),
        (Kind::Info, "summary") => Some("`summary` is OpenAPI 3.1; write it in `description`"),
        _ => None,
    }
}

/// The name that was probably meant.
pub fn nearest<'n>(name: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let wanted = name.to_lowercase();
    names
        .map(|known| {
            let distance = strsim::damerau_levenshtein(&wanted, &known.to_lowercase());
            (distance, known)
        })
        .filter(|(distance, known)| *distance <= (known.len() / 3).max(1))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, known)| known)
}
