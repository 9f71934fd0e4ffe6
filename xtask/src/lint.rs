//! `cargo xtask lint`: every mistake in a contract, and what stands behind each code.

mod command;
mod explain;

pub use command::{Format, Level, Options, lint as command};
pub use explain::{explain, list};
