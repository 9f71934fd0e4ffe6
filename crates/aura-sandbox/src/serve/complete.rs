//! What every answer has beside its body, and what some statuses need.

use std::time::Duration;

use http::header::{ALLOW, DATE, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderValue, Method, StatusCode};

use super::answer::{Answer, REQUEST_ID};
use super::call::Call;
use super::target::Target;
use super::{cors, credentials};
use crate::clock::{Clock, whole_seconds};
use crate::fault::{Effect, Fault};
use crate::limits::Standing;

pub(super) fn complete(answer: &mut Answer, call: &Call<'_>, fault: Option<&Fault>, clock: Clock) {
    let wait = fault.and_then(|fault| fault.retry_after_seconds);
    let mut standing = call.standing;
    match (answer.status, fault.map(|fault| &fault.effect), standing) {
        (StatusCode::TOO_MANY_REQUESTS, None, Some(full)) => {
            let left = full.reset.saturating_sub(call.now);
            answer.insert(RETRY_AFTER, whole_seconds(left));
        }
        (_, Some(Effect::TooManyRequests {}), _) => {
            let wait = wait.unwrap_or(1);
            answer.insert(RETRY_AFTER, wait);
            standing = standing.map(|standing| Standing {
                remaining: 0,
                reset: call.now.saturating_add(Duration::from_secs(wait)),
                ..standing
            });
        }
        (_, Some(Effect::ServiceUnavailable {}), _) => {
            answer.insert(RETRY_AFTER, 1);
        }
        (StatusCode::UNAUTHORIZED, ..) => {
            if let Some(challenge) = credentials::challenge(call.target.scheme()) {
                answer.headers.insert(WWW_AUTHENTICATE, challenge);
            }
        }
        (StatusCode::METHOD_NOT_ALLOWED, ..) => tell_allowed(&call.target, answer),
        _ => {}
    }
    if let Some(wait) = wait {
        answer.insert(RETRY_AFTER, wait);
    }
    if let Some(standing) = standing {
        answer.insert_standing(standing, clock.unix_seconds(standing.reset));
    }
    answer.headers.insert(DATE, clock.http_date(call.now));
    if let Ok(id) = HeaderValue::try_from(&call.request_id) {
        answer.headers.insert(REQUEST_ID, id);
    }
    cors::allow_any_origin(&mut answer.headers);
}

fn tell_allowed(target: &Target<'_>, answer: &mut Answer) {
    let Target::NotAllowed(allowed) = target else {
        return;
    };
    let names: Vec<&str> = allowed.iter().map(Method::as_str).collect();
    if let Ok(allow) = HeaderValue::try_from(names.join(", ")) {
        answer.headers.insert(ALLOW, allow);
    }
}
