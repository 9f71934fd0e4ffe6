//! What `allOf` sums up to: one schema, as far as one type of a client says what the parts say.
//!
//! Parts agree if one value can fit them all: limits and defaults are no matter of types, an enum
//! narrows a string, and of two descriptions the later one stands.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value, json};

use super::{ALTERNATIVE, is_choice, only_require, parts_of};
use crate::extensions::SENSITIVE;
use crate::operation::{self, Located};
use crate::pointer::{self, Pointer};

/// What describes a schema or limits its values, but leaves its type as it is.
const BESIDE_THE_TYPE: [&str; 25] = [
    "default",
    "deprecated",
    "description",
    "discriminator",
    "example",
    "examples",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "externalDocs",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "nullable",
    "pattern",
    "readOnly",
    "title",
    "uniqueItems",
    "writeOnly",
    "xml",
];

/// The most schemas that are merged for one sum. People's stay far below; two components whose
/// properties lead back to both have no end.
const MAX_MERGES: usize = 10_000;

/// So many sums of sums are followed. People stop following long before; the stack ends later.
const MAX_LEVELS: usize = 64;

/// Why parts have no type in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    /// The property that they describe differently, if it isn't the whole.
    pub property: Option<String>,
    /// What they disagree on.
    pub reason: String,
}

impl Contradiction {
    fn of(reason: impl Into<String>) -> Contradiction {
        Contradiction {
            property: None,
            reason: reason.into(),
        }
    }
}

type Merged = Result<Map<String, Value>, Contradiction>;

/// Whether this is a sum, which is written out: of the parts of `allOf`, or of a choice and what
/// stands beside it.
pub fn is_sum(object: &Map<String, Value>) -> bool {
    let of_parts = object.contains_key("allOf") && !is_annotated_reference(object);
    of_parts || is_choice_beside(object)
}

/// Whether a choice stands beside what describes a type as well.
fn is_choice_beside(object: &Map<String, Value>) -> bool {
    let chooses = |key: &str| object.get(key).is_some_and(|parts| !only_require(parts));
    let describing = ["properties", "additionalProperties", "items", "enum"];
    match (chooses("oneOf"), chooses("anyOf")) {
        (false, false) => false,
        (true, true) => true,
        _ => describing.iter().any(|key| object.contains_key(*key)),
    }
}

/// Whether this is `allOf` with one reference, and nothing else that makes a type.
pub fn is_annotated_reference(object: &Map<String, Value>) -> bool {
    annotated_reference(object).is_some()
}

/// The one reference in `allOf` that everything else only annotates.
pub fn annotated_reference(object: &Map<String, Value>) -> Option<&Value> {
    let parts = object.get("allOf")?.as_array()?;
    let mut references = parts.iter().filter(|part| part.get("$ref").is_some());
    let reference = references.next().filter(|_| references.next().is_none())?;
    let adds_nothing = |part: &Map<String, Value>| {
        let mut keys = part.keys().map(String::as_str);
        keys.all(|key| matches!(key, "allOf" | "type") || is_beside_the_type(key))
    };
    let mut others = parts.iter().filter(|part| part.get("$ref").is_none());
    let annotates = |part: &Value| {
        part.as_object()
            .is_some_and(|part| !part.contains_key("allOf") && adds_nothing(part))
    };
    (adds_nothing(object) && others.all(annotates)).then_some(reference)
}

fn is_beside_the_type(key: &str) -> bool {
    key.starts_with("x-") || BESIDE_THE_TYPE.contains(&key)
}

/// The sums of a document's schemas, those of its components worked out once: one can be a part in
/// many ways.
pub struct Sums<'v> {
    document: &'v Value,
    known: HashMap<Pointer, Map<String, Value>>,
    /// The pairs of components that are being merged: one that comes back has no end.
    merging: HashSet<(Pointer, Pointer)>,
    merges: usize,
}

