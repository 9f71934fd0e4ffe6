//! Faults and records over HTTP, for tests in other languages.

use std::sync::Arc;

use axum::extract::State;
use axum::middleware::from_fn;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};
use serde_json::{Value, json};

use crate::fault::Fault;
use crate::local;
use crate::record::Recorded;
use crate::serve::{Api, HEALTH};

/// How many faults there may be at once: each is looked at for each request.
const MOST_FAULTS: usize = 1_000;

pub(crate) fn router(api: Arc<Api>) -> Router<Arc<Api>> {
    let faults = get(list_faults).post(inject).delete(clear_faults);
    let requests = get(list_requests).delete(clear_requests);
    Router::new()
        .route("/__sandbox/faults", faults)
        .route("/__sandbox/requests", requests)
        .route_layer(from_fn(local::only))
        .with_state(api)
}

async fn list_faults(State(api): State<Arc<Api>>) -> Json<Value> {
    let faults = api.faults();
    let shown = faults.active().map(|(fault, struck)| {
        let mut shown = json!(fault);
        shown["struck"] = struck.into();
        shown
    });
    Json(json!({ "faults": shown.collect::<Vec<_>>() }))
}

/// Takes one fault or an array of them, all or none.
async fn inject(State(api): State<Arc<Api>>, headers: HeaderMap, body: Bytes) -> Response {
    if !is_json(&headers) {
        let problem = "a fault comes as `Content-Type: application/json`";
        return refused(StatusCode::UNSUPPORTED_MEDIA_TYPE, problem);
    }
    match read(&api, &body) {
        Ok(faults) => {
            let injected = faults.len();
            let mut plan = api.faults();
            if plan.active().count() + injected > MOST_FAULTS {
                return refused(StatusCode::BAD_REQUEST, &too_many());
            }
            for fault in faults {
                plan.inject(fault);
            }
            Json(json!({ "injected": injected })).into_response()
        }
        Err(problem) => refused(StatusCode::BAD_REQUEST, &problem),
    }
}

fn read(api: &Api, body: &[u8]) -> Result<Vec<Fault>, String> {
    let value: Value = serde_json::from_slice(body).map_err(|error| error.to_string())?;
    let values = match value {
        Value::Array(values) if values.len() > MOST_FAULTS => return Err(too_many()),
        Value::Array(values) => values,
        one => vec![one],
    };
    values.into_iter().map(|value| fault(api, value)).collect()
}

fn too_many() -> String {
    format!("there would be more than {MOST_FAULTS} faults")
}

fn fault(api: &Api, value: Value) -> Result<Fault, String> {
    let fault: Fault = serde_json::from_value(value).map_err(|error| error.to_string())?;
    let operations = api.contract.operations().iter();
    let known: Vec<_> = operations
        .map(|operation| operation.id.as_str())
        .chain([HEALTH])
        .collect();
    match &fault.on {
        Some(on) if !known.contains(&on.as_str()) => Err(format!(
            "`on` is no operation of the contract; it has {}",
            known.join(", ")
        )),
        _ => Ok(fault),
    }
}

async fn clear_faults(State(api): State<Arc<Api>>) -> StatusCode {
    api.faults().clear();
    StatusCode::NO_CONTENT
}

async fn list_requests(State(api): State<Arc<Api>>) -> Json<Value> {
    let requests: Vec<Value> = api.records.last().iter().map(Recorded::to_json).collect();
    Json(json!({ "count": api.records.count(), "requests": requests }))
}

async fn clear_requests(State(api): State<Arc<Api>>) -> StatusCode {
    api.records.clear();
    StatusCode::NO_CONTENT
}

/// A web page can send another type without being asked, but not this one.
fn is_json(headers: &HeaderMap) -> bool {
    let value = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let essence = value.and_then(|value| value.split(';').next());
    essence.is_some_and(|essence| essence.trim().eq_ignore_ascii_case("application/json"))
}

/// A problem may quote what was sent, of any length.
fn refused(status: StatusCode, problem: &str) -> Response {
    let problem: String = problem.chars().take(1_000).collect();
    (status, Json(json!({ "error": problem }))).into_response()
}
