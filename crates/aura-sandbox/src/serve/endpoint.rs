//! What each operation of the contract answers, worked out once.

use std::borrow::Cow;
use std::collections::HashMap;

use aura_contract::{Argument, Contract, Operation, Schema};
use bytes::{BufMut, Bytes, BytesMut};
use http::header::CONTENT_TYPE;
use http::{Method, StatusCode};
use serde_json::Value;

use super::answer::Answer;
use super::echo::echo;
use super::example::{Examples, fitting, media_type};
use super::identity::Identity;
use super::paging::Pages;
use super::prefer;
use super::received::Received;
use super::refusal::Refusal;
use crate::store::{Caller, Store};

/// The operations by their names.
pub(crate) struct Endpoints(HashMap<String, Endpoint>);

pub(super) struct Endpoint {
    pub(super) operation: Operation,
    examples: Examples,
    /// Where a lead stands among what the contract's example has around it, if the response is one.
    lead: Option<Surroundings>,
    /// The variable part of the path that must be the ID of a lead of the caller's.
    lead_argument: Option<String>,
    pub(super) identity: Identity,
    pages: Option<Pages>,
}

/// What a response has before and after a lead.
struct Surroundings {
    before: String,
    after: String,
}

impl Surroundings {
    fn new(place: Place, body: Option<&Value>) -> Self {
        if place == Place::Whole {
            return Self {
                before: String::new(),
                after: String::new(),
            };
        }
        let mut rest = body.and_then(Value::as_object).cloned().unwrap_or_default();
        rest.shift_remove("data");
        let rest = Value::Object(rest).to_string();
        Self {
            before: r#"{"data":"#.to_owned(),
            after: match rest.as_str() {
                "{}" => "}".to_owned(),
                rest => format!(",{}", &rest[1..]),
            },
        }
    }

    fn wrap(&self, lead: &Bytes) -> Bytes {
        let Self { before, after } = self;
        if before.is_empty() {
            return lead.clone();
        }
        let mut body = BytesMut::with_capacity(before.len() + lead.len() + after.len());
        body.put(before.as_bytes());
        body.put(&lead[..]);
        body.put(after.as_bytes());
        body.freeze()
    }
}

impl Endpoints {
    pub(crate) fn new(contract: &Contract) -> Self {
        let template = lead_operation(contract).map(|(operation, _)| operation.path.as_str());
        let endpoints = contract.operations().iter().map(|operation| {
            let endpoint = Endpoint::new(operation, template);
            (operation.id.clone(), endpoint)
        });
        Self(endpoints.collect())
    }

    pub(super) fn get(&self, operation: &str) -> Option<&Endpoint> {
        self.0.get(operation)
    }
}

impl Endpoint {
    fn new(operation: &Operation, lead_template: Option<&str>) -> Self {
        let content = operation.success().and_then(|success| success.json());
        let lead = lead_place(operation).zip(content);
        Self {
            operation: operation.clone(),
            examples: Examples::of(operation, lead.is_some()),
            lead: lead.map(|(place, content)| Surroundings::new(place, fitting(content).as_ref())),
            lead_argument: lead_template.and_then(|lead| lead_argument(lead, &operation.path)),
            identity: Identity::of(operation),
            pages: Pages::of(operation),
        }
    }

    /// The ID of the lead that these arguments of the path lead to or through.
    pub(super) fn lead_id<'r>(&self, arguments: &'r [Argument]) -> Option<Cow<'r, str>> {
        let name = self.lead_argument.as_ref()?;
        let mut arguments = arguments.iter();
        let argument = arguments.find(|argument| argument.name == *name)?;
        Some(argument.text())
    }

    /// The response to a request that is in order: the one that it prefers, if there is that.
    pub(super) fn answer(
        &self,
        store: &Store,
        caller: Option<Caller>,
        arguments: &[Argument],
        received: &Received,
    ) -> Result<Answer, Refusal> {
        let id = self.lead_id(arguments);
        let lead = id.and_then(|id| store.lead(caller, &id));
        if lead.is_none() && self.lead_argument.is_some() {
            return Err(StatusCode::NOT_FOUND.into());
        }
        let preferred = prefer::code(&received.headers);
        if let Some(code) = preferred.and_then(|code| self.refusal(code)) {
            return Err(code.into());
        }
        let example = self.examples.choose(preferred, &received.headers);
        let mut answer =
            example.map_err(|why| Refusal::saying(StatusCode::NOT_IMPLEMENTED, why))?;
        answer.body = match (&self.lead, lead) {
            (Some(around), Some(lead)) if self.is_success(&answer) => around.wrap(&lead),
            _ => self.requested(answer.body, arguments, &received.body),
        };
        Ok(answer)
    }

    /// The pages that a response is one of, if it is one.
    pub(super) fn pages_of(&self, answer: &Answer) -> Option<&Pages> {
        self.pages.as_ref().filter(|_| self.is_success(answer))
    }

    /// Whether this is the first success that the contract describes, as JSON.
    fn is_success(&self, answer: &Answer) -> bool {
        let success = self.operation.success();
        let code = success.and_then(|success| success.code()).unwrap_or(200);
        let json = success.and_then(|success| success.json());
        answer.status == code && answer.headers.get(CONTENT_TYPE) == json.map(media_type).as_ref()
    }

    /// A status that the contract describes as an error.
    fn refusal(&self, code: u16) -> Option<StatusCode> {
        let status = StatusCode::from_u16(code).ok()?;
        let is_error = status.is_client_error() || status.is_server_error();
        let described = self.operation.answer(code).is_some();
        (is_error && described).then_some(status)
    }

    /// The contract's example with what was sent, as if it were of the resource that was asked for.
    fn requested(&self, example: Bytes, arguments: &[Argument], sent: &[u8]) -> Bytes {
        let body = echo(&self.operation, &example, sent).unwrap_or(example);
        let requested = self.identity.of_requested(&body, arguments);
        requested.unwrap_or(body)
    }
}

