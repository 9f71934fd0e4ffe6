//! What is told of a text that is no YAML. A parser notices a slip where it can go on no longer,
//! often a line later; so each slip that people make is looked for in the lines around, mended, and
//! told if the text can then be read further.

use std::borrow::Cow;
use std::ops::Range;

use crate::tree::SyntaxError;

/// What to do where nothing better is known.
pub const MEND: &str = "mend the syntax here, or in the lines just above";

/// What the parser says of the place `at`, or what is behind it. `reads` tells how many lines of a
/// text can be read.
pub fn told(text: &str, at: usize, info: &str, reads: impl Fn(&str) -> usize) -> SyntaxError {
    let lines = Lines::new(text);
    let here = lines.of(at);
    // An end of the text is noticed behind its last line.
    let here = (0..=here)
        .rev()
        .find(|line| !lines.is_blank(*line))
        .unwrap_or(here);
    conflict(&lines)
        .or_else(|| {
            Search {
                lines: &lines,
                here,
                reads,
            }
            .slip()
        })
        .map_or_else(
            || SyntaxError {
                at,
                end: None,
                message: format!("not YAML: {info}"),
                help: if info.contains("Unicode") {
                    // JSON writes a character beyond U+FFFF as two escapes.
                    "write the character itself: YAML does not read two escapes as one".into()
                } else {
                    MEND.into()
                },
            },
            |slip| SyntaxError {
                at: slip.place.start,
                end: Some(slip.place.end),
                message: slip.message.into(),
                help: slip.help,
            },
        )
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

    fn get(&self, line: usize) -> &'t str {
        self.0.get(line).map_or("", |(_, line)| line)
    }

    fn is_blank(&self, line: usize) -> bool {
        let line = self.get(line).trim();
        line.is_empty() || line.starts_with('#')
    }
}

/// A slip, and the line without it.
struct Slip {
    /// Where it stands.
    place: Range<usize>,
    message: Cow<'static, str>,
    help: Cow<'static, str>,
    /// The line as it may have been meant.
    mended: String,
}

/// What git leaves where two branches changed the same.
fn conflict(lines: &Lines<'_>) -> Option<Slip> {
    let marks = ["<<<<<<<", "=======", ">>>>>>>"];
    let mut lines = lines.0.iter();
    let (start, line) = lines.find(|(_, line)| marks.iter().any(|mark| line.starts_with(mark)))?;
    Some(Slip {
        place: *start..start + line.trim_end().len(),
        message: "a merge conflict stands here".into(),
        help: "keep what is meant of both sides, and remove the lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`".into(),
        mended: String::new(),
    })
}

