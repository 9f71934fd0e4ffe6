//! Whether a request is as the contract wants it.

use aura_contract::{Operation, Problem};
use http::StatusCode;

use super::received::{Received, media_type};
use super::refusal::Refusal;

/// Checks size, type, parameters and body, in this order.
pub(super) fn check(
    operation: &Operation,
    arguments: &[(String, String)],
    received: &Received,
) -> Result<(), Refusal> {
    if received.is_too_large {
        return Err(StatusCode::PAYLOAD_TOO_LARGE.into());
    }
    if !is_of_documented_type(operation, received) {
        return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE.into());
    }
    let problems = operation.check_request(
        arguments,
        received.uri.query(),
        &received.headers,
        &received.body,
    );
    if problems.is_empty() {
        return Ok(());
    }
    let told: Vec<String> = problems.iter().map(Problem::to_string).collect();
    let said = format!("Invalid request: {}", told.join("; "));
    Err(Refusal::saying(StatusCode::BAD_REQUEST, said))
}

/// Only a body that is there has a type.
fn is_of_documented_type(operation: &Operation, received: &Received) -> bool {
    let Some(body) = &operation.body else {
        return true;
    };
    if received.body.is_empty() {
        return true;
    }
    let Some(given) = media_type(&received.headers) else {
        return false;
    };
    body.contents.iter().any(|content| {
        let known = content.media_type.split(';').next().unwrap_or_default();
        match known.trim().strip_suffix('*') {
            Some("*/") => true,
            Some(range) => given.starts_with(range),
            None => given == known.trim(),
        }
    })
}
