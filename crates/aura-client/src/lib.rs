#![doc = include_str!("../README.md")]
//!
//! # What is where
//!
//! - [`Client`] has a method for each operation; [`Client::builder`] has the options.
//! - [`Response`] is the value with all that came along: request ID, rate limit, exact bytes.
//!   [`Download`] is a file, read in chunks.
//! - [`Error`] is the one error type. Ask it what it is, or log it as it stands.
//!   [`OptionalExt::optional`] makes absence a value.
//! - [`types`] are the API's objects. Fields that the contract does not name are in `extra`.
//!
//! Types and operations are generated from the API's contract, `openapi.yaml`: [`SPEC_VERSION`]
//! and [`SPEC_SHA256`] say which. What the contract marks as personal data shows as `[redacted]`
//! in `Debug`; `serde_json` is the way to print everything on purpose.
//!
//! The [`guide`] has a page for each use ([show a lead](guide::show_lead),
//! [commissions](guide::commissions), [ownership](guide::ownership)), and on [errors](guide::errors),
//! [retries and the rate limit](guide::retries), [keys](guide::keys), [layers](guide::layers),
//! [blocking calls](guide::blocking), [testing](guide::testing) and
//! [personal data](guide::personal_data).
#![warn(missing_docs)]

mod answer;
mod call;
mod client;
mod deadline;
mod decode;
mod error;
mod error_body;
mod fingerprint;
mod generated;
pub mod guide;
mod identity;
mod json;
// Built into the tests too, so that it compiles with the rest.
#[cfg(any(test, aura_client_measure))]
#[doc(hidden)]
pub mod measure;
mod operation;
mod pacing;
mod pages;
mod reading;
#[cfg(feature = "recorder")]
mod recorder;
mod redact;
mod request;
mod retry;
mod service;
mod settings;
mod slot;
mod text;
mod trace;
mod transport;
mod upload;

// What appears in our signatures.
pub use {
    bytes, chrono, futures_core, http, reqwest, serde_json, tower_layer, tower_service, url, uuid,
};

pub use answer::{Download, RateLimit, Response};
pub use client::{Client, ClientBuilder};
pub use decode::{Anomaly, Salvaged};
pub use error::{Error, ErrorKind, OptionalExt};
pub use generated::{SPEC_SHA256, SPEC_VERSION, types};
pub use json::{Extra, Json};
#[cfg(feature = "recorder")]
pub use recorder::{Recorder, Recording};
pub use service::{BoxError, HttpService};
pub use slot::Decode;
pub use upload::{Multipart, Part, Upload};
