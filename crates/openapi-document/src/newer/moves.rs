//! Where the values of a translation are written, and where what was written stands now.

use std::collections::HashMap;

use serde_json::Value;

use crate::pointer::Pointer;

/// A value's two places.
#[derive(Debug, Clone)]
pub(super) struct At {
    /// In the translation.
    pub to: Pointer,
    /// In the document as written.
    pub from: Pointer,
}

impl At {
    /// The whole document.
    pub const ROOT: At = At {
        to: Pointer::ROOT,
        from: Pointer::ROOT,
    };

    /// The value under the same key in both.
    pub fn child(&self, key: impl std::fmt::Display) -> At {
        At {
            from: self.from.child(&key),
            to: self.to.child(key),
        }
    }
}

/// What stands elsewhere.
#[derive(Debug, Default)]
pub(super) struct Moves {
    /// Where values are written that stand elsewhere in the translation.
    pub written_at: HashMap<Pointer, Pointer>,
    /// Where schemas stand that references may lead to under the place where they are written.
    moved_to: HashMap<Pointer, Pointer>,
    /// The schemas with a name or URI of their own.
    named: HashMap<String, Pointer>,
    /// The texts of the translation that refer to something.
    references: Vec<Pointer>,
}

impl Moves {
    /// Notes that what stands at `to` says what is written at `from`.
    pub fn says(&mut self, to: Pointer, from: Pointer) {
        self.written_at.entry(to).or_insert(from);
    }

    /// Notes that a value stands elsewhere as a whole.
    pub fn moved(&mut self, at: &At) {
        self.says(at.to.clone(), at.from.clone());
        self.relocated(at);
    }

    /// Notes where references lead now, though another schema stands at the place too.
    pub fn relocated(&mut self, at: &At) {
        self.moved_to
            .entry(at.from.clone())
            .or_insert_with(|| at.to.clone());
    }

    /// Notes that references name a schema like this.
    pub fn named(&mut self, reference: String, to: Pointer) {
        self.named.entry(reference).or_insert(to);
    }

    /// Notes a text that refers to something.
    pub fn refers(&mut self, to: Pointer) {
        self.references.push(to);
    }

    /// Makes each reference lead to where its target stands now.
    pub fn point_references(&self, document: &mut Value) {
        if self.moved_to.is_empty() && self.named.is_empty() {
            return;
        }
        for place in &self.references {
            let text = place
                .parts()
                .iter()
                .try_fold(&mut *document, |value, part| match value {
                    Value::Object(object) => object.get_mut(part),
                    Value::Array(items) => items.get_mut(part.parse::<usize>().ok()?),
                    _ => None,
                });
            if let Some(Value::String(text)) = text
                && let Some(target) = self.target(text)
            {
                *text = format!("#{target}").replace('%', "%25");
            }
        }
    }

    /// Where the target of a reference stands, if that is elsewhere.
    fn target(&self, reference: &str) -> Option<Pointer> {
        if let Some(target) = self.named.get(reference) {
            return Some(target.clone());
        }
        let target = Pointer::from_reference(reference)?;
        let mut here = Pointer::ROOT;
        let mut found = Pointer::ROOT;
        let mut is_moved = false;
        for part in target.parts() {
            here = here.child(part);
            found = match self.moved_to.get(&here) {
                Some(to) => {
                    is_moved = true;
                    to.clone()
                }
                None => found.child(part),
            };
        }
        is_moved.then_some(found)
    }
}
