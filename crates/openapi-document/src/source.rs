//! The contract's text and where in it something stands.

use std::ops::Range;

/// A text with its line starts, so that byte offsets can be told as line and column.
#[derive(Debug, Clone)]
pub struct Source {
    text: String,
    line_starts: Vec<usize>,
    /// How many characters start before each block of the text: a line can be as long as a file.
    characters: Vec<usize>,
}

/// The bytes of a block.
const BLOCK: usize = 4096;

/// A place in a text as people count: both start at 1, the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

impl Source {
    /// Takes a text and finds its lines.
    pub fn new(text: impl Into<String>) -> Source {
        let text = text.into();
        let line_starts = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(at, _)| at + 1))
            .collect();
        let mut before = 0;
        let blocks = text.as_bytes().chunks(BLOCK).map(|block| {
            let here = before;
            before += count_characters(block);
            here
        });
        let characters = blocks.collect();
        Source {
            text,
            line_starts,
            characters,
        }
    }

    /// The text itself.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The line and column of a byte offset; an offset past the end is the end.
    pub fn line_column(&self, offset: usize) -> LineColumn {
        let offset = offset.min(self.text.len());
        let line = self.line_starts.partition_point(|&start| start <= offset);
        let start = self.line_starts[line - 1];
        LineColumn {
            line,
            column: self.characters_before(offset) - self.characters_before(start) + 1,
        }
    }

    /// Where the line of a byte starts.
    pub fn line_start(&self, offset: usize) -> usize {
        let line = self.line_starts.partition_point(|&start| start <= offset);
        self.line_starts[line - 1]
    }

    fn characters_before(&self, offset: usize) -> usize {
        let block = offset / BLOCK;
        let before = self.characters.get(block).copied();
        // At the end of the text there may be no block.
        let (before, start) = match before {
            Some(before) => (before, block * BLOCK),
            None => match self.characters.last() {
                Some(last) => (*last, (self.characters.len() - 1) * BLOCK),
                None => (0, 0),
            },
        };
        before + count_characters(&self.text.as_bytes()[start..offset])
    }

    /// The part of `span` that stands on its first line, without trailing white space: what a
    /// caret can point at.
    pub fn first_line(&self, span: Range<usize>) -> Range<usize> {
        let text = &self.text[span.clone()];
        let line = text.split('\n').next().unwrap_or(text);
        span.start..span.start + line.trim_end().len()
    }
}

/// How many characters start in these bytes of a text.
fn count_characters(bytes: &[u8]) -> usize {
    let starts = |byte: &&u8| (**byte & 0b1100_0000) != 0b1000_0000;
    bytes.iter().filter(starts).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_counted_in_characters() {
        let text = "a: é b\r\nc: d\n".to_string() + &"é".repeat(3 * BLOCK);
        let source = Source::new(text.as_str());
        let mut expected = LineColumn { line: 1, column: 1 };
        for (offset, character) in text.char_indices() {
            assert_eq!(source.line_column(offset), expected);
            expected.column += 1;
            if character == '\n' {
                expected = LineColumn {
                    line: expected.line + 1,
                    column: 1,
                };
            }
        }
        assert_eq!(source.line_column(usize::MAX), expected);
        let blocks = Source::new("a".repeat(BLOCK));
        assert_eq!(blocks.line_column(BLOCK).column, BLOCK + 1);
        assert_eq!(
            Source::new("").line_column(7),
            LineColumn { line: 1, column: 1 }
        );
    }
}
