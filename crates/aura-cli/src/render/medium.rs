//! Where rendered text goes.

/// What the text is for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Medium {
    /// It goes to a terminal, which acts on control characters.
    pub terminal: bool,
    /// It may hold colours.
    pub styled: bool,
    /// How many columns there are for text that people read; `None` for as many as it takes.
    pub width: Option<usize>,
    /// Cells of CSV are as they were sent, also those that a spreadsheet would run.
    pub raw: bool,
    /// CSV begins with a byte order mark.
    pub bom: bool,
}
