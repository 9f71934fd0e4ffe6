//! The contract as a page that can be tried out, as JSON, and as files.

mod export;
mod page;

use std::hash::{DefaultHasher, Hash, Hasher};

use aura_contract::Contract;
use axum::Router;
use axum::middleware::{from_fn_with_state, map_response};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG};
use http::{HeaderMap, HeaderValue};
use serde_json::{Map, Value, json};
use swagger_ui_dist::{ApiDefinition, OpenApiSource};

use page::{Layout, SCRIPT, document};

use crate::local::{self, Hosts};
use crate::serve::{Api, is_ours};

pub use export::export;

const PATH: &str = "/docs";
const ASSETS: &str = "/docs/assets";
const OPENAPI: &str = "/openapi.json";

const LAYOUT: Layout = Layout {
    kind: "served",
    assets: ASSETS,
    openapi: OPENAPI,
};

/// The pages that the contract has no path of its own for.
pub(crate) fn router<S: Clone + Send + Sync + 'static>(api: &Api, hosts: Hosts) -> Router<S> {
    let contract = &api.contract;
    let mut router = Router::new();
    if is_ours(contract, PATH) {
        let page = page(api);
        let etag = etag(contract, &page);
        let page = get(async || ([(ETAG, etag)], content("text/html; charset=utf-8", page)));
        let script = get(async || content("text/javascript", SCRIPT));
        router = router
            .route(PATH, page)
            .route("/docs/assets/sandbox.js", script)
            .merge(assets())
            .layer(map_response(without_the_net));
    }
    if is_ours(contract, OPENAPI) {
        let contract = contract.clone();
        let document = async move |headers: HeaderMap| {
            content("application/json", openapi(&contract, &headers, hosts))
        };
        router = router.route(OPENAPI, get(document));
    }
    // The page holds a key.
    if router.has_routes() {
        router = router.route_layer(from_fn_with_state(hosts, local::only));
    }
    if is_ours(contract, "/") {
        router = router.route("/", get(|| async { Redirect::temporary(PATH) }));
    }
    router
}

/// Another one for another page, and for a page of another contract.
fn etag(contract: &Contract, page: &str) -> String {
    let mut hasher = DefaultHasher::new();
    (page, contract.document().to_string()).hash(&mut hasher);
    format!("\"{:016x}\"", hasher.finish())
}

fn page(api: &Api) -> String {
    let schemes = api.contract.security_schemes().into_iter();
    let keys = api.store.organizations();
    let settings = json!({
        "openapi": OPENAPI,
        "schemes": schemes.map(|(name, _)| name).collect::<Vec<_>>(),
        "keys": keys.map(|(name, keys)| json!({"name": name, "key": keys[0]})).collect::<Vec<_>>(),
    });
    LAYOUT.page(&api.contract, settings)
}

/// Swagger UI's own files.
fn assets<S: Clone + Send + Sync + 'static>() -> Router<S> {
    let files = swagger_ui_dist::generate_routes(ApiDefinition {
        uri_prefix: ASSETS,
        api_definition: OpenApiSource::Uri(OPENAPI),
        title: None,
    });
    Router::new().merge(files.with_state(()))
}

/// The contract with this sandbox as its server, under the name that the caller uses.
fn openapi(contract: &Contract, headers: &HeaderMap, hosts: Hosts) -> String {
    let mut document = document(contract);
    if let Some(host) = hosts.named_in(headers) {
        document["servers"] = json!([{"url": format!("http://{host}"), "description": "Sandbox"}]);
        if let Some(paths) = document.get_mut("paths") {
            remove_servers(paths, 2);
        }
    }
    document.to_string()
}

/// Removes the servers of paths and operations, in whose place the sandbox is: what stands so many
/// levels below.
fn remove_servers(value: &mut Value, levels: usize) {
    for member in value.as_object_mut().into_iter().flat_map(Map::values_mut) {
        if let Some(members) = member.as_object_mut() {
            members.shift_remove("servers");
        }
        if levels > 1 {
            remove_servers(member, levels - 1);
        }
    }
}

/// Nothing is fetched from elsewhere, whatever the contract's descriptions hold.
async fn without_the_net(mut response: Response) -> Response {
    let policy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
        frame-ancestors 'self'";
    response
        .headers_mut()
        .insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    response
}

fn content(media_type: &'static str, body: impl IntoResponse) -> Response {
    ([(CONTENT_TYPE, media_type)], body).into_response()
}
