//! What rustdoc makes of Markdown: no code that it would compile, no HTML, no link to an item but
//! our own.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd};

/// The items that our own documentation links to.
pub type OwnLinks = BTreeSet<String>;

/// The languages of blocks of code that rustdoc leaves alone.
pub const LANGUAGES: [&str; 8] = [
    "bash", "console", "http", "json", "sh", "text", "xml", "yaml",
];

/// Escapes tags and links to items where they stand, and makes a link of each bare URL. What is
/// escaped can turn what follows it into markup: then that is escaped next.
pub fn escaped(text: &str, own: &OwnLinks) -> String {
    let mut text = text.to_string();
    for _ in 0..ROUNDS {
        let edits = edits(&text, own);
        if edits.is_empty() {
            break;
        }
        for (at, inserted) in edits.into_iter().rev() {
            text.insert_str(at, inserted);
        }
    }
    text
}

/// More than any text written by people needs.
const ROUNDS: usize = 8;

/// Whether rustdoc shows all of it as text, and nothing of it warns.
pub fn is_harmless(text: &str, own: &OwnLinks) -> bool {
    let code =
        |event: &Event<'_>| matches!(event, Event::Start(Tag::CodeBlock(kind)) if !is_known(kind));
    edits(text, own).is_empty() && !events(text).any(|(event, _)| code(&event))
}

fn is_known(kind: &CodeBlockKind<'_>) -> bool {
    matches!(kind, CodeBlockKind::Fenced(language) if LANGUAGES.contains(&&**language))
}

/// Text alone: no character of it means anything to Markdown.
pub fn plain(text: &str) -> String {
    let escaped = |line: &str| {
        let mut written = String::new();
        for c in line.trim().chars() {
            written.extend(c.is_ascii_punctuation().then_some('\\'));
            written.push(c);
        }
        written
    };
    text.lines().map(escaped).collect::<Vec<_>>().join("\n")
}

/// The events of a text as rustdoc reads it: each `[name]` may be a link to an item.
fn events(text: &str) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION;
    let item = |link: BrokenLink<'_>| Some((CowStr::from(link.reference.to_string()), "".into()));
    Parser::new_with_broken_link_callback(text, options, Some(item)).into_offset_iter()
}

/// What is to be inserted where, in the order of the text.
fn edits(text: &str, own: &OwnLinks) -> Vec<(usize, &'static str)> {
    let is_allowed = |link: &str| is_url(link) || own.contains(link.trim_matches('`'));
    // rustdoc looks for what `[x]: y` names even if nothing refers to `x`.
    let parser = Parser::new(text);
    let definitions = parser.reference_definitions().iter();
    let mut found: Vec<_> = definitions
        .filter(|(_, definition)| !is_allowed(&definition.dest))
        .map(|(_, definition)| (definition.span.start, "\\"))
        .collect();
    let mut inside = 0;
    for (event, range) in events(text) {
        match event {
            Event::Html(_) | Event::InlineHtml(_) => {
                let tags = text[range.clone()].match_indices('<');
                found.extend(tags.map(|(at, _)| (range.start + at, "\\")));
            }
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                inside += 1;
                if !is_allowed(&dest_url) {
                    found.push((range.start, "\\"));
                }
            }
            Event::Start(Tag::CodeBlock(_)) => inside += 1,
            Event::End(TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock) => inside -= 1,
            Event::Text(_) if inside == 0 => found
                .extend(bare_urls(text, range).flat_map(|url| [(url.start, "<"), (url.end, ">")])),
            _ => {}
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

const SCHEMES: [&str; 2] = ["https://", "http://"];

fn is_url(link: &str) -> bool {
    SCHEMES.iter().any(|scheme| link.starts_with(scheme)) || link.starts_with("mailto:")
}

/// The URLs that begin in this part of a text.
fn bare_urls(text: &str, part: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let starts = SCHEMES.iter().flat_map({
        let part = part.clone();
        move |scheme| text[part.clone()].match_indices(scheme)
    });
    starts.filter_map(move |(at, scheme)| {
        let start = part.start + at;
        let ends = |c: char| c.is_whitespace() || c.is_control() || "<>()[]{}\"'`*\\|".contains(c);
        let rest = &text[start..];
        let url = &rest[..rest.find(ends).unwrap_or(rest.len())];
        let url = url.trim_end_matches(['.', ',', ';', ':', '!', '?', '_', '~']);
        (url.len() > scheme.len()).then(|| start..start + url.len())
    })
}
