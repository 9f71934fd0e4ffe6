//! Walks the document by the grammar: what is no OpenAPI is told.

use serde_json::{Map, Value, json};

use super::extensions;
use super::fields::{MISSING_FIELD, UNKNOWN_FIELD, WRONG_TYPE};
use super::mend::Mend;
use super::subject::Condemned;
use super::suggest::nearest;
use openapi_document::keywords::{Kind, Shape, fields};
use openapi_document::objects::takes_extensions;
use openapi_document::schema::Dialect;
use openapi_document::{Contract, Pointer};
use openapi_document::{Diagnostic, Rule, Severity};

/// The rules of this file.
pub const RULES: [&Rule; 5] = [
    &UNKNOWN_FIELD,
    &MISSING_FIELD,
    &WRONG_TYPE,
    &super::references::WRONG_REF,
    &super::answers::NO_MEDIA_TYPE,
];

/// What is wrong in a document's structure, and how to see past it.
#[derive(Debug, Default)]
pub struct Structure {
    pub found: Vec<Diagnostic>,
    pub mends: Vec<Mend>,
    pub condemned: Condemned,
}

/// Looks through a document.
pub fn structure(contract: &Contract) -> Structure {
    let mut walk = Walk {
        contract,
        structure: Structure::default(),
    };
    let document = Shape::Object(Kind::Document);
    walk.value(&contract.document, Pointer::ROOT, document, Kind::Document);
    walk.structure
}

struct Walk<'c> {
    contract: &'c Contract,
    structure: Structure,
}

