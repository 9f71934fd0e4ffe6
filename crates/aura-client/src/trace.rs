//! What a call tells `tracing`, if the feature of that name is on.
//!
//! Names are those of OpenTelemetry's conventions for HTTP clients where they have one, `aura.*`
//! where not. No value of an argument, no header and no part of a body is among them.

#[cfg(not(feature = "tracing"))]
mod silent;
#[cfg(feature = "tracing")]
mod spans;

#[cfg(not(feature = "tracing"))]
pub(crate) use silent::{CallTrace, retry};
#[cfg(feature = "tracing")]
pub(crate) use spans::{CallTrace, retry};
