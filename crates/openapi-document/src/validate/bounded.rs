//! Whether a document is within its bounds, as far as it can be seen in it.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::bounds::{
    MAX_HEADERS, MAX_PATTERN, MAX_SCHEMA_PARTS, MAX_SECURITY, MAX_WRITTEN_OUT, NAMES_PER_PART,
    PATTERN_PER_PART, size,
};
use super::pattern;
use crate::operation::{Lost, MAX_REFERENCES, follow};
use crate::pointer::{Pointer, reference, target};

/// Holds a document to its bounds.
///
/// # Errors
///
/// Which bound it exceeds, and where, as a JSON pointer.
pub(super) fn check(document: &Value) -> Result<(), String> {
    let security = document.get("security").and_then(Value::as_array);
    let schemes = document.pointer("/components/securitySchemes");
    let schemes = schemes.and_then(Value::as_object);
    for (count, pointer) in [
        (security.map_or(0, Vec::len), "#/security"),
        (schemes.map_or(0, Map::len), "#/components/securitySchemes"),
    ] {
        if count > MAX_SECURITY {
            return Err(format!(
                "there are more than {MAX_SECURITY} ways to send a key at {pointer}"
            ));
        }
    }
    let mut walk = Walk {
        document,
        written_out: 0,
        schema_parts: 0,
        compiled: HashSet::new(),
        targets: Vec::new(),
        place: Vec::new(),
    };
    if let Some(paths) = document.get("paths") {
        walk.inside("paths", |walk| walk.value(paths))?;
    }
    // Those that no operation leads to can be asked for by name.
    let schemas = document.pointer("/components/schemas");
    for (name, schema) in schemas.and_then(Value::as_object).into_iter().flatten() {
        walk.place = vec!["components".into(), "schemas".into(), name.clone()];
        if walk.compiled.insert(schema) {
            walk.schema_and_targets(schema)?;
        }
    }
    Ok(())
}

/// A walk through what operations are read from.
struct Walk<'d> {
    document: &'d Value,
    written_out: usize,
    schema_parts: usize,
    /// The schemas that `$ref`s lead to and that have been counted.
    compiled: HashSet<*const Value>,
    /// What the `$ref`s around this place lead to.
    targets: Vec<*const Map<String, Value>>,
    place: Vec<String>,
}

impl<'d> Walk<'d> {
    fn inside<T>(&mut self, name: impl Into<String>, act: impl FnOnce(&mut Self) -> T) -> T {
        self.place.push(name.into());
        let result = act(self);
        self.place.pop();
        result
    }

    fn exceeds(&self, bound: &str) -> String {
        format!("{bound} at #{}", Pointer::from(self.place.clone()))
    }

