//! From a socket to an answer.

mod answer;
mod api;
mod call;
mod check;
mod complete;
mod connection;
mod cors;
mod credentials;
mod deleted;
mod delivery;
mod disturb;
mod echo;
mod endpoint;
mod example;
mod identity;
mod paging;
mod parts;
mod pipeline;
mod prefer;
mod received;
mod refusal;
mod repeated;
mod target;

pub(crate) use api::Api;
pub(crate) use connection::Server;
pub(crate) use deleted::Deleted;
pub(crate) use endpoint::{Endpoints, example_lead, lead_schema};
#[cfg(feature = "control")]
pub(crate) use received::media_type;
pub(crate) use repeated::Repeated;
#[cfg(feature = "docs")]
pub(crate) use target::is_ours;