impl<'v> Sums<'v> {
    /// Works out nothing yet.
    pub fn new(document: &'v Value) -> Sums<'v> {
        Sums {
            document,
            known: HashMap::new(),
            merging: HashSet::new(),
            merges: 0,
        }
    }

    /// The one schema that a schema with `allOf` describes; as it is, if it has none.
    ///
    /// # Errors
    ///
    /// Why it describes none.
    pub fn of(&mut self, schema: &Map<String, Value>) -> Merged {
        self.merging.clear();
        self.merges = 0;
        self.sum(schema, 0)
    }

    fn sum(&mut self, schema: &Map<String, Value>, level: usize) -> Merged {
        let mut own = schema.clone();
        let parts = match own.remove("allOf") {
            Some(Value::Array(parts)) => parts,
            _ if is_choice_beside(&own) => Vec::new(),
            _ => return Ok(own),
        };
        let parts = parts.iter().filter_map(Value::as_object);
        let parts = parts.map(|part| self.expanded(part, level + 1));
        let mut parts = parts.collect::<Result<Vec<_>, _>>()?;
        parts.push(own.clone());
        let mut sum = Map::new();
        let mut choice = None;
        for mut part in parts {
            part.retain(|key, value| !(is_choice(key) && only_require(value)));
            for key in ["oneOf", "anyOf"] {
                let Some(alternatives) = part.remove(key) else {
                    continue;
                };
                match &choice {
                    Some((_, chosen)) if *chosen != alternatives => {
                        let reason = "only one part can be a choice, `oneOf` or `anyOf`";
                        return Err(Contradiction::of(reason));
                    }
                    _ => choice = Some((key, alternatives)),
                }
            }
            sum = self.merge(sum, part, level)?;
        }
        if let Some((key, alternatives)) = choice {
            sum = self.choose(sum, key, alternatives, level)?;
        }
        // What the schema says of itself stands above what its parts say of themselves.
        for key in ["description", "nullable"] {
            sum.remove(key);
            sum.extend(own.get(key).map(|value| (key.to_string(), value.clone())));
        }
        let mut of_objects = ["properties", "additionalProperties", "required"].iter();
        if !sum.contains_key("type") && of_objects.any(|key| sum.contains_key(*key)) {
            sum.insert("type".into(), "object".into());
        }
        Ok(sum)
    }

    /// A choice of which each alternative is all that the other parts say as well.
    fn choose(
        &mut self,
        mut sum: Map<String, Value>,
        key: &str,
        alternatives: Value,
        level: usize,
    ) -> Merged {
        let beside: Map<_, _> = sum
            .iter()
            .filter(|(key, _)| is_beside_the_type(key))
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect();
        sum.retain(|key, _| !is_beside_the_type(key));
        let alternatives = match (alternatives, sum.keys().any(|key| key != "type")) {
            (Value::Array(alternatives), true) => {
                let rest = Value::Object(sum);
                let whole = alternatives.iter();
                let whole = whole.map(|part| self.alternative(&rest, part, level + 1));
                Value::Array(whole.collect::<Result<_, _>>()?)
            }
            (alternatives, _) => alternatives,
        };
        let mut chosen = beside;
        chosen.insert(key.into(), alternatives);
        Ok(chosen)
    }

    /// An alternative with what stands beside the choice. Which one it is, is noted.
    fn alternative(
        &mut self,
        rest: &Value,
        part: &Value,
        level: usize,
    ) -> Result<Value, Contradiction> {
        let mut whole = self.both(rest, part.clone(), level)?;
        if let (Some(name), Value::Object(whole)) = (part.get("$ref"), &mut whole)
            && !whole.contains_key("$ref")
        {
            whole.insert(ALTERNATIVE.into(), name.clone());
        }
        Ok(whole)
    }

    /// A schema with its reference followed and its parts summed up.
    fn expanded(&mut self, part: &Map<String, Value>, level: usize) -> Merged {
        if level > MAX_LEVELS {
            return Err(Contradiction::of(format!(
                "the parts are made of parts more than {MAX_LEVELS} levels deep"
            )));
        }
        let at = Located {
            pointer: Pointer::ROOT,
            object: part,
        };
        let target = operation::resolve(self.document, at)
            .ok_or_else(|| Contradiction::of("a part is missing"))?;
        if target.pointer == Pointer::ROOT {
            return self.sum(part, level);
        }
        if let Some(merged) = self.known.get(&target.pointer) {
            return Ok(merged.clone());
        }
        let merged = self.sum(target.object, level)?;
        self.known.insert(target.pointer, merged.clone());
        Ok(merged)
    }

    /// What two schemas say together, their own references followed.
    fn merge(
        &mut self,
        mut left: Map<String, Value>,
        right: Map<String, Value>,
        level: usize,
    ) -> Merged {
        self.merges += 1;
        if self.merges > MAX_MERGES {
            return Err(Contradiction::of(
                "the parts refer to each other without end",
            ));
        }
        for (key, value) in right {
            let Some(other) = left.get_mut(&key) else {
                left.insert(key, value);
                continue;
            };
            match (key.as_str(), &mut *other, value) {
                ("type", other, value) => *other = common_type(other, &value)?,
                // Formats that differ leave the type alone.
                ("format", other, value) if *other != value => {
                    left.remove("format");
                }
                ("enum", Value::Array(values), Value::Array(narrower)) => {
                    values.retain(|value| narrower.contains(value));
                    if values.is_empty() {
                        return Err(Contradiction::of("no value is in both `enum`s"));
                    }
                }
                ("required", Value::Array(names), Value::Array(more)) => {
                    let more = more.into_iter().filter(|name| !names.contains(name));
                    let more: Vec<Value> = more.collect();
                    names.extend(more);
                }
                ("properties", Value::Object(properties), Value::Object(more)) => {
                    for (name, property) in more {
                        let agreed = match properties.get(&name) {
                            None => property,
                            Some(other) => {
                                let both = self.both(other, property, level + 1);
                                both.map_err(|contradiction| Contradiction {
                                    property: Some(name.clone()),
                                    ..contradiction
                                })?
                            }
                        };
                        properties.insert(name, agreed);
                    }
                }
                ("items" | "additionalProperties", other, value)
                    if other.is_object() && value.is_object() =>
                {
                    *other = self.both(other, value, level + 1)?;
                }
                (SENSITIVE | "nullable", other, value) => {
                    let either = [&*other, &value].contains(&&Value::Bool(true));
                    *other = either.into();
                }
                (_, other, value) => *other = value,
            }
        }
        Ok(left)
    }

    /// The schema of a place that two schemas describe. A component keeps its name if what it says
    /// is what both say.
    fn both(&mut self, left: &Value, right: Value, level: usize) -> Result<Value, Contradiction> {
        if meaning(left) == meaning(&right) {
            return Ok(annotated(left.clone(), &right));
        }
        if right.as_object().is_some_and(adds_nothing) {
            return Ok(annotated(left.clone(), &right));
        }
        if left.as_object().is_some_and(adds_nothing) {
            return Ok(annotated(annotated(right.clone(), left), &right));
        }
        let pair = self.component(left).zip(self.component(&right));
        if let Some((of_left, of_right)) = &pair {
            // One that is made of the other narrows it.
            for (whole, part, schema) in [(of_right, of_left, &right), (of_left, of_right, left)] {
                if self.is_part(part, whole) {
                    return Ok(annotated(schema.clone(), &right));
                }
            }
        }
        if let Some(pair) = &pair
            && !self.merging.insert(pair.clone())
        {
            return Err(Contradiction::of(
                "the parts refer to each other without end",
            ));
        }
        let narrowed = self.narrowed(left, right, level + 1);
        if let Some(pair) = &pair {
            self.merging.remove(pair);
        }
        narrowed
    }

    /// What two schemas say together, each its own way.
    fn narrowed(
        &mut self,
        left: &Value,
        right: Value,
        level: usize,
    ) -> Result<Value, Contradiction> {
        let (Some(of_left), Some(of_right)) = (left.as_object(), right.as_object()) else {
            return Ok(right);
        };
        let of_left = self.expanded(of_left, level)?;
        let of_right = self.expanded(of_right, level)?;
        if of_left
            .keys()
            .chain(of_right.keys())
            .any(|key| is_choice(key))
        {
            let all = Map::from_iter([("allOf".to_string(), json!([of_left, of_right]))]);
            return self.sum(&all, level).map(Value::Object);
        }
        let sum = Value::Object(self.merge(of_left.clone(), of_right.clone(), level)?);
        let means = |schema: Map<String, Value>| meaning(&Value::Object(schema)) == meaning(&sum);
        Ok(match (means(of_left), means(of_right)) {
            (_, true) => annotated(annotated(right.clone(), left), &right),
            (true, _) => annotated(left.clone(), &right),
            _ => sum,
        })
    }

    /// The component that a schema refers to, whatever annotates the reference.
    fn component(&self, schema: &Value) -> Option<Pointer> {
        let object = schema.as_object()?;
        let reference = match object.contains_key("$ref") {
            true => schema,
            false => annotated_reference(object)?,
        };
        Pointer::from_reference(reference.get("$ref")?.as_str()?)
    }

    fn is_part(&self, part: &Pointer, whole: &Pointer) -> bool {
        let object = pointer::get(self.document, whole).and_then(Value::as_object);
        object.is_some_and(|object| {
            let pointer = whole.clone();
            let parts = parts_of(self.document, Located { pointer, object });
            parts.iter().any(|at| at.pointer == *part)
        })
    }
}

/// The type that fits both.
fn common_type(left: &Value, right: &Value) -> Result<Value, Contradiction> {
    match (left.as_str(), right.as_str()) {
        (left, right) if left == right => Ok(left.into()),
        (Some("integer"), Some("number")) | (Some("number"), Some("integer")) => {
            Ok("integer".into())
        }
        (Some(left), Some(right)) => Err(Contradiction::of(format!(
            "one is {left}, the other {right}"
        ))),
        _ => Err(Contradiction::of("their types differ")),
    }
}

/// Whether a schema says nothing of a type.
pub(super) fn adds_nothing(object: &Map<String, Value>) -> bool {
    object.keys().all(|key| is_beside_the_type(key))
}

/// A schema with what another says beside the type.
fn annotated(schema: Value, annotations: &Value) -> Value {
    let Value::Object(annotations) = annotations else {
        return schema;
    };
    let mut annotations: Map<String, Value> = annotations
        .iter()
        .filter(|(key, _)| is_beside_the_type(key))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    let mut schema = match schema {
        Value::Object(object) if !object.contains_key("$ref") => object,
        other if annotations.is_empty() => return other,
        reference => Map::from_iter([("allOf".to_string(), json!([reference]))]),
    };
    for key in [SENSITIVE, "nullable"] {
        if schema.get(key) == Some(&Value::Bool(true)) {
            annotations.insert(key.into(), true.into());
        }
    }
    schema.extend(annotations);
    Value::Object(schema)
}

/// A schema without what leaves its type as it is.
fn meaning(schema: &Value) -> Value {
    match schema {
        Value::Object(object) => {
            if let Some(reference) = annotated_reference(object) {
                return reference.clone();
            }
            let said = object.iter().filter(|(key, _)| !is_beside_the_type(key));
            let said = said.map(|(key, value)| {
                let value = match (key.as_str(), value) {
                    ("properties", Value::Object(properties)) => properties
                        .iter()
                        .map(|(name, property)| (name.clone(), meaning(property)))
                        .collect(),
                    ("items" | "additionalProperties", part) => meaning(part),
                    (_, value) => value.clone(),
                };
                (key.clone(), value)
            });
            Value::Object(said.collect())
        }
        other => other.clone(),
    }
}
