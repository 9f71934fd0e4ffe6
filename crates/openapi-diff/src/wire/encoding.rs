//! `encoding`: how the parts of a form are written. What is not stated holds by default.

use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::LazyLock;

use openapi_document::operation::Located;
use openapi_document::schema::{Property, Schema, Schemas, Types, under};
use serde_json::{Map, Value};

use super::bodies;
use super::context::Direction;
use super::media::Media;
use super::walk::Walk;
use crate::place::{Spot, code};
use crate::rules::{self, Rule, Shift};

/// Compares how the parts of two forms are written. An entry without a property means nothing.
pub fn compare<'v>(walk: &mut Walk<'v>, was: &Located<'v>, is: &Located<'v>, way: Direction) {
    let documents = Rc::clone(&walk.documents);
    let schema = |schemas: &Schemas<'v>, of| Some(schemas.one(&under(of, "schema")?));
    let (Some(old), Some(new)) = (schema(&documents.old, was), schema(&documents.new, is)) else {
        return;
    };
    for property in &new.properties {
        let Some(before) = old.property(property.name) else {
            continue;
        };
        let old = Part::of(&documents.old, was, before);
        let new = Part::of(&documents.new, is, property);
        if !(old.is_stated || new.is_stated) {
            continue;
        }
        let known = [
            "contentType",
            "style",
            "explode",
            "allowReserved",
            "headers",
        ];
        walk.see_keys(&old.at, &new.at, &known);
        bodies::headers(walk, &old.at, &new.at, way);
        if let Some(rule) = old.difference(&new, way) {
            let name = code(property.name);
            let whole = walk.head_label(&is.pointer);
            let message = format!("the part {name} of {whole} is encoded another way");
            let line = new.at.pointer.clone();
            walk.put(rule, Spot::head(&line), line, message);
        }
    }
}

/// How one part of a form is written.
struct Part<'v> {
    at: Located<'v>,
    is_stated: bool,
    types: BTreeSet<Media>,
    style: &'v str,
    explode: bool,
    reserved: bool,
}

impl<'v> Part<'v> {
    fn of(schemas: &Schemas<'v>, media: &Located<'v>, property: &Property<'v>) -> Part<'v> {
        static NOTHING: LazyLock<Map<String, Value>> = LazyLock::new(Map::new);
        let stated = media
            .child("encoding")
            .and_then(|parts| parts.child(property.name));
        let is_stated = stated.is_some();
        let at = stated.unwrap_or_else(|| Located {
            pointer: media.pointer.clone(),
            object: &NOTHING,
        });
        let schema = schemas.all(&property.slots);
        let types = at
            .text("contentType")
            .unwrap_or_else(|| usual_type(schemas, &schema, 0));
        let style = at.text("style").unwrap_or("form");
        let explode = at.object.get("explode").and_then(Value::as_bool);
        let is_single = schema.types.is_within(Types::SCALAR.or(Types::NULL));
        Part {
            types: types.split(',').map(Media::of).collect(),
            style,
            explode: explode.unwrap_or(style == "form") || is_single,
            reserved: at.flag("allowReserved"),
            is_stated,
            at,
        }
    }

    /// What a difference between two parts means.
    fn difference(&self, now: &Part<'_>, way: Direction) -> Option<&'static Rule> {
        let (was, is) = (self, now);
        if (was.style, was.explode, was.reserved) != (is.style, is.explode, is.reserved) {
            return Some(&rules::ENCODING);
        }
        let widened = covers(&now.types, &self.types);
        let narrowed = covers(&self.types, &now.types);
        match (way, widened, narrowed) {
            (_, true, true) => None,
            (Direction::Request, true, false) => Some(rules::MEDIA_ADDED.of(way)),
            (Direction::Response, false, true) => Some(rules::TYPE.of(Shift::Narrowed).of(way)),
            _ => Some(&rules::ENCODING),
        }
    }
}

/// Whether each of these media types is one of the others, or in a range among them.
fn covers(all: &BTreeSet<Media>, some: &BTreeSet<Media>) -> bool {
    let has = |media: &Media| all.contains(media) || all.iter().any(|range| range.covers(media));
    some.iter().all(has)
}

/// The media type of a part for which none is stated. Of a list, each element is a part.
fn usual_type<'v>(schemas: &Schemas<'v>, schema: &Schema<'v>, depth: u8) -> &'static str {
    let format = schema.format.as_ref().map(|format| format.value);
    let within = |types: Types| schema.types.without(Types::NULL).is_within(types);
    match () {
        () if within(Types::STRING) && matches!(format, Some("binary" | "byte")) => {
            "application/octet-stream"
        }
        () if within(Types::SCALAR) => "text/plain",
        () if within(Types::ARRAY) && depth < 8 => {
            usual_type(schemas, &schemas.all(&schema.items), depth + 1)
        }
        () if within(Types::OBJECT) => "application/json",
        () => "application/octet-stream",
    }
}
