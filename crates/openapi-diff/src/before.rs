//! Where in the old contract a place of the new one was.

use std::collections::HashMap;

use openapi_document::{Pointer, operation::without_names};
use serde_json::Value;

use crate::place::{Side, Spot};

/// The old contract, searched by places of the new one.
pub struct Before<'v> {
    base: &'v Value,
    head: &'v Value,
    /// The old paths, by what they are without the names of their parameters.
    paths: HashMap<String, &'v str>,
}

impl<'v> Before<'v> {
    pub fn new(base: &'v Value, head: &'v Value) -> Before<'v> {
        let paths = base["paths"].as_object().into_iter().flatten();
        Before {
            base,
            head,
            paths: paths
                .map(|(path, _)| (without_names(path), path.as_str()))
                .collect(),
        }
    }

    /// The same place in the old contract, if it was there.
    pub fn place(&self, at: &Spot) -> Option<Pointer> {
        match at.side {
            Side::Base => Some(at.pointer.clone()),
            Side::Head => self.of_head(&at.pointer),
        }
    }

    /// Where in the old contract to look for a change: at the place of `near`, if it was there.
    pub fn near(&self, at: &Spot, near: &Pointer) -> Option<Pointer> {
        let was = self.place(at)?;
        let near = self.of_head(near).filter(|_| at.side == Side::Head);
        Some(near.filter(|near| near.starts_with(&was)).unwrap_or(was))
    }

    fn of_head(&self, at: &Pointer) -> Option<Pointer> {
        let (mut was, mut is) = (self.base, self.head);
        let mut found = Pointer::ROOT;
        for part in at.parts() {
            let key = match (was, is) {
                // An element is known by what it is, not by where it stands.
                (Value::Array(old), Value::Array(new)) => {
                    let index: usize = part.parse().ok()?;
                    let element = new.get(index)?;
                    let same = old.iter().position(|old| is_same_element(old, element));
                    same.unwrap_or(index).to_string()
                }
                _ if found.parts() == ["paths"] && was.get(part).is_none() => {
                    self.paths.get(&without_names(part))?.to_string()
                }
                _ => part.clone(),
            };
            (was, is) = (child(was, &key)?, child(is, part)?);
            found = found.child(key);
        }
        Some(found)
    }
}

fn child<'v>(value: &'v Value, key: &str) -> Option<&'v Value> {
    match value {
        Value::Array(list) => list.get(key.parse::<usize>().ok()?),
        _ => value.get(key),
    }
}

/// Whether two elements of a list are the same one: equal, or named alike.
fn is_same_element(old: &Value, new: &Value) -> bool {
    let named = |keys: &[&str]| {
        keys.iter()
            .all(|key| new.get(*key).is_some() && old.get(*key) == new.get(*key))
    };
    old == new || named(&["name", "in"]) || named(&["$ref"]) || named(&["url"])
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn finds_places_whose_path_or_index_has_changed() {
        let item = |parameters: Value| json!({"get": {"parameters": parameters}});
        let (a, b) = (
            json!({"name": "a", "in": "query"}),
            json!({"name": "b", "in": "query"}),
        );
        let base = json!({"paths": {"/x/{id}": item(json!([a, b]))}});
        let head = json!({"paths": {"/x/{key}": item(json!([b, {"name": "c"}, a]))}});
        let before = Before::new(&base, &head);
        for (is, was) in [
            (
                "#/paths/~1x~1{key}/get/parameters/0",
                Some("/paths/~1x~1{id}/get/parameters/1"),
            ),
            (
                "#/paths/~1x~1{key}/get/parameters/2/name",
                Some("/paths/~1x~1{id}/get/parameters/0/name"),
            ),
            ("#/paths/~1x~1{key}/get/parameters/2/schema", None),
            ("#/paths/~1y", None),
        ] {
            let at = Spot::head(&Pointer::from_reference(is).unwrap());
            let found = before.place(&at).map(|place| place.to_string());
            assert_eq!(found.as_deref(), was);
        }
    }
}
