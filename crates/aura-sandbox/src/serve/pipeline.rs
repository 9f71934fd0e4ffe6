//! One request after another: target, faults, key, limit, checks, answer, record.

use std::borrow::Cow;
use std::sync::Arc;

use aura_contract::{Operation, Scheme};
use axum::extract::Request;
use axum::response::Response;
use http::{HeaderValue, Method, StatusCode};

use super::answer::Answer;
use super::api::Api;
use super::call::Call;
use super::check::check;
use super::complete::complete;
use super::cors;
use super::credentials;
use super::delivery;
use super::disturb::{disturb, replacement};
use super::received::{Reading, Received};
use super::refusal::Refusal;
use super::repeated::Key;
use super::target::Target;
use crate::fault::{Context, Decision, Fault};
use crate::record::Recorded;
use crate::store::Caller;

impl Api {
    pub(crate) async fn respond(self: Arc<Self>, request: Request) -> Response {
        if let Some(response) = cors::preflight(&request) {
            return response;
        }
        let (mut received, body) = Received::head(request);
        let target = self.target(&received);
        let operation = target.operation();
        let reading = Reading {
            is_kept: self.keeps_body(&target, &received),
            content: operation.and_then(|operation| received.content(operation)),
        };
        if received.read(body, reading).await.is_none() {
            // Nobody is there to read it.
            return Response::default();
        }
        let (answer, decision) = self.call(received);
        delivery::deliver(answer, decision).await
    }

    fn target(&self, received: &Received) -> Target<'_> {
        let path = received.uri.path();
        Target::of(&self.contract, &self.endpoints, &received.method, path)
    }

    /// The first key that a request sends, and whose key it sends.
    fn caller<'r>(
        &self,
        target: &Target<'_>,
        received: &'r Received,
    ) -> (Option<Cow<'r, str>>, Option<Caller>) {
        let schemes = match target.scheme() {
            Scheme::None => self.schemes.as_slice(),
            scheme => std::slice::from_ref(scheme),
        };
        let schemes = schemes.iter();
        let keys = schemes.filter_map(|scheme| Some((scheme, credentials::key(scheme, received)?)));
        let keys: Vec<_> = keys.collect();
        let caller = keys
            .iter()
            .find_map(|(scheme, key)| credentials::caller(scheme, key, &self.store));
        (keys.into_iter().next().map(|(_, key)| key), caller)
    }

    /// Whether a request's body is kept: strangers leave none.
    fn keeps_body(&self, target: &Target<'_>, received: &Received) -> bool {
        let is_public = |operation: &Operation| !operation.needs_key();
        target.operation().is_some_and(is_public) || self.caller(target, received).1.is_some()
    }

    /// The answer, on record already: that it may come late, or never, is a matter of delivery.
    fn call(&self, received: Received) -> (Answer, Decision) {
        let now = self.clock.now();
        let path = received.uri.path();
        let target = self.target(&received);
        let (key, caller) = self.caller(&target, &received);
        let decision = target.name().map_or_else(Decision::default, |operation| {
            let context = Context {
                operation,
                lead: target.lead(),
                key: caller
                    .map(|caller| self.store.key(caller))
                    .or(key.as_deref()),
            };
            self.faults().decide(&context)
        });
        let mut call = Call {
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
        let answer = self.answer(&mut call, decision.fault.as_deref());
        let recorded = Recorded {
            operation: call.target.name().map(str::to_owned),
            template: call.target.template().map(str::to_owned),
            organization: caller.map(|caller| self.store.name(caller).to_owned()),
            status: (!decision.resets()).then_some(answer.status),
            fault: decision.name(),
            request_id: call.request_id,
            path: path.to_owned(),
            query: received.uri.query().map(str::to_owned),
            method: received.method,
            headers: received.headers,
            body: received.body,
        };
        self.records.push(recorded);
        (answer, decision)
    }

    /// What is answered with this fault in the way.
    fn answer(&self, call: &mut Call<'_>, fault: Option<&Fault>) -> Answer {
        let answered = fault
            .and_then(replacement)
            .unwrap_or_else(|| self.true_answer(call));
        let mut answer = answered
            .unwrap_or_else(|refusal| refusal.answer(call.target.operation(), &call.request_id));
        complete(&mut answer, call, fault, self.clock);
        if let Some(fault) = fault {
            disturb(&mut answer, fault, &call.target);
        }
        answer
    }

    /// What is answered if nothing goes wrong.
    fn true_answer(&self, call: &mut Call<'_>) -> Result<Answer, Refusal> {
        let (endpoint, arguments) = match &call.target {
            Target::Operation(endpoint, arguments) => (*endpoint, arguments),
            Target::Health => return Ok(health()),
            Target::NotAllowed(_) => return Err(StatusCode::METHOD_NOT_ALLOWED.into()),
            Target::Nothing => return Err(Refusal::no_such_route()),
        };
        let operation = &endpoint.operation;
        let caller = match (operation.needs_key(), call.caller) {
            (false, _) => None,
            (true, None) => return Err(StatusCode::UNAUTHORIZED.into()),
            (true, caller) => caller,
        };
        if let (Some(limit), Some(caller)) = (&self.limit, caller) {
            let taken = self.store.take(caller, limit, call.now);
            call.standing = Some(taken.unwrap_or_else(|full| full));
            if taken.is_err() {
                return Err(StatusCode::TOO_MANY_REQUESTS.into());
            }
        }
        check(operation, arguments, call.received)?;
        let (method, path) = (&operation.method, call.received.uri.path());
        let whose = caller.map_or("", |caller| self.store.name(caller));
        let key = Key::of(operation, whose, call.received);
        if let Some(answer) = key.as_ref().and_then(|key| self.repeated.answer(key)) {
            return answer;
        }
        if *method != Method::PUT && self.deleted.has(whose, path) {
            return Err(StatusCode::NOT_FOUND.into());
        }
        let mut answer = endpoint.answer(&self.store, caller, arguments, call.received)?;
        if let Some(pages) = endpoint.pages_of(&answer) {
            answer.body = pages.page(&answer.body, call.received.uri.query())?;
        }
        self.deleted.note(whose, method, path, call.target.lead());
        if let Some(key) = key {
            self.repeated.note(key, &answer);
        }
        Ok(answer)
    }
}

fn health() -> Answer {
    let json = HeaderValue::from_static("application/json");
    Answer::new(StatusCode::OK).with_body(json, r#"{"status":"ok"}"#)
}
