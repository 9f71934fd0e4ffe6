#![doc = include_str!("../README.md")]
#![doc = include_str!("guide.md")]
#![warn(missing_docs)]

mod builder;
mod clock;
#[cfg(feature = "control")]
mod control;
#[cfg(feature = "docs")]
pub mod docs;
mod error;
mod fault;
mod json_error;
mod leads;
mod limits;
#[cfg(any(feature = "control", feature = "docs"))]
mod local;
mod record;
mod router;
mod sandbox;
mod secrets;
mod seed;
mod serve;
mod store;

// What appears in our signatures.
pub use {aura_client, aura_contract, bytes, http, serde_json};

pub use builder::SandboxBuilder;
pub use error::SandboxError;
pub use fault::Fault;
pub use limits::RateLimit;
pub use record::Recorded;
pub use sandbox::Sandbox;
pub use seed::Organization;