impl Walk<'_> {
    /// `within` is the object that the value stands in.
    fn value(&mut self, value: &Value, at: Pointer, shape: Shape, within: Kind) {
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
                    self.value(item, at.child(index), *shape, within);
                }
            }
            (Shape::Map(shape), Value::Object(entries)) => {
                let mut before = None;
                for (name, entry) in entries {
                    if name.starts_with("x-") && takes_extensions(*shape) {
                        continue;
                    }
                    let here = at.child(name);
                    if self.has_no_media_type(name, &here, *shape, within) {
                        continue;
                    }
                    if is_dedented(name, entry, *shape)
                        && let Some(before) = before
                    {
                        // The one before lacks it.
                        self.condemn(&before, Kind::Schema);
                    }
                    self.value(entry, here.clone(), *shape, within);
                    before = Some(here);
                }
            }
            _ => self.wrong_type(value, &at, shape, within),
        }
    }

    fn object(&mut self, object: &Map<String, Value>, at: Pointer, kind: Kind, can_refer: bool) {
        if kind != Kind::PathItem && object.contains_key("$ref") {
            if !can_refer {
                let told = super::references::WRONG_REF
                    .told(format!("this {} can't be a `$ref`", kind.name()))
                    .at(self.contract.key(&at.child("$ref")))
                    .help("write out here what it refers to");
                self.structure.found.push(told);
                self.condemn(&at, kind);
            }
            return; // The references' own rules look at the others.
        }
        let fields = fields(kind);
        let names = fields.iter().map(|field| field.name);
        let names: Vec<&str> = names.chain(can_refer.then_some("$ref")).collect();
        let mut meant = Vec::new();
        for (name, value) in object {
            let field = |name: &str| fields.iter().find(|field| field.name == name);
            match field(name) {
                Some(field) => self.value(value, at.child(name), field.shape, kind),
                None => {
                    let told = self.unknown(name, value, &at, kind, &names);
                    let told = told.filter(|meant| !object.contains_key(*meant));
                    if let Some(field) = told.and_then(field) {
                        // Read as what was meant.
                        self.structure
                            .mends
                            .push(Mend::Rename(at.child(name), field.name));
                        self.value(value, at.child(name), field.shape, kind);
                    }
                    meant.extend(told);
                }
            }
        }
        // One that is misspelled is told as that.
        let missing = fields.iter().filter(|field| field.required);
        let missing: Vec<&str> = missing
            .map(|field| field.name)
            .filter(|name| !object.contains_key(*name) && !meant.contains(name))
            .collect();
        if meant.contains(&"$ref") {
            self.condemn(&at, kind);
        } else if !missing.is_empty() {
            self.missing(&missing, &at, kind);
        }
    }

    /// Tells a field of a media type that stands where the media type itself belongs.
    fn has_no_media_type(&mut self, name: &str, at: &Pointer, shape: Shape, within: Kind) -> bool {
        let is_field = fields(Kind::MediaType)
            .iter()
            .any(|field| field.name == name);
        if !matches!(shape, Shape::Object(Kind::MediaType)) || !is_field {
            return false;
        }
        let around = at.parent().and_then(|content| content.parent());
        let around = around.unwrap_or_default();
        if !self.structure.condemned.contains_key(&around) {
            let told = super::answers::NO_MEDIA_TYPE
                .told(format!("`{name}` is no media type"))
                .at(self.contract.key(at))
                .help("write `application/json:` above it, and indent it below that");
            self.structure.found.push(told);
        }
        self.condemn(&around, within);
        self.structure.mends.push(Mend::Remove(at.clone()));
        true
    }

    /// The version of OpenAPI that people read about.
    fn minor(&self) -> &'static str {
        match self.contract.dialect() {
            Dialect::V30 => "3.0",
            Dialect::V31 => "3.1",
        }
    }

    fn condemn(&mut self, at: &Pointer, kind: Kind) {
        self.structure.condemned.insert(at.clone(), kind);
    }

    /// Tells a field that is none; gives the one that was probably meant.
    fn unknown(
        &mut self,
        name: &str,
        value: &Value,
        at: &Pointer,
        kind: Kind,
        known: &[&'static str],
    ) -> Option<&'static str> {
        if name.starts_with("x-") {
            self.extension(name, at);
            return None;
        }
        let meant = nearest(name, known.iter().copied());
        let is_newer = self.contract.dialect() == Dialect::V31;
        let newer = newer_keyword(kind, name).filter(|_| !is_newer);
        let elsewhere = newer.or_else(|| match meant {
            Some(_) => None,
            None => misplaced(kind, name, value),
        });
        let help = match (elsewhere, meant) {
            (Some(help), _) => help.to_string(),
            (None, Some(meant)) => format!("did you mean `{meant}`?"),
            (None, None) => {
                format!("remove it, or name it `x-{name}` if it is an extension of your own")
            }
        };
        let mut told = UNKNOWN_FIELD
            .told(format!(
                "OpenAPI {} has no field `{name}` in this {}",
                self.minor(),
                kind.name()
            ))
            .at(self.contract.key(&at.child(name)))
            .help(help);
        // What is no keyword and resembles none is an addition, which says nothing.
        let is_ignored = (kind == Kind::Schema && is_newer)
            || (meant.is_none() && (elsewhere.is_none() || is_annotation(kind, name)));
        if is_ignored {
            told.severity = Severity::Warning;
        }
        self.structure.found.push(told);
        if elsewhere.is_none() && meant.is_some() {
            return meant;
        }
        self.structure.mends.push(Mend::Remove(at.child(name)));
        if !is_ignored {
            self.condemn(at, kind);
        }
        None
    }

    /// An extension that is misspelled would be ignored.
    fn extension(&mut self, name: &str, at: &Pointer) {
        if extensions::find(name).is_some() {
            return;
        }
        let Some(meant) = extensions::meant_by(name) else {
            return; // Of another tool.
        };
        let here = at.child(name);
        let told = UNKNOWN_FIELD
            .told(format!(
                "`{name}` is ignored: what {} is called `{}`",
                meant.purpose, meant.name
            ))
            .at(self.contract.key(&here))
            .help(format!("did you mean `{}`?", meant.name));
        self.structure.found.push(told);
        self.structure.mends.push(Mend::Rename(here, meant.name));
    }

    fn missing(&mut self, names: &[&str], at: &Pointer, kind: Kind) {
        let told = MISSING_FIELD
            .told(format!(
                "this {} has no `{}`",
                kind.name(),
                names.join("` and no `")
            ))
            .at(self.contract.key(at))
            .help(format!(
                "add `{}:`, which OpenAPI {} requires",
                names.join(":` and `"),
                self.minor()
            ));
        self.structure.found.push(told);
        self.condemn(at, kind);
    }

    fn wrong_type(&mut self, value: &Value, at: &Pointer, shape: Shape, within: Kind) {
        let expected = describe(shape);
        let mut told = WRONG_TYPE
            .told(format!(
                "{} must be {expected}, and is {}",
                self.named(at),
                shown(value, self.contract.written(at))
            ))
            .at(self.contract.key(at))
            .help(self.instead(value, at, shape));
        let is_absent = value.is_null() && is_prose(at.last());
        if is_absent {
            told.severity = Severity::Warning;
        }
        self.structure.found.push(told);
        if is_absent {
            self.structure
                .mends
                .push(Mend::Replace(at.clone(), "…".into()));
            return;
        }
        let in_list = at.parent().is_some_and(|list| self.is_list(&list));
        let mend = match shape {
            Shape::Object(kind) | Shape::OrRef(kind) => {
                self.condemn(at, kind);
                Mend::Replace(at.clone(), json!({}))
            }
            // Something is said, though not as text.
            _ if is_prose(at.last()) => Mend::Replace(at.clone(), "…".into()),
            _ => Mend::Remove(at.clone()),
        };
        self.structure.mends.push(mend);
        if !(matches!(shape, Shape::Object(_) | Shape::OrRef(_)) || says_little(at.last())) {
            let holder = at.parent().filter(|_| !in_list);
            let holder = holder.or_else(|| at.parent().and_then(|list| list.parent()));
            self.condemn(&holder.unwrap_or_default(), within);
        }
    }

    /// What a value is called: an element of a list has no name of its own.
    fn named(&self, at: &Pointer) -> String {
        match at.parent() {
            Some(list) if self.is_list(&list) => format!("each element of `{}`", list.last()),
            Some(holder) if self.is_under_any_name(at) => {
                format!("`{}` of `{}`", at.last(), holder.last())
            }
            _ => format!("`{}`", at.last()),
        }
    }

    fn is_list(&self, at: &Pointer) -> bool {
        self.contract.get(at).is_some_and(Value::is_array)
    }

    /// Whether the key is a number, such as a status, which says little alone.
    fn is_under_any_name(&self, at: &Pointer) -> bool {
        at.last().bytes().all(|byte| byte.is_ascii_digit())
    }

    /// Whether this is read as a property of a schema.
    fn is_property(&self, at: &Pointer) -> bool {
        let parts = at.parts();
        parts.len() > 1 && parts[parts.len() - 2] == "properties"
    }

    /// Whether the value stands on a line below its key.
    fn is_below(&self, at: &Pointer) -> bool {
        let text = self.contract.source().text();
        let (key, value) = (self.contract.key_span(at), self.contract.value_span(at));
        text.get(key.end..value.start)
            .is_some_and(|between| between.contains('\n'))
    }

    /// What to write instead of a value of another type.
    fn instead(&self, value: &Value, at: &Pointer, shape: Shape) -> String {
        let expected = describe(shape);
        match (shape, value) {
            (Shape::Text, Value::Number(_) | Value::Bool(_)) => {
                format!("quote it: '{}'", self.contract.written(at))
            }
            (Shape::Text, Value::Array(_)) if at.last() == "type" => {
                "a list of types is OpenAPI 3.1; write one type, and `nullable: true` beside it"
                    .into()
            }
            (Shape::Flag, Value::Number(_))
                if matches!(at.last(), "exclusiveMinimum" | "exclusiveMaximum") =>
            {
                "a number here is OpenAPI 3.1; write `true` beside `minimum` or `maximum`".into()
            }
            (Shape::Flag, Value::String(text)) if matches!(text.as_str(), "true" | "false") => {
                format!("write it without quotes: {text}")
            }
            (Shape::Number | Shape::Count, Value::String(text)) if text.parse::<f64>().is_ok() => {
                format!("write it without quotes: {text}")
            }
            (Shape::List(_), Value::Bool(_)) if at.last() == "required" => {
                "remove it here, and list the property's name in `required:` of the object around it"
                    .into()
            }
            _ if self.is_property(at) && is_dedented(at.last(), value, shape) => {
                format!(
                    "`{}` is read as the name of a property here: indent it as the lines it belongs to",
                    at.last()
                )
            }
            (Shape::OrRef(_), Value::Array(_)) => "write one, without the `- ` of a list".into(),
            (Shape::List(_), Value::Object(_)) => {
                "begin each element with `- `, and a space behind it".into()
            }
            // YAML reads lines that begin with `-id` as one text.
            (Shape::List(_), Value::String(text))
                if text.starts_with('-') && self.is_below(at) =>
            {
                "put a space behind each `-`".into()
            }
            (Shape::List(_), Value::String(text)) => {
                format!("write a list: {}: [{text}]", at.last())
            }
            (_, Value::Null) => format!("write {expected}, or remove the key"),
            (Shape::OrRef(Kind::Response), Value::String(_)) => {
                "write `description:` below it, and the text there".into()
            }
            _ => format!("write {expected}"),
        }
    }
}

