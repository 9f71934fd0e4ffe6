//! The extensions of OpenAPI that the pipeline reads: what all of them have in common.

use super::{idempotency, identifies, not_found, pagination, sensitive, skip, suppression};
use crate::suggest::nearest;
use openapi_document::Rule;
use openapi_document::extensions::{
    CODEGEN_SKIP, IDEMPOTENCY_KEY, IDENTIFIES, LINT_ALLOW, NOT_FOUND, PAGINATION, SENSITIVE,
};

/// An extension that the pipeline reads.
pub struct Extension {
    /// Its key.
    pub name: &'static str,
    /// What it does.
    pub purpose: &'static str,
    /// What follows if it is ignored.
    pub if_ignored: &'static str,
    /// Where it belongs if the place is taken by a `$ref`.
    pub beside_reference: &'static str,
    /// The rule about where it stands.
    pub placement: &'static Rule,
}

/// All of them.
pub static EXTENSIONS: [Extension; 7] = [
    Extension {
        name: SENSITIVE,
        purpose: "marks personal data",
        if_ignored: "the data would be printed in clear",
        beside_reference: "write `allOf:` with the `$ref` as its one element; what stands beside \
                           `allOf` counts",
        placement: &sensitive::PLACEMENT,
    },
    Extension {
        name: NOT_FOUND,
        purpose: "names the code that means \"not found\"",
        if_ignored: "no error would count as \"not found\"",
        beside_reference: "put it on the response that the `$ref` leads to, if that is used under \
                           '404' alone; otherwise write the response out here",
        placement: &not_found::PLACEMENT,
    },
    Extension {
        name: IDENTIFIES,
        purpose: "names the property that a path parameter identifies",
        if_ignored: "a response about something else would be accepted",
        beside_reference: "put it on the parameter that the `$ref` leads to, or write the \
                           parameter out here",
        placement: &identifies::PLACEMENT,
    },
    Extension {
        name: CODEGEN_SKIP,
        purpose: "leaves an operation out of the client",
        if_ignored: "a method would be generated",
        beside_reference: "put it on each operation of the path",
        placement: &skip::PLACEMENT,
    },
    Extension {
        name: PAGINATION,
        purpose: "says how pages follow each other",
        if_ignored: "no method would read page after page",
        beside_reference: "put it on the operation whose pages it is about",
        placement: &pagination::PLACEMENT,
    },
    Extension {
        name: IDEMPOTENCY_KEY,
        purpose: "marks the header that makes a repeated call safe",
        if_ignored: "the client would not fill the header in",
        beside_reference: "put it on the parameter that the `$ref` leads to, or write the \
                           parameter out here",
        placement: &idempotency::PLACEMENT,
    },
    Extension {
        name: LINT_ALLOW,
        purpose: "accepts a warning",
        if_ignored: "the warning would stay",
        beside_reference: "put it on the object around the `$ref`",
        placement: &suppression::ALLOW,
    },
];

/// The extension of this name.
pub fn find(name: &str) -> Option<&'static Extension> {
    EXTENSIONS.iter().find(|extension| extension.name == name)
}

/// The extension that was probably meant by another name.
pub fn meant_by(name: &str) -> Option<&'static Extension> {
    let own = |extension: &Extension| extension.name.trim_start_matches("x-");
    let written = name.trim_start_matches("x-");
    let meant = nearest(written, EXTENSIONS.iter().map(own))?;
    EXTENSIONS.iter().find(|extension| own(extension) == meant)
}
