//! Reads the body of a successful response: strictly, so that one field that does not fit fails
//! it all, or what there is to salvage of it.

mod bounds;
#[cfg(test)]
mod explain_tests;
mod lenient;
mod path;
#[cfg(test)]
mod properties;
mod salvage;
#[cfg(test)]
mod salvage_tests;
mod strict;

use std::borrow::Cow;

use serde_json::error::Category;
use serde_json::value::RawValue;

pub use salvage::{Anomaly, Salvaged};
#[allow(
    unused_imports,
    reason = "whether there are types is up to the contract"
)]
pub(crate) use strict::deserialize;

use crate::deadline::Deadline;
use crate::error_body::{ErrorBody, without_bom};
use crate::slot::{Decode, Members, Object, Rest, Slot, Target};
use crate::text::cut;
use bounds::{Bounds, Exceeded};
use lenient::Omissions;
use salvage::MAX_PATH_SHOWN;

/// What is around the value in a body.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Envelope {
    /// Nothing: the body is the value.
    None,
    /// `{"data": …, "success": true}`
    Data,
}

/// Why a body has no value.
#[derive(Debug)]
pub(crate) enum DecodeError {
    /// It says `success: false`.
    ApiError,
    /// It does not fit the contract.
    SchemaMismatch {
        /// Where; `None` if the body is not JSON.
        json_path: Option<String>,
        /// Where and why, on one line that quotes nothing.
        message: Cow<'static, str>,
    },
    /// The value takes far more memory than its text.
    TooLarge,
    /// The deadline passed.
    TimedOut,
}

/// Reads the value if all of it fits.
pub(crate) fn decode<T: Decode>(
    body: &[u8],
    envelope: Envelope,
    deadline: Deadline,
) -> Result<T, DecodeError> {
    let (mut place, mut success) = (None, None);
    let fits = fit(body, envelope, slots(&mut place, &mut success), deadline)?;
    if !fits || success == Some(false) {
        (place, success) = (None, None);
        // A name that is not Unicode stops the strict reader, but is no misfit.
        let misfit = explain(body, envelope, slots(&mut place, &mut success), deadline);
        misfit.map_or(Ok(()), Err)?;
    }
    place.ok_or(DecodeError::ApiError)
}

/// Reads what can be read.
pub(crate) fn salvage<T: Decode>(body: &[u8], envelope: Envelope) -> Option<Salvaged<T>> {
    let (mut place, mut success) = (None, None);
    let (anomalies, omitted) = fitting_part(body, envelope, slots(&mut place, &mut success))?;
    Some(Salvaged {
        value: place?,
        anomalies,
        omitted,
    })
}

/// Returns where a property of the value stands in a body.
pub(crate) fn path_of(property: &'static str, envelope: Envelope) -> String {
    let property = path::Step::Field(property);
    match envelope {
        Envelope::None => path::render(&[property]),
        Envelope::Data => path::render(&[path::Step::Field("data"), property]),
    }
}

/// Whether a body says `success: false`, whatever else it says.
pub(crate) fn refuses(body: &[u8]) -> bool {
    ErrorBody::read(body).refused
}

/// The slots of the value and of what is beside it in the envelope, which may be absent.
fn slots<'a, T: Decode>(value: &'a mut Option<T>, success: &'a mut Option<bool>) -> [Slot<'a>; 2] {
    let success = Slot {
        required: false,
        ..Slot::new(Target::Bool(success))
    };
    [T::slot(value), success]
}

// The rest is compiled once for all types.

/// The place of an envelope.
struct EnvelopeObject<'a>([Slot<'a>; 2]);

impl Object for EnvelopeObject<'_> {
    fn fill(&mut self, read: &mut dyn FnMut(Members<'_, '_>) -> bool) -> Result<(), &'static str> {
        let fits = read(Members {
            names: &["data", "success"],
            slots: &mut self.0,
            rest: Rest::Ignored,
        });
        match fits && !self.0[0].seen {
            true => Err("data"),
            false => Ok(()),
        }
    }
}

/// Calls `read` with the slot of the whole body.
fn with_body<R>(
    envelope: Envelope,
    slots: [Slot<'_>; 2],
    read: impl FnOnce(&mut Slot<'_>) -> R,
) -> R {
    match envelope {
        Envelope::None => {
            let [mut value, _] = slots;
            read(&mut value)
        }
        Envelope::Data => read(&mut Slot::new(Target::Object(&mut EnvelopeObject(slots)))),
    }
}

/// Whether a body fits; then its value is in its place.
fn fit(
    body: &[u8],
    envelope: Envelope,
    slots: [Slot<'_>; 2],
    deadline: Deadline,
) -> Result<bool, DecodeError> {
    let Ok(text) = str::from_utf8(without_bom(body)) else {
        return Ok(false);
    };
    let mut bounds = Bounds::of(text.len(), deadline);
    let fits = with_body(envelope, slots, |slot| {
        strict::value(text, slot, &mut bounds)
    });
    exceeded(&bounds)?;
    match envelope {
        Envelope::None if fits && refuses(body) => Err(DecodeError::ApiError),
        _ => Ok(fits),
    }
}

fn exceeded(bounds: &Bounds) -> Result<(), DecodeError> {
    match bounds.exceeded {
        None => Ok(()),
        Some(Exceeded::Memory) => Err(DecodeError::TooLarge),
        Some(Exceeded::Time) => Err(DecodeError::TimedOut),
    }
}

/// Why a body does not fit. `None` if it fits; then its value is in its place.
fn explain(
    body: &[u8],
    envelope: Envelope,
    slots: [Slot<'_>; 2],
    deadline: Deadline,
) -> Option<DecodeError> {
    if refuses(body) {
        return Some(DecodeError::ApiError);
    }
    let json = match json(body) {
        Ok(json) => json,
        Err(message) => {
            return Some(DecodeError::SchemaMismatch {
                json_path: None,
                message,
            });
        }
    };
    let mut bounds = Bounds::of(json.len(), deadline);
    let misfit = with_body(envelope, slots, |slot| {
        lenient::explain(json, slot, &mut bounds)
    });
    if let Err(error) = exceeded(&bounds) {
        return Some(error);
    }
    let (path, reason) = misfit?;
    let shown = cut(path.chars(), MAX_PATH_SHOWN);
    Some(DecodeError::SchemaMismatch {
        message: format!("the response does not fit the contract: {shown}: {reason}").into(),
        json_path: Some(path),
    })
}

fn fitting_part(body: &[u8], envelope: Envelope, slots: [Slot<'_>; 2]) -> Option<Omissions> {
    let json = json(body).ok()?;
    if refuses(body) {
        return None;
    }
    let mut bounds = Bounds::of(json.len(), Deadline::NEVER);
    with_body(envelope, slots, |slot| {
        lenient::read(json, slot, &mut bounds)
    })
}

/// The body as JSON, whatever it holds; or why it is not JSON at all.
fn json(body: &[u8]) -> Result<&str, Cow<'static, str>> {
    let body = without_bom(body);
    if body.trim_ascii().is_empty() {
        return Err("the response has no body where JSON was expected".into());
    }
    let text = str::from_utf8(body).map_err(|_| "the response is not JSON: it is not UTF-8")?;
    // Only the grammar: numbers of any size, any depth.
    let json: Result<&RawValue, _> = serde_json::from_str(text);
    json.map(RawValue::get).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        match error.classify() {
            Category::Eof => "the response is not JSON: it ends too early".into(),
            _ => format!("the response is not JSON (line {line}, column {column})").into(),
        }
    })
}
