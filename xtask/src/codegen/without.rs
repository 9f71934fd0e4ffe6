//! The command in a build that has no generator.

use std::io::{self, Write};
use std::path::Path;

use crate::exit::Exit;
use crate::report::error;
use crate::workspace::Mode;

/// Reports how to build the generator.
pub fn codegen(_: &Path, _: Mode, _: &mut dyn Write, err: &mut dyn Write) -> io::Result<Exit> {
    let message = "this build of xtask has no generator: its feature `generate` is off";
    error(err, message, "cargo xtask codegen")?;
    Ok(Exit::Failed)
}
