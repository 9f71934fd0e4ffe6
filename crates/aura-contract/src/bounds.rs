//! How large and how tangled a contract may be.
//!
//! A contract is a file that anyone may have written. Whatever it holds, reading it, making values
//! for it and checking values by it take memory and time in proportion to its size, and no stack
//! overflows. Each bound is far beyond what an API describes. [`bounded`](crate::bounded) holds a
//! contract to those that can be seen in it, once, when it is read; the others are kept where values
//! are [made](crate::schema) and checked, since they depend on the value.

use std::borrow::Cow;

use serde_json::Value;

/// The most bytes of a contract's text. Parsed, it takes up to a hundred times as much.
pub(crate) const MAX_TEXT: usize = 8 * 1024 * 1024;

/// The most `$ref`s inside each other, from an operation to the last schema, and one after the
/// other with nothing between them. People stop following long before; the stack ends later.
pub(crate) const MAX_REFS: usize = 64;

/// The most JSON values that different schemas of operations lead to. Each schema is compiled with
/// all that it refers to, at some microseconds a value.
pub(crate) const MAX_SCHEMA_PARTS: usize = 300_000;

/// The most bytes of what operations hold if each `$ref` is replaced by its target: each operation
/// has a copy of its own.
pub(crate) const MAX_WRITTEN_OUT: usize = 32 * 1024 * 1024;

/// The most security schemes, and alternatives of the contract's own `security`: each operation or
/// request may look through them all.
pub(crate) const MAX_SECURITY: usize = 100;

/// The most headers of one response. Clients take no more, and servers hold no more than thousands.
pub(crate) const MAX_HEADERS: usize = 100;

/// The most characters that a `pattern` matches, repetitions written out. A class such as `[a-z]`
/// counts as 20 characters, `\p{…}` as 400: so large is what they are compiled to.
pub(crate) const MAX_PATTERN: usize = 100_000;

/// How many characters of a pattern are as much work as one JSON value.
pub(crate) const PATTERN_PER_PART: usize = 4;

/// How many comparisons of names are as much work as one JSON value.
pub(crate) const NAMES_PER_PART: usize = 500;

/// The most values of one that is made up, and the most bytes of its texts and names.
pub(crate) const MAX_SAMPLE_VALUES: usize = 10_000;
pub(crate) const MAX_SAMPLE_TEXT: usize = 64 * 1024;

/// The most schemas that are compared with the contract's own examples to make up one value.
pub(crate) const MAX_SAMPLE_CHECKS: usize = MAX_SCHEMA_PARTS;

/// The most values, and bytes of their texts, that are made up for all answers of a contract.
pub(crate) const MAX_SAMPLES_VALUES: usize = 1_000_000;
pub(crate) const MAX_SAMPLES_TEXT: usize = MAX_WRITTEN_OUT;

/// The most applications of a schema to a place in a value, to check one value: a second's work.
pub(crate) const MAX_STEPS: usize = 2_000_000;

/// The most of them to list all that is wrong instead of the first thing.
pub(crate) const MAX_LISTED_STEPS: usize = 350_000;

/// The most levels of schemas, and of values in each other, to check one value: the checks of each
/// level are called by those around it.
pub(crate) const MAX_LEVELS: usize = 1_000;

/// How many backtracks a regular expression with lookarounds or back-references may make.
pub(crate) const MAX_BACKTRACKS: usize = 20_000;

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

/// How many JSON values a value is made of, itself included.
pub(crate) fn size(value: &Value) -> usize {
    match value {
        Value::Object(members) => 1 + members.values().map(size).sum::<usize>(),
        Value::Array(items) => 1 + items.iter().map(size).sum::<usize>(),
        _ => 1,
    }
}
