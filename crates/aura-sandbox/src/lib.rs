//! An Aura API on 127.0.0.1, for tests and try-outs.
#![warn(missing_docs)]

mod builder;
mod clock;
mod control;
mod docs;
mod error;
mod fault;
mod limits;
mod local;
mod record;
mod sandbox;
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
