//! The advice of a rule: a compatible way to what a change is after. It is right, or absent.

use openapi_document::schema::{Additional, Schema, Schemas};
use openapi_document::{Pointer, get};
use serde_json::Value;

use crate::place::{Side, Spot};

/// A compatible way to what a change is after.
#[derive(Debug)]
pub(crate) enum Instead {
    /// There is none.
    Nothing,
    /// One that is right wherever the change stands.
    Always(&'static str),
    /// One that depends on where the change stands.
    Depends(fn(&Place<'_>) -> Option<&'static str>),
}

impl Instead {
    /// Returns the advice for a change at `place`.
    pub fn at(&self, place: &Place<'_>) -> Option<&'static str> {
        match self {
            Instead::Nothing => None,
            Instead::Always(text) => Some(text),
            Instead::Depends(choose) => choose(place),
        }
    }
}

/// Where a change stands, as far as advice depends on it.
#[derive(Debug)]
pub(crate) struct Place<'c> {
    /// The old document.
    pub base: &'c Value,
    /// The new one.
    pub head: &'c Value,
    /// What the change is about.
    pub at: &'c Spot,
    /// The same place in the old document, if it was there.
    pub was: Option<&'c Pointer>,
    /// Where people look for the change.
    pub near: &'c Pointer,
    /// Whether callers receive what has changed.
    pub is_received: bool,
}

/// What another value can be added beside.
enum Member {
    Property,
    Parameter,
    Header,
}

impl Place<'_> {
    fn parts(&self) -> Vec<&str> {
        self.at.pointer.parts().iter().map(String::as_str).collect()
    }

    fn member(&self) -> Option<Member> {
        // In a schema, these are names of properties.
        let is_outside = |owner: &[&str]| {
            !owner.contains(&"schema") && !owner.starts_with(&["components", "schemas"])
        };
        match self.parts().as_slice() {
            [.., "properties", _] if !self.is_closed() => Some(Member::Property),
            [owner @ .., "parameters", _] | [owner @ .., "parameters", _, "schema"]
                if is_outside(owner) && !self.is_in_path() =>
            {
                Some(Member::Parameter)
            }
            [owner @ .., "headers", _] | [owner @ .., "headers", _, "schema"]
                if is_outside(owner) =>
            {
                Some(Member::Header)
            }
            _ => None,
        }
    }

    /// Whether the change is about a parameter of the path, before or after.
    fn is_in_path(&self) -> bool {
        let in_path = |document: &Value, at: &Pointer| {
            let mut places = [Some(at.clone()), at.parent()].into_iter().flatten();
            places.any(|at| get(document, &at).is_some_and(|value| value["in"] == "path"))
        };
        in_path(self.head, &self.at.pointer) || self.was.is_some_and(|was| in_path(self.base, was))
    }

    /// Returns the object that has the property, in one of the documents; a part of `allOf` counts
    /// with the rest.
    fn owner<'d>(document: &'d Value, property: &Pointer) -> Option<std::rc::Rc<Schema<'d>>> {
        let mut owner = property.parent()?.parent()?;
        while let [.., all_of, _] = owner.parts()
            && all_of == "allOf"
        {
            owner = owner.parent()?.parent()?;
        }
        Some(Schemas::of(document).at(&owner))
    }

    /// Whether callers read the object that has the property as closed.
    fn is_closed(&self) -> bool {
        let closed = |owner: Option<std::rc::Rc<Schema<'_>>>| {
            owner.is_some_and(|owner| matches!(owner.additional, Additional::Closed(_)))
        };
        let was = self.was.unwrap_or(&self.at.pointer);
        self.is_received
            && (closed(Place::owner(self.base, was))
                || closed(Place::owner(self.head, &self.at.pointer)))
    }

    /// Returns the `security` or `servers` list of the old document for this place.
    fn old_list(&self, key: &str) -> Vec<Value> {
        let own = [self.at.pointer.clone(), self.at.pointer.child(key)];
        let mut places = own.into_iter().chain([Pointer::of([key])]);
        let list = places.find_map(|at| get(self.base, &at)?.as_array().cloned());
        list.unwrap_or_default()
    }
}

