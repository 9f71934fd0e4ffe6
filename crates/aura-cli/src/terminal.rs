//! What is known of the terminal.

use std::io::{self, IsTerminal};

use anstream::{AutoStream, ColorChoice};

/// How wide text for people is where no terminal tells.
const WIDTH: usize = 80;

/// Whether the standard output is a terminal.
pub fn is_stdout() -> bool {
    io::stdout().is_terminal()
}

/// Whether the standard error is a terminal.
pub fn is_stderr() -> bool {
    io::stderr().is_terminal()
}

/// The width of the terminal that is the standard output, if it is one.
pub fn width() -> Option<usize> {
    let size = is_stdout().then(|| terminal_size::terminal_size_of(io::stdout()))?;
    // Some terminals say 0 before they know.
    Some(size.map_or(WIDTH, |(width, _)| usize::from(width.0)))
        .filter(|&width| width > 0)
        .or(Some(WIDTH))
}

/// Whether the standard output takes colours, as NO_COLOR and its like say.
pub fn is_styled() -> bool {
    AutoStream::choice(&io::stdout()) != ColorChoice::Never
}
