//! A text as a tree: each value with its place, and what a plain value hides, such as keys that
//! stand twice, aliases and tags.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::rc::Rc;

use serde_json::{Map, Value};

use crate::pointer::Pointer;
use crate::scalar;

/// Deeper than any contract, far from the end of the stack.
pub const MAX_DEPTH: usize = 128;

/// A mapping of fewer is searched as fast as looked up.
const MANY: usize = 16;

/// A value of the text with its place.
#[derive(Debug)]
pub struct Node {
    /// The bytes of the value.
    pub span: Range<usize>,
    /// What kind of value it is, with what it holds.
    pub kind: NodeKind,
    /// Whether a tag of the author's own stands here (`!secret`).
    pub tagged: bool,
    /// Whether it has an anchor, so that aliases can stand for it.
    pub anchored: bool,
    /// How many values it holds, with itself, aliases written out.
    pub size: usize,
    /// How many levels it holds, aliases written out; a scalar holds none.
    pub height: usize,
    /// Where each key of a mapping of many is.
    index: OnceCell<HashMap<String, usize>>,
}

/// The three kinds of value.
#[derive(Debug)]
pub enum NodeKind {
    /// A scalar.
    Scalar {
        /// What is written, without quotes and escapes.
        text: String,
        /// Whether it stands without quotes, and so can be something else than text.
        plain: bool,
    },
    /// `- a` or `[a]`.
    Sequence(Vec<Rc<Node>>),
    /// `a: b` or `{a: b}`, in the text's order; a key can stand twice.
    Mapping(Vec<Entry>),
}

/// One `key: value` of a mapping.
#[derive(Debug)]
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
            NodeKind::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// The bytes of both.
    pub fn span(&self) -> Range<usize> {
        self.key.span.start..self.value.span.end.max(self.key.span.end)
    }

    /// Whether it is YAML's `<<`, which merges its value into the object around it.
    pub fn merges(&self) -> bool {
        matches!(&self.key.kind, NodeKind::Scalar { text, plain: true } if text == "<<")
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

impl Node {
    /// A value at a place of the text.
    pub fn new(span: Range<usize>, kind: NodeKind) -> Node {
        let (mut size, mut height) = (1_usize, 0);
        let mut holds = |node: &Node| {
            size = size.saturating_add(node.size);
            height = height.max(node.height + 1);
        };
        match &kind {
            NodeKind::Scalar { .. } => {}
            NodeKind::Sequence(items) => items.iter().for_each(|item| holds(item)),
            NodeKind::Mapping(entries) => {
                for entry in entries {
                    holds(&entry.key);
                    holds(&entry.value);
                }
            }
        }
        Node {
            span,
            kind,
            tagged: false,
            anchored: false,
            size,
            height,
            index: OnceCell::new(),
        }
    }

    /// The value itself, with `<<` merged and keys as text; of a key that stands twice, the first.
    /// What JSON has no value for is null.
    pub fn value(&self) -> Value {
        match &self.kind {
            NodeKind::Scalar { text, plain: false } => text.as_str().into(),
            NodeKind::Scalar { text, plain: true } => scalar::resolve(text).unwrap_or_default(),
            NodeKind::Sequence(items) => items.iter().map(|item| item.value()).collect(),
            NodeKind::Mapping(entries) => {
                let mut object = Map::with_capacity(entries.len());
                for entry in entries.iter().filter(|entry| !entry.merges()) {
                    let name = entry.name().unwrap_or_default();
                    if !object.contains_key(name) {
                        object.insert(name.to_string(), entry.value.value());
                    }
                }
                if let Some(merged) = entries.iter().find(|entry| entry.merges()) {
                    let sources = match merged.value.value() {
                        Value::Array(sources) => sources,
                        source => vec![source],
                    };
                    for (name, value) in sources.into_iter().filter_map(into_object).flatten() {
                        object.entry(name).or_insert(value);
                    }
                }
                object.into()
            }
        }
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
                NodeKind::Scalar { .. } => None,
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

    /// The entry of a mapping with this key; of two, the first.
    fn entry(&self, key: &str) -> Option<&Entry> {
        let NodeKind::Mapping(entries) = &self.kind else {
            return None;
        };
        if entries.len() < MANY {
            return entries.iter().find(|entry| entry.name() == Some(key));
        }
        let index = self.index.get_or_init(|| {
            let entries = entries.iter().enumerate().rev();
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
            let mut seen: HashMap<&str, Range<usize>> = HashMap::with_capacity(entries.len());
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
                NodeKind::Scalar { .. } => {}
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
        let mut found = Vec::new();
        if !entries.is_empty() {
            let wanted = entries.iter().map(|(entry, _)| std::ptr::from_ref(*entry));
            look(self, &Pointer::ROOT, &wanted.collect(), &mut found);
        }
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
                NodeKind::Scalar { .. } => {}
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

fn into_object(value: Value) -> Option<Map<String, Value>> {
    match value {
        Value::Object(object) => Some(object),
        _ => None,
    }
}

/// Why a text is not one document, and where.
#[derive(Debug)]
pub struct SyntaxError {
    /// The byte at which the slip is.
    pub at: usize,
    /// Where it ends, if not with the line.
    pub end: Option<usize>,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: std::borrow::Cow<'static, str>,
}

impl SyntaxError {
    /// A value that is nested too deep.
    pub fn too_deep(at: usize) -> SyntaxError {
        SyntaxError {
            at,
            end: None,
            message: format!("nested more than {MAX_DEPTH} levels deep"),
            help: "move a part of it to `components`, and refer to it by `$ref`".into(),
        }
    }
}
