//! Checking what a document says of itself: its examples and defaults against their schemas.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::compile::compile;
use super::direction::Direction;
use super::effort::Effort;
use super::json_schema;
use super::schemas::Schemas;
use super::validator::too_much;
use crate::pointer::{Pointer, get, reference, target};

/// A value that a document gives for one of its schemas, as an `example` or a `default`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instance {
    /// Where the schema stands.
    pub schema: Pointer,
    /// Where the value stands that is said to fit it.
    pub value: Pointer,
    /// Which way the value goes.
    pub direction: Direction,
}

/// Where an example or a default does not fit its schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemaMismatch {
    /// Which of the instances, by its place in the list.
    pub instance: usize,
    /// What does not fit.
    pub place: Pointer,
    /// The keyword that it does not fit, such as `type`.
    pub keyword: Pointer,
    /// Why, without the value: "the value is not of type \"integer\"".
    pub reason: String,
}

impl SchemaMismatch {
    /// Says of one of the instances why it is not checked.
    pub fn unchecked(index: usize, instance: &Instance, reason: String) -> SchemaMismatch {
        SchemaMismatch {
            instance: index,
            place: instance.value.clone(),
            keyword: instance.schema.clone(),
            reason,
        }
    }
}

/// An instance with its place in the list, its schema and its value.
type Listed<'v> = (usize, &'v Instance, &'v Value, &'v Value);

/// How many validators are compiled to find the instances whose schemas can't be used.
const MAX_COMPILED: usize = 64;