/// The slips that a line can show, the surest first.
const SLIPS: [fn(&Line<'_>) -> Vec<Slip>; 14] = [
    tab,
    strange_space,
    no_space_after_colon,
    no_space_after_dash,
    slashes,
    list_beside_key,
    escape,
    apostrophe,
    open_quote,
    shallow_bracket,
    open_bracket,
    needs_quotes,
    no_colon,
    indentation,
];

/// So many lines above the one where the parser noticed.
const ABOVE: usize = 4;

struct Search<'s, 't, R> {
    lines: &'s Lines<'t>,
    /// The line where the parser noticed.
    here: usize,
    reads: R,
}

impl<R: Fn(&str) -> usize> Search<'_, '_, R> {
    fn slip(&self) -> Option<Slip> {
        let above = (0..=self.here)
            .rev()
            .filter(|line| !self.lines.is_blank(*line));
        let mut near: Vec<usize> = above.take(ABOVE).collect();
        // Of a text in several lines, the parser tells the first.
        near.extend(
            [self.here + 1]
                .into_iter()
                .filter(|line| !self.lines.is_blank(*line)),
        );
        let found = SLIPS.iter().find_map(|look| {
            let slips = near.iter().flat_map(|line| {
                look(&self.line(*line))
                    .into_iter()
                    .map(move |slip| (*line, slip))
            });
            slips
                .into_iter()
                .find(|(line, slip)| self.helps(*line, slip))
                .map(|(_, slip)| slip)
        });
        found.or_else(|| self.far_quote())
    }

    /// A quote is noticed where the next one closes it, however far below.
    fn far_quote(&self) -> Option<Slip> {
        let odd = |line: &usize| {
            let line = self.lines.get(*line);
            ['"', '\'']
                .iter()
                .any(|quote| line.matches(*quote).count() % 2 == 1)
        };
        let above = (0..=self.here).rev().filter(odd).take(2 * ABOVE);
        let slips = above.flat_map(|line| {
            open_quote(&self.line(line))
                .into_iter()
                .map(move |slip| (line, slip))
        });
        slips
            .into_iter()
            .find(|(line, slip)| self.helps(*line, slip))
            .map(|(_, slip)| slip)
    }

    fn line(&self, index: usize) -> Line<'_> {
        let indent_of = |line: usize| indent(self.lines.get(line));
        let before = (0..index).rev().find(|line| !self.lines.is_blank(*line));
        let after = (index + 1..self.lines.0.len()).find(|line| !self.lines.is_blank(*line));
        let text = self.lines.get(index);
        let own = indent(text);
        let is_beside = |line: &usize| !self.lines.is_blank(*line) && indent_of(*line) <= own;
        let is_element = |line: usize| {
            let line = self.lines.get(line);
            indent(line) == own && line[own..].starts_with("- ")
        };
        let above = (0..index).rev().find(is_beside);
        let below = (index + 1..self.lines.0.len()).find(is_beside);
        Line {
            start: self.lines.0.get(index).map_or(0, |(start, _)| *start),
            text: text.trim_end(),
            is_beside_element: [above, below].into_iter().flatten().any(is_element),
            before: before.map(|line| self.lines.get(line).trim_end()),
            indents: [before, after]
                .into_iter()
                .flatten()
                .map(indent_of)
                .collect(),
        }
    }

    /// Whether the text can be read past both lines without the slip.
    fn helps(&self, line: usize, slip: &Slip) -> bool {
        let mut text: String = self.lines.0[..line].iter().map(|(_, line)| *line).collect();
        text += &slip.mended;
        text += "\n";
        text.extend(self.lines.0.iter().skip(line + 1).map(|(_, line)| *line));
        (self.reads)(&text) > self.here.max(line) + slip.mended.matches('\n').count()
    }
}

/// A line, and what stands around it.
struct Line<'t> {
    start: usize,
    /// Without white space at its end.
    text: &'t str,
    before: Option<&'t str>,
    /// Whether an element of a list is indented as it is, before or after it.
    is_beside_element: bool,
    /// How far the lines before and after it are indented.
    indents: Vec<usize>,
}

impl<'t> Line<'t> {
    /// A slip in this part of the line, which `instead` mends.
    fn slip(
        &self,
        part: Range<usize>,
        instead: &str,
        message: impl Into<Cow<'static, str>>,
        help: impl Into<Cow<'static, str>>,
    ) -> Slip {
        Slip {
            mended: [&self.text[..part.start], instead, &self.text[part.end..]].concat(),
            place: self.start + part.start..self.start + part.end,
            message: message.into(),
            help: help.into(),
        }
    }

    /// The same, shown at another place.
    fn slip_at(
        &self,
        shown: Range<usize>,
        part: Range<usize>,
        instead: &str,
        message: impl Into<Cow<'static, str>>,
        help: impl Into<Cow<'static, str>>,
    ) -> Slip {
        Slip {
            place: self.start + shown.start..self.start + shown.end,
            ..self.slip(part, instead, message, help)
        }
    }

    /// Where what is not indentation or the `- ` of a list starts.
    fn content(&self) -> usize {
        let mut at = indent(self.text);
        while let Some(rest) = self.text[at..].strip_prefix("- ") {
            at = self.text.len() - rest.trim_start().len();
        }
        at
    }

