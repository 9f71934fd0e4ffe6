//! Where each value of a YAML text stands: keys and values with their byte ranges.
//!
//! serde_yaml reads the values; this tree only tells positions, and keeps what serde_yaml
//! refuses or hides: keys that stand twice, aliases, tags.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::rc::Rc;

use super::syntax::{self, MEND, PositionError};
use crate::pointer::Pointer;
use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError, Span};

/// A value of the text with its place.
#[derive(Debug)]
pub struct Node {
    /// The bytes of the value.
    pub span: Range<usize>,
    /// What kind of value it is, with what it holds.
    pub kind: NodeKind,
    /// The bytes where a tag of the author's own stands (`!secret`), if there is one.
    pub tagged: bool,
    /// Whether it has an anchor, so that aliases can stand for it.
    pub anchored: bool,
    /// Whether it is a scalar without quotes, which YAML can read as something else than text.
    pub plain: bool,
    /// How many values it holds, with itself, aliases written out.
    pub size: usize,
    /// Where each key of a mapping of many is.
    index: OnceCell<HashMap<String, usize>>,
}

/// A mapping of fewer is searched as fast as looked up.
const MANY: usize = 16;

/// The three kinds of YAML value.
#[derive(Debug)]
pub enum NodeKind {
    /// A string, number, boolean or null, as text.
    Scalar(String),
    /// `- a` or `[a]`.
    Sequence(Vec<Rc<Node>>),
    /// `a: b` or `{a: b}`, in the text's order; a key can stand twice.
    Mapping(Vec<Entry>),
}

/// One `key: value` of a mapping.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The key.
    pub key: Rc<Node>,
    /// The value.
    pub value: Rc<Node>,
}

impl Entry {
    /// The key's text, when it is a scalar.
    pub fn name(&self) -> Option<&str> {
        match &self.key.kind {
            NodeKind::Scalar(text) => Some(text),
            _ => None,
        }
    }

    /// The bytes of both.
    pub fn span(&self) -> Range<usize> {
        self.key.span.start..self.value.span.end.max(self.key.span.end)
    }
}

impl Node {
    /// Reads a text that holds one YAML document.
    pub fn parse(text: &str) -> Result<Rc<Node>, PositionError> {
        let mut reader = Reader::new(text);
        reader.document().map_err(|error| match &reader.refused {
            Some(info) => syntax::told(text, error.at, info, reads_past),
            None => error,
        })
    }

    /// The entry or element that these keys and indexes lead to, as far as the text has it: what a
    /// merge key brings in is found at the object that merges.
    pub fn nearest(&self, parts: &[String]) -> Found {
        let mut found = Found {
            key: None,
            value: self.span.clone(),
        };
        let mut node = self;
        for part in parts {
            let next = match &node.kind {
                NodeKind::Mapping(_) => node
                    .entry(part)
                    .map(|entry| (Some(entry.key.span.clone()), &entry.value)),
                NodeKind::Sequence(items) => part
                    .parse::<usize>()
                    .ok()
                    .and_then(|index| items.get(index))
                    .map(|item| (None, item)),
                NodeKind::Scalar(_) => None,
            };
            let Some((key, value)) = next else { break };
            found = Found {
                key,
                value: value.span.clone(),
            };
            node = value;
        }
        found
    }

    /// The entry of a mapping with this key; of two, the later.
    fn entry(&self, key: &str) -> Option<&Entry> {
        let NodeKind::Mapping(entries) = &self.kind else {
            return None;
        };
        if entries.len() < MANY {
            return entries.iter().rfind(|entry| entry.name() == Some(key));
        }
        let index = self.index.get_or_init(|| {
            let entries = entries.iter().enumerate();
            entries
                .filter_map(|(index, entry)| Some((entry.name()?.to_string(), index)))
                .collect()
        });
        index.get(key).map(|index| &entries[*index])
    }