impl Schemas {
    /// Checks many of the document's values at once, in the order of the list. One is passed over
    /// where its schema can't be used. One that takes too many steps is a mismatch, which says so.
    pub fn mismatches(&self, instances: &[Instance]) -> Vec<SchemaMismatch> {
        let document = self.document();
        let listed = instances.iter().enumerate();
        let listed = listed.filter_map(|(index, instance)| {
            let schema = get(document, &instance.schema)?;
            Some((index, instance, schema, get(document, &instance.value)?))
        });
        let (excessive, checked): (Vec<Listed<'_>>, Vec<_>) =
            listed.partition(|(_, _, schema, value)| {
                Effort::of(document, schema, value) == Effort::TooMuch
            });
        let excessive = excessive.into_iter();
        let mut found: Vec<_> = excessive
            .map(|(index, instance, ..)| SchemaMismatch::unchecked(index, instance, too_much()))
            .collect();
        for direction in [Direction::Request, Direction::Response] {
            let listed = checked.iter().copied();
            let listed: Vec<_> = listed
                .filter(|(_, instance, ..)| instance.direction == direction)
                .collect();
            let mut left = MAX_COMPILED;
            found.extend(self.in_one_direction(direction, &listed, &mut left));
        }
        found.sort_by_key(|mismatch| mismatch.instance);
        found
    }

    /// One object with a property for each instance: so the components are compiled once, not once
    /// for each. Where that can't be used, it is halved; `left` is how often, still.
    fn in_one_direction(
        &self,
        direction: Direction,
        listed: &[Listed<'_>],
        left: &mut usize,
    ) -> Vec<SchemaMismatch> {
        if listed.is_empty() || *left == 0 {
            return Vec::new();
        }
        *left -= 1;
        let named = |index: &usize| index.to_string();
        let schemas: Map<_, _> = listed
            .iter()
            .map(|(index, _, schema, _)| (named(index), json_schema::convert(schema, direction)))
            .collect();
        let mut together =
            self.definitions(listed.iter().map(|(_, _, schema, _)| *schema), direction);
        together.insert("properties".into(), schemas.into());
        let Some(validator) = usable(together.into()) else {
            let (first, second) = listed.split_at(listed.len() / 2);
            let halves = [first, second].into_iter();
            let halves = halves.filter(|half| half.len() < listed.len());
            return halves
                .flat_map(|half| self.in_one_direction(direction, half, left))
                .collect();
        };
        let values: Map<_, _> = listed
            .iter()
            .map(|(index, _, _, value)| (named(index), (*value).clone()))
            .collect();
        let values = values.into();
        let errors = validator.iter_errors(&values);
        errors
            .filter_map(|error| mismatch(listed, &error))
            .collect()
    }
}

/// The validator of a schema, without the `$ref`s and patterns that no validator can be built of.
fn usable(mut schema: Value) -> Option<jsonschema::Validator> {
    compile(&schema).ok().or_else(|| {
        let known = schema.clone();
        repair(&mut schema, &known, &mut HashMap::new());
        compile(&schema).ok()
    })
}

/// Takes out what can't be used: references to nothing that is known, and patterns; `patterns` holds
/// those that were looked at.
fn repair(schema: &mut Value, known: &Value, patterns: &mut HashMap<String, bool>) {
    if let Some(reference) = reference(schema) {
        if target(known, reference).is_none() {
            *schema = json!({});
        }
        return;
    }
    match schema {
        Value::Object(members) => {
            members.retain(|name, member| match member {
                Value::String(pattern) if name == "pattern" => {
                    let is_usable = || compile(&json!({ "pattern": &*pattern })).is_ok();
                    *patterns.entry(pattern.clone()).or_insert_with(is_usable)
                }
                _ => true,
            });
            let schemas = members.iter_mut().filter(|(name, _)| *name != "enum");
            schemas.for_each(|(_, member)| repair(member, known, patterns));
        }
        Value::Array(items) => {
            items
                .iter_mut()
                .for_each(|item| repair(item, known, patterns));
        }
        _ => {}
    }
}

fn mismatch(
    listed: &[Listed<'_>],
    error: &jsonschema::ValidationError<'_>,
) -> Option<SchemaMismatch> {
    let place = Pointer::parse(error.instance_path().as_str())?;
    let (index, place) = place.parts().split_first()?;
    let index: usize = index.parse().ok()?;
    let found = listed.binary_search_by_key(&index, |(index, ..)| *index);
    let (_, instance, ..) = listed[found.ok()?];
    let keyword = Pointer::parse(error.schema_path().as_str())?;
    let keyword = match keyword.parts() {
        [components, schemas, name, inside @ ..] if components == "components" => {
            Pointer::of([components, schemas, name]).join(&as_written(inside))
        }
        [_properties, _index, inside @ ..] => instance.schema.join(&as_written(inside)),
        _ => return None,
    };
    Some(SchemaMismatch {
        instance: index,
        place: instance.value.join(place),
        keyword,
        reason: error.masked_with("the value").to_string(),
    })
}

/// Without the `else` that a schema that can be null is wrapped in.
fn as_written(inside: &[String]) -> Vec<String> {
    let mut path = Vec::new();
    let mut is_name = false;
    for part in inside {
        if is_name || part != "else" {
            path.push(part.clone());
        }
        is_name = !is_name && part == "properties";
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(document: &Value, schema: &Value, value: &Value) -> Vec<(String, String, String)> {
        let mut document = document.clone();
        document["x-schema"] = schema.clone();
        document["x-value"] = value.clone();
        let instance = Instance {
            schema: Pointer::of(["x-schema"]),
            value: Pointer::of(["x-value"]),
            direction: Direction::Response,
        };
        let schemas = Schemas::new(document).expect("it is within its bounds");
        let told = |found: SchemaMismatch| {
            let [place, keyword] = [found.place, found.keyword].map(|at| at.to_string());
            (place, keyword, found.reason)
        };
        schemas
            .mismatches(&[instance])
            .into_iter()
            .map(told)
            .collect()
    }

    #[test]
    fn what_does_not_fit_is_told_at_its_place_also_inside_what_can_be_null() {
        let document = json!({ "components": { "schemas": { "Lead": {
            "type": "object",
            "required": ["id"],
            "properties": { "id": { "type": "string", "format": "uuid", "nullable": true } },
        } } } });
        let schema = json!({
            "type": "object",
            "nullable": true,
            "allOf": [{ "$ref": "#/components/schemas/Lead" }],
        });
        assert_eq!(told(&document, &schema, &Value::Null), []);
        assert_eq!(told(&document, &schema, &json!({ "id": null })), []);
        let told = |value| told(&document, &schema, &value);
        assert_eq!(
            told(json!({ "id": "7" })),
            [(
                "/x-value/id".into(),
                "/components/schemas/Lead/properties/id/format".into(),
                "the value is not a \"uuid\"".into()
            )]
        );
        assert_eq!(
            told(json!({})),
            [(
                "/x-value".into(),
                "/components/schemas/Lead/required".into(),
                "\"id\" is a required property".into()
            )]
        );
        assert_eq!(told(json!([]))[0].1, "/x-schema/type");
    }

    #[test]
    fn what_cannot_be_used_takes_any_value_and_the_rest_is_checked() {
        let document = json!({ "components": { "schemas": { "Lead": {
            "type": "object",
            "properties": {
                "pattern": { "type": "string", "pattern": "[" },
                "gone": { "$ref": "#/components/schemas/Gone" },
                "id": { "type": "integer" },
            },
        } } } });
        let told = |schema: &Value, value: Value| told(&document, schema, &value).len();
        let lead = json!({ "$ref": "#/components/schemas/Lead" });
        assert_eq!(
            told(&lead, json!({ "pattern": "a", "gone": 1, "id": 1 })),
            0
        );
        assert_eq!(
            told(&lead, json!({ "pattern": 1, "gone": 1, "id": "a" })),
            2
        );
        assert_eq!(told(&json!({ "type": "no such type" }), json!(1)), 0);
    }
}