    /// The key, if there is one with a space behind its colon or nothing.
    fn key(&self) -> Option<Range<usize>> {
        let start = self.content();
        let rest = &self.text[start..];
        let length = match rest.find(": ") {
            Some(length) => length,
            None => rest.strip_suffix(':')?.len(),
        };
        let key = &rest[..length];
        let is_key = !key.is_empty() && (quoted(key) || !key.contains(['"', '\'', '#', '{', '[']));
        is_key.then_some(start..start + length)
    }

    /// The value that stands on the line, behind its key or `- `, up to a comment.
    fn value(&self) -> Option<Range<usize>> {
        let start = match self.key() {
            Some(key) => self.text.len().min(key.end + 1),
            None => self.content(),
        };
        let value = &self.text[start..];
        let start = start + value.len() - value.trim_start().len();
        let end = match self.text[start..].find(" #") {
            Some(comment) => {
                start
                    + self.text[..start + comment]
                        .trim_end()
                        .len()
                        .saturating_sub(start)
            }
            None => self.text.len(),
        };
        (start < end).then_some(start..end)
    }
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

fn quoted(text: &str) -> bool {
    ['"', '\'']
        .iter()
        .any(|quote| text.len() > 1 && text.starts_with(*quote) && text.ends_with(*quote))
}

fn is_word(text: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || "_-$./{}".contains(c))
}

/// A tab among the spaces at the start of a line.
fn tab(line: &Line<'_>) -> Vec<Slip> {
    let start = &line.text[..indent(line.text)];
    let Some(tab) = start.find('\t') else {
        return Vec::new();
    };
    // As wide as editors show it, or as the lines around.
    let shown = [2, 4, 8].map(|width| start.replace('\t', &" ".repeat(width)));
    let around = line.indents.iter().map(|width| " ".repeat(*width));
    let deeper = line.indents.first().map(|width| " ".repeat(width + 2));
    let spaces = shown.into_iter().chain(around).chain(deeper);
    spaces
        .map(|spaces| {
            line.slip_at(
                tab..tab + 1,
                0..start.len(),
                &spaces,
                "a tab stands here: YAML is indented with spaces",
                "write spaces instead, as many as the lines beside it have",
            )
        })
        .collect()
}

/// A space that is none to YAML, as copying from a web page brings in.
fn strange_space(line: &Line<'_>) -> Vec<Slip> {
    let is_strange =
        |c: char| (c.is_whitespace() && !c.is_ascii()) || "\u{200b}\u{feff}：".contains(c);
    let Some((at, strange)) = line.text.char_indices().find(|(_, c)| is_strange(*c)) else {
        return Vec::new();
    };
    let mended = line.text.replace('：', ": ").replace(is_strange, " ");
    let message = match strange {
        '：' => "this is not the `:` that YAML knows, but a wide one".to_string(),
        _ => format!(
            "the character U+{:04X} looks like a space, and is none to YAML",
            u32::from(strange)
        ),
    };
    let slip = line.slip_at(
        at..at + strange.len_utf8(),
        0..line.text.len(),
        &mended,
        message,
        "type it again",
    );
    vec![slip]
}

/// `key:value`.
fn no_space_after_colon(line: &Line<'_>) -> Vec<Slip> {
    let start = line.content();
    let rest = &line.text[start..];
    let key = match rest.strip_prefix(['"', '\'']) {
        Some(inside) => inside.find(['"', '\'']).map(|end| end + 2),
        None => rest.find(':'),
    };
    let Some(key) = key.filter(|key| {
        rest[*key..].starts_with(':') && (is_word(&rest[..*key]) || quoted(&rest[..*key]))
    }) else {
        return Vec::new();
    };
    let at = start + key;
    if matches!(line.text[at + 1..].chars().next(), None | Some(' ')) {
        return Vec::new();
    }
    let slip = line.slip_at(
        start..at + 1,
        at + 1..at + 1,
        " ",
        "a space is missing behind this `:`",
        format!("write `{}: `, then the value", &rest[..key]),
    );
    vec![slip]
}

