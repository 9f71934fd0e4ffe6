//! Where results go: the standard output or a file.

use std::io::{self, ErrorKind, Write};
use std::ops::ControlFlow;

use crate::failure::Failure;

/// Writes to the standard output. `Break` says that nobody reads any more, which is no failure.
pub fn print(bytes: &[u8]) -> Result<ControlFlow<()>, Failure> {
    let mut out = io::stdout().lock();
    let written = out.write_all(bytes).and_then(|()| out.flush());
    flow("the output", written)
}

/// What a write says about going on.
pub fn flow(to: &str, written: io::Result<()>) -> Result<ControlFlow<()>, Failure> {
    match written {
        Ok(()) => Ok(ControlFlow::Continue(())),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(ControlFlow::Break(())),
        Err(error) => Err(Failure::local(format!(
            "{to} could not be written: {error}"
        ))),
    }
}
