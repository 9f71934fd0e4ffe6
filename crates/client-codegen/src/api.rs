//! The Rust API of a generated client, as data.

#[cfg(feature = "generate")]
mod read;

use std::collections::{BTreeMap, BTreeSet};

use crate::transform::Pagination;
use openapi_document::security::Scheme;

/// All of it.
#[derive(Debug, Default)]
pub struct RustApi {
    /// The types by name.
    pub types: BTreeMap<String, Type>,
    /// The client's methods by name.
    pub methods: BTreeMap<String, Function>,
    /// What the client knows of the calls, by the names of their methods.
    pub calls: BTreeMap<String, Call>,
    /// The base URL that the client has of its own.
    pub server: Option<String>,
}

/// What kind of type it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kind {
    /// With named fields.
    #[default]
    Struct,
    /// Around one value.
    Newtype,
    /// With variants.
    Enum,
    /// Another name for a type.
    Alias,
}

impl Kind {
    /// The word for people.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Struct => "a struct",
            Kind::Newtype => "a newtype",
            Kind::Enum => "an enum",
            Kind::Alias => "an alias",
        }
    }
}

/// A type.
#[derive(Debug, Clone, Default)]
pub struct Type {
    /// Its kind.
    pub kind: Kind,
    /// Fields with their types, or variants with what they hold.
    pub members: Vec<Member>,
    /// The traits it has.
    pub traits: BTreeSet<String>,
    /// Whether users can't list its members to the end.
    pub open: bool,
    /// Its own functions.
    pub functions: BTreeMap<String, Function>,
    /// The members that `Debug` hides; `""` stands for the whole value.
    pub hidden: BTreeSet<String>,
    /// All its code but documentation, in no order: to see whether anything differs.
    pub code: Vec<String>,
}

/// A field or a variant.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// Its name.
    pub name: String,
    /// Its name in JSON.
    pub wire: String,
    /// The type, or what the variant holds.
    pub ty: String,
}

/// A function or method.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Function {
    /// Names and types of the arguments, `self` aside.
    pub arguments: Vec<(String, String)>,
    /// What it gives.
    pub output: String,
    /// Its code, in no order.
    pub code: Vec<String>,
}

/// What the client knows of a call beyond its arguments and what it gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// How it says who makes it.
    pub security: Scheme,
    /// The code of the errors that mean "not found".
    pub not_found: Option<String>,
    /// The property in which its value repeats an argument.
    pub identifies: Option<String>,
    /// How its pages follow each other.
    pub pagination: Option<Pagination>,
    /// The header that makes repeating it safe.
    pub idempotency_key: Option<String>,
}

/// Stands before a type of the contract's, so that one of the same name from elsewhere differs.
pub const OWN: char = '~';