/// `-value`, or a key of an element whose `- ` is missing.
fn no_space_after_dash(line: &Line<'_>) -> Vec<Slip> {
    let start = indent(line.text);
    let rest = &line.text[start..];
    if rest.starts_with('-') && !rest.starts_with("- ") && !rest.starts_with("--") && rest.len() > 1
    {
        return vec![line.slip_at(
            start..start + 1,
            start + 1..start + 1,
            " ",
            "a space is missing behind this `-`",
            "begin each element of a list with `- `",
        )];
    }
    let mut slips = Vec::new();
    if line.is_beside_element && line.key().is_some() && !rest.starts_with("- ") {
        let end = line.key().map_or(line.text.len(), |key| key.end);
        slips.push(line.slip_at(
            start..end,
            start..start,
            "- ",
            "this stands among the elements of a list, and is none",
            "begin it with `- ` if it is an element; else indent it as the lines it belongs to",
        ));
    }
    slips
}

/// A comment of another language.
fn slashes(line: &Line<'_>) -> Vec<Slip> {
    let start = indent(line.text);
    if !line.text[start..].starts_with("//") && !line.text[start..].starts_with("/*") {
        return Vec::new();
    }
    vec![line.slip(
        start..line.text.len(),
        "",
        "this is no comment to YAML",
        "begin a comment with `#`",
    )]
}

/// `key: - value`.
fn list_beside_key(line: &Line<'_>) -> Vec<Slip> {
    let (Some(key), Some(value)) = (line.key(), line.value()) else {
        return Vec::new();
    };
    if !line.text[value.clone()].starts_with("- ") {
        return Vec::new();
    }
    let below = format!("\n{}", " ".repeat(line.content()));
    vec![line.slip_at(
        value.start..value.start + 1,
        key.end + 1..value.start,
        &below,
        "a list starts on the line of its key",
        "put each `- ` on a line of its own below the key, or write `[a, b]`",
    )]
}

/// `"\d"`.
fn escape(line: &Line<'_>) -> Vec<Slip> {
    let Some(value) = line.value() else {
        return Vec::new();
    };
    let text = &line.text[value.clone()];
    if !text.starts_with('"') {
        return Vec::new();
    }
    let known = "0abtnvfre \"/\\N_LPxuU\t";
    let mut mended = String::new();
    let mut first = None;
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        mended.push(character);
        if character == '\\'
            && let Some((_, next)) = characters.next()
        {
            if !known.contains(next) {
                first = first.or(Some((value.start + at, next)));
                mended.push('\\');
            }
            mended.push(next);
        }
    }
    let Some((at, next)) = first else {
        return Vec::new();
    };
    vec![line.slip_at(
        at..at + 1 + next.len_utf8(),
        value,
        &mended,
        format!("`\\{next}` means nothing in double quotes"),
        "put the text in single quotes, where a backslash is one; or write `\\\\`",
    )]
}

/// `'the lead's name'`, or `"a "b" c"`.
fn apostrophe(line: &Line<'_>) -> Vec<Slip> {
    let Some(value) = line.value() else {
        return Vec::new();
    };
    let text = &line.text[value.clone()];
    let Some(quote) = text
        .chars()
        .next()
        .filter(|quote| text.len() > 2 && matches!(quote, '"' | '\'') && text.ends_with(*quote))
    else {
        return Vec::new();
    };
    let inside = &text[1..text.len() - 1];
    let (doubled, message, help) = match quote {
        '\'' => (
            "''",
            "the text ends at this `'`, and more follows",
            "write `''` for an apostrophe in single quotes, or put the text in double quotes",
        ),
        _ => (
            "\\\"",
            "the text ends at this `\"`, and more follows",
            "write `\\\"` for a quote in double quotes, or put the text in single quotes",
        ),
    };
    let Some(at) = inside.replace(doubled, "..").find(quote) else {
        return Vec::new();
    };
    let mended = format!(
        "{quote}{}{quote}",
        inside
            .replace(doubled, &quote.to_string())
            .replace(quote, doubled)
    );
    let at = value.start + 1 + at;
    vec![line.slip_at(at..at + 1, value, &mended, message, help)]
}

