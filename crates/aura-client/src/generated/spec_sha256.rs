// @generated from openapi.yaml by `cargo xtask codegen`. Do not edit by hand: edit openapi.yaml,
// run the command, review the diff, commit both.

//! The contract's hash, alone in its file: an edit that changes no code changes just this.

/// SHA-256 of the `openapi.yaml` that this client was generated from, in hexadecimal.
pub const SPEC_SHA256: &str = "4b066892e6ab0488304122e2eaaba3ce6407c57422c684c29733296f10f9fff7";