    /// Every entry whose key stands a second time in its mapping, with the first one's place.
    pub fn duplicate_keys(&self) -> Vec<(&Entry, Range<usize>)> {
        let mut found = Vec::new();
        self.visit(&mut |node| {
            let NodeKind::Mapping(entries) = &node.kind else {
                return;
            };
            let mut seen: HashMap<&str, Range<usize>> = HashMap::new();
            for entry in entries {
                let Some(key) = entry.name() else {
                    continue;
                };
                match seen.get(key) {
                    Some(first) => found.push((entry, first.clone())),
                    None => {
                        seen.insert(key, entry.key.span.clone());
                    }
                }
            }
        });
        found
    }

    /// The way to each of these entries.
    pub fn pointers(&self, entries: &[(&Entry, Range<usize>)]) -> Vec<Pointer> {
        fn look(
            node: &Node,
            at: &Pointer,
            wanted: &HashSet<*const Entry>,
            found: &mut Vec<Pointer>,
        ) {
            match &node.kind {
                NodeKind::Scalar(_) => {}
                NodeKind::Sequence(items) => {
                    for (index, item) in items.iter().enumerate() {
                        look(item, &at.child(index), wanted, found);
                    }
                }
                NodeKind::Mapping(entries) => {
                    for entry in entries {
                        let at = at.child(entry.name().unwrap_or_default());
                        if wanted.contains(&std::ptr::from_ref(entry)) {
                            found.push(at.clone());
                        }
                        look(&entry.value, &at, wanted, found);
                    }
                }
            }
        }
        let wanted = entries.iter().map(|(entry, _)| std::ptr::from_ref(*entry));
        let mut found = Vec::new();
        look(self, &Pointer::ROOT, &wanted.collect(), &mut found);
        found
    }

    /// Calls `look` with this node and all below it, each place of the text once.
    pub fn visit<'n>(&'n self, look: &mut impl FnMut(&'n Node)) {
        let mut seen = HashSet::new();
        let mut waiting = vec![self];
        while let Some(node) = waiting.pop() {
            // Only by its anchor is a value met twice.
            if node.anchored && !seen.insert(std::ptr::from_ref(node)) {
                continue;
            }
            look(node);
            match &node.kind {
                NodeKind::Scalar(_) => {}
                NodeKind::Sequence(items) => waiting.extend(items.iter().rev().map(Rc::as_ref)),
                NodeKind::Mapping(entries) => {
                    for entry in entries.iter().rev() {
                        waiting.extend([entry.value.as_ref(), entry.key.as_ref()]);
                    }
                }
            }
        }
    }
}

/// Where a value stands, and its key if it has one.
#[derive(Debug, Clone)]
pub struct Found {
    /// The bytes of the key.
    pub key: Option<Range<usize>>,
    /// The bytes of the value.
    pub value: Range<usize>,
}

/// saphyr counts characters, Rust counts bytes.
struct Offsets(Vec<usize>);

impl Offsets {
    fn new(text: &str) -> Offsets {
        Offsets(
            text.char_indices()
                .map(|(at, _)| at)
                .chain([text.len()])
                .collect(),
        )
    }

    fn byte(&self, marker: Marker) -> usize {
        let last = self.0[self.0.len() - 1];
        self.0.get(marker.index()).copied().unwrap_or(last)
    }

    fn range(&self, span: Span) -> Range<usize> {
        let start = self.byte(span.start);
        start..self.byte(span.end).max(start)
    }
}

/// Whether a text is YAML as far as past a line, counted from 0.
fn reads_past(text: &str, line: usize) -> bool {
    let read = Reader::new(text).document();
    read.map_or_else(
        |error| text[..error.at].matches('\n').count() > line,
        |_| true,
    )
}

struct Reader<'t> {
    events: Parser<'t, saphyr_parser::StrInput<'t>>,
    offsets: Offsets,
    anchors: HashMap<usize, Rc<Node>>,
    /// What the parser said, if it is the one that refused the text.
    refused: Option<String>,
}

