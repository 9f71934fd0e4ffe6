//! What is told of a text that is no YAML: where the cause can be shown, in words of our own.

use std::borrow::Cow;

/// Why a text is not one YAML document, and where.
#[derive(Debug)]
pub struct PositionError {
    /// The byte at which it was noticed.
    pub at: usize,
    /// Where it ends, if not with the line.
    pub end: Option<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Cow<'static, str>,
}

/// What to do where a parser knows no better.
pub const MEND: &str = "mend the syntax here, or in the lines just above";

/// What the parser says of the place `at`, or what is behind it. `reads` tells whether a text can
/// be read as far as past a line, counted from 0.
pub fn told(
    text: &str,
    at: usize,
    info: &str,
    reads: impl Fn(&str, usize) -> bool,
) -> PositionError {
    let lines = Lines::new(text);
    let here = lines.of(at);
    conflict(&lines)
        .or_else(|| tab(&lines, here, &reads))
        .or_else(|| colon(&lines, at, info))
        .or_else(|| deeper(&lines, at, info))
        .or_else(|| quote(at, info))
        .unwrap_or_else(|| PositionError {
            at,
            end: None,
            message: format!("not YAML: {info}"),
            help: if info.contains("Unicode") {
                // JSON writes a character beyond U+FFFF as two escapes.
                "write the character itself: YAML does not read two escapes as one".into()
            } else {
                MEND.into()
            },
        })
}

/// The lines of a text, each with where it starts.
struct Lines<'t>(Vec<(usize, &'t str)>);

impl<'t> Lines<'t> {
    fn new(text: &'t str) -> Lines<'t> {
        let mut start = 0;
        let lines = text.split_inclusive('\n').map(|line| {
            let at = start;
            start += line.len();
            (at, line)
        });
        Lines(lines.collect())
    }

    /// The line of a byte, counted from 0.
    fn of(&self, at: usize) -> usize {
        let after = self.0.partition_point(|(start, _)| *start <= at);
        after.saturating_sub(1)
    }
}

/// What git leaves where two branches changed the same.
fn conflict(lines: &Lines<'_>) -> Option<PositionError> {
    let marks = ["<<<<<<<", "=======", ">>>>>>>"];
    let mut lines = lines.0.iter();
    let (start, line) = lines.find(|(_, line)| marks.iter().any(|mark| line.starts_with(mark)))?;
    Some(PositionError {
        at: *start,
        end: Some(start + line.trim_end().len()),
        message: "a merge conflict stands here".into(),
        help: "keep what is meant of both sides, and remove the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`".into(),
    })
}

/// A tab among the spaces at the start of a line, if the text can be read further without it.
fn tab(
    lines: &Lines<'_>,
    here: usize,
    reads: impl Fn(&str, usize) -> bool,
) -> Option<PositionError> {
    let indent = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let has_tab = |line: &str| line[..indent(line)].contains('\t') && !line.trim().is_empty();
    // The parser can notice late; of a text in several lines it tells the first.
    let above = (0..=here)
        .rev()
        .find(|line| has_tab(lines.0.get(*line).map_or("", |line| line.1)));
    let below = || (here + 1 < lines.0.len() && has_tab(lines.0[here + 1].1)).then_some(here + 1);
    let culprit = above.or_else(below)?;
    // As wide as editors show it, or as the lines around.
    let around = [culprit.checked_sub(1), Some(culprit + 1)]
        .into_iter()
        .flatten();
    let around = around.filter_map(|line| Some(indent(lines.0.get(line)?.1)));
    let spaced = |line: &str, tab: &str| {
        let (start, rest) = line.split_at(indent(line));
        start.replace('\t', tab) + rest
    };
    let mended = |width: usize, all: bool| -> String {
        let lines = lines.0.iter().enumerate().map(|(index, (_, line))| {
            if all {
                spaced(line, &" ".repeat(width))
            } else if index == culprit {
                " ".repeat(width) + &line[indent(line)..]
            } else {
                (*line).to_string()
            }
        });
        lines.collect()
    };
    let past = here.max(culprit);
    let helps = [2, 4, 8]
        .into_iter()
        .any(|width| reads(&mended(width, true), past))
        || around
            .into_iter()
            .any(|width| reads(&mended(width, false), past));
    let (start, line) = lines.0[culprit];
    let at = start + line.find('\t')?;
    helps.then(|| PositionError {
        at,
        end: Some(at + 1),
        message: "a tab stands here: YAML is indented with spaces".into(),
        help: "write spaces instead, as many as the lines beside it have".into(),
    })
}

/// A `: ` in a text without quotes.
fn colon(lines: &Lines<'_>, at: usize, info: &str) -> Option<PositionError> {
    let (start, line) = *lines.0.get(lines.of(at))?;
    let (_, value) = line.get(..at - start)?.split_once(": ")?;
    let quoted = value
        .trim_start()
        .starts_with(['"', '\'', '[', '{', '&', '*', '!', '|', '>']);
    let meant = info.contains("mapping values are not allowed") && !quoted;
    meant.then(|| PositionError {
        at,
        end: Some(at + 1),
        message: "a `: ` stands in a text without quotes".into(),
        help: "put the whole text in quotes: YAML takes what is before a `: ` for a key".into(),
    })
}

/// A key that is indented deeper than the plain text above, and so read as more of it.
fn deeper(lines: &Lines<'_>, at: usize, info: &str) -> Option<PositionError> {
    let here = lines.of(at);
    let (start, line) = *lines.0.get(here)?;
    let indent = |line: &str| line.len() - line.trim_start().len();
    let (_, above) = *lines.0.get(here.checked_sub(1)?)?;
    let (_, value) = above.split_once(": ")?;
    let plain = value.trim_start().starts_with(char::is_alphanumeric) && !value.contains(" #");
    let meant = info.contains("mapping values are not allowed") && plain;
    (meant && indent(line) > indent(above)).then(|| PositionError {
        at: start + indent(line),
        end: Some(at + 1),
        message: "this line is read as more of the text above, as it is indented deeper".into(),
        help: "indent it as the key above; if it is part of the text, put all of that in quotes"
            .into(),
    })
}

/// A quote that the parser has looked for the end of.
fn quote(at: usize, info: &str) -> Option<PositionError> {
    let unclosed = [
        "quoted scalar, found unexpected end of stream",
        "quoted scalar, found unexpected document indicator",
        "invalid indentation in quoted scalar",
    ];
    unclosed
        .iter()
        .any(|end| info.contains(end))
        .then(|| PositionError {
            at,
            end: None,
            message: "the quote that opens here is not closed".into(),
            help: "close it, or double a `'` that is part of the text".into(),
        })
}
