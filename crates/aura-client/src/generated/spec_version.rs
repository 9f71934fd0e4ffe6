// @generated from openapi.yaml by `cargo xtask codegen`. Do not edit by hand: edit openapi.yaml,
// run the command, review the diff, commit both.

//! The contract's version.

/// `info.version` of the `openapi.yaml` that this client was generated from.
pub const SPEC_VERSION: &str = "1.1.0";
