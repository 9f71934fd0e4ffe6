//! The view from Rust: what the pipeline makes of both contracts.

mod calls;
mod compare;
mod methods;
mod origins;
mod server;
mod types;

pub use compare::{Difference, Version, compare};
pub use origins::Origins;
