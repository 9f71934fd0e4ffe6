//! Lists the objects of a document that the grammar knows.

use serde_json::{Map, Value};

use crate::keywords::{Kind, Shape, fields};
use crate::pointer::Pointer;

/// An object of the document.
#[derive(Debug)]
pub struct Item<'c> {
    /// What it is.
    pub kind: Kind,
    /// Where it is.
    pub pointer: Pointer,
    /// The object itself.
    pub object: &'c Map<String, Value>,
    /// What kind of object it stands in.
    pub within: Option<Kind>,
}

impl Item<'_> {
    /// Whether it only refers to another.
    pub fn is_reference(&self) -> bool {
        self.kind != Kind::PathItem && self.object.contains_key("$ref")
    }

    /// The text under `key`.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.object.get(key)?.as_str()
    }

    /// The name under which it is a property of the schema around it.
    pub fn property_name(&self) -> Option<&str> {
        match self.pointer.parts() {
            [.., properties, name]
                if properties == "properties"
                    && self.kind == Kind::Schema
                    && self.within == Some(Kind::Schema) =>
            {
                Some(name)
            }
            _ => None,
        }
    }
}

/// All objects of a document, in its order.
#[derive(Debug, Default)]
pub struct Items<'c>(pub Vec<Item<'c>>);

impl<'c> Items<'c> {
    /// All objects of one kind.
    pub fn of(&self, kind: Kind) -> impl Iterator<Item = &Item<'c>> {
        self.0.iter().filter(move |item| item.kind == kind)
    }

    /// All objects, of any kind.
    pub fn all(&self) -> impl Iterator<Item = &Item<'c>> {
        self.0.iter()
    }
}

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
