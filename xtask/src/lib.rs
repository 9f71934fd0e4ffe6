//! The commands of the workspace's maintainers: arguments, terminal, git, disk.
//!
//! What they do is done by the crates of the toolchain; only [`workspace`] touches the disk.

pub mod cli;
pub mod codegen;
pub mod diagnostics;
pub mod diff;
pub mod drift;
pub mod exit;
pub mod lint;
pub mod preview;
mod report;
mod transaction;
pub mod workspace;
