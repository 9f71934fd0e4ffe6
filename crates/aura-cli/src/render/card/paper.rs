//! How a card is laid out: a column of names, a column of values, and text in lines that fit.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};
use textwrap::core::display_width;

use crate::render::Medium;

/// How wide a card is where no terminal tells.
const WIDTH: usize = 80;
/// Narrower than this, text is wrapped no further.
const NARROWEST: usize = 40;
/// Longer names push their value to the right instead of all values.
const LONGEST_NAME: usize = 24;

pub const BOLD: Style = Style::new().bold();
pub const DIM: Style = Style::new().dimmed();
const HEADING: Style = AnsiColor::Cyan.on_default().bold();

/// A name and its value.
pub type Line = (String, String);

/// The text so far.
pub struct Paper {
    text: String,
    width: usize,
    styled: bool,
    /// The width of the names' column.
    names: usize,
}

impl Paper {
    /// With a column that these lines fit into.
    pub fn new<'a>(medium: Medium, lines: impl IntoIterator<Item = &'a Line>) -> Self {
        let names = lines.into_iter().map(|(name, _)| display_width(name));
        Self {
            text: String::new(),
            width: medium.width.unwrap_or(WIDTH).max(NARROWEST),
            styled: medium.styled,
            names: names
                .filter(|width| *width <= LONGEST_NAME)
                .max()
                .unwrap_or(0),
        }
    }

    /// All of it.
    pub fn text(self) -> String {
        self.text
    }

    pub fn blank(&mut self) {
        self.text.push('\n');
    }

    pub fn heading(&mut self, heading: &str) {
        self.blank();
        self.paragraph("", HEADING, heading);
    }

    /// Text in lines that fit.
    pub fn paragraph(&mut self, indent: &str, style: Style, text: &str) {
        for line in wrapped(text, self.width - indent.len()) {
            let line = self.styled(style, &line);
            self.put(&format!("{indent}{line}"));
        }
    }

    /// Names and values; a long value goes on below its beginning, and all of it stands below a name
    /// that leaves no room beside it.
    pub fn lines(&mut self, indent: &str, lines: &[Line]) {
        for (name, value) in lines {
            let width = display_width(name);
            let column = indent.len() + self.names.max(width) + 2;
            if column + NARROWEST / 2 > self.width {
                self.paragraph(indent, DIM, name);
                self.paragraph(&format!("{indent}  "), Style::new(), value);
                continue;
            }
            let gap = " ".repeat(column - indent.len() - width);
            for (at, part) in wrapped(value, self.width - column).into_iter().enumerate() {
                match at {
                    0 => {
                        let name = self.styled(DIM, name);
                        self.put(&format!("{indent}{name}{gap}{part}"));
                    }
                    _ => self.put(&format!("{}{part}", " ".repeat(column))),
                }
            }
        }
    }

    fn styled(&self, style: Style, text: &str) -> String {
        match self.styled {
            true => format!("{style}{text}{style:#}"),
            false => text.to_owned(),
        }
    }

    fn put(&mut self, line: &str) {
        // A String takes all that is written.
        writeln!(self.text, "{}", line.trim_end()).ok();
    }
}

/// The text in lines of at most this width; an empty text has none.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let lines = textwrap::wrap(text, width).into_iter();
    let lines = lines.map(|line| line.into_owned());
    lines.filter(|line| !line.is_empty()).collect()
}
