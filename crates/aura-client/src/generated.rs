//! What `cargo xtask codegen` writes from openapi.yaml, and nothing else.
//!
//! rustfmt leaves these files alone: codegen formats them itself, and tests compare them byte for
//! byte.

#![allow(
    clippy::doc_lazy_continuation,
    clippy::doc_nested_refdefs,
    clippy::doc_overindented_list_items,
    clippy::doc_suspicious_footnotes,
    rustdoc::bare_urls,
    rustdoc::broken_intra_doc_links,
    rustdoc::invalid_html_tags,
    reason = "the contract's words are for people who need not think of rustdoc"
)]

#[rustfmt::skip]
#[allow(
    clippy::too_many_arguments,
    reason = "a method takes as many arguments as the contract requires parameters"
)]
#[allow(
    clippy::clone_on_copy,
    clippy::type_complexity,
    reason = "types, and depths of lists and maps, are the contract's"
)]
mod operations;
#[rustfmt::skip]
pub(crate) mod service;
#[rustfmt::skip]
mod spec_sha256;
#[rustfmt::skip]
mod spec_version;
#[rustfmt::skip]
#[allow(
    clippy::too_many_arguments,
    reason = "`new` takes as many arguments as the contract requires properties"
)]
#[allow(
    clippy::infallible_try_from,
    clippy::large_enum_variant,
    clippy::should_implement_trait,
    clippy::type_complexity,
    reason = "names, sizes and depths are the contract's"
)]
pub mod types;

pub use spec_sha256::SPEC_SHA256;
pub use spec_version::SPEC_VERSION;
