//! How large and how tangled a document may be, and how much work it may be to check a value.
//!
//! Each bound is far beyond what an API describes. Those that can be seen in a document are held
//! when it is taken by [`Schemas::new`](super::Schemas::new), the others where values are checked.

use serde_json::Value;

/// The most JSON values that different schemas of operations lead to. Each schema is compiled with
/// all that it refers to, at some microseconds a value.
pub const MAX_SCHEMA_PARTS: usize = 300_000;

/// The most bytes of what operations hold if each `$ref` is replaced by its target: each operation
/// has a copy of its own.
pub const MAX_WRITTEN_OUT: usize = 32 * 1024 * 1024;

/// The most security schemes, and alternatives of the document's own `security`: each operation or
/// request may look through them all.
pub const MAX_SECURITY: usize = 100;

/// The most headers of one response. Clients take no more, and servers hold no more than thousands.
pub const MAX_HEADERS: usize = 100;

/// The most characters that a `pattern` matches, repetitions written out. A class such as `[a-z]`
/// counts as 20 characters, `\p{…}` as 400: so large is what they are compiled to.
pub const MAX_PATTERN: usize = 100_000;

/// How many characters of a pattern are as much work as one JSON value.
pub(super) const PATTERN_PER_PART: usize = 4;

/// How many comparisons of names are as much work as one JSON value.
pub(super) const NAMES_PER_PART: usize = 500;

/// The most applications of a schema to a place in a value, to check one value: a second's work.
pub const MAX_STEPS: usize = 2_000_000;

/// The most of them to list all that is wrong instead of the first thing.
pub const MAX_LISTED_STEPS: usize = 350_000;

/// The most things that are listed.
pub const MAX_VIOLATIONS: usize = 100;

/// The most levels of schemas, and of values in each other, to check one value: the checks of each
/// level are called by those around it.
pub const MAX_LEVELS: usize = 1_000;

/// How many backtracks a regular expression with lookarounds or back-references may make.
pub const MAX_BACKTRACKS: usize = 20_000;

/// How many JSON values a value is made of, itself included.
pub(super) fn size(value: &Value) -> usize {
    match value {
        Value::Object(members) => 1 + members.values().map(size).sum::<usize>(),
        Value::Array(items) => 1 + items.iter().map(size).sum::<usize>(),
        _ => 1,
    }
}
