//! A contract's text as rustdoc wants it: none of it is compiled as a test, and its lines can be
//! read in the source.
//!
//! People who write a contract don't think of rustdoc, which takes an indented block, and most of
//! those between fences, for Rust.

use openapi_document::display::is_invisible;

use super::harmless::{LANGUAGES, OwnLinks, escaped, is_harmless, plain};

/// Makes Markdown fit for documentation, in which only `own` are links to items. What can't be made
/// so is written as text without any markup.
pub(super) fn as_rustdoc(text: &str, own: &OwnLinks) -> String {
    let text = readable(text);
    let written = tidied(&escaped(&tidied(&text, usize::MAX), own), WIDTH);
    match is_harmless(&written, own) {
        true => written,
        false => tidied(&plain(&text), WIDTH),
    }
}

/// A name of the contract as a piece of code in a line of Markdown.
pub(crate) fn code_span(name: &str) -> String {
    format!("`{}`", one_line(name).replace('`', "'"))
}

/// Text whose blocks of code are fenced and named, in lines of this width.
fn tidied(text: &str, width: usize) -> String {
    let mut written = Vec::new();
    let mut open: Option<Fence> = None;
    for line in text.lines() {
        if let Some(fence) = &open {
            match fence.content(line) {
                Some(content) if !fence.is_closed_by(content) => {
                    written.push(content.trim_end().to_string());
                    continue;
                }
                inside => {
                    written.push(fence.marks());
                    open = None;
                    if inside.is_some() {
                        continue;
                    }
                }
            }
        }
        let (prefix, rest) = containers(line);
        open = Fence::opened_by(&prefix, rest);
        written.push(match &open {
            Some(fence) => fence.marks() + language(rest),
            None => wrapped(rest, &prefix, width),
        });
    }
    written.extend(open.map(|fence| fence.marks()));
    written.join("\n")
}

/// A title as a part of a sentence.
pub(crate) fn in_a_sentence(title: &str) -> String {
    let title = one_line(title);
    match is_harmless(&title, &OwnLinks::new()) {
        true => title,
        false => plain(&title),
    }
}

/// What would be a title or another part of a sentence: one line.
pub(crate) fn one_line(text: &str) -> String {
    let text = readable(text);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Rust takes no bare carriage return in a comment, and none of the characters that turn the
/// direction of what is shown; clippy takes no tabs, and nobody can read other control characters.
pub(super) fn readable(text: &str) -> String {
    text.replace("\r\n", "\n")
        .replace(['\r', '\u{85}', '\u{2028}', '\u{2029}'], "\n")
        .replace('\t', "    ")
        .replace(is_invisible, "")
}

/// The marks around a block of code. They are written at the beginning of a line, so that no list
/// or quotation ends the block before its own marks do.
struct Fence {
    mark: char,
    length: usize,
    quoted: bool,
}

impl Fence {
    fn opened_by(prefix: &str, rest: &str) -> Option<Fence> {
        let mark = rest.chars().next().filter(|mark| "`~".contains(*mark))?;
        let info = rest.trim_start_matches(mark);
        let length = rest.len() - info.len();
        // "```like this```" is a piece of a sentence.
        let is_inline = mark == '`' && info.contains('`');
        (length >= 3 && !is_inline).then(|| Fence {
            mark,
            length,
            quoted: prefix.contains('>'),
        })
    }

    fn marks(&self) -> String {
        self.mark.to_string().repeat(self.length)
    }

    /// A line of the block; `None` if the quotation is over in which it stands.
    fn content<'l>(&self, line: &'l str) -> Option<&'l str> {
        if !self.quoted {
            return Some(line);
        }
        let content = line.trim_start().strip_prefix('>')?;
        Some(content.strip_prefix(' ').unwrap_or(content))
    }

    fn is_closed_by(&self, line: &str) -> bool {
        let marks = line.trim();
        marks.len() >= self.length && marks.chars().all(|c| c == self.mark)
    }
}

/// What rustdoc doesn't know for a language is none; but it knows `no_run`, `{.rust}` and others.
fn language(fence: &str) -> &'static str {
    let named = fence.trim_start_matches(['`', '~']).trim();
    LANGUAGES
        .into_iter()
        .find(|known| *known == named)
        .unwrap_or("text")
}

/// The marks of lists and quotations at the beginning of a line, one space after each, and the
/// rest. More space would make code of the rest.
fn containers(line: &str) -> (String, &str) {
    let mut rest = line.trim_start();
    let indent = &line[..line.len() - rest.len()];
    let mut prefix = match indent.len() {
        0..4 => indent.to_string(),
        _ => "  ".to_string(),
    };
    while let Some(length) = marker(rest) {
        prefix += &rest[..length];
        prefix.push(' ');
        rest = rest[length..].trim_start();
    }
    (prefix, rest.trim_end())
}

