//! Where records go: the standard output or a file, and what is in that file already.

mod file;
mod files;
mod format;
mod resume;
mod whole;

pub use file::{Output, print};
pub use files::{Existing, Files};
pub use format::{check_errors_name, format_of};
pub use resume::Records;
pub use whole::WholeFile;