/// Whether a field is for people alone.
fn is_prose(field: &str) -> bool {
    matches!(field, "description" | "summary")
}

/// Whether an object means the same without this field.
fn says_little(field: &str) -> bool {
    matches!(
        field,
        "description" | "summary" | "title" | "example" | "deprecated" | "tags" | "version"
    )
}

/// Whether this is no property, but a keyword of the property above it, indented too little.
fn is_dedented(name: &str, value: &Value, shape: Shape) -> bool {
    matches!(shape, Shape::OrRef(Kind::Schema)) && !value.is_object() && is_schema_keyword(name)
}

fn is_schema_keyword(name: &str) -> bool {
    fields(Kind::Schema).iter().any(|field| field.name == name)
}

fn describe(shape: Shape) -> &'static str {
    match shape {
        Shape::Any => "any value",
        Shape::Text => "text",
        Shape::Flag => "`true` or `false`",
        Shape::Number => "a number",
        Shape::Count => "a whole number, not below zero",
        Shape::Object(_) | Shape::Map(_) => "an object (`key: value` lines)",
        Shape::OrRef(_) => "an object or a `$ref`",
        Shape::FlagOrSchema => "`true`, `false` or a schema",
        Shape::List(_) => "a list (`- ` lines)",
    }
}

/// What a value is, with the value as it is written if that is short.
fn shown(value: &Value, written: &str) -> String {
    const SHORT: usize = 20;
    match value {
        Value::Null => "empty".into(),
        Value::Bool(value) => format!("the boolean `{value}`"),
        Value::Number(_) if written.len() <= SHORT => format!("the number `{written}`"),
        Value::Number(_) => "a number".into(),
        Value::String(text) if text.len() <= SHORT && !text.contains(char::is_control) => {
            format!("the text `{text}`")
        }
        Value::String(_) => "text".into(),
        Value::Array(_) => "a list".into(),
        Value::Object(_) => "an object".into(),
    }
}

/// Whether a keyword of OpenAPI 3.1 only annotates what it stands in.
fn is_annotation(kind: Kind, name: &str) -> bool {
    matches!(
        (kind, name),
        (Kind::Schema, "examples") | (Kind::Info, "summary")
    )
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

/// What is right, but not here.
fn misplaced(kind: Kind, name: &str, value: &Value) -> Option<&'static str> {
    let is_property = || {
        value.as_object().is_some_and(|object| {
            let mut keys = object.keys();
            keys.any(|key| key == "$ref" || is_schema_keyword(key))
        })
    };
    match kind {
        Kind::Parameter | Kind::Header if is_schema_keyword(name) => {
            Some("write it inside `schema:`")
        }
        Kind::MediaType if is_schema_keyword(name) => Some("write it inside `schema:`"),
        Kind::Schema if is_property() => {
            Some("if it is a property, indent it as those of `properties`")
        }
        _ => None,
    }
}
