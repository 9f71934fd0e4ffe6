//! The extensions of OpenAPI that the pipeline reads, and what they say.

use serde_json::Value;

use crate::operation::{Located, Operation, operations};

/// On a property or a parameter's schema: personal data, not to be printed.
pub const SENSITIVE: &str = "x-sensitive";

/// On a response of status 404: the code of the errors that mean "there is no such thing".
pub const NOT_FOUND: &str = "x-not-found";

/// On a path parameter: the property of the success value that repeats it.
pub const IDENTIFIES: &str = "x-identifies";

/// On an operation: why no method is generated for it.
pub const CODEGEN_SKIP: &str = "x-codegen-skip";

/// On an operation: how its pages follow each other.
pub const PAGINATION: &str = "x-pagination";

/// On a header parameter: the service recognizes a repeated call by its value.
pub const IDEMPOTENCY_KEY: &str = "x-idempotency-key";

/// On any object: the codes of the warnings that are accepted in it, each with its reason.
pub const LINT_ALLOW: &str = "x-lint-allow";

/// The one status that [`NOT_FOUND`] belongs to.
pub const NOT_FOUND_STATUS: &str = "404";

/// The document's operations that become methods of the client, in its order.
pub fn generated(document: &Value) -> Vec<Operation<'_>> {
    let mut operations = operations(document);
    operations.retain(|operation| operation.skip_reason().is_none());
    operations
}

impl<'v> Operation<'v> {
    /// Why no method is generated for it, if the contract says so.
    pub fn skip_reason(&self) -> Option<&'v str> {
        let reason = self.at.text(CODEGEN_SKIP)?.trim();
        (!reason.is_empty()).then_some(reason)
    }

    /// Its response of status 404, references followed.
    pub fn not_found_response(&self, document: &'v Value) -> Option<Located<'v>> {
        let responses = self.responses(document).into_iter();
        let mut of_status = responses.filter(|(status, _)| *status == NOT_FOUND_STATUS);
        of_status.next().map(|(_, response)| response)
    }

    /// The code of the errors that mean "not found", if the contract names one.
    pub fn not_found_code(&self, document: &'v Value) -> Option<&'v str> {
        self.not_found_response(document)?.text(NOT_FOUND)
    }

    /// The path parameter that its success value repeats, and the property that does.
    pub fn identifier(&self, document: &'v Value) -> Option<(Located<'v>, &'v str)> {
        let parameters = self.parameters(document).into_iter();
        let mut marked = parameters.filter_map(|parameter| {
            let property = parameter.text(IDENTIFIES)?;
            Some((parameter, property))
        });
        marked.next()
    }
}
