//! Lists the objects of a document that the grammar knows.

use serde_json::{Map, Value};

use super::grammar::{Kind, Shape, fields};
use super::subject::{Item, Items};
use crate::load::Pointer;

/// All objects of a document, in its order.
pub fn items(document: &Value) -> Items<'_> {
    let mut items = Items::default();
    let at = Pointer::ROOT;
    value(
        &mut items,
        document,
        at,
        Shape::Object(Kind::Document),
        None,
    );
    items
}

fn value<'c>(
    items: &mut Items<'c>,
    here: &'c Value,
    at: Pointer,
    shape: Shape,
    within: Option<Kind>,
) {
    match (shape, here) {
        (Shape::Object(kind) | Shape::OrRef(kind), Value::Object(map)) => {
            object(items, map, at, kind, within);
        }
        (Shape::FlagOrSchema, Value::Object(map)) => {
            object(items, map, at, Kind::Schema, within);
        }
        (Shape::List(shape), Value::Array(list)) => {
            for (index, item) in list.iter().enumerate() {
                value(items, item, at.child(index), *shape, within);
            }
        }
        (Shape::Map(shape), Value::Object(entries)) => {
            for (name, entry) in entries {
                if !(name.starts_with("x-") && takes_extensions(*shape)) {
                    value(items, entry, at.child(name), *shape, within);
                }
            }
        }
        _ => {}
    }
}

fn object<'c>(
    items: &mut Items<'c>,
    map: &'c Map<String, Value>,
    pointer: Pointer,
    kind: Kind,
    within: Option<Kind>,
) {
    let item = Item {
        kind,
        pointer: pointer.clone(),
        object: map,
        within,
    };
    let is_reference = item.is_reference();
    items.0.push(item);
    if is_reference {
        return; // What stands beside it is not read.
    }
    let fields = fields(kind);
    for (name, entry) in map {
        let field = fields.iter().find(|field| field.name == name);
        if let Some(field) = field.filter(|field| field.shape.holds_objects()) {
            value(items, entry, pointer.child(name), field.shape, Some(kind));
        }
    }
}

/// `paths`, `responses` and callbacks take extensions beside their entries; in `properties` or
/// `headers`, `x-request-id` is a name like any other.
pub fn takes_extensions(entries: Shape) -> bool {
    matches!(
        entries,
        Shape::Object(Kind::PathItem) | Shape::OrRef(Kind::Response)
    )
}
