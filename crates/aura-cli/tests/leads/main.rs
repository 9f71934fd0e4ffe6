//! `aura leads get`: the binary against a sandbox in this process.

mod bulk;
mod failures;
mod hostile;
mod matrix;
mod one;
mod resume;
mod support;
#[cfg(unix)]
mod terminal;
