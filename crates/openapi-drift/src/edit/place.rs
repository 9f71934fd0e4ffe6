//! Where a value of the text begins and ends.

use openapi_document::Pointer;
use openapi_document::tree::{Entry, Node, NodeKind};

/// The node that a pointer leads to.
pub fn find<'n>(tree: &'n Node, pointer: &Pointer) -> Option<&'n Node> {
    pointer
        .parts()
        .iter()
        .try_fold(tree, |node, part| match &node.kind {
            NodeKind::Mapping(entries) => {
                let entry = entries.iter().find(|entry| entry.name() == Some(part))?;
                Some(entry.value.as_ref())
            }
            NodeKind::Sequence(items) => Some(items.get(part.parse::<usize>().ok()?)?.as_ref()),
            NodeKind::Scalar { .. } => None,
        })
}

/// Whether a value is written in braces or brackets.
pub fn is_flow(text: &str, node: &Node) -> bool {
    let is_collection = !matches!(node.kind, NodeKind::Scalar { .. });
    is_collection && text[node.span.start..].starts_with(['{', '['])
}

/// The end of a value, without the white space and the comments behind it: a span may reach to
/// whatever comes next.
pub fn end(text: &str, node: &Node) -> usize {
    let last = match &node.kind {
        NodeKind::Scalar { .. } => {
            return node.span.start + text[node.span.clone()].trim_end().len();
        }
        NodeKind::Mapping(entries) => entries.last().map(|entry| entry_end(text, entry)),
        NodeKind::Sequence(items) => items.last().map(|item| end(text, item)),
    };
    let last = last.unwrap_or(node.span.start + 1);
    if !is_flow(text, node) {
        return last;
    }
    let mut at = last;
    for line in text[last..node.span.end.max(last)].split_inclusive('\n') {
        let code = line.split(" #").next().unwrap_or_default();
        if let Some(bracket) = code.find(['}', ']']) {
            return at + bracket + 1;
        }
        at += line.len();
    }
    last
}

/// The end of an entry's value, or of its key if there is none.
pub fn entry_end(text: &str, entry: &Entry) -> usize {
    let key = entry.key.span.end;
    match &entry.value.kind {
        NodeKind::Scalar { .. } if text[entry.value.span.clone()].trim().is_empty() => {
            key + text[key..].find(':').map_or(0, |colon| colon + 1)
        }
        _ => end(text, &entry.value),
    }
}
