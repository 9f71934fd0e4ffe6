//! What is told: where the contract and the responses differ, how often, and the edit that mends it.

use std::fmt;

use openapi_document::Pointer;
use serde_json::{Map, Value};

/// A kind of difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// An object has a field that is not described.
    Field,
    /// Null where the contract has none.
    Null,
    /// Another type.
    Type,
    /// Another format.
    Format,
    /// A required field is absent.
    Absent,
    /// A value that is none of the enum's.
    Enum,
    /// A value that fits no alternative.
    Alternative,
    /// A status that is not described.
    Status,
    /// A media type that is not described.
    MediaType,
    /// A header that is not described.
    Header,
    /// A parameter that is not described.
    Parameter,
    /// An operation that is not described.
    Operation,
    /// Fields that only few objects have, and those whose names are data: no drift.
    OtherFields,
    /// What is described and never came: no drift.
    NeverSeen,
}

impl Kind {
    /// The code that reports give it.
    pub fn code(self) -> &'static str {
        match self {
            Kind::Field => "drift::field",
            Kind::Null => "drift::null",
            Kind::Type => "drift::type",
            Kind::Format => "drift::format",
            Kind::Absent => "drift::absent",
            Kind::Enum => "drift::enum",
            Kind::Alternative => "drift::alternative",
            Kind::Status => "drift::status",
            Kind::MediaType => "drift::media-type",
            Kind::Header => "drift::header",
            Kind::Parameter => "drift::parameter",
            Kind::Operation => "drift::operation",
            Kind::OtherFields => "drift::other-fields",
            Kind::NeverSeen => "drift::never-seen",
        }
    }

    /// Whether the contract is wrong where this is found.
    pub fn is_drift(self) -> bool {
        !matches!(self, Kind::OtherFields | Kind::NeverSeen)
    }
}

/// A difference between the contract and the responses.
#[derive(Debug, Clone)]
pub struct Finding {
    /// Its kind.
    pub kind: Kind,
    /// Where in the contract.
    pub at: Pointer,
    /// What it is, in words that quote no value.
    pub message: String,
    /// How often.
    pub often: Often,
    /// What mends the contract.
    pub edits: Vec<Edit>,
    /// A few of the values, if they may be shown.
    pub samples: Vec<String>,
}

/// How often something came, of how many times it could have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Often {
    /// How often it came.
    pub count: u64,
    /// How often it could have.
    pub of: u64,
}

impl fmt::Display for Often {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {}", self.count, self.of)
    }
}

/// A change of the contract's values, made in its text.
#[derive(Debug, Clone, PartialEq)]
pub enum Edit {
    /// Gives the mapping at `at` an entry, or its entry another value.
    Set {
        /// The mapping.
        at: Pointer,
        /// The key.
        key: String,
        /// The value.
        value: Value,
        /// The keys that the entry follows, the nearest first.
        after: Vec<String>,
    },
    /// Gives the sequence at `at` one more element.
    Append {
        /// The sequence.
        at: Pointer,
        /// The element.
        value: Value,
    },
    /// Removes an entry or an element.
    Remove(Pointer),
}

/// The order of a schema's keys in the contract.
const ORDER: [&str; 9] = [
    "type",
    "format",
    "enum",
    "nullable",
    "items",
    "allOf",
    "description",
    "example",
    "x-sensitive",
];

impl Edit {
    /// Gives a schema a key, in the place where such keys stand.
    pub fn key(at: &Pointer, key: &str, value: impl Into<Value>) -> Edit {
        let place = ORDER.iter().position(|known| *known == key);
        let before = ORDER[..place.unwrap_or(ORDER.len())].iter();
        Edit::Set {
            at: at.clone(),
            key: key.to_string(),
            value: value.into(),
            after: before.rev().map(|key| key.to_string()).collect(),
        }
    }

    /// Brings the keys of a schema to those of another: what is not in `to` is removed if it is
    /// one of `owned`.
    pub fn keys(
        at: &Pointer,
        from: &Map<String, Value>,
        to: &Map<String, Value>,
        owned: &[&str],
    ) -> Vec<Edit> {
        let gone = owned
            .iter()
            .filter(|key| from.contains_key(**key) && !to.contains_key(**key));
        let gone = gone.map(|key| Edit::Remove(at.child(key)));
        let set = to
            .iter()
            .filter(|(key, value)| from.get(*key) != Some(*value));
        let set = set.map(|(key, value)| Edit::key(at, key, value.clone()));
        // An object that is emptied in between would be written in one line.
        set.chain(gone).collect()
    }
}
