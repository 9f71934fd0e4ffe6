//! The contract's text and where in it something stands.

use std::ops::Range;

/// A text with its line starts, so that byte offsets can be told as line and column.
#[derive(Debug, Clone)]
pub struct Source {
    text: String,
    line_starts: Vec<usize>,
}

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
        Source { text, line_starts }
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
            column: self.text[start..offset].chars().count() + 1,
        }
    }

    /// The byte offset of a line and column, both from 1; past the end is the end.
    pub fn offset(&self, at: LineColumn) -> usize {
        let Some(&start) = self.line_starts.get(at.line.saturating_sub(1)) else {
            return self.text.len();
        };
        self.text[start..]
            .char_indices()
            .nth(at.column.saturating_sub(1))
            .map_or(self.text.len(), |(n, _)| start + n)
    }

    /// The part of `span` that stands on its first line, without trailing white space: what a
    /// caret can point at.
    pub fn first_line(&self, span: Range<usize>) -> Range<usize> {
        let text = &self.text[span.clone()];
        let line = text.split('\n').next().unwrap_or(text);
        span.start..span.start + line.trim_end().len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_counted_in_characters_and_offsets_lead_back() {
        let source = Source::new("a: é b\r\nc: d\n");
        let b = source.text().find('b').unwrap();
        assert_eq!(source.line_column(b), LineColumn { line: 1, column: 6 });
        for (offset, _) in source.text().char_indices() {
            assert_eq!(source.offset(source.line_column(offset)), offset);
        }
        assert_eq!(source.line_column(usize::MAX).line, 3);
    }
}
