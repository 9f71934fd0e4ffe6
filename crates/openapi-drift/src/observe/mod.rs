//! What responses hold, counted by the places of the contract. No value is kept.

mod format;
mod names;
mod places;
mod route;
mod seen;
mod traffic;
mod unknown;

use std::rc::Rc;

use openapi_document::operation::{self, Located};
use openapi_document::schema::Types;
use openapi_document::{Operation, Success};
use serde_json::{Map, Value};

use crate::exchange::{Body, Exchange};
use crate::input::Record;
pub use places::{Object, Place, Places};
pub use route::Routes;
pub use seen::{KINDS, Seen};
pub use traffic::{Described, Traffic, Undescribed};
use unknown::Room;
pub use unknown::{Member, Members, Shape};

/// Counts what responses hold.
#[derive(Debug)]
pub struct Observer<'d> {
    /// The bodies, by place.
    pub places: Places<'d>,
    /// The exchanges, by operation.
    pub traffic: Vec<Traffic<'d>>,
    /// Exchanges that are of no operation.
    pub strangers: Undescribed,
    routes: Routes,
    room: Room,
}

/// Why a record counts for nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ignored {
    /// A value, and it is not said which operation returned it.
    OperationNeeded,
    /// The operation returns no value.
    ReturnsNothing,
}

impl<'d> Observer<'d> {
    /// Has seen nothing yet; keeps a few values only if `samples` asks for them.
    pub fn new(document: &'d Value, samples: bool) -> Observer<'d> {
        let operations = operation::operations(document);
        Observer {
            places: Places::of(document),
            routes: Routes::of(document, &operations),
            traffic: operations
                .into_iter()
                .map(|operation| Traffic::of(document, operation))
                .collect(),
            strangers: Undescribed::default(),
            room: Room::new(samples),
        }
    }

    /// The number of the operation with this id.
    pub fn operation(&self, id: &str) -> Option<usize> {
        let mut operations = self.traffic.iter();
        operations.position(|traffic| traffic.operation.id() == id)
    }

    /// Counts a record; a value is one that `operation` returned.
    ///
    /// # Errors
    ///
    /// Why it counts for nothing.
    pub fn count(&mut self, record: &Record, operation: Option<usize>) -> Result<(), Ignored> {
        match record {
            Record::Exchange(exchange) => {
                self.exchange(exchange);
                Ok(())
            }
            Record::Value(value) => self.returned(value, operation),
        }
    }

    /// Counts a value that an operation returned, taken out of its envelope.
    fn returned(&mut self, value: &Value, operation: Option<usize>) -> Result<(), Ignored> {
        let operation = operation.ok_or(Ignored::OperationNeeded)?;
        let traffic = &mut self.traffic[operation];
        let slot = traffic.value.as_ref().ok_or(Ignored::ReturnsNothing)?;
        traffic.values += 1;
        let place = self.places.at(std::slice::from_ref(slot));
        match value {
            // Beside the fields, `aura` lists what it could not read of them.
            Value::Object(object) if object.contains_key(ANOMALIES) => {
                let mut object = object.clone();
                object.shift_remove(ANOMALIES);
                self.observe(place, &object.into());
            }
            value => self.observe(place, value),
        }
        Ok(())
    }

    fn exchange(&mut self, exchange: &Exchange) {
        // The status of what got no response.
        if exchange.status < 100 {
            return;
        }
        let Some((operation, query)) = self.routes.find(exchange, &mut self.strangers) else {
            return;
        };
        let traffic = &mut self.traffic[operation];
        let slot = traffic.count(exchange, &query, &mut self.room);
        if let (Some(slot), Body::Json(value)) = (slot, &exchange.body) {
            let place = self.places.at(&[slot]);
            self.observe(place, value);
        }
    }

    fn observe(&mut self, id: usize, value: &Value) {
        let place = self.places.get(id);
        let format = place.seen.count(value);
        let kind = Types::of_value(value);
        if kind == Types::NULL {
            return;
        }
        if !place.schema.choices.is_empty() {
            match self.places.chosen(id, value) {
                Some(chosen) => self.observe(chosen, value),
                None => {
                    let place = self.places.get(id);
                    place.unchosen += 1;
                    place.keep(value, &self.room);
                }
            }
            return;
        }
        if !kind.is_within(place.schema.types) {
            place.unfit.count(value, &mut self.room);
            return;
        }
        if let Some(values) = &place.schema.values {
            let mut values = values.value.iter();
            let is_known = values.any(|known| openapi_document::schema::same_value(known, value));
            if !is_known {
                place.outside += 1;
                place.keep(value, &self.room);
            }
        }
        match value {
            Value::String(_) if place.format.is_some() && format != place.format => {
                place.misformatted += 1;
                place.keep(value, &self.room);
            }
            Value::Array(elements) => {
                if let Some(items) = self.places.items(id) {
                    elements
                        .iter()
                        .for_each(|element| self.observe(items, element));
                }
            }
            Value::Object(object) => self.observe_object(id, object),
            _ => {}
        }
    }

    fn observe_object(&mut self, id: usize, object: &Map<String, Value>) {
        let place = self.places.get(id);
        let schema = Rc::clone(&place.schema);
        for (absent, required) in place.absent.iter_mut().zip(&schema.required) {
            *absent += u64::from(!object.contains_key(required.value));
        }
        let values = self.places.values(id);
        self.places.object(id).count += 1;
        // An object without a described property is a map: its names are data.
        let is_map = values.is_some() || schema.properties.is_empty();
        let mut before: Option<&String> = None;
        for (name, value) in object {
            if let Some(place) = self.places.property(id, name).or(values) {
                self.observe(place, value);
            } else if !is_map {
                let unknown = &mut self.places.object(id).unknown;
                unknown.count(name, value, before, &mut self.room);
            }
            before = Some(name);
        }
    }
}

/// The member in which `aura` lists what could not be read.
const ANOMALIES: &str = "_anomalies";

/// The schema of the value that an operation returns.
fn returned<'d>(document: &'d Value, operation: &Operation<'d>) -> Option<Located<'d>> {
    let success = Success::of(document, operation);
    let pointer = &success.returned()?.pointer;
    let value = openapi_document::get(document, pointer)?;
    openapi_document::schema::located(pointer.clone(), value)
}
