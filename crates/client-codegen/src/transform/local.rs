//! References that lead to a schema anywhere in the document become references to components.
//!
//! OpenAPI lets a `$ref` lead to the schema of a property, a response or a parameter; progenitor
//! follows those to components alone. A schema that becomes a type is moved to the components, and
//! both places refer to it there, so that it is one type; any other is written out.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::{Map, Value, json};

use super::draft::Named;
use super::hoist::{becomes_type, in_place_of, without_place};
use super::schemas::parts;
use crate::naming::pascal;
use openapi_document::composition::is_sum;
use openapi_document::keywords::Kind;
use openapi_document::objects::items;
use openapi_document::operation::MAX_REFERENCES;
use openapi_document::{Pointer, get};

/// A document whose schemas refer to components alone.
pub struct Local<'d> {
    /// The document; the contract's own, if it refers to components alone.
    pub document: Cow<'d, Value>,
    /// The components that are none in the contract, with their places in it.
    moved: HashMap<String, Pointer>,
}

impl Local<'_> {
    /// Says of names where the contract describes what they name.
    pub fn describe(&self, names: &mut [Named]) {
        for named in names.iter_mut() {
            let at = &named.pointer;
            let rest = at.parts().get(3..).unwrap_or_default().to_vec();
            let of_components = at.starts_with(&Pointer::of(["components", "schemas"]));
            let moved = at.parts().get(2).filter(|_| of_components);
            if let Some(place) = moved.and_then(|name| self.moved.get(name)) {
                named.pointer = under(place, rest);
            }
        }
    }
}

/// Rewrites the references. `named` says how types are named that stand inline.
pub fn local<'d>(document: &'d Value, named: impl FnOnce() -> Vec<Named>) -> Local<'d> {
    let items = items(document);
    let schemas = || items.of(Kind::Schema);
    let mut deep = schemas()
        .filter_map(|item| anywhere(item.object))
        .peekable();
    if deep.peek().is_none() {
        return Local {
            document: Cow::Borrowed(document),
            moved: HashMap::new(),
        };
    }
    let inline = named().into_iter();
    let components = document.pointer("/components/schemas");
    let components = components.and_then(Value::as_object).into_iter().flatten();
    let mut references = References {
        document,
        inline: inline.map(|named| (named.pointer, named.name)).collect(),
        types: BTreeMap::new(),
        written_out: HashSet::new(),
        taken: components.map(|(name, _)| pascal(name)).collect(),
    };
    for target in deep {
        references.name(&target, &mut Vec::new());
    }
    let mut written = document.clone();
    for item in schemas().filter(|item| item.within != Some(Kind::Schema)) {
        if let Some(schema) = get_mut(&mut written, &item.pointer) {
            *schema = references.at(&item.pointer);
        }
    }
    let mut schemas = match written.pointer_mut("/components/schemas") {
        Some(Value::Object(schemas)) => std::mem::take(schemas),
        _ => Map::new(),
    };
    let mut moved = HashMap::new();
    for (pointer, name) in &references.types {
        let mut schema = references.written(pointer);
        if let Value::Object(schema) = &mut schema {
            without_place(schema);
        }
        schemas.insert(name.clone(), schema);
        moved.insert(name.clone(), pointer.clone());
    }
    if let Value::Object(document) = &mut written {
        let components = document.entry("components").or_insert_with(|| json!({}));
        if let Value::Object(components) = components {
            components.insert("schemas".into(), schemas.into());
        }
    }
    Local {
        document: Cow::Owned(written),
        moved,
    }
}

struct References<'d> {
    document: &'d Value,
    /// The names of the types that stand inline.
    inline: HashMap<Pointer, String>,
    /// The schemas that become components, with their names.
    types: BTreeMap<Pointer, String>,
    /// The schemas that are written out where one refers to them. Each has one part at most, and
    /// at most [`MAX_REFERENCES`] of them stand in each other, so that little is written.
    written_out: HashSet<Pointer>,
    /// The names of all components so far.
    taken: HashSet<String>,
}

