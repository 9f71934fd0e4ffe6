// @generated from openapi.yaml by `cargo xtask codegen`. Do not edit by hand: edit openapi.yaml,
// run the command, review the diff, commit both.

//! The contract's hash, alone in its file: an edit that changes no code changes just this.

/// SHA-256 of the `openapi.yaml` that this client was generated from, in hexadecimal.
pub const SPEC_SHA256: &str = "4f4609366539697bfea15b3dcb41d6b82145897ad8e9b7b61e049e280ff74d8b";
