//! `cargo xtask diff`: what a change of the contract means to those who depend on it.

mod command;
mod git;
mod show;

pub use command::{Arguments, Deny, Format, diff};
