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
pub(crate) use strict::deserialize;

use crate::deadline::Deadline;
use crate::error_body::{ErrorBody, without_bom};
use crate::slot::{Decode, Slot, Target};
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

/// The members of [`Envelope::Data`].
const ENVELOPE: [&str; 2] = ["data", "success"];

/// The slots of the members of [`Envelope::Data`]. `success` may be absent.
fn envelope<'a>(data: Slot<'a>, success: &'a mut Option<bool>) -> [Slot<'a>; 2] {
    let success = Slot {
        required: false,
        ..Slot::new(Target::Bool(success))
    };
    [data, success]
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
    let mut place = None;
    match fit(body, envelope, T::slot(&mut place), deadline) {
        Ok(true) => place.ok_or(DecodeError::ApiError),
        Ok(false) => Err(explain(body, envelope, T::slot(&mut None), deadline)),
        Err(error) => Err(error),
    }
}

/// Reads what can be read.
pub(crate) fn salvage<T: Decode>(body: &[u8], envelope: Envelope) -> Option<Salvaged<T>> {
    let mut place = None;
    let Omissions {
        anomalies,
        unlisted,
    } = fitting_part(body, envelope, T::slot(&mut place))?;
    Some(Salvaged {
        value: place?,
        anomalies,
        omitted: unlisted,
    })
}

/// Whether a body says `success: false`, whatever else it says.
pub(crate) fn refuses(body: &[u8]) -> bool {
    ErrorBody::read(body).refused
}

// The rest is compiled once for all types.

/// Whether a body fits; then its value is in the slot's place.
fn fit(
    body: &[u8],
    envelope: Envelope,
    slot: Slot<'_>,
    deadline: Deadline,
) -> Result<bool, DecodeError> {
    let Ok(text) = str::from_utf8(without_bom(body)) else {
        return Ok(false);
    };
    let mut bounds = Bounds::of(text, deadline);
    match strict::body(text, envelope, slot, &mut bounds) {
        Some(true) => Err(DecodeError::ApiError),
        Some(false) if matches!(envelope, Envelope::None) && refuses(body) => {
            Err(DecodeError::ApiError)
        }
        Some(false) => Ok(true),
        None => exceeded(&bounds).map(|()| false),
    }
}

fn exceeded(bounds: &Bounds) -> Result<(), DecodeError> {
    match bounds.exceeded() {
        None => Ok(()),
        Some(Exceeded::Memory) => Err(DecodeError::TooLarge),
        Some(Exceeded::Time) => Err(DecodeError::TimedOut),
    }
}

/// Why a body does not fit.
fn explain(body: &[u8], envelope: Envelope, slot: Slot<'_>, deadline: Deadline) -> DecodeError {
    if refuses(body) {
        return DecodeError::ApiError;
    }
    let json = match json(body) {
        Ok(json) => json,
        Err(message) => {
            return DecodeError::SchemaMismatch {
                json_path: None,
                message,
            };
        }
    };
    let mut bounds = Bounds::of(json, deadline);
    let misfit = lenient::explain(json, envelope, slot, &mut bounds);
    if let Err(error) = exceeded(&bounds) {
        return error;
    }
    // If both readers should ever disagree, this is all that is known.
    let (path, reason) = misfit.unwrap_or_else(|| ("$".to_owned(), "it cannot be read".into()));
    let shown = cut(path.chars(), MAX_PATH_SHOWN);
    DecodeError::SchemaMismatch {
        message: format!("the response does not fit the contract: {shown}: {reason}").into(),
        json_path: Some(path),
    }
}

fn fitting_part(body: &[u8], envelope: Envelope, slot: Slot<'_>) -> Option<Omissions> {
    let json = json(body).ok()?;
    if refuses(body) {
        return None;
    }
    let mut bounds = Bounds::of(json, Deadline::NEVER);
    lenient::read(json, envelope, slot, &mut bounds)
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
