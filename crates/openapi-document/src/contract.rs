//! A document as read: its values, and where in the text each of them stands.

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use serde_json::Value;

use crate::diagnostic::{Diagnostic, Place};
use crate::pointer::{Pointer, get};
use crate::schema::Dialect;
use crate::source::Source;
use crate::tree::{Found, Node};
#[cfg(feature = "yaml")]
use crate::yaml;
use crate::{json, json_compat, rules};

/// The contract as read: its values, and where in the text each of them stands.
#[derive(Debug)]
pub struct Contract {
    /// The document's values, in the text's order.
    pub document: Value,
    source: Rc<Source>,
    positions: Rc<Node>,
    /// The document as it is written, if this one is mended.
    unmended: Option<Rc<Value>>,
    /// What stands twice in the text; the first of each is in the document.
    twice: Vec<Pointer>,
    /// Where values are written that the document has elsewhere: for each change of the document,
    /// by their places after it, those before it.
    written_at: Vec<Rc<HashMap<Pointer, Pointer>>>,
}

/// Reads the bytes of a contract as text; those of another encoding as far as they can be shown,
/// with what is told about them.
pub fn text(bytes: &[u8]) -> Result<&str, Box<(Source, Diagnostic)>> {
    std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        let told = rules::ENCODING
            .told("the file is not UTF-8 text")
            .at(at..at + '\u{FFFD}'.len_utf8())
            .help("save it as UTF-8");
        Box::new((Source::new(String::from_utf8_lossy(bytes)), told))
    })
}

impl Contract {
    /// Reads a contract. Nothing is checked yet but that it is one document.
    pub fn load(text: &str) -> Result<Contract, Vec<Diagnostic>> {
        let (contract, told) = Contract::read(text);
        contract.filter(|_| told.is_empty()).ok_or(told)
    }

    /// Reads a contract, with what is told about its syntax. Where that is only keys that stand
    /// twice there is a contract all the same, of the first of each. Without the feature `yaml`,
    /// every text is read as JSON.
    pub fn read(text: &str) -> (Option<Contract>, Vec<Diagnostic>) {
        #[cfg(feature = "yaml")]
        let read = if json::is_json(text) {
            json::read(text)
        } else if let Some(refused) = json_compat::character(text) {
            return (None, vec![refused]);
        } else {
            yaml::read(text)
        };
        #[cfg(not(feature = "yaml"))]
        let read = json::read(text);
        let source = Source::new(text);
        let positions = match read {
            Ok(positions) => positions,
            Err(error) => {
                let told = rules::SYNTAX
                    .told(error.message)
                    .at(source.first_line(error.at..error.end.unwrap_or(text.len()).max(error.at)))
                    .help(error.help);
                return (None, vec![told]);
            }
        };
        let mut refused = json_compat::values(&positions);
        for found in &mut refused {
            found.span = found.span.take().map(|span| source.first_line(span));
        }
        let stops = |found: &Diagnostic| found.code != rules::DUPLICATE_KEY.code;
        if refused.iter().any(stops) {
            return (None, refused);
        }
        let contract = Contract {
            document: positions.value(),
            twice: positions.pointers(&positions.duplicate_keys()),
            source: Rc::new(source),
            positions,
            unmended: None,
            written_at: Vec::new(),
        };
        (Some(contract), refused)
    }

    /// The same text with another document: `written_at` says where values stand in this one that
    /// the other has elsewhere.
    pub fn mended(&self, document: Value, written_at: HashMap<Pointer, Pointer>) -> Contract {
        let mut changes = self.written_at.clone();
        if !written_at.is_empty() {
            changes.push(Rc::new(written_at));
        }
        Contract {
            document,
            source: Rc::clone(&self.source),
            positions: Rc::clone(&self.positions),
            unmended: Some(match &self.unmended {
                Some(unmended) => Rc::clone(unmended),
                None => Rc::new(self.document.clone()),
            }),
            twice: self.twice.clone(),
            written_at: changes,
        }
    }

    /// The specification that the document follows as it is written.
    pub fn dialect(&self) -> Dialect {
        Dialect::of(self.unmended())
    }

    /// The values of the text with their places.
    pub fn tree(&self) -> &Node {
        &self.positions
    }

    /// The contract's text.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// The document as it is written.
    pub fn unmended(&self) -> &Value {
        self.unmended.as_deref().unwrap_or(&self.document)
    }

    /// The value at `pointer` as it is written.
    pub fn get_written(&self, pointer: &Pointer) -> Option<&Value> {
        get(self.unmended(), &self.place_as_written(pointer))
    }

    /// What stands twice in the text; the first of each is in the document.
    pub fn twice(&self) -> &[Pointer] {
        &self.twice
    }

    /// The value at `pointer`.
    pub fn get(&self, pointer: &Pointer) -> Option<&Value> {
        get(&self.document, pointer)
    }

    /// The first line of the value at `pointer`, as it is written: `1.10` is no longer that as a
    /// number.
    pub fn written(&self, pointer: &Pointer) -> &str {
        &self.source.text()[self.value_span(pointer)]
    }

    /// Where the value at `pointer` stands: its first line.
    pub fn value_span(&self, pointer: &Pointer) -> Range<usize> {
        self.source.first_line(self.nearest(pointer).value)
    }

    /// Where the key of the value at `pointer` stands; an element of a list has none, so its
    /// value's first line.
    pub fn key_span(&self, pointer: &Pointer) -> Range<usize> {
        let found = self.nearest(pointer);
        self.source.first_line(found.key.unwrap_or(found.value))
    }

    /// The value at `pointer`, as a place to tell.
    pub fn value(&self, pointer: &Pointer) -> Place {
        Place {
            span: self.value_span(pointer),
            pointer: Some(pointer.clone()),
        }
    }

    /// The key of the value at `pointer`, as a place to tell.
    pub fn key(&self, pointer: &Pointer) -> Place {
        Place {
            span: self.key_span(pointer),
            pointer: Some(pointer.clone()),
        }
    }

    fn nearest(&self, pointer: &Pointer) -> Found {
        if self.written_at.is_empty() {
            return self.positions.nearest(pointer.parts());
        }
        let written = self.place_as_written(pointer);
        self.positions.nearest(written.parts())
    }

    /// Where the value at `pointer` is written.
    pub fn place_as_written(&self, pointer: &Pointer) -> Pointer {
        let changes = self.written_at.iter().rev();
        changes.fold(pointer.clone(), |pointer, change| before(change, &pointer))
    }
}

/// Where a value stood before a change.
fn before(change: &HashMap<Pointer, Pointer>, pointer: &Pointer) -> Pointer {
    let mut here = Pointer::ROOT;
    let mut found = Pointer::ROOT;
    for part in pointer.parts() {
        here = here.child(part);
        found = match change.get(&here) {
            Some(written) => written.clone(),
            None => found.child(part),
        };
    }
    found
}