/// The length of `>`, `-`, `1.` and the like at the beginning of a text.
fn marker(text: &str) -> Option<usize> {
    if text.starts_with('>') {
        return Some(1);
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let marks: &[char] = if digits > 0 {
        &['.', ')']
    } else {
        &['-', '*', '+']
    };
    let after = text[digits..].strip_prefix(marks)?;
    (after.is_empty() || after.starts_with(' ')).then_some(digits + 1)
}

/// A long line as several; those of a list's element stand under its text.
fn wrapped(line: &str, prefix: &str, width: usize) -> String {
    if line.is_empty() || begins_markup(line) {
        return format!("{prefix}{line}").trim_end().to_string();
    }
    let hanging: String = prefix
        .chars()
        .map(|c| if c == '>' { c } else { ' ' })
        .collect();
    let options = textwrap::Options::new(width)
        .initial_indent(prefix)
        .subsequent_indent(&hanging)
        .break_words(false)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .word_separator(textwrap::WordSeparator::Custom(words));
    textwrap::fill(line, options)
}

/// Headings and tables are lines. "```like this```" must stay one: broken, it would be a fence.
fn begins_markup(line: &str) -> bool {
    line.starts_with(['#', '|']) || line.starts_with("```") || line.starts_with("~~~")
}

/// The lines' width, beside the indentation of a field and its `///`.
const WIDTH: usize = 90;

/// Words, each kept with a next one that must not begin a line (`-`, `1.`, `#`, `>`): it would
/// start a list, say.
fn words(line: &str) -> Box<dyn Iterator<Item = textwrap::core::Word<'_>> + '_> {
    let mut starts = vec![0];
    for (at, _) in line.match_indices(' ') {
        let next = line[at + 1..].split(' ').next().unwrap_or_default();
        if !next.is_empty() && marker(next).is_none() && !begins_markup(next) {
            starts.push(at + 1);
        }
    }
    let ends = starts.iter().copied().skip(1).chain([line.len()]);
    let words: Vec<_> = starts.iter().copied().zip(ends).collect();
    Box::new(
        words
            .into_iter()
            .map(move |(start, end)| textwrap::core::Word::from(&line[start..end])),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn as_rustdoc(text: &str) -> String {
        super::as_rustdoc(text, &OwnLinks::new())
    }

    #[test]
    fn no_block_of_code_is_left_to_rustdoc() {
        for (text, written) in [
            ("```\nfn\n```", "```text\nfn\n```"),
            ("```json\n{}\n```", "```json\n{}\n```"),
            ("~~~ rust\nfn\n~~~", "~~~text\nfn\n~~~"),
            ("````\n```\nfn\n````", "````text\n```\nfn\n````"),
            ("- ```no_run\n  fn\n  ```", "```text\n  fn\n```"),
            ("> ```{.rust}\n> fn\nend", "```text\nfn\n```\nend"),
            ("```should_panic\nfn", "```text\nfn\n```"),
            ("a\n\n\tfn", "a\n\n  fn"),
            ("a\n\n      fn", "a\n\n  fn"),
            ("-     fn\n1)\tfn\n>     fn", "- fn\n1) fn\n> fn"),
            ("```like this``` is text", "```like this``` is text"),
        ] {
            assert_eq!(as_rustdoc(text), written, "{text:?}");
        }
    }

    #[test]
    fn a_line_is_broken_where_nothing_begins() {
        let long = "x".repeat(80);
        let broken = |rest: &str| as_rustdoc(&format!("{long} {rest}"));
        assert_eq!(broken("and more text"), format!("{long} and more\ntext"));
        for kept in ["- more", "1. more", "> more", "~~~ more", "``` more"] {
            let text = broken(&format!("and so {kept}"));
            assert!(!text.contains(&format!("\n{kept}")), "{text}");
        }
        let inline = format!("```{long} and``` more");
        assert_eq!(as_rustdoc(&inline), inline);
        let quoted = as_rustdoc(&format!("> 1. {long} and more text"));
        assert_eq!(quoted, format!("> 1. {long} and\n>    more text"));
    }

    #[test]
    fn what_rust_takes_in_no_comment_is_left_out() {
        assert_eq!(as_rustdoc("a\rb\r\nc\u{202e}d"), "a\nb\ncd");
        assert_eq!(one_line(" A\n \u{2066}title\r"), "A title");
    }
}
