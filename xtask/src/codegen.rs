//! `cargo xtask codegen`: the files that belong to the contract, written or checked.

#[cfg(feature = "generate")]
mod command;
#[cfg(feature = "generate")]
mod report;
#[cfg(not(feature = "generate"))]
mod without;

#[cfg(feature = "generate")]
pub use command::codegen;
#[cfg(not(feature = "generate"))]
pub use without::codegen;
