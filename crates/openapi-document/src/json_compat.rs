//! What YAML allows and JSON, and so an OpenAPI document, does not; and what would be read as
//! something else than it looks like.

use serde_json::Value;

use crate::diagnostic::Diagnostic;
use crate::tree::{Entry, Node, NodeKind};
use crate::{rules, scalar};

/// A character that YAML doesn't take, told before a parser that knows no place meets it.
#[cfg(feature = "yaml")]
pub fn character(text: &str) -> Option<Diagnostic> {
    let (at, character) = text.char_indices().find(|(_, character)| {
        let allowed = matches!(character, '\t' | '\n' | '\r' | '\u{85}');
        !allowed && (character.is_control() || matches!(character, '\u{fffe}' | '\u{ffff}'))
    })?;
    let code = u32::from(character);
    Some(
        rules::CHARACTER
            .told(format!("the control character U+{code:04X} stands here"))
            .at(at..at + character.len_utf8())
            .help(format!(
                "remove it; if a text needs it, write `\\u{code:04x}` in double quotes"
            )),
    )
}

/// Everything else that is refused.
pub fn values(root: &Node) -> Vec<Diagnostic> {
    if let Some(found) = multiplied(root) {
        return vec![found];
    }
    let mut found = duplicate_keys(root);
    root.visit(&mut |node| {
        if node.tagged {
            found.push(
                rules::TAG
                    .told("a YAML tag of your own has no meaning here")
                    .at(node.span.clone())
                    .help("remove the tag (`!…`), or quote the text"),
            );
        }
        match &node.kind {
            NodeKind::Mapping(entries) => found.extend(entries.iter().filter_map(entry)),
            NodeKind::Scalar { text, plain: true } => {
                found.extend(scalar::resolve(text).err().map(|reason| {
                    rules::NUMBER
                        .told(format!("`{text}` {reason}"))
                        .at(node.span.clone())
                        .help(format!("write a number; if it is text, quote it: '{text}'"))
                }));
            }
            _ => {}
        }
    });
    found
}

fn duplicate_keys(root: &Node) -> Vec<Diagnostic> {
    let duplicates = root.duplicate_keys().into_iter();
    duplicates
        .map(|(entry, first)| {
            let key = entry.name().unwrap_or_default();
            rules::DUPLICATE_KEY
                .told(format!("`{key}` stands here twice"))
                .at(entry.key.span.clone())
                .and(first, "first here")
                .help("keep one of the two: the other would be silently lost")
        })
        .collect()
}

fn entry(entry: &Entry) -> Option<Diagnostic> {
    let Some(name) = entry.name() else {
        return Some(
            rules::KEY
                .told("a key must be plain text")
                .at(entry.key.span.clone())
                .help("write the key as text; quote it if it starts with `{` or `[`"),
        );
    };
    if entry.merges() && !can_be_merged(&entry.value) {
        return Some(
            rules::MERGE
                .told("only an object can be merged by `<<`")
                .at(entry.key.span.clone())
                .help("write `<<: *name`, and `&name` where the object stands that is meant"),
        );
    }
    let NodeKind::Scalar { plain: true, .. } = entry.key.kind else {
        return None;
    };
    // An error is told of the key as a number.
    let read = match scalar::resolve(name).ok()? {
        Value::String(text) => text,
        value => value.to_string(),
    };
    if read == name {
        return None;
    }
    Some(
        rules::KEY
            .told(format!("YAML reads this key as `{read}`"))
            .at(entry.key.span.clone())
            .help(format!("quote it: '{name}'")),
    )
}

fn can_be_merged(value: &Node) -> bool {
    let is_object = |node: &Node| matches!(node.kind, NodeKind::Mapping(_));
    match &value.kind {
        NodeKind::Sequence(items) => items.iter().all(|item| is_object(item)),
        _ => is_object(value),
    }
}

/// More of the text's own size than a contract can mean to repeat, far from filling the memory.
const MOST_REPEATED: usize = 100;

/// Aliases of aliases make a document that fills the memory of a text that fills a screen.
fn multiplied(root: &Node) -> Option<Diagnostic> {
    let mut nodes = Vec::new();
    root.visit(&mut |node| nodes.push(node));
    let most = nodes.len() * MOST_REPEATED;
    let first = nodes.into_iter().filter(|node| node.size > most);
    let first = first.min_by_key(|node| node.size)?;
    Some(
        rules::ALIAS
            .told(format!(
                "aliases make more than {MOST_REPEATED} times what the text holds"
            ))
            .at(first.span.clone())
            .help("write an alias of what holds no aliases itself"),
    )
}
