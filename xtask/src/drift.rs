//! `cargo xtask drift`: what responses hold that the contract doesn't say, and the edit that mends it.

mod command;
mod show;

pub use command::{Arguments, drift};
