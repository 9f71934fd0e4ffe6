//! Reads all of a value or nothing, in one pass of serde.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use uuid::Uuid;

use super::bounds::Bounds;
use crate::deadline::Deadline;
use crate::json::{self, Kind, TOO_DEEP};
use crate::slot::{Decode, Members, Rest, Slot, Target};

const REPEATED: &str = "the field is there more than once";
const TOO_MUCH: &str = "the value takes too much memory or time";

/// Reads a type of the contract from any format. Our messages quote nothing of the input, while
/// serde_json's own quote a value of another type.
#[allow(dead_code, reason = "whether there are types is up to the contract")]
pub(crate) fn deserialize<'de, T: Decode, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    let mut place = None;
    let mut bounds = Bounds::of(usize::MAX, Deadline::NEVER);
    Place::new(&mut T::slot(&mut place), &mut bounds).deserialize(from)?;
    place.ok_or_else(|| D::Error::custom("the value is empty"))
}

/// Reads JSON text. Returns whether it fits.
pub(super) fn value(text: &str, slot: &mut Slot<'_>, bounds: &mut Bounds) -> bool {
    let mut json = serde_json::Deserializer::from_str(text);
    Place::new(slot, bounds)
        .deserialize(&mut json)
        .and_then(|()| json.end())
        .is_ok()
}

/// The place that a value is read into.
struct Place<'a, 's> {
    slot: &'a mut Slot<'s>,
    bounds: &'a mut Bounds,
}

impl<'a, 's> Place<'a, 's> {
    fn new(slot: &'a mut Slot<'s>, bounds: &'a mut Bounds) -> Self {
        Self { slot, bounds }
    }

    fn mismatch<E: Error>(&self) -> E {
        E::custom(format_args!("expected {}", self.slot.target.expected()))
    }
}

impl<'de> DeserializeSeed<'de> for Place<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        match self.slot.nullable {
            true => from.deserialize_option(self),
            false => self.visit_some(from),
        }
    }
}

impl<'de> Visitor<'de> for Place<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.slot.target.expected())
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        if !self.bounds.visit() {
            return Err(D::Error::custom(TOO_MUCH));
        }
        match &mut self.slot.target {
            Target::String(place) => {
                **place = Some(String::deserialize(from)?);
                Ok(())
            }
            Target::Text(_) => from.deserialize_str(self),
            Target::Bool(_) => from.deserialize_bool(self),
            Target::Object(_) => from.deserialize_map(self),
            Target::List(_) => from.deserialize_seq(self),
            Target::Number(leaf) => {
                let json = json::text_of(from)?;
                match Kind::of(&json) == Kind::Number && leaf.set(&json).is_ok() {
                    true => Ok(()),
                    false => Err(self.mismatch()),
                }
            }
            Target::Json(place) => {
                **place = json::Json::from_text(&json::text_of(from)?);
                Ok(())
            }
            Target::Wrapper(wrapper) => {
                let (mut from, mut read) = (Some(from), Ok(()));
                wrapper.fill(&mut |mut slot| {
                    let place = Place::new(&mut slot, self.bounds);
                    read = from.take().map_or(Ok(()), |from| place.deserialize(from));
                    read.is_ok()
                });
                read
            }
            Target::OneOf(one_of) => {
                let text = json::text_of(from)?;
                match one_of.fill(&mut |mut slot| alternative(&text, &mut slot, self.bounds)) {
                    true => Ok(()),
                    false => Err(self.mismatch()),
                }
            }
            Target::Tagged(tagged) => {
                let text = json::text_of(from)?;
                let tag = json::member_text(&text, tagged.property());
                let mut fits = false;
                tagged.fill(tag.as_deref(), &mut |mut slot| {
                    fits = alternative(&text, &mut slot, self.bounds);
                    fits
                });
                match fits {
                    true => Ok(()),
                    false => Err(self.mismatch()),
                }
            }
        }
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        match self.slot.nullable {
            true => Ok(()),
            false => Err(self.mismatch()),
        }
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.visit_none()
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        match &mut self.slot.target {
            Target::Bool(place) => {
                **place = Some(value);
                Ok(())
            }
            _ => Err(self.mismatch()),
        }
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        let fits = match &mut self.slot.target {
            Target::Text(leaf) => leaf.set(text).is_ok(),
            _ => false,
        };
        if fits { Ok(()) } else { Err(self.mismatch()) }
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<(), E> {
        // A UUID in a binary format.
        match Uuid::from_slice(bytes) {
            Ok(id) => self.visit_str(&id.to_string()),
            Err(_) => Err(self.mismatch()),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Self { slot, bounds } = self;
        let Target::Object(object) = &mut slot.target else {
            return Err(Place::new(slot, bounds).mismatch());
        };
        if !bounds.enter() {
            return Err(A::Error::custom(TOO_DEEP));
        }
        let mut read = Ok(());
        let filled = object.fill(&mut |members| {
            read = read_members(&mut map, members, bounds);
            read.is_ok()
        });
        bounds.leave();
        read?;
        filled.map_err(A::Error::missing_field)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let Self { slot, bounds } = self;
        let Target::List(list) = &mut slot.target else {
            return Err(Place::new(slot, bounds).mismatch());
        };
        if !bounds.enter() {
            return Err(A::Error::custom(TOO_DEEP));
        }
        let size = list.begin();
        let mut read = Ok(Some(()));
        while let Ok(Some(())) = read {
            list.add("", &mut |mut slot| {
                read = seq.next_element_seed(Place::new(&mut slot, bounds));
                if matches!(read, Ok(Some(()))) && !bounds.keep(size) {
                    read = Err(A::Error::custom(TOO_MUCH));
                }
                matches!(read, Ok(Some(())))
            });
        }
        bounds.leave();
        read.map(drop)
    }
}

