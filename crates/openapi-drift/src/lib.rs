//! What real responses hold that an OpenAPI document does not say, and the edit that mends it.
//!
//! [`Observer`] counts what the [`Record`]s of files hold, by the places of the contract, and keeps
//! no value. [`findings`] says where the two differ, and [`apply`] makes the edits in the
//! contract's text.

mod edit;
mod exchange;
mod finding;
mod findings;
mod infer;
mod input;
mod observe;

pub use edit::apply;
pub use exchange::{Body, Exchange};
pub use finding::{Edit, Finding, Kind, Often};
pub use findings::findings;
pub use input::{InputError, Record, Skipped, read};
pub use observe::{Ignored, Observer};
