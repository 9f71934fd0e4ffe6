//! What objects and lists are made of.

use serde_json::{Value, json};

use super::Translator;
use super::moves::At;
use super::remark::{LOST, Reason};
use super::schema::Draft;
use crate::keywords::Shape;

/// What stands in a list's first places.
const POSITIONS: &str = "the elements are of any type, whatever their position";

/// Properties whose names are known by a pattern alone.
const PATTERNS: &str = "which names the properties have is not checked";

impl<'d> Translator<'d> {
    /// The elements of a list. Those that are told apart by their position can be any value.
    pub(super) fn list(&mut self, draft: &mut Draft<'d>, key: &str, value: &'d Value) {
        let first = draft.written.get("prefixItems").and_then(Value::as_array);
        match (key, first) {
            ("prefixItems", _) => {
                let at = draft.at.clone();
                self.remark(at.from.child(key), Reason::Lost(POSITIONS));
                self.add(&mut draft.object, &at, "items", json!({}), key);
            }
            // No more than those.
            (_, first) if value == &Value::Bool(false) => {
                let most = first.map_or(0, Vec::len);
                let at = draft.at.clone();
                self.add(&mut draft.object, &at, "maxItems", most, key);
            }
            (_, Some(_)) => {}
            (_, None) => {
                let items = self.schema(value, &draft.place(key));
                draft.object.insert(key.into(), items);
            }
        }
    }

    /// A list says of which elements it is, which may be any.
    pub(super) fn elements(&mut self, draft: &mut Draft<'_>) {
        let is_list = draft.stated.real().any(|name| name == "array");
        if is_list && !draft.object.contains_key("items") {
            let at = draft.at.clone();
            self.add(&mut draft.object, &at, "items", json!({}), "type");
        }
    }

    /// Properties with a pattern for a name: a map, if they are the only ones.
    pub(super) fn patterns(&mut self, draft: &mut Draft<'d>, patterns: &'d Value) {
        let written = draft.written;
        let (at, key) = (draft.at.clone(), "patternProperties");
        let more = written.get("additionalProperties");
        let says_nothing = |value: &Value| value.as_bool().is_some();
        let is_map = more.is_none_or(says_nothing)
            && !written.contains_key("properties")
            && !draft.is_composed();
        self.remark(at.from.child(key), Reason::Lost(PATTERNS));
        let mut schemas = patterns.as_object().into_iter().flatten();
        if let (true, Some((pattern, schema)), None) = (is_map, schemas.next(), schemas.next()) {
            let here = At {
                from: at.from.child(key).child(pattern),
                ..draft.place("additionalProperties")
            };
            self.moves.moved(&here);
            let schema = self.value(schema, here, Shape::FlagOrSchema);
            draft.object.insert("additionalProperties".into(), schema);
        }
        if draft.stated.is_empty() && !draft.is_composed() {
            self.add(&mut draft.object, &at, "type", "object", key);
        }
    }

    /// Properties that nothing describes: as `additionalProperties`, where no other schema
    /// describes some.
    pub(super) fn unevaluated(&mut self, draft: &mut Draft<'d>, value: &'d Value) {
        let key = "unevaluatedProperties";
        let described = ["additionalProperties", "patternProperties"];
        let described = described.iter().any(|key| draft.written.contains_key(*key));
        if described || value == &Value::Bool(true) {
            return;
        }
        let from = draft.at.from.child(key);
        if draft.is_composed() || draft.written.contains_key("if") {
            let lost = LOST.iter().find(|(lost, _)| *lost == key);
            self.remark(from, Reason::Lost(lost.map_or("", |(_, lost)| lost)));
            return;
        }
        let here = At {
            from,
            ..draft.place("additionalProperties")
        };
        self.moves.moved(&here);
        let value = self.value(value, here, Shape::FlagOrSchema);
        draft.object.insert("additionalProperties".into(), value);
    }
}
