//! Which pages are the sandbox's own; all else is the API.

use std::net::IpAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};

#[cfg(feature = "control")]
use crate::control;
#[cfg(feature = "docs")]
use crate::docs;
#[cfg(any(feature = "control", feature = "docs"))]
use crate::local::Hosts;
use crate::serve::Api;

/// Everything that a sandbox serves at this address.
#[cfg_attr(
    not(any(feature = "control", feature = "docs")),
    allow(unused_variables, reason = "only pages depend on the address")
)]
pub(crate) fn router(api: Arc<Api>, address: IpAddr) -> Router {
    let router = Router::new();
    #[cfg(feature = "control")]
    let router = router.merge(control::router(Hosts::of(address)));
    #[cfg(feature = "docs")]
    let router = router.merge(docs::router(&api, Hosts::of(address)));
    router
        .fallback(|State(api): State<Arc<Api>>, request: Request| api.respond(request))
        .with_state(api)
}
