//! Which pages are the sandbox's own; all else is the API.

use std::sync::Arc;

use aura_contract::Contract;
use axum::Router;
use axum::extract::{Request, State};
use axum::response::Redirect;
use axum::routing::get;

use super::pipeline::Api;
use crate::{control, docs};

/// Whether a path is the sandbox's: one that the contract spells out is the contract's.
pub(crate) fn is_ours(contract: &Contract, path: &str) -> bool {
    let mut operations = contract.operations().iter();
    operations.all(|operation| operation.path != path)
}

pub(crate) fn router(api: Arc<Api>, docs: docs::Docs) -> Router {
    let mut router = control::router(Arc::clone(&api));
    if is_ours(&api.contract, "/") {
        router = router.route("/", get(|| async { Redirect::temporary(docs::PATH) }));
    }
    router
        .merge(docs.router(&api.contract))
        .fallback(|State(api): State<Arc<Api>>, request: Request| api.respond(request))
        .with_state(api)
}
