//! The edits of a contract's values, made in its text: all else stays as it is written.

mod place;
mod write;

use std::ops::Range;

use openapi_document::tree::{Entry, Node, NodeKind};
use openapi_document::{Contract, Pointer};

use crate::finding::Edit;
use place::{end, entry_end, find};
use write::Style;

/// A piece of the text and what replaces it.
struct Replacement {
    span: Range<usize>,
    text: String,
}

/// Makes the edits in the text of a contract; those that don't fit it are left out.
pub fn apply(text: &str, edits: &[Edit]) -> String {
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut text = text.to_string();
    let mut waiting: Vec<&Edit> = edits.iter().collect();
    // An element that goes changes the numbers of those behind it.
    waiting.sort_by_key(|edit| std::cmp::Reverse(edit.element()));
    // In a round, each mapping is changed once: the next edit of it sees what the last one made.
    while !waiting.is_empty() {
        let Ok(contract) = Contract::load(&text) else {
            break;
        };
        let mut changed: Vec<Pointer> = Vec::new();
        let mut later = Vec::new();
        let mut replacements = Vec::new();
        for edit in waiting {
            let at = edit.mapping();
            if changed
                .iter()
                .any(|other| other.starts_with(&at) || at.starts_with(other))
            {
                later.push(edit);
                continue;
            }
            replacements.extend(replacement(&text, contract.tree(), edit));
            changed.push(at);
        }
        replacements.sort_by_key(|made| std::cmp::Reverse(made.span.start));
        for Replacement { span, text: new } in replacements {
            let new = new.replace('\n', newline);
            text.replace_range(span, &new);
        }
        waiting = later;
    }
    text
}

impl Edit {
    /// The number of the element that the edit removes.
    fn element(&self) -> Option<usize> {
        match self {
            Edit::Remove(at) => at.last().parse().ok(),
            _ => None,
        }
    }

    /// What the edit changes.
    fn mapping(&self) -> Pointer {
        match self {
            Edit::Set { at, .. } | Edit::Append { at, .. } => at.clone(),
            Edit::Remove(at) => at.parent().unwrap_or_default(),
        }
    }
}

fn replacement(text: &str, tree: &Node, edit: &Edit) -> Option<Replacement> {
    let node = find(tree, &edit.mapping())?;
    match (edit, &node.kind) {
        (
            Edit::Set {
                key, value, after, ..
            },
            NodeKind::Mapping(entries),
        ) => {
            let style = Style::of(text, node);
            match entries.iter().find(|entry| entry.name() == Some(key)) {
                Some(entry) => {
                    let indent = column(text, entry.key.span.start);
                    Some(Replacement {
                        span: entry.key.span.start..entry_end(text, entry),
                        text: style.entry(key, value, indent),
                    })
                }
                None => insert(text, node, entries, after, |indent| {
                    style.entry(key, value, indent)
                }),
            }
        }
        (Edit::Append { value, .. }, NodeKind::Sequence(items)) => {
            let last = items.last()?;
            let style = Style::of(text, node);
            if style.is_flow() {
                let at = end(text, last);
                return Some(inserted(at, format!(", {}", style.value(value, 0))));
            }
            let dash = column(
                text,
                line_start(text, node.span.start) + indentation(text, node.span.start),
            );
            let at = line_end(text, end(text, last));
            let item = style.value(value, dash + 2);
            Some(inserted(at, format!("\n{}- {item}", " ".repeat(dash))))
        }
        (Edit::Remove(at), NodeKind::Mapping(entries)) => {
            let index = entries
                .iter()
                .position(|entry| entry.name() == Some(at.last()))?;
            let spans = entries
                .iter()
                .map(|entry| entry.key.span.start..entry_end(text, entry));
            Some(remove(
                text,
                Style::of(text, node),
                &spans.collect::<Vec<_>>(),
                index,
                "{}",
            ))
        }
        (Edit::Remove(at), NodeKind::Sequence(items)) => {
            let index = at
                .last()
                .parse()
                .ok()
                .filter(|index| *index < items.len())?;
            let spans = items.iter().map(|item| item.span.start..end(text, item));
            Some(remove(
                text,
                Style::of(text, node),
                &spans.collect::<Vec<_>>(),
                index,
                "[]",
            ))
        }
        _ => None,
    }
}

fn insert(
    text: &str,
    node: &Node,
    entries: &[Entry],
    after: &[String],
    write: impl Fn(usize) -> String,
) -> Option<Replacement> {
    let is_flow = Style::of(text, node).is_flow();
    let named = |name: &String| entries.iter().find(|entry| entry.name() == Some(name));
    let before = match after {
        [] => entries.last(),
        names => names.iter().find_map(named),
    };
    let first = entries.first();
    Some(match (before, first, is_flow) {
        (Some(before), _, true) => inserted(entry_end(text, before), format!(", {}", write(0))),
        (None, Some(first), true) => inserted(first.key.span.start, format!("{}, ", write(0))),
        (_, None, _) => inserted(node.span.start + 1, write(0)),
        (Some(before), Some(first), false) => {
            let indent = column(text, first.key.span.start);
            let at = line_end(text, entry_end(text, before));
            inserted(at, format!("\n{}{}", " ".repeat(indent), write(indent)))
        }
        (None, Some(first), false) => {
            let indent = column(text, first.key.span.start);
            let written = format!("{}\n{}", write(indent), " ".repeat(indent));
            inserted(first.key.span.start, written)
        }
    })
}

fn inserted(at: usize, text: String) -> Replacement {
    Replacement { span: at..at, text }
}

/// Takes one of several pieces out, with what divides it from the others.
fn remove(
    text: &str,
    style: Style,
    spans: &[Range<usize>],
    index: usize,
    empty: &str,
) -> Replacement {
    let span = &spans[index];
    let (next, before) = (
        spans.get(index + 1),
        index.checked_sub(1).and_then(|index| spans.get(index)),
    );
    let start = line_start(text, span.start);
    let is_alone = text[start..span.start]
        .bytes()
        .all(|byte| matches!(byte, b' ' | b'-'));
    let span = match (style.is_flow(), next, before) {
        (_, None, None) if !style.is_flow() || empty == "{}" => {
            return Replacement {
                span: span.clone(),
                text: empty.to_string(),
            };
        }
        (true, Some(next), _) => span.start..next.start,
        (true, None, Some(before)) => before.end..span.end,
        // The dash before a mapping's first entry stays for the next one.
        (false, Some(next), None) if text[start..span.start].contains('-') && empty == "{}" => {
            span.start..next.start
        }
        (false, ..) if is_alone => start..next_line(text, span.end),
        _ => span.clone(),
    };
    Replacement {
        span,
        text: String::new(),
    }
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

fn next_line(text: &str, at: usize) -> usize {
    let newline = text[at..].find('\n');
    newline.map_or(text.len(), |newline| at + newline + 1)
}

fn line_end(text: &str, at: usize) -> usize {
    let end = text[at..]
        .find('\n')
        .map_or(text.len(), |newline| at + newline);
    end - usize::from(text[at..end].ends_with('\r'))
}

fn column(text: &str, at: usize) -> usize {
    at - line_start(text, at)
}

fn indentation(text: &str, at: usize) -> usize {
    let line = &text[line_start(text, at)..];
    line.len() - line.trim_start_matches(' ').len()
}
