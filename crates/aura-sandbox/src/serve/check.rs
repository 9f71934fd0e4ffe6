//! Whether a request is as the contract wants it.

use aura_contract::{Argument, Operation, Problem};
use http::StatusCode;
use http::header::CONTENT_TYPE;

use super::received::Received;
use super::refusal::Refusal;

/// Checks size, type, parameters and body, in this order.
pub(super) fn check(
    operation: &Operation,
    arguments: &[Argument],
    received: &Received,
) -> Result<(), Refusal> {
    if received.is_too_large {
        return Err(StatusCode::PAYLOAD_TOO_LARGE.into());
    }
    if !is_of_documented_type(operation, received) {
        return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE.into());
    }
    let query = received.uri.query();
    let mut problems = operation.check_arguments(arguments, query, &received.headers);
    problems.extend(check_body(operation, received));
    if problems.is_empty() {
        return Ok(());
    }
    let told: Vec<String> = problems.iter().map(Problem::to_string).collect();
    let said = format!("Invalid request: {}", told.join("; "));
    Err(Refusal::saying(StatusCode::BAD_REQUEST, said))
}

fn check_body(operation: &Operation, received: &Received) -> Vec<Problem> {
    let content = received.content(operation);
    match (&received.parts, content) {
        (Some(Ok(parts)), Some(content)) => content.check_parts(parts),
        (Some(Err(reason)), _) => vec![Problem {
            place: "body".into(),
            reason: (*reason).into(),
        }],
        // Of what is longer than that, the contract says nothing that could be checked.
        _ if received.is_cut => Vec::new(),
        _ => {
            let media_type = received.headers.get(CONTENT_TYPE);
            let media_type = media_type.and_then(|value| value.to_str().ok());
            operation.check_body(media_type, &received.body)
        }
    }
}

/// Only a body that is there has a type.
fn is_of_documented_type(operation: &Operation, received: &Received) -> bool {
    operation.body.is_none() || received.is_empty() || received.content(operation).is_some()
}
