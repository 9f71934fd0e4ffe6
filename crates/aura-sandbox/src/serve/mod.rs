//! From a socket to an answer.

mod answer;
mod connection;
mod credentials;
mod deleted;
mod delivery;
mod echo;
mod endpoint;
mod identity;
mod pipeline;
mod received;
mod refusal;
mod router;

pub(crate) use connection::Server;
pub(crate) use deleted::Deleted;
pub(crate) use endpoint::{Endpoints, example_lead, lead_schema};
pub(crate) use pipeline::{Api, HEALTH};
pub(crate) use router::{is_ours, router};
