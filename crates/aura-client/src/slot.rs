//! Where the parts of a value go.
//!
//! A type of the contract says by a [`Slot`] where its parts go, and nothing about how they are
//! read. None of this is generic over a deserializer, so whatever reads ([`crate::decode`]) is
//! compiled once for all types.

mod containers;
mod leaf;
mod macros;

use std::collections::HashMap;

#[allow(
    unused_imports,
    reason = "which kinds of types exist is up to the contract"
)]
pub(crate) use macros::{deserialize, newtype, object, one_of, string_enum};

use crate::json::Kind;
use crate::{Extra, Json};
#[allow(
    unused_imports,
    reason = "which kinds of types exist is up to the contract"
)]
pub(crate) use leaf::set_text;

/// A type of the contract, a list of such or a map: what
/// [`Error::salvage`](crate::Error::salvage) can read.
///
/// Sealed: this crate alone implements it.
pub trait Decode: HasSlot {}

impl<T: HasSlot> Decode for T {}

/// A type that says where its parts go.
pub trait HasSlot: Sized + 'static {
    /// Returns the slot of a value that will be put into this place.
    fn slot(place: &mut Option<Self>) -> Slot<'_>;
}

/// Where a value goes, and which values may go there.
#[allow(missing_debug_implementations, reason = "no user can name it")]
pub struct Slot<'a> {
    /// Null leaves the place empty, and fits.
    pub(crate) nullable: bool,
    /// An object without it is not read.
    pub(crate) required: bool,
    /// The object had a member of this name already.
    pub(crate) seen: bool,
    pub(crate) target: Target<'a>,
}

/// The place of a value, by what is put into it.
pub(crate) enum Target<'a> {
    String(&'a mut Option<String>),
    /// What is read from a string.
    Text(&'a mut dyn Leaf),
    /// What is read from a number.
    Number(&'a mut dyn Leaf),
    Bool(&'a mut Option<bool>),
    /// Any JSON.
    Json(&'a mut Option<Json>),
    Object(&'a mut dyn Object),
    List(&'a mut dyn List),
    /// A value around another one.
    Wrapper(&'a mut dyn Wrapper),
    /// One of several types.
    OneOf(&'a mut dyn OneOf),
}

impl Target<'_> {
    /// Returns what is expected, with its article: `a whole number`.
    pub(crate) fn expected(&self) -> &'static str {
        match self {
            Self::String(_) => Kind::String.name(),
            Self::Text(leaf) | Self::Number(leaf) => leaf.expected(),
            Self::Bool(_) => Kind::Bool.name(),
            Self::Object(_) => Kind::Object.name(),
            Self::List(_) => Kind::Array.name(),
            Self::Json(_) | Self::Wrapper(_) => "JSON",
            Self::OneOf(_) => "one of several types",
        }
    }

    fn reborrow(&mut self) -> Target<'_> {
        match self {
            Self::String(place) => Target::String(place),
            Self::Text(leaf) => Target::Text(*leaf),
            Self::Number(leaf) => Target::Number(*leaf),
            Self::Bool(place) => Target::Bool(place),
            Self::Json(place) => Target::Json(place),
            Self::Object(object) => Target::Object(*object),
            Self::List(list) => Target::List(*list),
            Self::Wrapper(wrapper) => Target::Wrapper(*wrapper),
            Self::OneOf(one_of) => Target::OneOf(*one_of),
        }
    }
}

impl<'a> Slot<'a> {
    pub(crate) fn new(target: Target<'a>) -> Self {
        Self {
            nullable: false,
            required: true,
            seen: false,
            target,
        }
    }

    /// Returns a slot with the same target, to stand beside slots that don't live as long.
    pub(crate) fn reborrow(&mut self) -> Slot<'_> {
        Slot {
            target: self.target.reborrow(),
            ..*self
        }
    }

    /// Returns the slot of a member that must be there.
    pub(crate) fn required<T: HasSlot>(place: &'a mut Option<T>) -> Self {
        T::slot(place)
    }

    /// Returns the slot of a member that may be absent or null, which are read alike.
    pub(crate) fn optional<T: HasSlot>(place: &'a mut Option<T>) -> Self {
        Slot {
            nullable: true,
            required: false,
            ..T::slot(place)
        }
    }

    /// Returns the slot of a member that may be absent or null, which are told apart.
    #[allow(
        dead_code,
        reason = "which kinds of members exist is up to the contract"
    )]
    pub(crate) fn nullable<T: HasSlot>(place: &'a mut Option<Option<T>>) -> Self {
        Slot {
            required: false,
            ..HasSlot::slot(place)
        }
    }
}

/// An object that is being read.
pub(crate) struct Members<'a, 's> {
    /// The names of the contract, in their order.
    pub(crate) names: &'static [&'static str],
    /// Where their values go.
    pub(crate) slots: &'a mut [Slot<'s>],
    /// Where all others go.
    pub(crate) rest: Rest<'a>,
}

/// Where the members go that an object's type doesn't name.
pub(crate) enum Rest<'a> {
    Ignored,
    Extra(&'a mut Extra),
    Entries(&'a mut dyn Entries),
}

/// The place of an object.
pub(crate) trait Object {
    /// Has the members read, and makes an object of them if that worked.
    ///
    /// Fails with the name of the first required member that is not there.
    fn fill(&mut self, read: &mut dyn FnMut(Members<'_, '_>) -> bool) -> Result<(), &'static str>;
}

/// The place of an array.
pub(crate) trait List {
    /// Makes an empty list, and returns the size of an element in bytes.
    fn begin(&mut self) -> usize;
    /// Has another element read, and keeps it if that worked.
    fn push(&mut self, read: &mut dyn FnMut(Slot<'_>) -> bool);
}

/// The place of members of one type under any names. The last one of a name counts.
pub(crate) trait Entries {
    /// Returns the size of an entry in bytes.
    fn entry_size(&self) -> usize;
    /// Has a value read, and keeps it under this name if that worked.
    fn insert(&mut self, name: String, read: &mut dyn FnMut(Slot<'_>) -> bool);
}

/// The place of a value around another one.
pub(crate) trait Wrapper {
    /// Has the inner value read, and wraps it if that worked.
    fn fill(&mut self, read: &mut dyn FnMut(Slot<'_>) -> bool);
}

/// The place of a value of one of several types.
pub(crate) trait OneOf {
    /// Has one type after the other read until that works. Returns whether one did.
    fn fill(&mut self, read: &mut dyn FnMut(Slot<'_>) -> bool) -> bool;
}

/// The place of a number, or of what is read from a string.
pub(crate) trait Leaf {
    /// Returns what is expected, with its article: `a whole number`.
    fn expected(&self) -> &'static str;
    /// Puts in what the text says, or returns what it is instead.
    fn set(&mut self, text: &str) -> Result<(), &'static str>;
    /// Puts in what these bytes of a binary format say. Returns whether they say anything.
    fn set_bytes(&mut self, _bytes: &[u8]) -> bool {
        false
    }
}

/// What takes the members that an object's type doesn't name.
pub(crate) trait AsRest {
    fn as_rest(&mut self) -> Rest<'_>;
}

impl AsRest for Extra {
    fn as_rest(&mut self) -> Rest<'_> {
        Rest::Extra(self)
    }
}

impl<T: HasSlot> AsRest for HashMap<String, T> {
    fn as_rest(&mut self) -> Rest<'_> {
        Rest::Entries(self)
    }
}
