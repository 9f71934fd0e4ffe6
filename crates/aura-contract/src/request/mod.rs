//! Requests: how the arguments of an operation are written into one, and read from one.

mod argument;
mod check;
pub(crate) mod nested;
mod pairs;
mod percent;
#[cfg(test)]
mod properties;
mod read;
mod write;
mod written;

pub(crate) use pairs::Pairs;
pub(crate) use read::{from_pairs, texts};
pub use write::Request;
pub(crate) use written::{Written, is_absent, text};
