//! Styles: how a parameter or a header writes lists and objects as text.

use openapi_document::operation::Located;
use openapi_document::schema::{Schema, Schemas, Types};

/// So many levels of choices are looked into for the types of their alternatives.
const DEPTH: u8 = 8;

/// How a value is written, with what holds where nothing is stated.
pub struct Style<'v> {
    /// The style's name.
    pub name: &'v str,
    /// Whether each element of a value stands alone.
    pub explode: bool,
    types: Types,
}

impl<'v> Style<'v> {
    /// Returns the style of a parameter or a header; `usual` is the style that is not stated.
    pub fn of(schemas: &Schemas<'v>, at: &Located<'v>, usual: &'v str) -> Style<'v> {
        let name = at.text("style").unwrap_or(usual);
        let stated = at
            .object
            .get("explode")
            .and_then(serde_json::Value::as_bool);
        Style {
            name,
            explode: stated.unwrap_or(name == "form"),
            types: types(schemas, &schemas.at(&at.pointer.child("schema")), DEPTH),
        }
    }

    /// Returns what differs in how values are written: the key, what was and what is. A single
    /// value has nothing to explode and nothing to put between.
    pub fn differences(&self, now: &Style<'_>) -> Vec<(&'static str, String, String)> {
        let both = |types| self.types.meets(types) && now.types.meets(types);
        let is_single = !both(Types::ARRAY.or(Types::OBJECT));
        let name = |style: &Style<'_>| match style.name {
            "spaceDelimited" | "pipeDelimited" | "deepObject" if is_single => "form".to_string(),
            name => name.to_string(),
        };
        let is_exploded = |style: &Style<'_>| match style.name {
            "deepObject" => false,
            // A list is written with commas either way.
            "simple" => style.explode && both(Types::OBJECT),
            _ => style.explode && !is_single,
        };
        let mut found = Vec::new();
        if name(self) != name(now) {
            let text = |style: &Style<'_>| format!("style: {}", style.name);
            found.push(("style", text(self), text(now)));
        } else if is_exploded(self) != is_exploded(now) {
            let text = |style: &Style<'_>| format!("explode: {}", style.explode);
            found.push(("explode", text(self), text(now)));
        }
        found
    }
}

/// The types of values, those of alternatives looked at.
fn types<'v>(schemas: &Schemas<'v>, schema: &Schema<'v>, depth: u8) -> Types {
    if depth == 0 {
        return schema.types;
    }
    schema.choices.iter().fold(schema.types, |all, choice| {
        let branches = choice.branches.iter();
        let branches = branches.map(|branch| types(schemas, &schemas.one(branch), depth - 1));
        all.and(branches.fold(Types::NONE, Types::or))
    })
}