/// A text that begins with a character that means something to YAML, or holds `: `.
fn needs_quotes(line: &Line<'_>) -> Vec<Slip> {
    let Some(value) = line.value() else {
        return Vec::new();
    };
    let text = &line.text[value.clone()];
    let mended = format!("'{}'", text.replace('\'', "''"));
    let first = text.chars().next().unwrap_or_default();
    let whole = value.clone();
    let named = match first {
        '`' => "a backtick".to_string(),
        _ => format!("`{first}`"),
    };
    let no_beginning = format!("no text without quotes can begin with {named}");
    let (shown, message): (_, Cow<'static, str>) = match first {
        '@' | '`' | '%' | '&' | '*' | '!' | '|' | '>' | ',' | '?' | '-' => {
            (value.start..value.start + 1, no_beginning.into())
        }
        '{' | '[' | '}' | ']' => (
            value.start..value.start + 1,
            match first {
                '{' | '[' => format!(
                    "`{first}` begins a {} to YAML, and what follows is none",
                    if first == '{' { "mapping" } else { "list" }
                )
                .into(),
                _ => no_beginning.into(),
            },
        ),
        '"' | '\'' => match text[1..].find(first) {
            Some(end) if end + 2 < text.len() => (
                value.start + end + 2..value.end,
                "the text ends at its closing quote, and more follows".into(),
            ),
            _ => return Vec::new(),
        },
        _ => match text
            .find(": ")
            .or_else(|| text.strip_suffix(':').map(str::len))
        {
            Some(at) => (
                value.start + at..value.start + at + 1,
                "a `: ` stands in a text without quotes".into(),
            ),
            None => return Vec::new(),
        },
    };
    let help: Cow<'static, str> = match first {
        '"' | '\'' => "put all of it in one pair of quotes, or remove what follows".into(),
        '*' => "put the whole text in quotes; if it is an alias, write `&` and its name where the value stands that it means".into(),
        _ if message.contains("`: `") => "put the whole text in quotes: YAML takes what is before a `: ` for a key".into(),
        _ => "put the whole text in quotes".into(),
    };
    vec![line.slip_at(shown, whole, &mended, message, help)]
}

/// A quote that opens and does not close.
fn open_quote(line: &Line<'_>) -> Vec<Slip> {
    let at = ['"', '\''].map(|quote| {
        let before = |at: usize| line.text[..at].chars().next_back();
        let opens = |at: &usize| before(*at).is_none_or(|before| " [{,:-(".contains(before));
        let odd = line.text.matches(quote).count() % 2 == 1;
        let mut quotes = line.text.match_indices(quote).map(|(at, _)| at);
        let at = quotes.rfind(opens).filter(|_| odd)?;
        Some((at, quote))
    });
    let opening = at.into_iter().flatten();
    let closed = |(at, quote): (usize, char)| {
        let end = line.text.len();
        let brackets = line.text.len() - line.text.trim_end_matches([']', '}']).len();
        [0, brackets].map(|inside| {
            line.slip_at(
                at..end,
                end - inside..end - inside,
                &quote.to_string(),
                "the quote that opens here is not closed",
                "close it, or double a `'` that is part of the text",
            )
        })
    };
    let mut slips: Vec<Slip> = opening.flat_map(closed).collect();
    // One that closes what nothing opens.
    if let Some(value) = line.value() {
        let text = &line.text[value.clone()];
        if let Some(quote) = text
            .chars()
            .next_back()
            .filter(|quote| matches!(quote, '"' | '\''))
        {
            slips.push(line.slip_at(
                value.end - 1..value.end,
                value.start..value.start,
                &quote.to_string(),
                "this quote closes a text that no quote opens",
                "write the quote at the start too, or remove this one",
            ));
        }
    }
    slips
}

