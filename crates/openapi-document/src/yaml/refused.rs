//! What YAML allows and JSON, and so an OpenAPI document, does not; and what would be read as
//! something else than it looks like.

use serde_yaml::Value as Yaml;

use super::positions::{Entry, Node, NodeKind};
use super::rules;
use crate::diagnostic::Diagnostic;

/// A character that YAML doesn't take, told before a parser that knows no place meets it.
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
            NodeKind::Scalar(text) if node.plain && is_no_json_number(text) => found.push(
                rules::NUMBER
                    .told(format!("`{text}` is no number in JSON"))
                    .at(node.span.clone())
                    .help(format!("write a number; if it is text, quote it: '{text}'")),
            ),
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
    if name == "<<" && !can_be_merged(&entry.value) {
        return Some(
            rules::MERGE
                .told("only an object can be merged by `<<`")
                .at(entry.key.span.clone())
                .help("write `<<: *name`, and `&name` where the object stands that is meant"),
        );
    }
    let read = entry.key.plain.then(|| read_as(name)).flatten();
    let read = read.filter(|read| read != name)?;
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

/// The canonical text of a key without quotes that is no text to YAML.
fn read_as(plain: &str) -> Option<String> {
    // Of words, only these are no text: nearly every key is spared the parser.
    let words = ["null", "true", "false"];
    let is_word = plain.starts_with(char::is_alphabetic);
    if is_word && !words.iter().any(|word| word.eq_ignore_ascii_case(plain)) {
        return None;
    }
    match serde_yaml::from_str(plain).ok()? {
        Yaml::Null => Some("null".into()),
        Yaml::Bool(value) => Some(value.to_string()),
        Yaml::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn is_no_json_number(plain: &str) -> bool {
    // No other number has a dot before a letter.
    let looks_so = plain.trim_start_matches(['+', '-']).starts_with('.');
    looks_so
        && matches!(serde_yaml::from_str(plain), Ok(Yaml::Number(number))
            if number.as_f64().is_some_and(|number| !number.is_finite()))
}

/// More of the text's own size than a contract can mean to repeat, and what serde_yaml takes.
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

/// The text with these places blank; all else stands where it stood.
pub fn without(text: &str, places: Vec<std::ops::Range<usize>>) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for place in places {
        for byte in &mut bytes[place] {
            if !matches!(*byte, b'\n' | b'\r') {
                *byte = b' ';
            }
        }
    }
    // Whole characters are blank, so what is left is text.
    String::from_utf8(bytes).unwrap_or_default()
}
