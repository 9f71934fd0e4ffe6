//! How large and how tangled a contract may be.
//!
//! A contract is a file that anyone may have written. Whatever it holds, reading it, making values
//! for it and checking values by it take memory and time in proportion to its size, and no stack
//! overflows. Each bound is far beyond what an API describes. [`check`] holds a contract to those
//! that can be seen in it, once, when it is read; the others are kept where values are
//! [made](crate::schema) and checked, since they depend on the value.

use std::borrow::Cow;
use std::collections::HashSet;

use serde_json::{Map, Value};

use crate::document::{Document, reference};
use crate::schema::pattern;

/// The most bytes of a contract's text. Parsed, it takes up to a hundred times as much.
pub(crate) const MAX_TEXT: usize = 8 * 1024 * 1024;

/// The most `$ref`s inside each other, from an operation to the last schema, and one after the
/// other with nothing between them. People stop following long before; the stack ends later.
pub(crate) const MAX_REFS: usize = 64;

/// The most JSON values that different schemas of operations lead to. Each schema is compiled with
/// all that it refers to, at some microseconds a value.
const MAX_SCHEMA_PARTS: usize = 300_000;

/// The most bytes of what operations hold if each `$ref` is replaced by its target: each operation
/// has a copy of its own.
const MAX_WRITTEN_OUT: usize = 32 * 1024 * 1024;

/// The most security schemes, and alternatives of the contract's own `security`: each operation or
/// request may look through them all.
const MAX_SECURITY: usize = 100;

/// The most headers of one response. Clients take no more, and servers hold no more than thousands.
const MAX_HEADERS: usize = 100;

/// The most characters that a `pattern` matches, repetitions written out. A class such as `[a-z]`
/// counts as 20 characters, `\p{…}` as 400: so large is what they are compiled to.
const MAX_PATTERN: usize = 100_000;

/// How many characters of a pattern are as much work as one JSON value.
const PATTERN_PER_PART: usize = 4;

/// How many comparisons of names are as much work as one JSON value.
const NAMES_PER_PART: usize = 500;

/// The most values of one that is made up, and the most bytes of its texts and names.
pub(crate) const MAX_SAMPLE_VALUES: usize = 10_000;
pub(crate) const MAX_SAMPLE_TEXT: usize = 64 * 1024;

/// The most schemas that are compared with the contract's own examples to make up one value.
pub(crate) const MAX_SAMPLE_CHECKS: usize = MAX_SCHEMA_PARTS;

/// The most values, and bytes of their texts, that are made up for all answers of a contract.
pub(crate) const MAX_SAMPLES_VALUES: usize = 1_000_000;
pub(crate) const MAX_SAMPLES_TEXT: usize = MAX_WRITTEN_OUT;

/// The most applications of a schema to a place in a value, to check one value: a second's work.
pub(crate) const MAX_STEPS: usize = 2_000_000;

/// The most of them to list all that is wrong instead of the first thing.
pub(crate) const MAX_LISTED_STEPS: usize = 350_000;

/// The most levels of schemas, and of values in each other, to check one value: the checks of each
/// level are called by those around it.
pub(crate) const MAX_LEVELS: usize = 1_000;

/// How many backtracks a regular expression with lookarounds or back-references may make.
pub(crate) const MAX_BACKTRACKS: usize = 20_000;

/// The most characters of a reason in an error, and of a name in a place.
pub(crate) const MAX_REASON: usize = 500;
pub(crate) const MAX_NAME: usize = 100;

/// A text for an error, cut off where it is too long.
pub(crate) fn shown(text: &str, most: usize) -> Cow<'_, str> {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]).into(),
        None => text.into(),
    }
}

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

/// How many JSON values a value is made of, itself included.
pub(crate) fn size(value: &Value) -> usize {
    match value {
        Value::Object(members) => 1 + members.values().map(size).sum::<usize>(),
        Value::Array(items) => 1 + items.iter().map(size).sum::<usize>(),
        _ => 1,
    }
}
