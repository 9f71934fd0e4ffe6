//! One request after another: route, faults, key, limit, check, answer, record.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use aura_contract::{Contract, Operation, Problem, Route, Scheme};
use axum::extract::Request;
use axum::response::Response;
use http::header::{ALLOW, DATE, RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderValue, Method, StatusCode};

use super::answer::{Answer, REQUEST_ID};
use super::credentials;
use super::deleted::Deleted;
use super::delivery::{self, Manner};
use super::endpoint::{Endpoint, Endpoints};
use super::received::Received;
use super::refusal::Refusal;
use super::router::is_ours;
use crate::clock::{Clock, whole_seconds};
use crate::fault::{Decision, Effect, Fault, Plan, json_path};
use crate::limits::{RateLimit, Standing};
use crate::record::{Recorded, Records};
use crate::store::{Caller, Store};

/// What faults and records call `/health`, which is no operation of the contract.
pub(crate) const HEALTH: &str = "health";
const HEALTH_PATH: &str = "/health";

/// Everything that an answer depends on.
pub(crate) struct Api {
    pub(crate) contract: Contract,
    /// The contract's security schemes, for requests that no operation is for.
    pub(crate) schemes: Vec<Scheme>,
    pub(crate) endpoints: Endpoints,
    pub(crate) store: Store,
    pub(crate) deleted: Deleted,
    pub(crate) limit: Option<RateLimit>,
    pub(crate) clock: Clock,
    pub(crate) faults: Mutex<Plan>,
    pub(crate) records: Records,
}

/// What a request is for.
enum Target<'a> {
    Operation(&'a Endpoint, Vec<(String, String)>),
    Health,
    NotAllowed(Vec<Method>),
    Nothing,
}

/// One request on its way through.
struct Visit<'a> {
    received: &'a Received,
    target: Target<'a>,
    caller: Option<Caller>,
    request_id: String,
    now: Duration,
    /// As the `X-RateLimit` headers tell it; `None` without limits.
    standing: Option<Standing>,
}

impl Api {
    pub(crate) async fn respond(self: Arc<Self>, request: Request) -> Response {
        let (mut received, body) = Received::head(request);
        let is_kept = self.takes_body(&received);
        if received.read(body, is_kept).await.is_none() {
            // Nobody is there to read it.
            return Response::default();
        }
        let (answer, decision) = self.visit(received);
        delivery::deliver(answer, decision).await
    }

    pub(crate) fn faults(&self) -> MutexGuard<'_, Plan> {
        // Nothing panics with the lock held.
        self.faults.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The answer, on record already: that it may come late, or never, is a matter of delivery.
    fn visit(&self, received: Received) -> (Answer, Decision) {
        let now = self.clock.now();
        let target = self.target(&received.method, received.uri.path());
        let caller = self.caller(&target, &received);
        let mut visit = Visit {
            target,
            received: &received,
            caller,
            request_id: format!("req_{:016x}", fastrand::u64(..)),
            now,
            standing: self.limit.map(|limit| match caller {
                Some(caller) => self.store.standing(caller, &limit, now),
                None => limit.untouched(now),
            }),
        };
        let decision = match visit.target.name() {
            Some(name) => self.faults().decide(name),
            None => Decision::default(),
        };
        let answer = self.answer(&mut visit, decision.fault.as_deref());
        let status = (Manner::of(&decision) != Manner::Reset).then_some(answer.status);
        let (operation, template) = visit.target.place();
        let recorded = Recorded {
            operation: operation.map(str::to_owned),
            template: template.map(str::to_owned),
            organization: caller.map(|caller| self.store.name(caller).to_owned()),
            status,
            fault: decision.name(),
            request_id: visit.request_id,
            method: received.method,
            path: received.uri.path().to_owned(),
            query: received.uri.query().map(str::to_owned),
            headers: received.headers,
            body: received.body,
        };
        self.records.push(recorded);
        (answer, decision)
    }

    /// Whether a request's body is kept: strangers leave none.
    fn takes_body(&self, received: &Received) -> bool {
        let target = self.target(&received.method, received.uri.path());
        let is_public = |operation: &Operation| !operation.needs_key();
        target.operation().is_some_and(is_public) || self.caller(&target, received).is_some()
    }

