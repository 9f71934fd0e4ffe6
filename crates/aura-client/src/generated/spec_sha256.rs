// @generated from openapi.yaml by `cargo xtask codegen`. Do not edit by hand: edit openapi.yaml,
// run the command, review the diff, commit both.

//! The contract's hash, alone in its file: an edit that changes no code changes just this.

/// SHA-256 of the `openapi.yaml` that this client was generated from, in hexadecimal.
pub const SPEC_SHA256: &str = "3408bae6eae9e83f5e5a2ae4bfd023be9d1cf187614ed58ecd3743dee12367b3";
