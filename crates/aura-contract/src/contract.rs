//! A contract: an OpenAPI document with its operations read; 3.1 is read as the 3.0 that says it.

use std::fmt;
use std::sync::Arc;

use http::Method;
use openapi_document::operation::root;
use openapi_document::security::{self, Scheme};
use openapi_document::validate::Direction;
use openapi_document::{Pointer, newer};
use serde_json::Value;

use crate::bounds::{MAX_REASON, MAX_TEXT, shown};
use crate::document::Document;
use crate::operation::Operation;
use crate::reading;
use crate::route::{self, Route};
use crate::samples;
use crate::schema::Schema;

/// An API's contract. A clone is cheap and is the same contract.
#[derive(Clone)]
pub struct Contract {
    inner: Arc<Inner>,
}

struct Inner {
    document: Arc<Document>,
    operations: Vec<Operation>,
}

/// A text that is no contract: what is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContractError(String);

impl ContractError {
    fn new(reason: impl Into<String>) -> ContractError {
        ContractError(shown(&reason.into(), MAX_REASON).into_owned())
    }
}

impl fmt::Display for ContractError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ContractError {}

impl fmt::Debug for Contract {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ids = self.operations().iter().map(|operation| &operation.id);
        f.debug_struct("Contract")
            .field("title", &self.title())
            .field("version", &self.version())
            .field("operations", &ids.collect::<Vec<_>>())
            .finish()
    }
}

impl Contract {
    /// The contract that this crate was built with, [`OPENAPI_JSON`](crate::OPENAPI_JSON).
    #[cfg(feature = "builtin")]
    pub fn builtin() -> Contract {
        static BUILTIN: std::sync::OnceLock<Contract> = std::sync::OnceLock::new();
        let read = || Contract::from_json(crate::OPENAPI_JSON).expect("codegen writes a contract");
        BUILTIN.get_or_init(read).clone()
    }

    /// Reads a contract: an OpenAPI 3.0 document as JSON.
    ///
    /// # Errors
    ///
    /// If it isn't JSON, or no OpenAPI 3.0 or 3.1 document, or an operation can't be read, or its key can't
    /// be sent ([`Scheme`]), or it is larger or more tangled than any API is: the error names the
    /// bound, and the place as a JSON pointer.
    pub fn from_json(text: &str) -> Result<Contract, ContractError> {
        if text.len() > MAX_TEXT {
            return Err(ContractError::new("the contract is larger than 8 MiB"));
        }
        let value: Value = serde_json::from_str(text)
            .map_err(|error| ContractError::new(format!("the contract is not JSON: {error}")))?;
        let version = value.get("openapi").and_then(Value::as_str);
        let value = match version.unwrap_or_default() {
            version if version.starts_with("3.0.") => value,
            version if version.starts_with("3.1.") => newer::translate(&value).document,
            _ => {
                return Err(ContractError::new(
                    "the contract is no OpenAPI 3.0 or 3.1 document: `openapi` must be 3.0.x or 3.1.x",
                ));
            }
        };
        let document = Arc::new(Document::new(value).map_err(ContractError::new)?);
        let operations = reading::operations(&document).map_err(ContractError::new)?;
        samples::check(&operations).map_err(ContractError::new)?;
        let inner = Arc::new(Inner {
            document,
            operations,
        });
        Ok(Contract { inner })
    }

    /// The whole document.
    pub fn document(&self) -> &Value {
        self.inner.document.value()
    }

    /// `info.title`.
    pub fn title(&self) -> String {
        self.info("title")
    }

    /// `info.version`.
    pub fn version(&self) -> String {
        self.info("version")
    }

    fn info(&self, key: &str) -> String {
        let info = root(self.document()).and_then(|root| root.child("info"));
        let text = info.and_then(|info| info.text(key));
        text.unwrap_or_default().to_owned()
    }

    /// The operations, in the contract's order.
    pub fn operations(&self) -> &[Operation] {
        &self.inner.operations
    }

    /// The operation with this id.
    pub fn operation(&self, id: &str) -> Option<&Operation> {
        self.operations()
            .iter()
            .find(|operation| operation.id == id)
    }

    /// Which operation a request is for, by method and (percent-encoded) path.
    pub fn route(&self, method: &Method, path: &str) -> Route<'_> {
        route::route(self.operations(), method, path)
    }

    /// The security schemes of `components` that can be sent, by name, in the contract's order.
    pub fn security_schemes(&self) -> Vec<(&str, Scheme)> {
        security::schemes(self.document())
    }

    /// A schema of `components`, as it is answered.
    pub fn schema(&self, component: &str) -> Option<Schema> {
        let at = Pointer::of(["components", "schemas", component]);
        openapi_document::get(self.document(), &at)?;
        let reference = serde_json::json!({ "$ref": format!("#{at}") });
        let document = &self.inner.document;
        Some(Schema::new(document, &reference, Direction::Response))
    }
}
