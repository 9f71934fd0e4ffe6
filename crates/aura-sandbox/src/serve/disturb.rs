//! What a fault does to an answer; how it is sent is up to [`delivery`](super::delivery).

use http::{HeaderValue, StatusCode};

use super::answer::Answer;
use super::refusal::Refusal;
use super::target::Target;
use crate::fault::{Effect, Fault, json_path};

/// What a fault answers in place of the endpoint, if it does.
pub(super) fn replacement(fault: &Fault) -> Option<Result<Answer, Refusal>> {
    Some(match fault.effect {
        Effect::TooManyRequests {} => Err(StatusCode::TOO_MANY_REQUESTS.into()),
        Effect::InternalServerError {} => Err(StatusCode::INTERNAL_SERVER_ERROR.into()),
        Effect::ServiceUnavailable {} => Err(StatusCode::SERVICE_UNAVAILABLE.into()),
        Effect::BadGateway {} => Ok(bad_gateway()),
        Effect::Answer { status } => Ok(Answer::new(status)),
        _ => return None,
    })
}

fn bad_gateway() -> Answer {
    const PAGE: &str = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n\
        <center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n";
    Answer::new(StatusCode::BAD_GATEWAY).with_body(HeaderValue::from_static("text/html"), PAGE)
}

/// What a fault does to a whole answer.
pub(super) fn disturb(answer: &mut Answer, fault: &Fault, target: &Target<'_>) {
    if let Some(body) = &fault.body {
        answer.body = body.clone();
    }
    match &fault.effect {
        Effect::MalformedJson {} => {
            let half = &answer.body[..answer.body.len() / 2];
            answer.body = [half, b"<"].concat().into();
        }
        Effect::Drift { path, value } => {
            if let Ok(mut body) = serde_json::from_slice(&answer.body) {
                json_path::set(&mut body, path, value.clone());
                answer.body = body.to_string().into();
            }
        }
        Effect::AnotherResource {} if answer.status.is_success() => {
            if let Target::Operation(endpoint, arguments) = target
                && let Some(body) = endpoint.identity.of_another(&answer.body, arguments)
            {
                answer.body = body;
            }
        }
        _ => {}
    }
    for name in fault.headers.keys() {
        answer.headers.remove(name);
        for value in fault.headers.get_all(name) {
            answer.headers.append(name, value.clone());
        }
    }
}
