//! Whether a contract is within its bounds, as far as it can be seen in it.

use std::collections::HashSet;

use serde_json::{Map, Value};

use crate::bounds::{
    MAX_HEADERS, MAX_PATTERN, MAX_REFS, MAX_SCHEMA_PARTS, MAX_SECURITY, MAX_WRITTEN_OUT,
    NAMES_PER_PART, PATTERN_PER_PART, size,
};
use crate::document::{Document, reference};
use crate::schema::pattern;

/// Holds a document to the bounds of a contract.
///
/// # Errors
///
/// Which bound it exceeds, and where, as a JSON pointer.
pub(crate) fn check(document: &Document) -> Result<(), String> {
    let security = document.value.get("security").and_then(Value::as_array);
    let schemes = document.value.pointer("/components/securitySchemes");
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
    if let Some(paths) = document.value.get("paths") {
        walk.inside("paths", |walk| walk.value(paths))?;
    }
    // Those that no operation leads to can be asked for by name.
    let schemas = document.value.pointer("/components/schemas");
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
    document: &'d Document,
    written_out: usize,
    schema_parts: usize,
    /// The schemas that `$ref`s lead to and that have been counted.
    compiled: HashSet<*const Value>,
    /// What the `$ref`s around this place lead to.
    targets: Vec<*const Value>,
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
        let mut pointer = String::from("#");
        for name in &self.place {
            pointer.push('/');
            pointer.push_str(&name.replace('~', "~0").replace('/', "~1"));
        }
        format!("{bound} at {pointer}")
    }

    /// What a `$ref` leads to, if to anything.
    fn target(&self, reference: &str) -> Result<Option<&'d Value>, String> {
        let mut target = self.document.target(reference);
        for _ in 0..MAX_REFS {
            match target.and_then(crate::document::reference) {
                Some(next) => target = self.document.target(next),
                None => return Ok(target),
            }
        }
        let bound = format!("`$ref`s follow each other in a cycle, or more than {MAX_REFS} times");
        Err(self.exceeds(&bound))
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
            self.value(target)?;
            self.targets.pop();
            return Ok(());
        }
        match value {
            Value::Object(members) => {
                for (name, member) in members {
                    self.write_out(name.len())?;
                    self.inside(name, |walk| match name.as_str() {
                        "schema" => walk.used_schema(member),
                        "example" => walk.data(member),
                        "headers"
                            if member
                                .as_object()
                                .is_some_and(|all| all.len() > MAX_HEADERS) =>
                        {
                            let bound = format!("a response has more than {MAX_HEADERS} headers");
                            Err(walk.exceeds(&bound))
                        }
                        _ => walk.value(member),
                    })?;
                }
                Ok(())
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.inside(index.to_string(), |walk| walk.value(item))?;
                }
                Ok(())
            }
            _ => self.data(value),
        }
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
        let shared = reference(schema).and_then(|reference| self.document.target(reference));
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
        for _ in 0..MAX_REFS {
            let mut next = Vec::new();
            for reference in std::mem::take(&mut level) {
                self.target(reference)?;
                let Some(target) = self.document.target(reference) else {
                    continue;
                };
                if seen.insert(std::ptr::from_ref(target)) {
                    let place = reference.trim_start_matches("#/").split('/');
                    let place = place.map(|name| name.replace("~1", "/").replace("~0", "~"));
                    let outer = std::mem::replace(&mut self.place, place.collect());
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
            "`$ref`s are nested deeper than {MAX_REFS} at {deepest}"
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
        let names = parts.map(|part| {
            let part = self.document.resolve(part).unwrap_or(part);
            let properties = part.get("properties").and_then(Value::as_object);
            properties.map_or(0, Map::len)
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
