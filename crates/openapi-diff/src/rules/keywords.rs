//! From a keyword of a schema to the rule that judges it.
//!
//! A keyword says which values a schema allows. If it allows fewer, requests that were accepted are
//! rejected; if it allows more, responses bring values that nobody expects. An edit that does both
//! breaks both directions.

use super::table::*;
use super::{Both, Rule};

/// How the set of values that a schema allows has moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shift {
    /// Some values are no longer allowed.
    Narrowed,
    /// More values are allowed.
    Widened,
    /// Some values are no longer allowed, and others are.
    Changed,
}

impl Shift {
    /// Returns the shift of a limit that is stated or not.
    pub fn of_presence(was: bool, is: bool) -> Option<Shift> {
        match (was, is) {
            (false, true) => Some(Shift::Narrowed),
            (true, false) => Some(Shift::Widened),
            _ => None,
        }
    }
}

/// What keywords mean that allow or exclude values.
#[derive(Debug)]
pub(crate) struct Effects {
    keywords: &'static str,
    why: &'static str,
    narrowed: Both,
    widened: Both,
}

impl Effects {
    /// Returns the rules of one shift.
    pub fn of(&self, shift: Shift) -> Both {
        match shift {
            Shift::Narrowed => self.narrowed,
            Shift::Widened => self.widened,
            Shift::Changed => Both {
                request: self.narrowed.request,
                response: self.widened.response,
            },
        }
    }
}

macro_rules! effects {
    ($($name:ident: $keywords:literal, $why:literal,
        fewer: $request_fewer:ident / $response_fewer:ident,
        more: $request_more:ident / $response_more:ident;)*) => {
        $(pub(crate) static $name: Effects = Effects {
            keywords: $keywords,
            why: $why,
            narrowed: Both { request: &$request_fewer, response: &$response_fewer },
            widened: Both { request: &$request_more, response: &$response_more },
        };)*
        static EFFECTS: &[&Effects] = &[$(&$name),*];
    };
}

effects! {
    TYPE: "`type`, `items`, `prefixItems`, the schema of `additionalProperties`",
        "A value of another type cannot be read.",
        fewer: REQUEST_TYPE / RESPONSE_TYPE_NARROWED,
        more: REQUEST_TYPE_WIDENED / RESPONSE_TYPE;
    NULL: "`nullable`, the type `null`",
        "Null is a value of its own: code that expects a value fails on it.",
        fewer: REQUEST_NULL_REMOVED / RESPONSE_NULL_REMOVED,
        more: REQUEST_NULL_ADDED / RESPONSE_NULL_ADDED;
    FORMAT: "`format`",
        "Code that parses a format cannot read other text.",
        fewer: REQUEST_FORMAT / RESPONSE_FORMAT_NARROWED,
        more: REQUEST_FORMAT_WIDENED / RESPONSE_FORMAT;
    LIST: "`enum`, `const`: the list itself",
        "Without a list any value is allowed; with one, only the listed ones are.",
        fewer: REQUEST_ENUM_PUT / RESPONSE_ENUM_PUT,
        more: REQUEST_ENUM_TAKEN / RESPONSE_ENUM_TAKEN;
    VALUE: "`enum`, `const`: the values",
        "A list is closed: generated clients reject a value that is not in it.",
        fewer: REQUEST_VALUE_REMOVED / RESPONSE_VALUE_REMOVED,
        more: REQUEST_VALUE_ADDED / RESPONSE_VALUE_ADDED;
    LIMIT: "`minimum`, `maximum`, `exclusiveMinimum`, `exclusiveMaximum`, `multipleOf`, `minLength`, `maxLength`, `pattern`, `minItems`, `maxItems`, `uniqueItems`, `minProperties`, `maxProperties`, `not`, `if`, `contains`, `patternProperties`, `propertyNames`, `dependentRequired`, `allowEmptyValue`",
        "A limit is a check in requests, and a promise in responses.",
        fewer: REQUEST_TIGHTENED / RESPONSE_TIGHTENED,
        more: REQUEST_LOOSENED / RESPONSE_LOOSENED;
    CHOICE: "`oneOf`, `anyOf`: the alternatives",
        "An alternative is a kind of value: fewer are accepted, or more are sent.",
        fewer: REQUEST_CHOICE_REMOVED / RESPONSE_CHOICE_REMOVED,
        more: REQUEST_CHOICE_ADDED / RESPONSE_CHOICE_ADDED;
    PRESENCE: "`required`",
        "What is required must be sent in a request, and is promised in a response.",
        fewer: REQUEST_PROPERTY_REQUIRED / RESPONSE_PROPERTY_REQUIRED,
        more: REQUEST_PROPERTY_OPTIONAL / RESPONSE_PROPERTY_OPTIONAL;
    CLOSURE: "`additionalProperties: false`, `unevaluatedProperties: false`",
        "A closed object is checked in requests, and read strictly in responses; fields that no longer come are missed.",
        fewer: REQUEST_CLOSED / RESPONSE_CLOSED,
        more: REQUEST_OPENED / RESPONSE_OPENED;
}

/// Keywords that allow and exclude nothing, with the rule of any edit of theirs.
static ANNOTATIONS: &[(&[&str], &Rule)] = &[
    (
        &[
            "description",
            "summary",
            "title",
            "externalDocs",
            "bearerFormat",
            "xml",
            "$comment",
            "$id",
            "$schema",
            "$anchor",
            "$defs",
            "nullable",
        ],
        &DESCRIPTION,
    ),
    (&["example", "examples"], &EXAMPLE),
    (&["tags"], &TAGS),
    (&["links"], &LINK),
    (&["deprecated"], &DEPRECATED),
];

/// Returns the rule of a keyword that allows and excludes nothing; one that is not listed is
/// unclassified.
pub(crate) fn of_keyword(key: &str) -> &'static Rule {
    let mut lines = ANNOTATIONS.iter();
    match lines.find(|(keys, _)| keys.contains(&key)) {
        Some((_, rule)) => rule,
        None if key.starts_with("x-") => &EXTENSION,
        None => &UNCLASSIFIED,
    }
}

/// A line of the table from keywords to codes.
#[derive(Debug)]
pub struct Line {
    /// The keywords, as code.
    pub keywords: &'static str,
    /// The codes where fewer values are allowed: in a request, in a response.
    pub fewer: [&'static str; 2],
    /// The codes where more values are allowed.
    pub more: [&'static str; 2],
    /// Why it matters.
    pub why: &'static str,
}

/// Returns the table from keywords that allow or exclude values to codes.
pub fn keywords() -> impl Iterator<Item = Line> {
    let codes = |both: Both| [both.request.code, both.response.code];
    EFFECTS.iter().map(move |effects| Line {
        keywords: effects.keywords,
        fewer: codes(effects.narrowed),
        more: codes(effects.widened),
        why: effects.why,
    })
}
