//! `aura leads get`: the binary against a sandbox in this process.

mod bulk;
mod failures;
mod files;
mod hostile;
mod input;
mod matrix;
mod one;
mod resume;
mod support;
#[cfg(unix)]
mod terminal;
