//! OpenAPI 3.1 as OpenAPI 3.0: the document that says the same in the older words, for tools that
//! read only these.
//!
//! A file for each kind of object: `document` (what stands around schemas), `schema` with its parts
//! `types`, `choice` and `objects`. `moves` knows where each value stands in the document as written,
//! and `remark` names what 3.0 has no words for.

mod choice;
mod document;
mod moves;
mod objects;
mod remark;
mod schema;
mod types;

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use crate::contract::Contract;
use crate::pointer::Pointer;
use crate::schema::Dialect;

use moves::Moves;
pub use remark::{Reason, Remark};
use schema::Names;

/// A document of OpenAPI 3.1 in the words of 3.0.
#[derive(Debug)]
pub struct Translation {
    /// The document of OpenAPI 3.0.
    pub document: Value,
    /// Where values are written that stand elsewhere in the translation.
    pub written_at: HashMap<Pointer, Pointer>,
    /// What is not in the translation, in the document's order.
    pub remarks: Vec<Remark>,
}

/// Translates a document of OpenAPI 3.1.
pub fn translate(document: &Value) -> Translation {
    let mut translator = Translator {
        source: document,
        moves: Moves::default(),
        remarks: Vec::new(),
        remarked: HashSet::new(),
        names: Names::of(document),
        within_callback: false,
        copied: 0,
    };
    let mut translated = translator.document();
    translator.moves.point_references(&mut translated);
    Translation {
        document: translated,
        written_at: translator.moves.written_at,
        remarks: translator.remarks,
    }
}

impl Contract {
    /// Returns a contract of OpenAPI 3.1 as OpenAPI 3.0, with what that cannot say; `None` if it
    /// is OpenAPI 3.0 already.
    pub fn as_3_0(&self) -> Option<(Contract, Vec<Remark>)> {
        if self.dialect() == Dialect::V30 {
            return None;
        }
        let Translation {
            document,
            written_at,
            remarks,
        } = translate(&self.document);
        Some((self.mended(document, written_at), remarks))
    }
}

/// A document on its way from 3.1 to 3.0.
struct Translator<'d> {
    /// The document as written.
    source: &'d Value,
    moves: Moves,
    remarks: Vec<Remark>,
    /// The places of the remarks: what several paths refer to is read several times.
    remarked: HashSet<Pointer>,
    /// The names of component schemas, and those that get one here.
    names: Names,
    /// Paths that are references stay as they are in callbacks, which nobody calls.
    within_callback: bool,
    /// How many values stand more than once because several paths refer to them.
    copied: usize,
}

impl Translator<'_> {
    fn remark(&mut self, at: Pointer, reason: Reason) {
        if self.remarked.insert(at.clone()) {
            self.remarks.push(Remark { at, reason });
        }
    }
}

#[cfg(test)]
mod tests;