/// Deeper than any contract, far from the end of the stack.
const MAX_DEPTH: usize = 128;

impl<'t> Reader<'t> {
    fn new(text: &'t str) -> Reader<'t> {
        Reader {
            events: Parser::new_from_str(text),
            offsets: Offsets::new(text),
            anchors: HashMap::new(),
            refused: None,
        }
    }

    fn document(&mut self) -> Result<Rc<Node>, PositionError> {
        let mut root = None;
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::StreamEnd => break,
                Event::DocumentStart(_) if root.is_some() => {
                    return Err(PositionError {
                        at: self.offsets.byte(span.start),
                        end: None,
                        message: "a second document starts here; the contract is one document"
                            .into(),
                        help: "remove this line and what follows, or the line alone if all is one"
                            .into(),
                    });
                }
                Event::StreamStart | Event::DocumentStart(_) | Event::DocumentEnd => {}
                event => root = Some(self.node(event, span, 0)?),
            }
        }
        root.ok_or_else(|| PositionError {
            at: 0,
            end: None,
            message: "the file holds no document".into(),
            help: "start it with `openapi: 3.0.3`".into(),
        })
    }

    fn next(&mut self) -> Result<(Event<'t>, Span), PositionError> {
        match self.events.next() {
            Some(Ok(next)) => Ok(next),
            Some(Err(error)) => Err(self.scan_error(&error)),
            None => Ok((Event::StreamEnd, Span::default())),
        }
    }

    fn scan_error(&mut self, error: &ScanError) -> PositionError {
        self.refused = Some(error.info().to_string());
        PositionError {
            at: self.offsets.byte(*error.marker()),
            end: None,
            message: String::new(),
            help: MEND.into(),
        }
    }

    fn node(
        &mut self,
        event: Event<'t>,
        span: Span,
        depth: usize,
    ) -> Result<Rc<Node>, PositionError> {
        let range = self.offsets.range(span);
        if depth > MAX_DEPTH {
            return Err(PositionError {
                at: range.start,
                end: None,
                message: format!("nested more than {MAX_DEPTH} levels deep"),
                help: "move a part of it to `components`, and refer to it by `$ref`".into(),
            });
        }
        let mut plain = false;
        let mut size = 1_usize;
        let (anchor, tag, end, kind) = match event {
            Event::Scalar(text, style, anchor, tag) => {
                plain = style == ScalarStyle::Plain;
                (anchor, tag, range.end, NodeKind::Scalar(text.into_owned()))
            }
            Event::SequenceStart(anchor, tag) => {
                let mut items = Vec::new();
                let end = loop {
                    let (event, span) = self.next()?;
                    if matches!(event, Event::SequenceEnd) {
                        break self.offsets.byte(span.end);
                    }
                    let item = self.node(event, span, depth + 1)?;
                    size = size.saturating_add(item.size);
                    items.push(item);
                };
                (anchor, tag, end, NodeKind::Sequence(items))
            }
            Event::MappingStart(anchor, tag) => {
                let mut entries = Vec::new();
                let end = loop {
                    let (event, span) = self.next()?;
                    if matches!(event, Event::MappingEnd) {
                        break self.offsets.byte(span.end);
                    }
                    let key = self.node(event, span, depth + 1)?;
                    let (event, span) = self.next()?;
                    let value = self.node(event, span, depth + 1)?;
                    size = size.saturating_add(key.size).saturating_add(value.size);
                    entries.push(Entry { key, value });
                };
                (anchor, tag, end, NodeKind::Mapping(entries))
            }
            Event::Alias(anchor) => {
                return self
                    .anchors
                    .get(&anchor)
                    .cloned()
                    .ok_or_else(|| PositionError {
                        at: range.start,
                        end: None,
                        message: "this alias stands inside the value it names".into(),
                        help: "write out what is meant here".into(),
                    });
            }
            _ => {
                return Err(PositionError {
                    at: range.start,
                    end: None,
                    message: "a value was expected here".into(),
                    help: MEND.into(),
                });
            }
        };
        let node = Rc::new(Node {
            span: range.start..end.max(range.start),
            kind,
            tagged: tag.is_some_and(|tag| !tag.is_yaml_core_schema()),
            anchored: anchor != 0,
            plain,
            size,
            index: OnceCell::new(),
        });
        if anchor != 0 {
            self.anchors.insert(anchor, Rc::clone(&node));
        }
        Ok(node)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    /// The two parsers must see the same document: same shape, same keys, same text.
    fn assert_same(node: &Node, value: &Value, at: &Pointer) {
        match (&node.kind, value) {
            (NodeKind::Mapping(entries), Value::Object(map)) => {
                let keys: Vec<_> = entries.iter().map(Entry::name).collect();
                let known: Vec<_> = map.keys().map(|key| Some(key.as_str())).collect();
                assert_eq!(keys, known, "{at}");
                for entry in entries {
                    let key = entry.name().unwrap();
                    assert_same(&entry.value, &map[key], &at.child(key));
                }
            }
            (NodeKind::Sequence(items), Value::Array(values)) => {
                assert_eq!(items.len(), values.len(), "{at}");
                for (index, (item, value)) in items.iter().zip(values).enumerate() {
                    assert_same(item, value, &at.child(index));
                }
            }
            (NodeKind::Scalar(text), Value::String(value)) => assert_eq!(text, value, "{at}"),
            (NodeKind::Scalar(text), Value::Number(number)) => {
                assert_eq!(text.parse::<f64>().ok(), number.as_f64(), "{at}");
            }
            (NodeKind::Scalar(text), Value::Bool(value)) => {
                assert_eq!(text, &value.to_string(), "{at}");
            }
            (NodeKind::Scalar(text), Value::Null) => {
                assert!(
                    ["", "~", "null", "Null", "NULL"].contains(&text.as_str()),
                    "{at}"
                );
            }
            (node, value) => panic!("{at}: {node:?} and {value:?}"),
        }
    }

    #[test]
    fn positions_and_values_are_of_the_same_document() {
        let contract = include_str!("../../../../openapi.yaml");
        let awkward = "\u{feff}a: [1, -2.5, 1e3, true, null, ~, '', \"\\u00e9\\n\"]\n\
            'b c': >-\n  folded\n  text\n\n  more\n\
            d: |+\n  kept\n\n\
            200: {e: f, g: [h, {i: j}]}\n\
            k: &l {m: n}\n\
            o: *l\n\
            p: yes\n\
            q: plain # comment\n\
            r:\n- s\n- - t\n  - u\n\
            v: \"line \\\n  continued\"\n\
            w:\n";
        for text in [contract, awkward] {
            let node = Node::parse(text).unwrap();
            let value = crate::contract::Contract::load(text).unwrap().document;
            assert_same(&node, &value, &Pointer::ROOT);
        }
    }

    #[test]
    fn keys_and_values_are_found_where_they_stand() {
        let text = "é: x\na:\n  - b: 'c'\n    \"d\": |\n      e\n";
        let node = Node::parse(text).unwrap();
        let found = |parts: &[&str]| {
            let pointer = parts.iter().fold(Pointer::ROOT, |at, part| at.child(part));
            let found = node.nearest(pointer.parts());
            (found.key.map(|key| &text[key]), &text[found.value])
        };
        assert_eq!(found(&["a", "0", "b"]), (Some("b"), "'c'"));
        assert_eq!(found(&["a", "0", "d"]).0, Some("\"d\""));
        assert_eq!(found(&["é"]), (Some("é"), "x"));
        assert_eq!(
            found(&["a", "0", "b", "no", "such"]).1,
            "'c'",
            "the nearest there is"
        );
    }
}