/// Reads JSON text as one of several types. Returns whether it fits.
///
/// Alternatives may hold further ones, so one text can be read over and over: that is charged.
pub(super) fn alternative(text: &str, slot: &mut Slot<'_>, bounds: &mut Bounds) -> bool {
    let left = bounds.bytes;
    let fits = bounds.try_again(text.len()) && value(text, slot, bounds);
    if !fits {
        bounds.bytes = left;
    }
    fits
}

fn read_members<'de, A: MapAccess<'de>>(
    map: &mut A,
    members: Members<'_, '_>,
    bounds: &mut Bounds,
) -> Result<(), A::Error> {
    let Members {
        names,
        slots,
        mut rest,
    } = members;
    let mut likely = 0;
    while let Some(name) = map.next_key_seed(NameSeed { names, likely })? {
        match name {
            Name::Known(field) => {
                let slot = &mut slots[field];
                if std::mem::replace(&mut slot.seen, true) {
                    return Err(A::Error::custom(REPEATED));
                }
                map.next_value_seed(Place::new(slot, bounds))?;
                likely = field + 1;
            }
            Name::Other(name) => {
                if !bounds.visit() {
                    return Err(A::Error::custom(TOO_MUCH));
                }
                read_other(map, &name, &mut rest, bounds)?;
            }
        }
    }
    Ok(())
}

/// Reads a member that the object's type doesn't name.
fn read_other<'de, A: MapAccess<'de>>(
    map: &mut A,
    name: &str,
    rest: &mut Rest<'_>,
    bounds: &mut Bounds,
) -> Result<(), A::Error> {
    match rest {
        Rest::Ignored => map.next_value().map(|serde::de::IgnoredAny| ()),
        Rest::Extra(extra) => {
            let value = map.next_value_seed(TextSeed)?;
            extra.push(name, &value).map_err(A::Error::custom)
        }
        Rest::Entries(entries) => {
            if !bounds.keep(entries.begin()) {
                return Err(A::Error::custom(TOO_MUCH));
            }
            let mut read = Ok(());
            entries.add(name, &mut |mut slot| {
                read = map.next_value_seed(Place::new(&mut slot, bounds));
                read.is_ok()
            });
            read
        }
    }
}

/// Takes a value as JSON text.
struct TextSeed;

impl<'de> DeserializeSeed<'de> for TextSeed {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Cow<'de, str>, D::Error> {
        json::text_of(from)
    }
}

/// A member's name, looked up without keeping it.
#[derive(Clone, Copy)]
struct NameSeed {
    names: &'static [&'static str],
    /// The field that is likely: the one behind the last.
    likely: usize,
}

enum Name<'de> {
    Known(usize),
    Other(Cow<'de, str>),
}

impl<'de> DeserializeSeed<'de> for NameSeed {
    type Value = Name<'de>;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Name<'de>, D::Error> {
        // Fails for half a surrogate pair, which the lenient reader takes.
        from.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for NameSeed {
    type Value = Name<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_borrowed_str<E: Error>(self, name: &'de str) -> Result<Name<'de>, E> {
        let known = find(self.names, self.likely, name.as_bytes()).map(Name::Known);
        Ok(known.unwrap_or(Name::Other(Cow::Borrowed(name))))
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Name<'de>, E> {
        let known = find(self.names, self.likely, name.as_bytes()).map(Name::Known);
        Ok(known.unwrap_or_else(|| Name::Other(Cow::Owned(name.to_owned()))))
    }
}

/// Returns the number of a field: in most bodies `likely`, or one soon behind it.
#[inline]
pub(super) fn find(names: &[&str], likely: usize, name: &[u8]) -> Option<usize> {
    match names.get(likely) {
        Some(field) if field.as_bytes() == name => Some(likely),
        _ => find_from(names, likely, name),
    }
}

fn find_from(names: &[&str], likely: usize, name: &[u8]) -> Option<usize> {
    let is_it = |field: &&str| field.as_bytes() == name;
    let (before, behind) = names.split_at_checked(likely)?;
    let further = behind
        .iter()
        .position(is_it)
        .map(|further| likely + further);
    further.or_else(|| before.iter().position(is_it))
}