/// Where in an answer the lead stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Whole,
    Data,
}

/// The operation that answers one lead by its ID, and where in the answer: it is known by its
/// schema, not by its name.
fn lead_operation(contract: &Contract) -> Option<(&Operation, Place)> {
    let mut operations = contract.operations().iter();
    operations.find_map(|operation| Some((operation, lead_place(operation)?)))
}

fn lead_place(operation: &Operation) -> Option<Place> {
    const LEAD: Option<&str> = Some("Lead");
    if operation.method != Method::GET || !operation.path.contains('{') {
        return None;
    }
    let schema = &operation.success()?.json()?.schema;
    if schema.component().as_deref() == LEAD {
        return Some(Place::Whole);
    }
    let data = schema.property("data")?;
    (data.component().as_deref() == LEAD).then_some(Place::Data)
}

/// What the leads of this contract must look like.
pub(crate) fn lead_schema(contract: &Contract) -> Option<Schema> {
    lead_operation(contract).and_then(|_| contract.schema("Lead"))
}

/// The lead that the contract itself shows.
pub(crate) fn example_lead(contract: &Contract) -> Option<Value> {
    let (operation, place) = lead_operation(contract)?;
    let mut body = fitting(operation.success()?.json()?)?;
    match place {
        Place::Whole => Some(body),
        Place::Data => body.get_mut("data").map(Value::take),
    }
}

/// The variable part of `path` that stands where a lead's path has the ID, if `path` is that path
/// or leads further down from it.
fn lead_argument(lead: &str, path: &str) -> Option<String> {
    let name = |segment: &str| {
        let inner = segment.strip_prefix('{')?.strip_suffix('}')?;
        Some(inner.to_owned())
    };
    let mut segments = path.split('/');
    let mut last = None;
    for expected in lead.split('/') {
        let segment = segments.next()?;
        match (name(expected), name(segment)) {
            (Some(_), Some(argument)) => last = Some(argument),
            (None, None) if expected == segment => {}
            _ => return None,
        }
    }
    last
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_lead_is_part_of_every_path_below_its_own() {
        let lead = "/v1/leads/{id}";
        for (path, argument) in [
            ("/v1/leads/{id}", Some("id")),
            ("/v1/leads/{lead_id}/notes/{id}", Some("lead_id")),
            ("/v1/leads", None),
            ("/v1/leads/export", None),
            ("/v1/calls/{id}", None),
            ("/v2/leads/{id}", None),
        ] {
            assert_eq!(lead_argument(lead, path).as_deref(), argument, "{path}");
        }
    }

    #[test]
    fn what_surrounds_a_lead_is_kept() {
        let lead = Bytes::from_static(b"{}");
        for (body, text) in [
            (
                json!({"data": 1, "success": true}),
                r#"{"data":{},"success":true}"#,
            ),
            (json!({"data": 1}), r#"{"data":{}}"#),
        ] {
            let around = Surroundings::new(Place::Data, Some(&body));
            assert_eq!(around.wrap(&lead), text);
        }
    }

    #[test]
    fn the_contracts_own_lead_is_found() {
        let contract = Contract::builtin();
        let lead = example_lead(&contract).expect("the contract has one");
        let schema = lead_schema(&contract).expect("and says what it looks like");
        assert!(schema.check(&lead).is_empty());
    }
}
