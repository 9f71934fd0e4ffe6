//! How large what is made of a contract may be.
//!
//! Whatever a contract holds, making values for it takes memory and time in proportion to its size.
//! The bounds of the contract itself are in [`openapi_document::validate::bounds`].

use std::borrow::Cow;

use openapi_document::validate::bounds::{MAX_SCHEMA_PARTS, MAX_WRITTEN_OUT};

/// The most bytes of a contract's text. Parsed, it takes up to a hundred times as much.
pub(crate) const MAX_TEXT: usize = 8 * 1024 * 1024;

/// The most values of one that is made up, and the most bytes of its texts and names.
pub(crate) const MAX_SAMPLE_VALUES: usize = 10_000;
pub(crate) const MAX_SAMPLE_TEXT: usize = 64 * 1024;

/// The most schemas that are compared with the contract's own examples to make up one value.
pub(crate) const MAX_SAMPLE_CHECKS: usize = MAX_SCHEMA_PARTS;

/// The most values, and bytes of their texts, that are made up for all answers of a contract.
pub(crate) const MAX_SAMPLES_VALUES: usize = 1_000_000;
pub(crate) const MAX_SAMPLES_TEXT: usize = MAX_WRITTEN_OUT;

/// The most characters of a reason in an error, and of a name in a place.
pub(crate) const MAX_REASON: usize = 500;
pub(crate) const MAX_NAME: usize = 100;

/// A text for an error, cut off where it is too long.
pub(crate) fn shown(text: &str, most: usize) -> Cow<'_, str> {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]).into(),
        None => text.into(),
    }
}
