//! Differences in bodies: fields, types, formats, values.

use openapi_document::Pointer;
use openapi_document::operation::Located;
use openapi_document::schema::{Dialect, Types};
use serde_json::{Map, Value, json};

use super::Found;
use crate::finding::{Edit, Kind, Often};
use crate::infer;
use crate::observe::{Member, Object, Observer, Place, Shape};

pub fn look(found: &mut Found<'_>, observer: &Observer<'_>) {
    for place in observer.places.iter() {
        null(found, place);
        types(found, place);
        format(found, place);
        values(found, place);
        absent(found, observer, place);
        never_seen(found, observer, place);
    }
    for object in observer.places.objects() {
        fields(found, object);
    }
}

/// The part of a schema that says something under `key`, else the place itself.
fn part<'d>(place: &Place<'d>, key: &str) -> Option<Located<'d>> {
    let mut parts = place.schema.parts.iter();
    parts.find(|part| part.object.contains_key(key)).cloned()
}

/// The words for a place: the field that it is, or what it is a part of.
fn name(at: &Pointer) -> String {
    let parts = at.parts();
    let field = parts.windows(2).rev().find(|pair| pair[0] == "properties");
    let ends = |word: &str| parts.last().is_some_and(|last| last == word);
    match field {
        Some(pair) if ends("items") => format!("the elements of `{}`", pair[1]),
        Some(pair) => format!("`{}`", pair[1]),
        None => "the value".to_string(),
    }
}

fn null(found: &mut Found<'_>, place: &Place<'_>) {
    let count = place.seen.of(Types::NULL);
    if count == 0 || Types::NULL.is_within(place.schema.types) {
        return;
    }
    let slot = &place.schema.slot;
    let Some(Value::Object(schema)) = found.contract.get(slot) else {
        return;
    };
    let edits = nullable(found.dialect, slot, schema, &place.schema.types);
    let often = Often {
        count,
        of: place.seen.values,
    };
    let message = format!("{} is null", name(slot));
    found.add(Kind::Null, slot.clone(), often, message, edits);
}

/// Lets a schema be null, as its version of OpenAPI says it.
fn nullable(
    dialect: Dialect,
    at: &Pointer,
    schema: &Map<String, Value>,
    types: &Types,
) -> Vec<Edit> {
    let reference = schema.get("$ref").map(|target| json!([{ "$ref": target }]));
    match (dialect, reference) {
        (Dialect::V30, Some(parts)) => {
            // OpenAPI 3.0 ignores what stands beside a reference, and `nullable` without a type.
            let name = type_name(*types).map(|name| Edit::key(at, "type", name));
            let mut edits: Vec<Edit> = name.into_iter().collect();
            edits.push(Edit::key(at, "nullable", true));
            edits.push(Edit::key(at, "allOf", parts));
            edits.push(Edit::Remove(at.child("$ref")));
            edits
        }
        (Dialect::V31, Some(mut parts)) => {
            if let Value::Array(parts) = &mut parts {
                parts.push(json!({ "type": "null" }));
            }
            vec![
                Edit::key(at, "anyOf", parts),
                Edit::Remove(at.child("$ref")),
            ]
        }
        (Dialect::V30, None) => {
            let name = type_name(*types).filter(|_| !schema.contains_key("type"));
            let name = name.map(|name| Edit::key(at, "type", name));
            let name = name.into_iter();
            name.chain([Edit::key(at, "nullable", true)]).collect()
        }
        (Dialect::V31, None) => {
            let mut names = match schema.get("type") {
                Some(Value::Array(names)) => names.clone(),
                Some(name) => vec![name.clone()],
                None => return Vec::new(),
            };
            names.push("null".into());
            vec![Edit::key(at, "type", names)]
        }
    }
}

/// The name of a type, if it is one.
fn type_name(types: Types) -> Option<&'static str> {
    let types = types.without(Types::NULL);
    let mut kinds = crate::observe::KINDS.iter();
    kinds
        .find(|(kind, _)| *kind == types)
        .map(|(_, name)| *name)
}

/// The keys that say of which type a value is, and those that only hold for some types.
const OF_TYPES: [&str; 8] = [
    "type",
    "format",
    "enum",
    "nullable",
    "items",
    "properties",
    "additionalProperties",
    "example",
];

