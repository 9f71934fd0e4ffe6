//! The places of the contract where values stand, numbered as they are met.

use std::collections::HashMap;
use std::rc::Rc;

use openapi_document::operation::Located;
use openapi_document::schema::{Additional, Schema, Schemas, Types};
use openapi_document::{Pointer, schema};
use serde_json::Value;

use super::format::Format;
use super::seen::{Samples, Seen};
use super::unknown::{Members, Room, Shape};

/// The number of a place.
pub type Id = usize;

/// A place where values stand, with what was seen there.
#[derive(Debug)]
pub struct Place<'d> {
    /// What the contract says of it.
    pub schema: Rc<Schema<'d>>,
    /// The format that its strings must have.
    pub format: Option<Format>,
    /// The places of an object's properties, as far as they were met.
    properties: HashMap<&'d str, Option<Id>>,
    /// The place of an array's elements.
    items: Option<Id>,
    /// The place of the members of a map.
    values: Option<Id>,
    /// The values.
    pub seen: Seen,
    /// Those of a type that the contract doesn't allow.
    pub unfit: Shape,
    /// How many strings have another format than the contract says.
    pub misformatted: u64,
    /// How many values are none of the enum's.
    pub outside: u64,
    /// How many objects fit none of the alternatives.
    pub unchosen: u64,
    /// A few values of the last three kinds, if they may be shown.
    pub odd: Samples,
    /// In how many objects each required property is absent, in the order of the requirements.
    pub absent: Vec<u64>,
    /// The number of the object among [`Places::objects`].
    object: Id,
}

impl Place<'_> {
    /// Keeps a value that doesn't fit, if it may be shown.
    pub fn keep(&mut self, value: &Value, room: &Room) {
        if room.samples {
            self.odd.keep(value);
        }
    }
}

/// An object of the contract: the part of a schema that has its properties.
#[derive(Debug)]
pub struct Object {
    /// Where it is described.
    pub pointer: Pointer,
    /// How many there were.
    pub count: u64,
    /// What they hold beside the described properties.
    pub unknown: Members,
}

/// All places.
#[derive(Debug)]
pub struct Places<'d> {
    schemas: Schemas<'d>,
    known: HashMap<Pointer, Id>,
    places: Vec<Place<'d>>,
    known_objects: HashMap<Pointer, Id>,
    objects: Vec<Object>,
}

impl<'d> Places<'d> {
    /// Knows no place yet.
    pub fn of(document: &'d Value) -> Places<'d> {
        Places {
            schemas: Schemas::of(document),
            known: HashMap::new(),
            places: Vec::new(),
            known_objects: HashMap::new(),
            objects: Vec::new(),
        }
    }

    /// The place of a schema.
    pub fn at(&mut self, slots: &[Located<'d>]) -> Id {
        let pointer = slots
            .first()
            .map_or(Pointer::ROOT, |slot| slot.pointer.clone());
        if let Some(id) = self.known.get(&pointer) {
            return *id;
        }
        let schema = self.schemas.all(slots);
        self.add(pointer, schema)
    }

    fn add(&mut self, pointer: Pointer, schema: Rc<Schema<'d>>) -> Id {
        let mut parts = schema.parts.iter();
        let described = parts.find(|part| part.object.contains_key("properties"));
        let described = described
            .map_or(schema.home(), |part| &part.pointer)
            .clone();
        let object = *self
            .known_objects
            .entry(described.clone())
            .or_insert_with(|| {
                self.objects.push(Object {
                    pointer: described,
                    count: 0,
                    unknown: Members::default(),
                });
                self.objects.len() - 1
            });
        let format = schema.format.as_ref();
        self.places.push(Place {
            format: format.and_then(|format| Format::named(format.value)),
            absent: vec![0; schema.required.len()],
            schema,
            properties: HashMap::new(),
            items: None,
            values: None,
            seen: Seen::default(),
            unfit: Shape::default(),
            misformatted: 0,
            outside: 0,
            unchosen: 0,
            odd: Samples::default(),
            object,
        });
        self.known.insert(pointer, self.places.len() - 1);
        self.places.len() - 1
    }

    /// A place.
    pub fn get(&mut self, id: Id) -> &mut Place<'d> {
        &mut self.places[id]
    }

    /// The object that the values of a place are.
    pub fn object(&mut self, id: Id) -> &mut Object {
        &mut self.objects[self.places[id].object]
    }

    /// All places that were met.
    pub fn iter(&self) -> impl Iterator<Item = &Place<'d>> {
        self.places.iter()
    }

    /// All objects that were met.
    pub fn objects(&self) -> &[Object] {
        &self.objects
    }

    /// How many objects a place's are.
    pub fn objects_of(&self, place: &Place<'_>) -> &Object {
        &self.objects[place.object]
    }

    /// The place at this pointer, if it was met.
    pub fn find(&self, pointer: &Pointer) -> Option<&Place<'d>> {
        self.known.get(pointer).map(|id| &self.places[*id])
    }

    /// The place of a property, if the contract describes one of this name.
    pub fn property(&mut self, object: Id, name: &str) -> Option<Id> {
        if let Some(known) = self.places[object].properties.get(name) {
            return *known;
        }
        let schema = Rc::clone(&self.places[object].schema);
        let property = schema.property(name)?;
        let id = self.at(&property.slots);
        self.places[object]
            .properties
            .insert(property.name, Some(id));
        Some(id)
    }

    /// The place of an array's elements.
    pub fn items(&mut self, array: Id) -> Option<Id> {
        if self.places[array].items.is_none() {
            let schema = Rc::clone(&self.places[array].schema);
            self.places[array].items = (!schema.items.is_empty()).then(|| self.at(&schema.items));
        }
        self.places[array].items
    }

    /// The place of the members that have no name in the contract, if it says what they hold.
    pub fn values(&mut self, object: Id) -> Option<Id> {
        if self.places[object].values.is_none() {
            let schema = Rc::clone(&self.places[object].schema);
            if let Additional::Of(slots) = &schema.additional {
                self.places[object].values = Some(self.at(slots));
            }
        }
        self.places[object].values
    }

    /// The place that the first alternative which a value fits is; `None` if it fits none.
    pub fn chosen(&mut self, id: Id, value: &Value) -> Option<Id> {
        let schema = Rc::clone(&self.places[id].schema);
        let choice = schema.choices.first()?;
        let fits = |branch: &&Located<'d>| self.fits(&self.schemas.one(branch), value, 0);
        let branch = choice.branches.iter().find(fits)?;
        if let Some(known) = self.known.get(&branch.pointer) {
            return Some(*known);
        }
        let whole = self.schemas.with_branch(&schema, choice, branch);
        Some(self.add(branch.pointer.clone(), Rc::new(whole)))
    }

    /// Whether a value has the types that a schema names, down to a few levels.
    fn fits(&self, schema: &Schema<'d>, value: &Value, level: usize) -> bool {
        if !Types::of_value(value).is_within(schema.types) {
            return false;
        }
        if let Some(values) = &schema.values
            && !values
                .value
                .iter()
                .any(|known| schema::same_value(known, value))
        {
            return false;
        }
        let Value::Object(object) = value else {
            return true;
        };
        let has = |name: &str| object.contains_key(name);
        let is_closed = matches!(schema.additional, Additional::Closed(_));
        schema.required.iter().all(|required| has(required.value))
            && !(is_closed && object.keys().any(|name| schema.property(name).is_none()))
            && (level == 3
                || schema.properties.iter().all(|property| {
                    object.get(property.name).is_none_or(|value| {
                        self.fits(&self.schemas.all(&property.slots), value, level + 1)
                    })
                }))
    }
}
