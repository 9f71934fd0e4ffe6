//! Requests: how the arguments of an operation are written into one, and read from one.

mod argument;
mod check;
mod write;

pub use write::Request;
