//! Faults, leads and records over HTTP, for tests in other languages.

use std::sync::Arc;

use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, Path, RawQuery, State};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, put};
use axum::{Json, Router};
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde_json::{Value, json};

use crate::fault::Fault;
use crate::json_error::without_values;
use crate::leads::{canonical, lead_id};
use crate::local::{self, Hosts};
use crate::record::Recorded;
use crate::serve::{Api, media_type};

/// The most bytes of a body.
const LARGEST_BODY: usize = 2 * 1024 * 1024;

pub(crate) fn router(hosts: Hosts) -> Router<Arc<Api>> {
    let faults = get(list_faults).post(inject).delete(clear_faults);
    let lead = put(put_lead).patch(update_lead).delete(remove_lead);
    let requests = get(list_requests).delete(clear_requests);
    Router::new()
        .route("/__sandbox/faults", faults)
        .route("/__sandbox/leads", get(list_leads))
        .route("/__sandbox/leads/{id}", lead)
        .route("/__sandbox/requests", requests)
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .route_layer(from_fn_with_state(hosts, local::only))
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
async fn inject(
    State(api): State<Arc<Api>>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<Value>, Rejection> {
    let values = match read(&headers, &body?)? {
        Value::Array(values) => values,
        one => vec![one],
    };
    let faults: Result<Vec<Fault>, _> = values.into_iter().map(serde_json::from_value).collect();
    let faults = faults.map_err(|error| Rejection::bad(without_values(&error)))?;
    let injected = faults.len();
    api.inject(faults).map_err(Rejection::bad)?;
    Ok(Json(json!({ "injected": injected })))
}

async fn clear_faults(State(api): State<Arc<Api>>) -> StatusCode {
    api.faults().clear();
    StatusCode::NO_CONTENT
}

async fn list_leads(State(api): State<Arc<Api>>) -> Json<Value> {
    let leads = api.store.owners();
    let leads = leads.filter(|(id, _)| !api.deleted.has_lead(id));
    let leads = leads.map(|(id, organization)| json!({ "id": id, "organization": organization }));
    Json(json!({ "leads": leads.collect::<Vec<_>>() }))
}

/// Serves a lead as it is written, for the organization of the query if that names one.
async fn put_lead(
    State(api): State<Arc<Api>>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<StatusCode, Rejection> {
    check_type(&headers)?;
    let body = body?;
    let json = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&body);
    let json = body.slice_ref(json.trim_ascii());
    if lead_id(&json).is_some_and(|given| given != canonical(&id)) {
        return Err(Rejection::bad("id: it is not the one in the path"));
    }
    let query = query.unwrap_or_default();
    let mut pairs = form_urlencoded::parse(query.as_bytes());
    let organization = pairs.find(|(name, _)| name == "organization");
    let organization = organization.as_ref().map(|(_, name)| &**name);
    api.put_lead(organization, json).map_err(Rejection::bad)?;
    Ok(StatusCode::NO_CONTENT)
}

async fn update_lead(
    State(api): State<Arc<Api>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<StatusCode, Rejection> {
    let changes = read(&headers, &body?)?;
    api.update_lead(&id, &changes).map_err(Rejection::bad)?;
    Ok(StatusCode::NO_CONTENT)
}

async fn remove_lead(State(api): State<Arc<Api>>, Path(id): Path<String>) -> Json<Value> {
    Json(json!({ "removed": api.remove_lead(&id) }))
}

async fn list_requests(State(api): State<Arc<Api>>) -> Json<Value> {
    let requests: Vec<Value> = api.records.last().iter().map(Recorded::to_json).collect();
    Json(json!({ "count": api.records.count(), "requests": requests }))
}

async fn clear_requests(State(api): State<Arc<Api>>) -> StatusCode {
    api.records.clear();
    StatusCode::NO_CONTENT
}

fn read(headers: &HeaderMap, body: &[u8]) -> Result<Value, Rejection> {
    check_type(headers)?;
    serde_json::from_slice(body).map_err(|error| Rejection::bad(without_values(&error)))
}

/// Takes JSON alone. A web page can send another type without being asked, but not this one.
fn check_type(headers: &HeaderMap) -> Result<(), Rejection> {
    match media_type(headers).as_deref() {
        Some("application/json" | "application/merge-patch+json") => Ok(()),
        _ => Err(Rejection(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "the body comes as `Content-Type: application/json`".to_owned(),
        )),
    }
}

/// Why a request is not carried out.
struct Rejection(StatusCode, String);

impl Rejection {
    fn bad(problem: impl ToString) -> Self {
        // It may quote what was sent, of any length.
        let problem = problem.to_string().chars().take(1_000).collect();
        Self(StatusCode::BAD_REQUEST, problem)
    }
}

impl From<BytesRejection> for Rejection {
    fn from(rejection: BytesRejection) -> Self {
        let problem = match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => "the body is larger than 2 MiB",
            _ => "the body cannot be read",
        };
        Self(rejection.status(), problem.to_owned())
    }
}

impl IntoResponse for Rejection {
    fn into_response(self) -> Response {
        (self.0, Json(json!({ "error": self.1 }))).into_response()
    }
}
