//! Diagnostics, for people and for programs.

mod github;
mod json;
mod render;

pub use github::{command, github};
pub use json::json;
pub use render::render;
