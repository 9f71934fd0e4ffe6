//! A client for the Aura API: typed leads, complete errors, and no personal data in logs.
//!
//! ```no_run
//! use aura_client::{Client, uuid::uuid};
//!
//! #[tokio::main]
//! async fn main() -> Result<(), aura_client::Error> {
//!     let client = Client::from_env()?; // AURA_API_KEY
//!     let lead = client.get_lead(&uuid!("550e8400-e29b-41d4-a716-446655440000")).await?;
//!     println!("{} has paid {:?} cents", lead.id, lead.total_paid_cents);
//!     Ok(())
//! }
//! ```
//!
//! - [`Client`] has a method for each operation; [`Client::builder`] has the options.
//! - [`Response`] is the value and what came along with it: request ID, rate limit, exact bytes.
//! - [`Error`] is the one error type: ask it what it is, or log it as it stands.
//! - [`types`] are the API's objects. Fields that the contract does not name are in `extra`.
//!
//! Types and operations are generated from the API's contract, `openapi.yaml`: [`SPEC_VERSION`]
//! and [`SPEC_SHA256`] say which. What the contract marks as personal data shows as `[redacted]`
//! in `Debug`; `serde_json` is the way to print everything on purpose.
//!
//! The [`guide`] has a page each on [errors](guide::errors), [retries and timeouts](guide::retries),
//! [testing](guide::testing) and [personal data](guide::personal_data).
//!
//! # Features
//!
//! | feature | default | what it does |
//! |---|---|---|
//! | `rustls` | yes | TLS by rustls, with the system's root certificates |
//! | `native-tls` | | TLS by the system's library |
//! | `rustls-no-provider` | | rustls with a crypto provider that the program installs before it makes a client |
//! | `gzip` | yes | takes compressed answers |
//! | `tracing` | | a span for each call, with OpenTelemetry's names |
//!
//! One of the first three is needed for anything but `http://localhost`: without, each call fails
//! with [`ErrorKind::Connect`]. HTTP/1.1 is spoken;
//! reqwest's own feature `http2` adds HTTP/2. `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY` hold as
//! they do for reqwest; `http://localhost` is never asked through a proxy.
#![warn(missing_docs)]

mod answer;
mod call;
mod client;
mod decode;
mod error;
mod generated;
pub mod guide;
mod nullable;
mod redact;
mod text;
mod trace;
mod transport;

// What appears in our signatures.
pub use {bytes, chrono, http, reqwest, serde_json, url, uuid};

pub use answer::{RateLimit, Response};
pub use client::{Client, ClientBuilder};
pub use decode::{Anomaly, Salvaged};
pub use error::{Error, ErrorKind};
pub use generated::{SPEC_SHA256, SPEC_VERSION, types};
