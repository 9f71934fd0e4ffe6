//! What a document of OpenAPI 3.1 says that its translation does not.

use crate::pointer::Pointer;

/// A keyword that is not in the translation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// The keyword's place in the document as written.
    pub at: Pointer,
    /// Why it is not there.
    pub reason: Reason,
}

/// Why a keyword is not in the translation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// OpenAPI 3.0 has no word for it; this is lost.
    Lost(&'static str),
    /// It is OpenAPI 3.0 and means nothing in 3.1; this is what to write.
    Outdated(&'static str),
    /// Schemas are of another dialect than that of OpenAPI 3.1.
    Dialect,
}

/// The keywords of JSON Schema that OpenAPI 3.0 has no words for, with what is lost.
pub(super) const LOST: [(&str, &str); 9] = [
    (
        "if",
        "properties that depend on a condition have no type of their own",
    ),
    (
        "dependentSchemas",
        "properties that depend on another one have no type of their own",
    ),
    (
        "dependentRequired",
        "which properties need each other is not checked",
    ),
    ("contains", "what a list must contain is not checked"),
    ("propertyNames", "the names of properties are not checked"),
    ("contentSchema", "the content of the text has no type"),
    ("$dynamicRef", "a value of any type is allowed here"),
    (
        "unevaluatedItems",
        "elements that are not described are allowed",
    ),
    (
        "unevaluatedProperties",
        "properties that are not described are allowed",
    ),
];

/// Keywords that say something of others alone, or of the schema as a text.
pub(super) const SILENT: [&str; 7] = [
    "$comment",
    "$vocabulary",
    "contentMediaType",
    "else",
    "maxContains",
    "minContains",
    "then",
];