    fn caller(&self, target: &Target<'_>, received: &Received) -> Option<Caller> {
        let schemes = match target.scheme() {
            Scheme::None => self.schemes.as_slice(),
            scheme => std::slice::from_ref(scheme),
        };
        let mut callers = schemes.iter();
        callers.find_map(|scheme| credentials::caller(scheme, received, &self.store))
    }

    fn target(&self, method: &Method, path: &str) -> Target<'_> {
        if path == HEALTH_PATH && is_ours(&self.contract, HEALTH_PATH) {
            return match *method {
                Method::GET | Method::HEAD => Target::Health,
                _ => Target::NotAllowed(vec![Method::GET, Method::HEAD]),
            };
        }
        let mut allowed = match self.contract.route(method, path) {
            Route::Found {
                operation,
                arguments,
            } => return self.found(operation, arguments),
            Route::NotFound => return Target::Nothing,
            Route::MethodNotAllowed { allowed } => allowed,
        };
        // Whatever can be read can be asked for its head.
        if allowed.contains(&Method::GET) {
            if method == Method::HEAD {
                return self.target(&Method::GET, path);
            }
            allowed.push(Method::HEAD);
        }
        Target::NotAllowed(allowed)
    }

    fn found(&self, operation: &Operation, arguments: Vec<(String, String)>) -> Target<'_> {
        match self.endpoints.get(&operation.id) {
            Some(endpoint) => Target::Operation(endpoint, arguments),
            None => Target::Nothing,
        }
    }

    /// What is answered with this fault in the way.
    fn answer(&self, visit: &mut Visit<'_>, fault: Option<&Fault>) -> Answer {
        let answered = match fault.map(|fault| &fault.effect) {
            Some(Effect::TooManyRequests) => Err(StatusCode::TOO_MANY_REQUESTS.into()),
            Some(Effect::InternalServerError) => Err(StatusCode::INTERNAL_SERVER_ERROR.into()),
            Some(Effect::ServiceUnavailable) => Err(StatusCode::SERVICE_UNAVAILABLE.into()),
            Some(Effect::BadGateway) => Ok(bad_gateway()),
            Some(Effect::Answer(status)) => Ok(Answer::new(*status)),
            _ => self.true_answer(visit),
        };
        let mut answer = answered.unwrap_or_else(|refusal| {
            let operation = visit.target.operation();
            refusal.answer(operation, &visit.request_id)
        });
        self.complete(&mut answer, visit, fault);
        if let Some(fault) = fault {
            disturb(&mut answer, fault, &visit.target);
        }
        answer
    }

    /// What is answered if nothing goes wrong.
    fn true_answer(&self, visit: &mut Visit<'_>) -> Result<Answer, Refusal> {
        let (endpoint, arguments) = match &visit.target {
            Target::Operation(endpoint, arguments) => (*endpoint, arguments),
            Target::Health => return Ok(health()),
            Target::NotAllowed(_) => return Err(StatusCode::METHOD_NOT_ALLOWED.into()),
            Target::Nothing => return Err(Refusal::no_such_route()),
        };
        let operation = &endpoint.operation;
        let caller = match (operation.needs_key(), visit.caller) {
            (false, _) => None,
            (true, None) => return Err(StatusCode::UNAUTHORIZED.into()),
            (true, caller) => caller,
        };
        if let (Some(limit), Some(caller)) = (&self.limit, caller) {
            let taken = self.store.take(caller, limit, visit.now);
            visit.standing = Some(taken.unwrap_or_else(|full| full));
            if taken.is_err() {
                return Err(StatusCode::TOO_MANY_REQUESTS.into());
            }
        }
        check(operation, arguments, visit.received)?;
        let (method, path) = (&operation.method, visit.received.uri.path());
        let whose = caller.map_or("", |caller| self.store.name(caller));
        if *method != Method::PUT && self.deleted.has(whose, path) {
            return Err(StatusCode::NOT_FOUND.into());
        }
        let answer = endpoint.answer(&self.store, caller, arguments)?;
        self.deleted.note(whose, method, path);
        Ok(answer)
    }

    /// Puts in what every answer has, and what some statuses need.
    fn complete(&self, answer: &mut Answer, visit: &Visit<'_>, fault: Option<&Fault>) {
        let wait = fault.and_then(|fault| fault.retry_after);
        let mut standing = visit.standing;
        match (answer.status, fault.map(|fault| &fault.effect), standing) {
            (StatusCode::TOO_MANY_REQUESTS, None, Some(full)) => {
                let left = full.reset.saturating_sub(visit.now);
                answer.insert(RETRY_AFTER, whole_seconds(left));
            }
            (_, Some(Effect::TooManyRequests), _) => {
                let wait = wait.unwrap_or(Duration::from_secs(1));
                answer.insert(RETRY_AFTER, whole_seconds(wait));
                standing = standing.map(|standing| Standing {
                    remaining: 0,
                    reset: visit.now.saturating_add(wait),
                    ..standing
                });
            }
            (_, Some(Effect::ServiceUnavailable), _) => {
                answer.insert(RETRY_AFTER, 1);
            }
            (StatusCode::UNAUTHORIZED, ..) => {
                if let Some(challenge) = credentials::challenge(visit.target.scheme()) {
                    answer.headers.insert(WWW_AUTHENTICATE, challenge);
                }
            }
            (StatusCode::METHOD_NOT_ALLOWED, ..) => visit.target.tell_allowed(answer),
            _ => {}
        }
        if let Some(wait) = wait {
            answer.insert(RETRY_AFTER, whole_seconds(wait));
        }
        if let Some(standing) = standing {
            answer.insert_standing(standing, self.clock.unix_seconds(standing.reset));
        }
        answer.headers.insert(DATE, self.clock.http_date(visit.now));
        if let Ok(id) = HeaderValue::try_from(&visit.request_id) {
            answer.headers.insert(REQUEST_ID, id);
        }
    }
}

