//! The commands, one a file.

pub mod api;
pub mod check;
pub mod completions;
pub mod leads;
#[cfg(feature = "sandbox")]
pub mod sandbox;