fn types(found: &mut Found<'_>, place: &Place<'_>) {
    let unfit = &place.unfit;
    if unfit.seen.values == 0 {
        return;
    }
    let often = Often {
        count: unfit.seen.values,
        of: place.seen.values,
    };
    let Some(part) = part(place, "type") else {
        // The types are those of alternatives.
        let at = place.schema.slot.clone();
        let message = format!("{} fits no alternative", name(&at));
        let finding = found.add(Kind::Alternative, at, often, message, Vec::new());
        finding.samples = unfit.seen.samples.0.clone();
        return;
    };
    let (as_seen, as_said) = (unfit.seen.types(), place.schema.types.without(Types::NULL));
    let message = format!("{} is {as_seen}, not {as_said}", name(&part.pointer));
    let edits = match place.seen.of(place.schema.types.without(Types::NULL)) {
        0 => replaced(found, &part, unfit),
        _ => widened(found, place, &part),
    };
    let at = part.pointer.child("type");
    let finding = found.add(Kind::Type, at, often, message, edits);
    finding.samples = unfit.seen.samples.0.clone();
}

/// Never was a value of the type that the contract says: the one that came is the right one.
fn replaced(found: &Found<'_>, part: &Located<'_>, unfit: &Shape) -> Vec<Edit> {
    let types = part.object.get("type").and_then(Value::as_array);
    let lists_null = types.is_some_and(|types| types.contains(&"null".into()));
    let is_nullable = lists_null || part.flag("nullable");
    let mut schema = infer::schema(found.dialect, unfit, part.pointer.last(), is_nullable);
    schema.shift_remove("description");
    schema.shift_remove("x-sensitive");
    Edit::keys(&part.pointer, part.object, &schema, &OF_TYPES)
}

/// Values of several types came. Numbers have a type in common; else any JSON may come.
fn widened(found: &Found<'_>, place: &Place<'_>, part: &Located<'_>) -> Vec<Edit> {
    let seen = place.seen.types();
    let is_nullable = Types::NULL.is_within(place.schema.types);
    let mut schema = Map::new();
    if seen.is_within(Types::NUMBER) {
        schema.insert("type".into(), json!("number"));
        schema.insert("format".into(), json!("double"));
        if is_nullable {
            schema.insert("nullable".into(), true.into());
        }
    }
    let schema = infer::in_dialect(found.dialect, schema);
    Edit::keys(&part.pointer, part.object, &schema, &OF_TYPES[..7])
}

fn format(found: &mut Found<'_>, place: &Place<'_>) {
    let Some(format) = &place.schema.format else {
        return;
    };
    let strings = place.seen.of(Types::STRING);
    let is_int32 = format.value == "int32" && place.seen.wide() > 0;
    let (count, of) = match is_int32 {
        true => (place.seen.wide(), place.seen.of(Types::INTEGER)),
        false => (place.misformatted, strings),
    };
    // Where the type is another, its format is as well.
    if count == 0 || place.unfit.seen.values == place.seen.values {
        return;
    }
    let Some(part) = part(place, "format") else {
        return;
    };
    let at = &part.pointer;
    let message = format!("{} is no `{}`", name(at), format.value);
    let other = infer::format(&place.seen).filter(|_| count == strings);
    let mut edits = match (is_int32, other) {
        (true, _) => vec![Edit::key(at, "format", "int64")],
        (false, Some(other)) => vec![Edit::key(at, "format", other)],
        (false, None) => vec![Edit::Remove(at.child("format"))],
    };
    // An example shows the format that it was.
    let shows_it = part.object.contains_key("example") && other.is_some();
    edits.extend(shows_it.then(|| Edit::Remove(at.child("example"))));
    let often = Often { count, of };
    let finding = found.add(Kind::Format, at.child("format"), often, message, edits);
    finding.samples = place.odd.0.clone();
}

fn values(found: &mut Found<'_>, place: &Place<'_>) {
    if let Some(values) = &place.schema.values
        && place.outside > 0
    {
        let often = Often {
            count: place.outside,
            of: place.seen.values,
        };
        let at = values.at.parent().unwrap_or_default();
        let message = format!("{} is none of the values of its `enum`", name(&at));
        let edits = vec![Edit::Remove(values.at.clone())];
        let finding = found.add(Kind::Enum, values.at.clone(), often, message, edits);
        finding.samples = place.odd.0.clone();
    }
    if let Some(choice) = place.schema.choices.first()
        && place.unchosen > 0
    {
        let often = Often {
            count: place.unchosen,
            of: place.seen.values,
        };
        let at = choice.at.parent().unwrap_or_default();
        let message = format!("{} fits no alternative", name(&at));
        let at = choice.at.clone();
        let finding = found.add(Kind::Alternative, at, often, message, Vec::new());
        finding.samples = place.odd.0.clone();
    }
}

