//! Reads the body of a successful answer: strictly, so that one field that does not fit fails it
//! all, or what there is to salvage of it.

mod envelope;
mod explain;
mod holdable;
mod json_path;
mod members;
mod node;
#[cfg(test)]
mod properties;
mod reader;
mod salvage;

use std::borrow::Cow;

use serde::de::DeserializeOwned;

pub use salvage::{Anomaly, Salvaged};

use crate::error::ErrorBody;
use envelope::Envelope;
pub(crate) use members::Name;
use node::Node;

/// Where in a body its value is.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Shape {
    /// The body is the value.
    Whole,
    /// The value is in the `data` of an envelope.
    Data,
}

/// Why there is no value.
#[derive(Debug)]
pub(crate) enum Unread {
    /// The body says `success: false`.
    Refused,
    /// It does not fit.
    Mismatch {
        /// Where; `None` if the body is not JSON.
        json_path: Option<String>,
        /// Where and why, on one line without any value.
        what: Cow<'static, str>,
    },
}

/// Reads the value if all of it fits.
pub(crate) fn strict<T: DeserializeOwned>(body: &[u8], shape: Shape) -> Result<T, Unread> {
    let read = match shape {
        Shape::Whole => parse(body).map(|value| match refuses(body) {
            true => None,
            false => Some(value),
        }),
        Shape::Data => parse(body).map(Envelope::into_data),
    };
    match read {
        Some(value) => value.ok_or(Unread::Refused),
        None if refuses(body) => Err(Unread::Refused),
        None => Err(match shape {
            Shape::Whole => explain::mismatch::<T>(body),
            Shape::Data => explain::mismatch::<Envelope<T>>(body),
        }),
    }
}

/// Reads JSON as text, like all that this crate reads: from bytes, serde_json would be compiled
/// once more, and check each string on its own for being UTF-8.
fn parse<T: DeserializeOwned>(body: &[u8]) -> Option<T> {
    serde_json::from_str(str::from_utf8(body).ok()?).ok()
}

/// Reads what can be read.
pub(crate) fn salvage<T: DeserializeOwned>(body: &[u8], shape: Shape) -> Option<Salvaged<T>> {
    let root = Node::root(explain::json(body).ok()?);
    match shape {
        Shape::Whole => salvage::read(&root),
        Shape::Data => {
            let Salvaged { value, anomalies } = salvage::read::<Envelope<T>>(&root)?;
            let value = value.into_data()?;
            Some(Salvaged { value, anomalies })
        }
    }
}

/// Whether a body says `success: false`, whatever else it says.
pub(crate) fn refuses(body: &[u8]) -> bool {
    ErrorBody::read(body).refused
}
