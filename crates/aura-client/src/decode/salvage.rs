//! Reads what can be read of a body that does not fit, and lists what cannot.

use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::explain;
use super::node::{Child, Node};
use super::reader::{Failure, Pass, Problem, Reader};
use crate::redact::Redacted;
use crate::text::cut;

/// What could be read of an answer that does not fit, from
/// [`Error::salvage`](crate::Error::salvage).
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Salvaged<T> {
    /// Everything that could be read. What could not is absent from it.
    pub value: T,
    /// What could not be read, in the order of the body.
    pub anomalies: Vec<Anomaly>,
}

/// Something that does not fit, and was left out.
///
/// `Display` is one line, `data.notes[1].content: expected a string, found an object`. Like
/// `Debug` it does not show the value.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Anomaly {
    /// Where it stood, as in [`Error::json_path`](crate::Error::json_path).
    pub json_path: String,
    /// What is wrong with it, in words that quote nothing of it.
    pub reason: String,
    /// What was left out. A value that a [`Value`] cannot hold is a string of its JSON text.
    pub value: Value,
}

impl fmt::Display for Anomaly {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = cut(self.json_path.chars(), explain::SHOWN_PATH);
        write!(f, "{path}: {}", self.reason)
    }
}

impl fmt::Debug for Anomaly {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Anomaly")
            .field("json_path", &self.json_path)
            .field("reason", &self.reason)
            .field("value", &Redacted)
            .finish()
    }
}

/// Reads a `T` from a tree, dropping what does not fit; `None` if that would be the whole.
pub(super) fn read<T: DeserializeOwned>(root: &Node) -> Option<Salvaged<T>> {
    let mut dropped = Dropped {
        root,
        found: Vec::new(),
    };
    // Each time one more thing is dropped, or found to be needed again, so this ends.
    loop {
        match T::deserialize(Reader::new(root, Pass::Check)) {
            Ok(_) => break,
            Err(failure) => dropped.mend(&failure)?,
        }
    }
    // Once is enough for what reads its fields and elements one by one, as derived code does.
    loop {
        match T::deserialize(Reader::new(root, Pass::Take)) {
            Ok(value) => {
                let anomalies = dropped.anomalies();
                return Some(Salvaged { value, anomalies });
            }
            Err(failure) => dropped.mend(&failure)?,
        }
    }
}

/// What has been dropped so far.
struct Dropped<'t> {
    root: &'t Node,
    /// Places with reasons, in the order of the body.
    found: Vec<(Vec<Child>, String)>,
}

impl Dropped<'_> {
    /// Makes another try get further than this failure; `None` if nothing can.
    fn mend(&mut self, failure: &Failure) -> Option<()> {
        let place = failure.place();
        let node = self.root.at(&place)?;
        match &failure.problem {
            Problem::Missing(name) => match passed_over(node, name) {
                Some(number) => {
                    node.needed.borrow_mut().push(number);
                    Some(())
                }
                None => {
                    let what = match self.why_dropped(&place, node, name) {
                        Some(why) => format!("cannot be read: {why}"),
                        None => "is missing".to_owned(),
                    };
                    self.drop(place, format!("its required field `{name}` {what}"))
                }
            },
            Problem::Repeated(name) => self.drop_repeated(place, node, name),
            Problem::Unholdable(_) if failure.steps_within_any > 0 => {
                let any = place.len() - failure.steps_within_any;
                self.drop_unholdable(place.get(..any)?)
            }
            Problem::Unholdable(why) => self.drop(place, (*why).to_owned()),
            Problem::Misfit(message) => self.drop(place, explain::misfit(message, node)),
        }
    }

    /// Why a field of the object at this place was dropped, if it was.
    fn why_dropped(&self, place: &[Child], object: &Node, name: &str) -> Option<&str> {
        let (number, _) = object.field(name)?;
        let within = self.found.iter().rev();
        let mut within = within.take_while(|(inner, _)| inner.starts_with(place));
        let (_, why) = within.find(|(inner, _)| match inner.strip_prefix(place) {
            Some([child]) => child.number == number,
            _ => false,
        })?;
        Some(why)
    }

    /// Drops what stands at a place, and with it what had been dropped inside of it.
    fn drop(&mut self, place: Vec<Child>, reason: String) -> Option<()> {
        if place.is_empty() {
            return None;
        }
        self.root.at(&place)?.dropped.set(true);
        while let Some((inner, _)) = self.found.last()
            && inner.starts_with(&place)
        {
            self.found.pop();
        }
        self.found.push((place, reason));
        Some(())
    }

    /// Of a field that is there several times one is enough if all are equal; if not, nothing
    /// tells which of them is right.
    fn drop_repeated(&mut self, place: Vec<Child>, object: &Node, name: &str) -> Option<()> {
        let Some((number, field)) = object.field(name).filter(|(_, f)| !f.repeated.is_empty())
        else {
            return self.drop(place, "a field is there twice".to_owned());
        };
        let first = field.value.to_value();
        let equal = field.repeated.iter().all(|value| value.to_value() == first);
        let (reason, kept) = match equal {
            true => ("the field is there more than once, with the same value", 1),
            false => (
                "the field is there more than once, with different values",
                0,
            ),
        };
        for occurrence in kept..=field.repeated.len() {
            let mut place = place.clone();
            place.push(Child { number, occurrence });
            self.drop(place, reason.to_owned())?;
        }
        Some(())
    }

    /// Drops everything within a node that cannot be held.
    fn drop_unholdable(&mut self, place: &[Child]) -> Option<()> {
        let mut unholdable = Vec::new();
        self.root.at(place)?.unholdable(place, &mut unholdable);
        if unholdable.is_empty() {
            return None;
        }
        for (place, why) in unholdable {
            self.drop(place, why.to_owned())?;
        }
        Some(())
    }

    fn anomalies(self) -> Vec<Anomaly> {
        let root = self.root;
        let anomaly = |(place, reason): (Vec<Child>, String)| {
            Some(Anomaly {
                json_path: root.path(&place, None),
                reason,
                value: root.at(&place)?.to_value(),
            })
        };
        self.found.into_iter().filter_map(anomaly).collect()
    }
}

/// The number of a field that is not missing, but was passed over since it has been read already.
fn passed_over(object: &Node, name: &str) -> Option<usize> {
    let (number, field) = object.field(name)?;
    let read = number < object.checked.get() && field.values().any(|value| !value.dropped.get());
    (read && !object.needed.borrow().contains(&number)).then_some(number)
}

#[cfg(test)]
mod tests;