fn absent(found: &mut Found<'_>, observer: &Observer<'_>, place: &Place<'_>) {
    let objects = place.seen.of(Types::OBJECT);
    for (required, count) in place.schema.required.iter().zip(&place.absent) {
        let property = place.schema.property(required.value);
        let is_write_only = property
            .is_some_and(|property| property.slots.iter().any(|slot| slot.flag("writeOnly")));
        if *count == 0 || is_write_only {
            continue;
        }
        let often = Often {
            count: *count,
            of: objects,
        };
        let message = format!("`{}` is required, and absent", required.value);
        let list = required.at.parent().unwrap_or_default();
        // An empty list says nothing, and OpenAPI 3.0 has none.
        let others = place.schema.required.iter().zip(&place.absent);
        let mut others = others.filter(|(other, _)| other.at.parent().as_ref() == Some(&list));
        let edit = match others.all(|(_, count)| *count > 0) {
            true => Edit::Remove(list),
            false => Edit::Remove(required.at.clone()),
        };
        let mut edits = vec![edit];
        // What need not be there may be null, where all such fields say so.
        if let Some(property) = property
            && let Some(slot) = property.slots.first()
            && is_convention(found, &observer.places.objects_of(place).pointer)
            && !slot.flag("nullable")
        {
            let types = observer
                .places
                .find(&slot.pointer)
                .map_or(Types::NONE, |at| at.schema.types);
            edits.extend(nullable(found.dialect, &slot.pointer, slot.object, &types));
        }
        found.add(Kind::Absent, required.at.clone(), often, message, edits);
    }
}

/// Whether the contract says of most optional fields of an object that they may be null.
fn is_convention(found: &Found<'_>, object: &Pointer) -> bool {
    let Some(object) = found.contract.get(object) else {
        return false;
    };
    let required = object.get("required").and_then(Value::as_array);
    let is_required = |name: &str| required.is_some_and(|names| names.contains(&name.into()));
    let properties = object.get("properties").and_then(Value::as_object);
    let optional = properties
        .into_iter()
        .flatten()
        .filter(|(name, schema)| !is_required(name) && schema.get("type").is_some());
    let is_nullable = |schema: &Value| {
        let in_list = schema["type"].as_array();
        in_list.is_some_and(|names| names.contains(&"null".into()))
            || schema.get("nullable") == Some(&Value::Bool(true))
    };
    let (nullable, others): (Vec<_>, Vec<_>) =
        optional.partition(|(_, schema)| is_nullable(schema));
    nullable.len() > others.len()
}

fn never_seen(found: &mut Found<'_>, observer: &Observer<'_>, place: &Place<'_>) {
    let objects = place.seen.of(Types::OBJECT);
    if objects == 0 || !place.schema.choices.is_empty() {
        return;
    }
    for property in &place.schema.properties {
        let Some(slot) = property.slots.first() else {
            continue;
        };
        let seen = observer.places.find(&slot.pointer);
        if seen.is_none() && !slot.flag("writeOnly") {
            let often = Often {
                count: 0,
                of: objects,
            };
            let message = format!("`{}` never came", property.name);
            found.add(
                Kind::NeverSeen,
                slot.pointer.clone(),
                often,
                message,
                Vec::new(),
            );
        }
    }
}

fn fields(found: &mut Found<'_>, object: &Object) {
    let of = object.count;
    let at = object.pointer.child("properties");
    let nullable = is_convention(found, &object.pointer);
    let (mut few, mut times) = (0, object.unknown.others);
    for (name, member) in &object.unknown.named {
        let count = member.shape.seen.values;
        if !infer::is_field(count, of) {
            few += 1;
            times += count;
            continue;
        }
        let field = at.child(name);
        let schema = infer::schema(found.dialect, &member.shape, name, nullable);
        let edit = Edit::Set {
            at: at.clone(),
            key: name.clone(),
            value: schema.into(),
            after: neighbours(object, member),
        };
        let message = format!("`{name}` is not described");
        let finding = found.add(Kind::Field, field, Often { count, of }, message, vec![edit]);
        finding.samples = member.shape.seen.samples.0.clone();
    }
    if times > 0 {
        let message = match few {
            0 => "members whose names are data".to_string(),
            few => format!(
                "{few} other names, each in less than 1 % of the objects, and names that are data"
            ),
        };
        found.add(
            Kind::OtherFields,
            at,
            Often { count: times, of },
            message,
            Vec::new(),
        );
    }
}

/// The names before a field, the nearest first: it goes after the first of them that stands in the
/// contract by then.
fn neighbours(object: &Object, member: &Member) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut after = member.after.clone();
    while let Some(name) = after.filter(|name| !names.contains(name)) {
        let before = object.unknown.named.get(&name);
        after = before.and_then(|member| member.after.clone());
        names.push(name);
    }
    names
}
