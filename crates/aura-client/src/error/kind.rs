//! The kinds of errors.

/// What kind of failure an [`Error`](crate::Error) is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client cannot be built from these settings: no key, an invalid one, an invalid base
    /// URL or header. Or a call got no valid key from its provider.
    Config,
    /// The request cannot be made from these arguments, and nothing was sent; or the stream of its
    /// body failed; or a client of your own gave up on redirects.
    Request,
    /// No connection: refused, no such host, no trust in the certificate, or too slow.
    Connect,
    /// The answer did not come in time, or no turn under the rate limit did.
    Timeout,
    /// The connection broke, or what came was cut off, damaged or no HTTP; or a layer failed.
    Transport,
    /// The API answered with an error, or with a redirect, which is not followed.
    Api,
    /// The API reported success, but its answer does not fit the contract, or holds another resource
    /// than was asked for.
    Decode,
    /// The answer's body is larger than
    /// [`max_body_bytes`](crate::ClientBuilder::max_body_bytes).
    BodyTooLarge,
}
