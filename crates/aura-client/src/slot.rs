//! Where the parts of a value go.
//!
//! A type of the contract says by a [`Slot`] where its parts go, and nothing about how they are
//! read. None of this is generic over a deserializer, so whatever reads ([`crate::decode`]) is
//! compiled once for all types.

mod containers;
mod leaf;
mod macros;

#[allow(
    unused_imports,
    reason = "which kinds of types exist is up to the contract"
)]
pub(crate) use {
    leaf::set_text,
    macros::{deserialize, has_slot, newtype, object, one_of, string_enum, tagged},
};

use crate::json::Kind;
use crate::{Extra, Json};

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
    List(&'a mut dyn Parts),
    /// A value around another one.
    Wrapper(&'a mut dyn Inner),
    /// One of several types.
    #[allow(dead_code, reason = "which kinds of types exist is up to the contract")]
    OneOf(&'a mut dyn Inner),
    /// The one of several types that a member names.
    #[allow(dead_code, reason = "which kinds of types exist is up to the contract")]
    Tagged(&'a mut dyn Tagged),
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
            Self::OneOf(_) | Self::Tagged(_) => "one of several types",
        }
    }
}

#[allow(
    dead_code,
    reason = "which kinds of members exist is up to the contract"
)]
impl<'a> Slot<'a> {
    pub(crate) fn new(target: Target<'a>) -> Self {
        Self {
            nullable: false,
            required: true,
            seen: false,
            target,
        }
    }

    /// Returns the slot of a member that must be there.
    #[allow(
        dead_code,
        reason = "which kinds of members exist is up to the contract"
    )]
    pub(crate) fn required<T: HasSlot>(place: &'a mut Option<T>) -> Self {
        T::slot(place)
    }

    /// Returns the slot of a member that may be absent or null, which are read alike.
    #[allow(
        dead_code,
        reason = "which kinds of members exist is up to the contract"
    )]
    pub(crate) fn optional<T: HasSlot>(place: &'a mut Option<T>) -> Self {
        Slot {
            nullable: true,
            required: false,
            ..T::slot(place)
        }
    }

    /// Returns the slot of a member that may be absent or null, which are told apart.
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
    Entries(&'a mut dyn Parts),
}

/// The place of an object.
pub(crate) trait Object {
    /// Has the members read, and makes an object of them if that worked.
    ///
    /// Fails with the name of the first required member that is not there.
    fn fill(&mut self, read: &mut dyn FnMut(Members<'_, '_>) -> bool) -> Result<(), &'static str>;
}

/// The place of parts of one type: elements of an array, or members under any names.
pub(crate) trait Parts {
    /// Starts without parts, and returns how many bytes each takes.
    fn begin(&mut self) -> usize;
    /// Has another part read, and keeps it if that worked. A list needs no name; of members with
    /// one name the last is kept.
    fn add(&mut self, name: &str, read: &mut dyn FnMut(Slot<'_>) -> bool);
}

/// The place of a value around another one.
pub(crate) trait Inner {
    /// Has the inner value read as one type after the other until that works. Returns whether one
    /// did.
    fn fill(&mut self, read: &mut dyn FnMut(Slot<'_>) -> bool) -> bool;
}

/// The place of an object whose type one of its members names.
pub(crate) trait Tagged {
    /// Returns the member's name.
    fn property(&self) -> &'static str;
    /// Has the object read as the type that the member's text names, or as JSON if it names none.
    fn fill(&mut self, tag: Option<&str>, read: &mut dyn FnMut(Slot<'_>) -> bool);
}

/// The place of a number, or of what is read from a string.
pub(crate) trait Leaf {
    /// Returns what is expected, with its article: `a whole number`.
    fn expected(&self) -> &'static str;
    /// Puts in what the text says, or returns what it is instead.
    fn set(&mut self, text: &str) -> Result<(), &'static str>;
}

/// What takes the members that an object's type doesn't name.
pub(crate) trait AsRest: Default {
    fn as_rest(&mut self) -> Rest<'_>;
}
