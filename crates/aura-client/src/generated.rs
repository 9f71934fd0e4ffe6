//! What `cargo xtask codegen` writes from openapi.yaml, and nothing else.
//!
//! rustfmt leaves these files alone: codegen formats them itself, and tests compare them byte for
//! byte.

#[rustfmt::skip]
mod operations;
#[rustfmt::skip]
mod spec_sha256;
#[rustfmt::skip]
mod spec_version;
#[rustfmt::skip]
pub mod types;

pub use spec_sha256::SPEC_SHA256;
pub use spec_version::SPEC_VERSION;
