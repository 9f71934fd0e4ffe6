//! The types that a schema's values can have.

use std::fmt;

use serde_json::Value;

/// A set of JSON's types. Whole numbers and other numbers are told apart, so that `integer` is
/// part of `number`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Types(u8);

/// The types with their names, in the order in which people read them.
const NAMES: [(Types, &str); 7] = [
    (Types::STRING, "a string"),
    (Types::NUMBER, "a number"),
    (Types::INTEGER, "an integer"),
    (Types::BOOLEAN, "a boolean"),
    (Types::OBJECT, "an object"),
    (Types::ARRAY, "an array"),
    (Types::NULL, "null"),
];

impl Types {
    /// No type: no value is allowed.
    pub const NONE: Types = Types(0);
    /// `null`
    pub const NULL: Types = Types(1);
    /// `true` and `false`
    pub const BOOLEAN: Types = Types(1 << 1);
    /// Whole numbers.
    pub const INTEGER: Types = Types(1 << 2);
    /// All numbers.
    pub const NUMBER: Types = Types(1 << 3 | Types::INTEGER.0);
    /// Text.
    pub const STRING: Types = Types(1 << 4);
    /// Lists.
    pub const ARRAY: Types = Types(1 << 5);
    /// Objects.
    pub const OBJECT: Types = Types(1 << 6);
    /// Every type.
    pub const ALL: Types = Types((1 << 7) - 1);
    /// What is written as it is into a URL or a header.
    pub const SCALAR: Types = Types(Types::BOOLEAN.0 | Types::NUMBER.0 | Types::STRING.0);

    /// Returns the type of this name in a document.
    pub fn named(name: &str) -> Option<Types> {
        Some(match name {
            "null" => Types::NULL,
            "boolean" => Types::BOOLEAN,
            "integer" => Types::INTEGER,
            "number" => Types::NUMBER,
            "string" => Types::STRING,
            "array" => Types::ARRAY,
            "object" => Types::OBJECT,
            _ => return None,
        })
    }

    /// Returns the type of a value; `1.0` is a whole number.
    pub fn of_value(value: &Value) -> Types {
        match value {
            Value::Null => Types::NULL,
            Value::Bool(_) => Types::BOOLEAN,
            Value::Number(number) => match number.as_f64() {
                Some(float) if float.fract() != 0.0 => Types::NUMBER,
                _ => Types::INTEGER,
            },
            Value::String(_) => Types::STRING,
            Value::Array(_) => Types::ARRAY,
            Value::Object(_) => Types::OBJECT,
        }
    }

    /// Returns the types in either.
    #[must_use]
    pub const fn or(self, other: Types) -> Types {
        Types(self.0 | other.0)
    }

    /// Returns the types in both.
    #[must_use]
    pub const fn and(self, other: Types) -> Types {
        Types(self.0 & other.0)
    }

    /// Returns the types that `other` has not.
    #[must_use]
    pub const fn without(self, other: Types) -> Types {
        Types(self.0 & !other.0)
    }

    /// Returns each type on its own.
    pub fn each(self) -> Vec<Types> {
        let mut left = self;
        let mut found = Vec::new();
        for (types, _) in NAMES {
            if !left.is_empty() && types.is_within(left) {
                found.push(types);
                left = left.without(types);
            }
        }
        found.extend((!left.is_empty()).then_some(left));
        found
    }

    /// Returns whether all of these are among `other`.
    pub const fn is_within(self, other: Types) -> bool {
        self.0 & !other.0 == 0
    }

    /// Returns whether any of these is among `other`.
    pub const fn meets(self, other: Types) -> bool {
        self.0 & other.0 != 0
    }

    /// Returns whether no type is left.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// As people list them: `a string or null`.
impl fmt::Display for Types {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Types::ALL => return f.write_str("of any type"),
            Types::NONE => return f.write_str("of no type"),
            _ => {}
        }
        let name = |types: Types| {
            let known = NAMES.iter().find(|(known, _)| *known == types);
            known.map_or("a number", |(_, name)| *name)
        };
        let names: Vec<&str> = self.each().into_iter().map(name).collect();
        match names.as_slice() {
            [] => Ok(()),
            [only] => f.write_str(only),
            [first @ .., last] => write!(f, "{} or {last}", first.join(", ")),
        }
    }
}