/// A bracket that closes the value of a key, but is indented less than the key.
fn shallow_bracket(line: &Line<'_>) -> Vec<Slip> {
    let own = indent(line.text);
    let Some(bracket) = line.text[own..]
        .chars()
        .next()
        .filter(|c| matches!(c, ']' | '}'))
    else {
        return Vec::new();
    };
    let deeper = [1, 2, 4, 8].map(|more| " ".repeat(own + more));
    let slips = deeper.map(|spaces| {
        line.slip_at(
            own..own + 1,
            0..own,
            &spaces,
            format!("this `{bracket}` is indented less than the key whose value it closes"),
            "indent it as the key, or close the bracket at the end of the line above",
        )
    });
    slips.into()
}

/// A bracket that opens and does not close, or the other way round.
fn open_bracket(line: &Line<'_>) -> Vec<Slip> {
    let mut slips = Vec::new();
    for (open, close) in [('[', ']'), ('{', '}')] {
        let (opened, closed) = (
            line.text.matches(open).count(),
            line.text.matches(close).count(),
        );
        let end = line.value().map_or(line.text.len(), |value| value.end);
        if opened > closed
            && let Some(at) = line.text.find(open)
        {
            slips.push(line.slip_at(
                at..end,
                end..end,
                &close.to_string(),
                format!("the `{open}` that opens here is not closed"),
                format!("add a `{close}`; put it in quotes if it is text"),
            ));
        }
        if closed > opened
            && let Some(at) = line.text.rfind(close)
        {
            slips.push(line.slip(
                at..at + 1,
                "",
                format!("this `{close}` closes nothing"),
                "remove it, or add what it is meant to close; put it in quotes if it is text",
            ));
        }
    }
    slips
}

/// A key without its colon.
fn no_colon(line: &Line<'_>) -> Vec<Slip> {
    let start = line.content();
    let rest = &line.text[start..];
    let (word, gap) = match rest.split_once(' ') {
        Some((word, value)) => (
            word,
            value
                .trim_start()
                .starts_with('=')
                .then(|| rest.len() - value.trim_start().len() + 1),
        ),
        None => (rest, None),
    };
    if !is_word(word.trim_end_matches('=')) || line.key().is_some() {
        return Vec::new();
    }
    let end = start + word.len();
    let until = gap.map_or(end, |gap| start + gap);
    vec![line.slip_at(
        start..end,
        end..until,
        ":",
        format!("no `:` follows `{word}`"),
        "write `key: value`; a text of several lines begins with `|` or `>` behind its key",
    )]
}

/// A line that is indented unlike those beside it.
fn indentation(line: &Line<'_>) -> Vec<Slip> {
    let own = indent(line.text);
    let shown = own..line.key().map_or(line.text.len(), |key| key.end);
    let widths = line.indents.iter().filter(|width| **width != own);
    let beside = widths.map(|width| {
        let (message, help): (_, Cow<'static, str>) = if own > *width {
            // A plain text goes on in lines that are indented deeper.
            let text = line.before.is_some_and(|before| !before.ends_with(':'));
            match text {
                true => ("this line is read as more of the text above, as it is indented deeper", "indent it as the key above; if it is part of the text, put all of that in quotes".into()),
                false => ("this line is indented deeper than those beside it", format!("indent it by {width} spaces, as they are").into()),
            }
        } else {
            ("this line is indented less than those beside it", format!("indent it by {width} spaces, as they are").into())
        };
        line.slip_at(shown.clone(), 0..own, &" ".repeat(*width), message, help)
    });
    beside.collect()
}

#[cfg(test)]
mod tests;
