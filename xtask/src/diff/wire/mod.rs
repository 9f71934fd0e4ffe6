//! The view from the wire: what callers can send, and what they get.
//!
//! Operations are held against each other with all that they use, references followed, so a
//! component matters through its uses. Every difference is seen to by a rule, or told as one that
//! no rule knows.

mod bodies;
mod document;
mod keywords;
mod operations;
mod parameters;
mod rest;
mod schemas;
mod security;
pub mod shape;
pub mod walk;

use serde_json::Value;

pub use walk::{Direction, Walk};

/// Holds two documents against each other.
pub fn compare<'v>(base: &'v Value, head: &'v Value) -> Walk<'v> {
    let mut walk = Walk::new(base, head);
    operations::compare(&mut walk);
    security::compare_schemes(&mut walk);
    document::compare(&mut walk);
    rest::compare(&mut walk);
    walk
}
