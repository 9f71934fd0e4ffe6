//! Which pages are the sandbox's own; all else is the API.

use std::sync::Arc;

use aura_contract::Contract;
use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::map_response;
use axum::response::{Redirect, Response};
use axum::routing::get;
use http::HeaderValue;
use http::header::{CONTENT_SECURITY_POLICY, X_CONTENT_TYPE_OPTIONS};

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
        .fallback(|State(api): State<Arc<Api>>, request: Request| api.respond(request))
        .layer(map_response(without_script))
        .merge(docs.router(&api.contract))
        .with_state(api)
}

/// Keeps whatever a body holds from running in a browser, where it would share its origin with
/// /docs, its key and /__sandbox. Other clients ignore these headers.
async fn without_script(mut response: Response) -> Response {
    let headers = response.headers_mut();
    // Beside the policy of a fault or of the contract: all of them hold.
    let policy = HeaderValue::from_static("sandbox; default-src 'none'");
    headers.append(CONTENT_SECURITY_POLICY, policy);
    let nosniff = HeaderValue::from_static("nosniff");
    headers.insert(X_CONTENT_TYPE_OPTIONS, nosniff);
    response
}
