//! `aura leads get`: the binary against a sandbox in this process.

mod bulk;
mod drift;
mod failures;
mod files;
mod hostile;
mod input;
mod matrix;
mod one;
mod resume;
#[cfg(unix)]
mod signals;
mod spreadsheet;
mod support;
#[cfg(unix)]
mod terminal;