impl Target<'_> {
    fn operation(&self) -> Option<&Operation> {
        match self {
            Self::Operation(endpoint, _) => Some(&endpoint.operation),
            _ => None,
        }
    }

    fn scheme(&self) -> &Scheme {
        self.operation()
            .map_or(&Scheme::None, |operation| &operation.security)
    }

    /// What a fault knows it by; what leads nowhere has no name.
    fn name(&self) -> Option<&str> {
        self.place().0
    }

    /// Name and path, for the record.
    fn place(&self) -> (Option<&str>, Option<&str>) {
        match self {
            Self::Operation(endpoint, _) => {
                let operation = &endpoint.operation;
                (Some(&operation.id), Some(&operation.path))
            }
            Self::Health => (Some(HEALTH), Some(HEALTH_PATH)),
            Self::NotAllowed(_) | Self::Nothing => (None, None),
        }
    }

    fn tell_allowed(&self, answer: &mut Answer) {
        let Self::NotAllowed(allowed) = self else {
            return;
        };
        let names: Vec<&str> = allowed.iter().map(Method::as_str).collect();
        if let Ok(allow) = HeaderValue::try_from(names.join(", ")) {
            answer.headers.insert(ALLOW, allow);
        }
    }
}

/// Whether the request is as the contract wants it.
fn check(
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
    let Some(given) = received.media_type() else {
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

fn health() -> Answer {
    let json = HeaderValue::from_static("application/json");
    Answer::new(StatusCode::OK).with_body(json, r#"{"status":"ok"}"#)
}

fn bad_gateway() -> Answer {
    const PAGE: &str = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n\
        <center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n";
    Answer::new(StatusCode::BAD_GATEWAY).with_body(HeaderValue::from_static("text/html"), PAGE)
}

/// What a fault does to a whole answer; how it is sent is up to [`delivery`].
fn disturb(answer: &mut Answer, fault: &Fault, target: &Target<'_>) {
    if let Some(body) = &fault.body {
        answer.body = body.clone();
    }
    match &fault.effect {
        Effect::MalformedJson => {
            let half = &answer.body[..answer.body.len() / 2];
            answer.body = [half, b"<"].concat().into();
        }
        Effect::Drift { path, value } => {
            if let Ok(mut body) = serde_json::from_slice(&answer.body) {
                json_path::set(&mut body, path, value.clone());
                answer.body = body.to_string().into();
            }
        }
        Effect::AnotherResource if answer.status.is_success() => {
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