impl References<'_> {
    /// Names what becomes a type of a schema that is referred to. `around` are those it stands in,
    /// of which one that comes back needs a name as well.
    fn name(&mut self, at: &Pointer, around: &mut Vec<Pointer>) {
        let schema = get(self.document, at).and_then(Value::as_object);
        let is_named = is_component(at) || self.types.contains_key(at);
        let Some(schema) = schema.filter(|_| !is_named) else {
            return;
        };
        let mut schema = schema.clone();
        let is_type = becomes_type(&schema) || is_sum(&schema);
        let next = anywhere(&schema);
        let parts: Vec<Pointer> = match next {
            Some(target) => vec![target],
            None => {
                let parts = parts(&mut schema).into_iter();
                parts.map(|part| under(at, part.path)).collect()
            }
        };
        let is_deep = around.contains(at) || around.len() > MAX_REFERENCES;
        if is_type || parts.len() > 1 || is_deep {
            let name = self.inline.get(at).cloned();
            let name = name.unwrap_or_else(|| name_of(self.document, at));
            let others = (2..).map(|number| format!("{name}{number}"));
            let mut names = std::iter::once(name.clone()).chain(others);
            let free = names.find(|name| self.taken.insert(name.clone()));
            self.types.insert(at.clone(), free.unwrap_or(name));
        } else if self.written_out.insert(at.clone()) {
            around.push(at.clone());
            for part in &parts {
                self.name(part, around);
            }
            around.pop();
        }
    }

    /// What is to stand where one refers to a schema.
    fn referred(&self, target: &Pointer) -> Value {
        match is_component(target) {
            true => json!({ "$ref": format!("#{target}") }),
            false => self.at(target),
        }
    }

    /// What is to stand where a schema stands.
    fn at(&self, at: &Pointer) -> Value {
        let Some(name) = self.types.get(at) else {
            return self.written(at);
        };
        let schema = get(self.document, at).and_then(Value::as_object);
        let place = schema.map(|schema| in_place_of(schema, name));
        Value::Object(place.unwrap_or_default())
    }

    /// A schema, its references rewritten.
    fn written(&self, at: &Pointer) -> Value {
        let mut schema = get(self.document, at).cloned().unwrap_or_default();
        if let Value::Object(object) = &mut schema {
            if let Some(target) = anywhere(object) {
                return self.referred(&target);
            }
            for part in parts(object) {
                *part.schema = self.at(&under(at, part.path));
            }
        }
        schema
    }
}

/// Where a reference leads that is not written as one to a component.
fn anywhere(schema: &Map<String, Value>) -> Option<Pointer> {
    let reference = schema.get("$ref")?.as_str()?;
    let component = reference.strip_prefix("#/components/schemas/");
    let is_plain = component.is_some_and(|name| !name.contains(['/', '~', '%']));
    Pointer::from_reference(reference).filter(|_| !is_plain)
}

fn is_component(at: &Pointer) -> bool {
    matches!(at.parts(), [components, schemas, _] if components == "components" && schemas == "schemas")
}

fn under(at: &Pointer, path: Vec<String>) -> Pointer {
    path.into_iter().fold(at.clone(), |at, key| at.child(key))
}

/// The name of a schema that is no part of a method or a component: what leads to it, without
/// the words of OpenAPI.
fn name_of(document: &Value, at: &Pointer) -> String {
    let id = |path: &String, method: &String| {
        let id = document["paths"][path][method].get("operationId");
        let id = id.and_then(Value::as_str).map(str::to_string);
        id.unwrap_or_else(|| format!("{path} {method}"))
    };
    let (mut name, rest) = match at.parts() {
        [components, _, name, rest @ ..] if components == "components" => (name.clone(), rest),
        [paths, path, method, rest @ ..] if paths == "paths" => (id(path, method), rest),
        parts => (String::new(), parts),
    };
    let mut is_media = false;
    for part in rest {
        let word = match part.as_str() {
            _ if std::mem::take(&mut is_media) => continue,
            "content" => {
                is_media = true;
                continue;
            }
            "schema" | "properties" | "responses" | "parameters" => continue,
            "items" => "item",
            "additionalProperties" => "value",
            "requestBody" => "body",
            word => word,
        };
        name = format!("{name}-{word}");
    }
    pascal(&name)
}

fn get_mut<'v>(document: &'v mut Value, at: &Pointer) -> Option<&'v mut Value> {
    let mut parts = at.parts().iter();
    parts.try_fold(document, |value, part| match value {
        Value::Object(map) => map.get_mut(part),
        Value::Array(items) => items.get_mut(part.parse::<usize>().ok()?),
        _ => None,
    })
}
