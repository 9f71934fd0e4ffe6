//! What the contract says of an operation, as generated code writes it.

use http::Method;

/// An operation of the contract.
pub(crate) struct Operation {
    /// Its `operationId`.
    pub(crate) id: &'static str,
    pub(crate) method: Method,
    /// Its path, with names in braces where arguments belong.
    pub(crate) path: &'static str,
    /// How a call of it says who sends it.
    pub(crate) security: Scheme,
    /// The code of a 404 that says that there is no such thing (`x-not-found`).
    pub(crate) not_found: Option<&'static str>,
}

/// How a request carries the API key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(
    dead_code,
    reason = "generated code uses the schemes that the contract declares"
)]
pub(crate) enum Scheme {
    /// It carries none.
    None,
    /// `Authorization: Bearer <key>`
    Bearer,
    /// `Authorization: Basic <key in Base64>`; the key is `user:password`.
    Basic,
    /// The header of this name.
    Header(&'static str),
    /// The query parameter of this name.
    Query(&'static str),
}
