// @generated from openapi.yaml by `cargo xtask codegen`. Do not edit by hand: edit openapi.yaml,
// run the command, review the diff, commit both.

//! Where the API is, and what its calls need.

use crate::operation::Scheme;

/// The contract's server: the first of `servers`, its variables at their defaults.
pub(crate) const SERVER: Option<&str> = Some("https://api.aura-app.ai");

/// The segment that all of the contract's paths begin with: a base URL that ends in it repeats it.
pub(crate) const FIRST_SEGMENT: Option<&str> = Some("v1");

/// The security of a call that is none of the contract's operations.
pub(crate) const SECURITY: Scheme = Scheme::Bearer;
