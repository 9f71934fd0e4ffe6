//! `anyOf` and `oneOf`, in which null can be a part of its own.

use serde_json::{Map, Value, json};

use super::Translator;
use super::moves::At;
use super::schema::{Draft, push_part};
use super::types;
use crate::operation;
use crate::pointer::Pointer;
use crate::schema::located;

/// What a schema can say beside a choice so that it is still the choice alone.
const ANNOTATIONS: [&str; 12] = [
    "$comment",
    "default",
    "deprecated",
    "description",
    "discriminator",
    "example",
    "examples",
    "externalDocs",
    "readOnly",
    "title",
    "writeOnly",
    "xml",
];

impl<'d> Translator<'d> {
    /// A choice without null; the only part that is left is the schema itself.
    pub(super) fn choice(&mut self, draft: &mut Draft<'d>, key: &str, value: &'d Value) {
        let here = draft.at.child(key);
        let Value::Array(list) = value else {
            draft.object.insert(key.into(), value.clone());
            return;
        };
        let parts = list.iter().enumerate();
        let parts: Vec<_> = parts.filter(|(_, part)| !self.is_null(part)).collect();
        let has_null = parts.len() < list.len();
        draft.null_branch |= has_null;
        match parts.as_slice() {
            [] if has_null => {
                let at = draft.at.clone();
                self.add(&mut draft.object, &at, "enum", json!([null]), key);
            }
            [(index, only)] if has_null => self.only_part(draft, key, only, here.from.child(index)),
            _ => {
                let parts = parts
                    .into_iter()
                    .enumerate()
                    .map(|(index, (before, part))| {
                        let at = At {
                            to: here.to.child(index),
                            from: here.from.child(before),
                        };
                        if index != before {
                            self.moves.moved(&at);
                        }
                        self.schema(part, &at)
                    });
                let parts: Value = parts.collect();
                draft.object.insert(key.into(), parts);
            }
        }
    }

    /// The one part beside null: the schema itself, or what else it says is a part too.
    fn only_part(&mut self, draft: &mut Draft<'d>, key: &str, part: &'d Value, from: Pointer) {
        let is_annotation = |other: &&String| {
            *other == key || ANNOTATIONS.contains(&other.as_str()) || other.starts_with("x-")
        };
        let is_alone = draft.written.keys().all(|key| is_annotation(&key));
        let to = match is_alone {
            true => draft.at.to.clone(),
            false => self.add_part(draft, from.clone()),
        };
        let at = At { to, from };
        let part = self.schema(part, &at);
        match part {
            Value::Object(part) if is_alone && !part.contains_key("$ref") => {
                self.moves.relocated(&at);
                self.merge(draft, part, &at);
            }
            part => {
                if is_alone {
                    let to = self.add_part(draft, at.from.clone());
                    self.moves.says(to.child("$ref"), at.from.child("$ref"));
                    self.moves.refers(to.child("$ref"));
                }
                push_part(draft, part);
            }
        }
    }

    /// Takes what a part says, where the schema around it says nothing of this.
    fn merge(&mut self, draft: &mut Draft<'_>, part: Map<String, Value>, at: &At) {
        for (name, value) in part {
            if name == "nullable" {
                draft.null_branch = true;
            } else if !draft.written.contains_key(&name) || name == "anyOf" || name == "oneOf" {
                self.moves.says(at.to.child(&name), at.from.child(&name));
                draft.object.insert(name, value);
            }
        }
    }

    /// Whether null is all that fits.
    fn is_null(&self, part: &Value) -> bool {
        let part = located(Pointer::ROOT, part);
        let part = part.and_then(|part| operation::resolve(self.source, part));
        part.is_some_and(|part| types::only_null(part.object))
    }
}
