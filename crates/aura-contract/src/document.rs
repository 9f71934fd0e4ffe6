//! The document that a contract is, and what is worked out of its schemas.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use openapi_document::reference;
use openapi_document::validate::{Direction, Schemas, Validator};
use serde_json::Value;

/// A contract's document.
pub(crate) struct Document {
    pub(crate) schemas: Arc<Schemas>,
    /// What is worked out of schemas that are but a `$ref`, so that it is done once for all places
    /// that have the same.
    derived: Mutex<HashMap<(Direction, String), Arc<Derived>>>,
}

/// What is worked out of a schema when it is asked for.
#[derive(Default)]
pub(crate) struct Derived {
    pub(crate) validator: OnceLock<Result<Validator, String>>,
    pub(crate) sample: OnceLock<Made>,
}

/// A value that was made, none if no value can be, or the bound that it would exceed.
pub(crate) type Made = Result<Option<Value>, &'static str>;

impl Document {
    /// # Errors
    ///
    /// Which bound of a contract the document exceeds, and where.
    pub(crate) fn new(value: Value) -> Result<Document, String> {
        Ok(Document {
            schemas: Arc::new(Schemas::new(value)?),
            derived: Mutex::default(),
        })
    }

    pub(crate) fn value(&self) -> &Value {
        self.schemas.document()
    }

    /// What is worked out of a schema, shared by all that are the same `$ref`.
    pub(crate) fn derived(&self, schema: &Value, direction: Direction) -> Arc<Derived> {
        let Some(reference) = reference(schema) else {
            return Arc::default();
        };
        let key = (direction, reference.to_owned());
        let mut derived = self.derived.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(derived.entry(key).or_default())
    }
}
