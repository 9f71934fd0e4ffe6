//! Schemas: what would silently become another type than the one that is meant.

pub mod composition;
pub mod discriminator;
pub mod required;
pub mod types;
pub mod values;

use openapi_document::Pointer;

const COMPOSED: [&str; 3] = ["allOf", "oneOf", "anyOf"];

/// The keyword by which the schema here is part of another, if it is.
fn composed_by(at: &Pointer) -> Option<&'static str> {
    let [.., key, index] = at.parts() else {
        return None;
    };
    index.parse::<usize>().ok()?;
    COMPOSED.into_iter().find(|known| known == key)
}

/// Whether the schema here says what a value is not, and is no property of that name.
fn is_negated(at: &Pointer) -> bool {
    matches!(at.parts(), [.., parent, key] if key == "not" && parent != "properties")
}
