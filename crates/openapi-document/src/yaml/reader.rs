//! A YAML text as a tree of values with their places.

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError, Span, Tag};

use super::syntax::{self, MEND};
use crate::tree::{Entry, MAX_DEPTH, Node, NodeKind, SyntaxError};

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

/// How many lines of a text can be read; more than it has, if all can.
fn readable_lines(text: &str) -> usize {
    let read = Reader::new(text).document();
    read.map_or_else(
        |error| text[..error.at].matches('\n').count(),
        |_| usize::MAX,
    )
}

/// Reads a text that holds one YAML document.
pub fn read(text: &str) -> Result<Rc<Node>, SyntaxError> {
    let mut reader = Reader::new(text);
    reader.document().map_err(|error| match &reader.refused {
        Some(info) => syntax::told(text, error.at, info, readable_lines),
        None => error,
    })
}

struct Reader<'t> {
    events: Parser<'t, saphyr_parser::StrInput<'t>>,
    offsets: Offsets,
    anchors: HashMap<usize, Rc<Node>>,
    /// What the parser said, if it is the one that refused the text.
    refused: Option<String>,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str) -> Reader<'t> {
        Reader {
            events: Parser::new_from_str(text),
            offsets: Offsets::new(text),
            anchors: HashMap::new(),
            refused: None,
        }
    }

    fn document(&mut self) -> Result<Rc<Node>, SyntaxError> {
        let mut root = None;
        loop {
            let (event, span) = self.next()?;
            match event {
                Event::StreamEnd => break,
                Event::DocumentStart(_) if root.is_some() => {
                    return Err(SyntaxError {
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
        root.ok_or_else(|| SyntaxError {
            at: 0,
            end: None,
            message: "the file holds no document".into(),
            help: "start it with `openapi: 3.0.3`".into(),
        })
    }

    fn next(&mut self) -> Result<(Event<'t>, Span), SyntaxError> {
        match self.events.next() {
            Some(Ok(next)) => Ok(next),
            Some(Err(error)) => Err(self.scan_error(&error)),
            None => Ok((Event::StreamEnd, Span::default())),
        }
    }

    fn scan_error(&mut self, error: &ScanError) -> SyntaxError {
        self.refused = Some(error.info().to_string());
        SyntaxError {
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
    ) -> Result<Rc<Node>, SyntaxError> {
        let range = self.offsets.range(span);
        if depth > MAX_DEPTH {
            return Err(SyntaxError::too_deep(range.start));
        }
        let (anchor, tag, end, kind) = match event {
            Event::Scalar(text, style, anchor, tag) => {
                let kind = NodeKind::Scalar {
                    text: text.into_owned(),
                    plain: is_plain(style, tag.as_deref()),
                };
                (anchor, tag, range.end, kind)
            }
            Event::SequenceStart(anchor, tag) => {
                let mut items = Vec::new();
                let end = loop {
                    let (event, span) = self.next()?;
                    if matches!(event, Event::SequenceEnd) {
                        break self.offsets.byte(span.end);
                    }
                    items.push(self.node(event, span, depth + 1)?);
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
                    entries.push(Entry { key, value });
                };
                (anchor, tag, end, NodeKind::Mapping(entries))
            }
            Event::Alias(anchor) => {
                let Some(node) = self.anchors.get(&anchor) else {
                    return Err(SyntaxError {
                        at: range.start,
                        end: None,
                        message: "this alias stands inside the value it names".into(),
                        help: "write out what is meant here".into(),
                    });
                };
                if depth + node.height > MAX_DEPTH {
                    return Err(SyntaxError::too_deep(range.start));
                }
                return Ok(Rc::clone(node));
            }
            _ => {
                return Err(SyntaxError {
                    at: range.start,
                    end: None,
                    message: "a value was expected here".into(),
                    help: MEND.into(),
                });
            }
        };
        let mut node = Node::new(range.start..end.max(range.start), kind);
        node.tagged = tag.is_some_and(|tag| !tag.is_yaml_core_schema());
        node.anchored = anchor != 0;
        let node = Rc::new(node);
        if anchor != 0 {
            self.anchors.insert(anchor, Rc::clone(&node));
        }
        Ok(node)
    }
}

/// Whether a scalar can be something else than text: without quotes, or by a tag of YAML's own.
fn is_plain(style: ScalarStyle, tag: Option<&Tag>) -> bool {
    match tag.filter(|tag| tag.is_yaml_core_schema()) {
        Some(tag) => matches!(tag.suffix.as_str(), "int" | "float" | "bool" | "null"),
        None => style == ScalarStyle::Plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pointer::Pointer;

    #[test]
    fn keys_and_values_are_found_where_they_stand() {
        let text = "é: x\na:\n  - b: 'c'\n    \"d\": |\n      e\n";
        let node = read(text).unwrap();
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

    #[test]
    fn values_are_those_of_yaml() {
        let text = "\u{feff}a: [1, -2.5, 1e3, true, null, ~, '', \"\\u00e9\\n\"]\n\
            'b c': >-\n  folded\n  text\n\n  more\n\
            d: |+\n  kept\n\n\
            200: {e: f, g: [h, {i: j}]}\n\
            k: &l {m: n, o: p}\n\
            q: *l\n\
            r: {<<: *l, o: own}\n\
            s: {<<: [{a: 1}, {a: 2, b: 3}], '<<': text}\n\
            t: !!str 200\n\
            u: !!int '200'\n\
            v: \"line \\\n  continued\"\n\
            w:\n\
            x: yes # a comment\n";
        assert_eq!(
            read(text).unwrap().value(),
            serde_json::json!({
                "a": [1, -2.5, 1000.0, true, null, null, "", "é\n"],
                "b c": "folded text\nmore",
                "d": "kept\n\n",
                "200": {"e": "f", "g": ["h", {"i": "j"}]},
                "k": {"m": "n", "o": "p"},
                "q": {"m": "n", "o": "p"},
                "r": {"o": "own", "m": "n"},
                "s": {"<<": "text", "a": 1, "b": 3},
                "t": "200",
                "u": 200,
                "v": "line continued",
                "w": null,
                "x": "yes",
            })
        );
    }

    #[test]
    fn aliases_nest_no_deeper_than_what_is_written_out() {
        let level = |n: usize| {
            let inner = if n == 0 {
                "0".to_string()
            } else {
                format!("*a{}", n - 1)
            };
            format!("k{n}: &a{n} {}{inner}{}\n", "[".repeat(60), "]".repeat(60))
        };
        let text: String = (0..3).map(level).collect();
        assert!(read(&text).unwrap_err().message.contains("levels deep"));
    }
}
