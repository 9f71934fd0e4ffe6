//! The schema of what was seen: types, and what enough samples agree on.

use openapi_document::schema::{Dialect, Types};
use serde_json::{Map, Value, json};

use crate::observe::{KINDS, Members, Seen, Shape};

/// What is said of a field that nobody has described.
pub const UNKNOWN: &str = "Seen in responses; the API does not say what it holds.";

/// Of so many objects a member must be in one, to be a field and no custom one.
pub const ONE_IN: u64 = 100;

/// Describes a place by what was seen there, as the contract's version of OpenAPI writes it.
///
/// `name` is that of the field, and `nullable` says that null is allowed even if none came.
pub fn schema(dialect: Dialect, shape: &Shape, name: &str, nullable: bool) -> Map<String, Value> {
    in_dialect(dialect, as_3_0(shape, name, nullable))
}

/// A schema of OpenAPI 3.0 as another version writes it: null is one of the types.
pub fn in_dialect(dialect: Dialect, mut schema: Map<String, Value>) -> Map<String, Value> {
    if dialect == Dialect::V30 {
        return schema;
    }
    let is_nullable = schema.shift_remove("nullable").is_some();
    if let Some(name) = schema.get_mut("type").filter(|_| is_nullable) {
        *name = json!([name, "null"]);
    }
    let convert = |schema: &mut Value| {
        if let Value::Object(inner) = schema {
            *inner = in_dialect(dialect, std::mem::take(inner));
        }
    };
    schema.get_mut("items").into_iter().for_each(convert);
    let properties = schema.get_mut("properties").and_then(Value::as_object_mut);
    let properties = properties.into_iter().flat_map(Map::values_mut);
    properties.for_each(convert);
    schema
}

fn as_3_0(shape: &Shape, name: &str, nullable: bool) -> Map<String, Value> {
    let mut schema = types(&shape.seen);
    let is_typed = schema.contains_key("type");
    if is_typed && (nullable || shape.seen.of(Types::NULL) > 0) {
        schema.insert("nullable".into(), true.into());
    }
    if schema.get("type") == Some(&json!("array")) {
        let items = shape.items.as_deref();
        let items = items.map(|items| as_3_0(items, name, false));
        // A list in a list of fields is described by the list.
        let items = items.map(|mut items| {
            items.shift_remove("description");
            items.shift_remove(SENSITIVE);
            items
        });
        schema.insert("items".into(), items.unwrap_or_default().into());
    }
    schema.insert("description".into(), UNKNOWN.into());
    if schema.get("type") == Some(&json!("object")) {
        schema.insert("additionalProperties".into(), true.into());
        let properties = properties(&shape.members, shape.objects());
        if !properties.is_empty() {
            schema.insert("properties".into(), properties.into());
        }
        return schema;
    }
    let is_personal = shape.seen.looks_personal() || openapi_lint::looks_personal(name, None);
    if is_personal && !is_number_or_flag(&schema) {
        schema.insert(SENSITIVE.into(), true.into());
    }
    schema
}

const SENSITIVE: &str = openapi_document::extensions::SENSITIVE;

fn is_number_or_flag(schema: &Map<String, Value>) -> bool {
    let name = schema.get("type").and_then(Value::as_str);
    matches!(name, Some("boolean" | "integer"))
}

/// The `type` and `format` of what was seen; neither if there are several types.
pub fn types(seen: &Seen) -> Map<String, Value> {
    let types = seen.types();
    let kind = KINDS.iter().find(|(kind, _)| *kind == types);
    let Some((_, name)) = kind else {
        return Map::new();
    };
    let format = match *name {
        "integer" => Some("int64"),
        "number" => Some("double"),
        "string" => format(seen),
        _ => None,
    };
    let mut schema = Map::from_iter([("type".to_string(), json!(name))]);
    schema.extend(format.map(|format| ("format".to_string(), json!(format))));
    schema
}

/// The format that strings have, if clients read it as a type of its own.
pub fn format(seen: &Seen) -> Option<&'static str> {
    let found = seen
        .common_format()
        .filter(|(format, _)| format.is_a_type());
    found.map(|(_, name)| name)
}

fn properties(members: &Members, objects: u64) -> Map<String, Value> {
    let named = members.named.iter();
    let fields = named.filter(|(_, member)| is_field(member.shape.seen.values, objects));
    fields
        .map(|(name, member)| (name.clone(), as_3_0(&member.shape, name, true).into()))
        .collect()
}

/// Whether so many of so many objects have a member because the API gives it to them.
pub fn is_field(count: u64, objects: u64) -> bool {
    count * ONE_IN >= objects
}
