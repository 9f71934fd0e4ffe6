//! `cargo xtask diff`: the command and its page. What edits of a contract mean is tested in
//! openapi-diff.

mod command;
#[path = "../../crates/openapi-diff/tests/diff/contracts.rs"]
mod contracts;
mod transcript;