pub fn parameter_moved(place: &Place<'_>) -> Option<&'static str> {
    (!place.is_in_path()).then_some(
        "keep it where it is, marked `deprecated: true`, and add an optional one in the new place",
    )
}

pub fn parameter_style(place: &Place<'_>) -> Option<&'static str> {
    (!place.is_in_path()).then_some(
        "keep it as it is, marked `deprecated: true`, and add an optional parameter of another name for the new style",
    )
}

pub fn argument_order(place: &Place<'_>) -> Option<&'static str> {
    Some(match place.at.pointer.last() {
        "parameters" => "keep the order of the required parameters: Rust passes them by position",
        _ => "keep the order of the parameters in the path: Rust passes them by position",
    })
}

pub fn envelope_removed(place: &Place<'_>) -> Option<&'static str> {
    let envelope = Schemas::of(place.base).at(place.was?);
    let closed = matches!(envelope.additional, Additional::Closed(_));
    (!closed).then_some("keep the envelope; new fields can be added beside `data`")
}

pub fn property_renamed(place: &Place<'_>) -> Option<&'static str> {
    (!place.is_closed()).then_some(
        "keep the old property as it is, marked `deprecated: true`, and add the new name as an optional one",
    )
}

/// A property that can be sent because it is no longer `readOnly` was there before.
pub fn required_property_added(place: &Place<'_>) -> Option<&'static str> {
    (place.was.is_none() && !place.is_closed())
        .then_some("add it as optional, and describe what applies without it")
}

/// Where values of another type or format can stand beside the old ones.
pub fn beside(place: &Place<'_>) -> Option<&'static str> {
    Some(match place.member()? {
        Member::Property => {
            "add an optional property of another name for the new values, and mark this one `deprecated: true`"
        }
        Member::Parameter => {
            "add an optional parameter of another name for the new values, and mark this one `deprecated: true`"
        }
        Member::Header => {
            "add a header of another name for the new values, and mark this one `deprecated: true`"
        }
    })
}

pub fn response_format(place: &Place<'_>) -> Option<&'static str> {
    match Schemas::of(place.head).at(&place.at.pointer).format {
        None => Some("keep the format"),
        Some(_) => beside(place),
    }
}

/// What callers also receive stays a list of known values.
pub fn request_enum_removed(place: &Place<'_>) -> Option<&'static str> {
    (!place.is_received)
        .then_some("for Rust, where an enum becomes a string: keep the list, and extend it")
}

pub fn null_added(place: &Place<'_>) -> Option<&'static str> {
    let [.., properties, name] = place.at.pointer.parts() else {
        return None;
    };
    let required = |document, at: &Pointer| {
        Place::owner(document, at).is_none_or(|owner| owner.requires(name))
    };
    let optional = properties == "properties"
        && !required(place.base, place.was?)
        && !required(place.head, &place.at.pointer);
    optional.then_some("leave the property out where there is no value")
}

/// Without a list of servers, calls go to where the contract is served.
pub fn server(place: &Place<'_>) -> Option<&'static str> {
    (!place.old_list("servers").is_empty()).then_some(
        "keep the old address running and at its place in the list, and add new ones after it",
    )
}

pub fn security(place: &Place<'_>) -> Option<&'static str> {
    let old = place.old_list("security");
    let nothing = |way: &Value| way.as_object().is_some_and(|way| way.is_empty());
    if old.iter().all(nothing) {
        return Some("add the alternative `{}`, first in the list");
    }
    let names = |way: &Value| -> Vec<String> {
        let names = way.as_object().into_iter().flat_map(|way| way.keys());
        names.cloned().collect()
    };
    let new = get(place.head, &place.at.pointer).and_then(Value::as_array);
    let same = new.is_some_and(|new| {
        new.len() == old.len()
            && new
                .iter()
                .zip(&old)
                .all(|(is, was)| names(is) == names(was))
    });
    Some(match same {
        true => "don't require the new scope",
        false => "keep the old way first in the list, and add the new one after it",
    })
}

pub fn scheme(place: &Place<'_>) -> Option<&'static str> {
    let in_flows = place.near.parts().iter().any(|part| part == "flows");
    match place.at.side {
        Side::Base => Some("keep describing the scheme"),
        Side::Head if place.near.last() == "flows" => Some("keep the flow"),
        Side::Head if in_flows => None,
        Side::Head => Some(
            "leave the scheme as it is; describe the new one under another name, and list it in `security` after the old one",
        ),
    }
}

/// The types of inline schemas are named after what has them.
pub fn component_renamed(place: &Place<'_>) -> Option<&'static str> {
    let parts = place.parts();
    matches!(parts.as_slice(), ["components", "schemas", _])
        .then_some("keep the component's name: it is the type's name in Rust")
}