    /// The object that a `$ref` leads to, if to any.
    fn target(&self, reference: &str) -> Result<Option<&'d Map<String, Value>>, String> {
        let first = target(self.document, reference).and_then(Value::as_object);
        match first.map(|first| follow(self.document, first)) {
            Some(Ok(target)) => Ok(Some(target)),
            None | Some(Err(Lost::Nowhere)) => Ok(None),
            Some(Err(Lost::Endless)) => Err(self.exceeds(&format!(
                "`$ref`s follow each other in a cycle, or more than {MAX_REFERENCES} times"
            ))),
        }
    }

    /// Anything but a schema, with what its `$ref`s lead to.
    fn value(&mut self, value: &'d Value) -> Result<(), String> {
        if let Some(reference) = reference(value) {
            self.write_out(reference.len())?;
            let Some(target) = self.target(reference)? else {
                return Ok(());
            };
            if self.targets.contains(&std::ptr::from_ref(target)) {
                return Ok(());
            }
            self.targets.push(target);
            self.object(target)?;
            self.targets.pop();
            return Ok(());
        }
        match value {
            Value::Object(members) => self.object(members),
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.inside(index.to_string(), |walk| walk.value(item))?;
                }
                Ok(())
            }
            _ => self.data(value),
        }
    }

    fn object(&mut self, members: &'d Map<String, Value>) -> Result<(), String> {
        for (name, member) in members {
            self.write_out(name.len())?;
            self.inside(name, |walk| match (name.as_str(), member) {
                ("schema", _) => walk.used_schema(member),
                ("example", _) => walk.data(member),
                ("headers", Value::Object(headers)) if headers.len() > MAX_HEADERS => {
                    let bound = format!("a response has more than {MAX_HEADERS} headers");
                    Err(walk.exceeds(&bound))
                }
                _ => walk.value(member),
            })?;
        }
        Ok(())
    }

    fn write_out(&mut self, bytes: usize) -> Result<(), String> {
        /// What a value takes beside its text.
        const OVERHEAD: usize = 16;
        self.written_out += bytes + OVERHEAD;
        if self.written_out > MAX_WRITTEN_OUT {
            let bound = "written out, what `$ref`s lead to is larger than 32 MiB";
            return Err(self.exceeds(bound));
        }
        Ok(())
    }

    fn count_parts(&mut self, parts: usize) -> Result<(), String> {
        self.schema_parts = self.schema_parts.saturating_add(parts);
        if self.schema_parts > MAX_SCHEMA_PARTS {
            let bound = format!("the operations' schemas have more than {MAX_SCHEMA_PARTS} parts");
            return Err(self.exceeds(&bound));
        }
        Ok(())
    }

    /// A value that no `$ref` is followed in.
    fn data(&mut self, value: &Value) -> Result<(), String> {
        match value {
            Value::Object(members) => members.iter().try_for_each(|(name, member)| {
                self.write_out(name.len())?;
                self.data(member)
            }),
            Value::Array(items) => items.iter().try_for_each(|item| self.data(item)),
            Value::String(text) => self.write_out(text.len()),
            _ => self.write_out(0),
        }
    }

    /// The schema of an operation. One that is but a `$ref` is compiled once for all.
    fn used_schema(&mut self, schema: &'d Value) -> Result<(), String> {
        self.data(schema)?;
        let shared = reference(schema).and_then(|reference| target(self.document, reference));
        match shared {
            Some(target) if !self.compiled.insert(target) => Ok(()),
            _ => self.schema_and_targets(schema),
        }
    }

    /// A schema and all schemas that it leads to, those that are nearest first.
    fn schema_and_targets(&mut self, schema: &'d Value) -> Result<(), String> {
        let mut seen = HashSet::new();
        let mut level = Vec::new();
        self.schema(schema, &mut level)?;
        for _ in 0..MAX_REFERENCES {
            let mut next = Vec::new();
            for reference in std::mem::take(&mut level) {
                self.target(reference)?;
                let Some(target) = target(self.document, reference) else {
                    continue;
                };
                if seen.insert(std::ptr::from_ref(target)) {
                    let place = Pointer::from_reference(reference).unwrap_or_default();
                    let outer = std::mem::replace(&mut self.place, place.parts().to_vec());
                    self.schema(target, &mut next)?;
                    self.place = outer;
                }
            }
            level = next;
            if level.is_empty() {
                return Ok(());
            }
        }
        let deepest = level[0];
        Err(format!(
            "`$ref`s are nested deeper than {MAX_REFERENCES} at {deepest}"
        ))
    }

    /// One schema, and the `$ref`s in it.
    fn schema(&mut self, schema: &'d Value, found: &mut Vec<&'d str>) -> Result<(), String> {
        if let Some(reference) = reference(schema) {
            found.push(reference);
            return self.count_parts(1);
        }
        let Value::Object(keywords) = schema else {
            return self.count_parts(1);
        };
        for (keyword, value) in keywords {
            let merged = if keyword == "allOf" {
                self.merged(value)
            } else {
                0
            };
            self.count_parts(1 + merged)?;
            self.inside(keyword, |walk| match (keyword.as_str(), value) {
                ("properties", Value::Object(properties)) => walk.schemas(properties, found),
                ("items" | "not" | "additionalProperties", _) => walk.schema(value, found),
                ("allOf" | "oneOf" | "anyOf", Value::Array(parts)) => {
                    for (index, part) in parts.iter().enumerate() {
                        walk.inside(index.to_string(), |walk| walk.schema(part, found))?;
                    }
                    Ok(())
                }
                ("pattern", Value::String(pattern)) => walk.pattern(pattern),
                _ => walk.count_parts(size(value)),
            })?;
        }
        Ok(())
    }

    fn schemas(
        &mut self,
        schemas: &'d Map<String, Value>,
        found: &mut Vec<&'d str>,
    ) -> Result<(), String> {
        for (name, schema) in schemas {
            self.inside(name, |walk| walk.schema(schema, found))?;
        }
        Ok(())
    }

    /// The work of merging the properties of an `allOf`, which the validator does: each name is
    /// looked for among all others.
    fn merged(&self, parts: &Value) -> usize {
        let parts = parts.as_array().into_iter().flatten();
        let names = parts.filter_map(|part| {
            let part = part.as_object()?;
            let part = follow(self.document, part).unwrap_or(part);
            Some(part.get("properties")?.as_object()?.len())
        });
        names.sum::<usize>().pow(2) / NAMES_PER_PART
    }

    fn pattern(&mut self, pattern: &str) -> Result<(), String> {
        let weight = pattern::weight(pattern, 1);
        if weight > MAX_PATTERN {
            let bound = format!("a `pattern` repeats more than {MAX_PATTERN} characters");
            return Err(self.exceeds(&bound));
        }
        self.count_parts(1 + weight / PATTERN_PER_PART)
    }
}
