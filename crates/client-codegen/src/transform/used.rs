//! A schema that an operation uses.

use serde_json::Value;

use openapi_document::Pointer;

/// A schema in use by an operation, with the name it gets if it needs one.
#[derive(Debug)]
pub struct Use {
    /// The schema, a reference in most cases.
    pub schema: Value,
    /// The name if it stands inline.
    pub name: String,
    /// Where the contract describes it.
    pub pointer: Pointer,
}
