//! Reads what can be read of a body that does not fit, and lists what cannot.

use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::explain::{self, TWICE};
use super::json_path::{self, Step};
use super::node::{Child, Field, Node, Parts};
use super::reader::{Failure, Pass, Problem, Reader};
use crate::redact::Redacted;
use crate::text::cut;

/// What could be read of an answer that does not fit, from
/// [`Error::salvage`](crate::Error::salvage).
///
/// `Debug` shows the anomalies, and that there is a value: whether it can redact itself is not
/// known here.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Salvaged<T> {
    /// Everything that could be read. What could not is absent from it.
    pub value: T,
    /// What could not be read, in the order of the body.
    pub anomalies: Vec<Anomaly>,
}

impl<T> fmt::Debug for Salvaged<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Salvaged")
            .field("value", &Redacted)
            .field("anomalies", &self.anomalies)
            .finish()
    }
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
pub(super) fn read<T: DeserializeOwned>(root: &Node<'_>) -> Option<Salvaged<T>> {
    let mut left_out = LeftOut {
        root,
        found: Vec::new(),
    };
    // Each time one more thing is dropped, or found to be needed again, so this ends.
    loop {
        match T::deserialize(Reader::new(root, Pass::Check)) {
            Ok(_) => break,
            Err(failure) => left_out.mend(failure)?,
        }
    }
    // Once is enough for what reads its fields and elements one by one, as derived code does.
    loop {
        match T::deserialize(Reader::new(root, Pass::Take)) {
            Ok(value) => {
                let anomalies = left_out.anomalies();
                return Some(Salvaged { value, anomalies });
            }
            Err(failure) => left_out.mend(failure)?,
        }
    }
}

/// What has been left out so far.
struct LeftOut<'t, 'b> {
    root: &'t Node<'b>,
    /// In the order of the body.
    found: Vec<Found>,
}

/// Something that was left out.
struct Found {
    /// The node that was dropped, or that something was taken out of.
    place: Vec<Child>,
    /// The way from there to what was taken out of it.
    within: Vec<Step>,
    reason: String,
    value: Value,
}

impl LeftOut<'_, '_> {
    /// Makes another try get further than this failure; `None` if nothing can.
    fn mend(&mut self, failure: Failure) -> Option<()> {
        let place = failure.place();
        let node = self.root.at(&place)?;
        match failure.problem {
            Problem::Missing(name) => match passed_over(node, &name) {
                Some(number) => {
                    node.needed.borrow_mut().push(number);
                    Some(())
                }
                None => {
                    let what = match self.why_dropped(&place, node, &name) {
                        Some(why) => format!("cannot be read: {why}"),
                        None => "is missing".to_owned(),
                    };
                    self.drop(place, format!("its required field `{name}` {what}"))
                }
            },
            Problem::Repeated(name) => match node.field(&name) {
                Some((number, field)) if field.is_repeated() => {
                    self.drop_repeated(&place, number, field)
                }
                _ => self.drop(place, TWICE.to_owned()),
            },
            Problem::Unholdable(why) => self.take_out(place, node, why),
            Problem::HalfName => self.drop(place, explain::HALF_NAME.to_owned()),
            Problem::Misfit(message) => self.drop(place, explain::misfit(&message, node)),
        }
    }

    /// Why a field of the object at this place was dropped, if it was.
    fn why_dropped(&self, place: &[Child], object: &Node<'_>, name: &str) -> Option<&str> {
        let (number, _) = object.field(name)?;
        let within = self.found.iter().rev();
        let mut within = within.take_while(|found| found.place.starts_with(place));
        let found = within.find(|found| match found.place.strip_prefix(place) {
            Some([child]) => child.number == number,
            _ => false,
        })?;
        Some(&found.reason)
    }

    /// Drops what stands at a place. Of a field that is there several times all go with it, since
    /// nothing tells which of them is right.
    fn drop(&mut self, place: Vec<Child>, reason: String) -> Option<()> {
        let (last, object) = place.split_last()?;
        match self.root.at(object)?.parts() {
            Parts::Object(fields) if fields.get(last.number)?.is_repeated() => {
                let reason = format!("{TWICE}, and not each can be read: {reason}");
                let repeated = &fields[last.number];
                self.drop_from(0, object, last.number, repeated, &reason)
            }
            _ => self.drop_one(place, reason),
        }
    }

    /// Of a field that is there several times one is enough if all are equal.
    fn drop_repeated(&mut self, object: &[Child], number: usize, field: &Field<'_>) -> Option<()> {
        let first = field.value.to_value();
        match field.repeated.iter().all(|value| value.to_value() == first) {
            true => {
                let reason = format!("{TWICE}, with the same value");
                self.drop_from(1, object, number, field, &reason)
            }
            false => {
                let reason = format!("{TWICE}, with different values");
                self.drop_from(0, object, number, field, &reason)
            }
        }
    }

    /// Drops the values of a field from one of them on.
    fn drop_from(
        &mut self,
        first: usize,
        object: &[Child],
        number: usize,
        field: &Field<'_>,
        reason: &str,
    ) -> Option<()> {
        for occurrence in first..=field.repeated.len() {
            let place = [object, &[Child { number, occurrence }]].concat();
            self.drop_one(place, reason.to_owned())?;
        }
        Some(())
    }

    /// Drops what stands at a place, and forgets what had been left out inside of it.
    fn drop_one(&mut self, place: Vec<Child>, reason: String) -> Option<()> {
        let node = self.root.at(&place)?;
        node.dropped.set(true);
        self.forget(&place);
        self.found.push(Found {
            place,
            within: Vec::new(),
            reason,
            value: node.to_value(),
        });
        Some(())
    }

    fn forget(&mut self, place: &[Child]) {
        while let Some(last) = self.found.last()
            && last.place.starts_with(place)
        {
            self.found.pop();
        }
    }

    /// Takes what cannot be held out of a value; all of it, if that is what cannot be held.
    fn take_out(&mut self, place: Vec<Child>, node: &Node<'_>, why: &str) -> Option<()> {
        let out = node.leave_out();
        if out.iter().all(|out| out.steps.is_empty()) {
            return self.drop(place, why.to_owned());
        }
        self.found.extend(out.into_iter().map(|out| Found {
            place: place.clone(),
            within: out.steps,
            reason: out.why.to_owned(),
            value: out.value,
        }));
        Some(())
    }

    fn anomalies(self) -> Vec<Anomaly> {
        let root = self.root;
        let anomaly = |found: Found| {
            let steps = [root.steps(&found.place), found.within].concat();
            Anomaly {
                json_path: json_path::render(&steps),
                reason: found.reason,
                value: found.value,
            }
        };
        self.found.into_iter().map(anomaly).collect()
    }
}

/// The number of a field that is not missing, but was passed over since it has been read already.
fn passed_over(object: &Node<'_>, name: &str) -> Option<usize> {
    let (number, field) = object.field(name)?;
    let read = number < object.checked.get() && field.values().any(|value| !value.dropped.get());
    (read && !object.needed.borrow().contains(&number)).then_some(number)
}

#[cfg(test)]
mod tests;
