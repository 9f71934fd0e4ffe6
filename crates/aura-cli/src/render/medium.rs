//! Where rendered text goes.

/// What the text is for.
#[derive(Clone, Copy, Debug)]
pub struct Medium {
    /// It goes to a terminal, which acts on control characters.
    pub terminal: bool,
    /// It may hold colours.
    pub styled: bool,
    /// How many columns there are for text that people read; `None` for as many as it takes.
    pub width: Option<usize>,
}
