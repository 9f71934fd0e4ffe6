//! What each operation of the contract answers, worked out once.

use std::collections::HashMap;

use aura_contract::{Content, Contract, Operation, Schema};
use bytes::{BufMut, Bytes, BytesMut};
use http::{Method, StatusCode};
use serde_json::Value;

use super::answer::{Answer, text};
use super::echo::echo;
use super::identity::Identity;
use super::paging::Pages;
use super::refusal::{Refusal, media_type};
use crate::store::{Caller, Store};

/// The operations by their names.
pub(crate) struct Endpoints(HashMap<String, Endpoint>);

pub(super) struct Endpoint {
    pub(super) operation: Operation,
    answer: Answer,
    source: Source,
    /// The variable part of the path that must be the ID of a lead of the caller's.
    lead_argument: Option<String>,
    pub(super) identity: Identity,
    pub(super) pages: Option<Pages>,
}

/// Where the body comes from.
enum Source {
    /// From the store, with what the contract's example has around the lead.
    Lead { before: String, after: String },
    /// From the contract; it is in the answer.
    Example,
    /// There is none that fits.
    Nothing(String),
}

impl Source {
    /// Leads from the store, with what `body` has around one.
    fn lead(place: Place, body: Option<&Value>) -> Self {
        if place == Place::Whole {
            return Self::Lead {
                before: String::new(),
                after: String::new(),
            };
        }
        let mut rest = body.and_then(Value::as_object).cloned().unwrap_or_default();
        rest.shift_remove("data");
        let rest = Value::Object(rest).to_string();
        Self::Lead {
            before: r#"{"data":"#.to_owned(),
            after: match rest.as_str() {
                "{}" => "}".to_owned(),
                rest => format!(",{}", &rest[1..]),
            },
        }
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
        let documented = operation.success().or(operation.answers.first());
        let status = documented.and_then(|answer| answer.code());
        let status = status.and_then(|status| StatusCode::from_u16(status).ok());
        let mut answer = Answer::new(status.unwrap_or(StatusCode::OK));
        let mut source = Source::Example;
        if let Some(documented) = documented {
            answer = answer.with_documented(documented);
            if let Some(content) = documented.json().or(documented.contents.first()) {
                let body = fitting(content);
                source = match (lead_place(operation), &body) {
                    (Some(place), body) => Source::lead(place, body.as_ref()),
                    (None, Some(_)) => Source::Example,
                    (None, None) => Source::Nothing(format!(
                        "The contract has no answer to {} that fits its own schema",
                        operation.id
                    )),
                };
                let body = body.map(|body| match content.is_json() {
                    true => body.to_string(),
                    false => text(body),
                });
                let body = body.unwrap_or_default();
                answer = answer.with_body(media_type(content), body);
            }
        }
        Self {
            operation: operation.clone(),
            answer,
            source,
            lead_argument: lead_template.and_then(|lead| lead_argument(lead, &operation.path)),
            identity: Identity::of(operation),
            pages: Pages::of(operation),
        }
    }

    /// The ID of the lead that these arguments of the path lead to or through.
    pub(super) fn lead_id<'r>(&self, arguments: &'r [(String, String)]) -> Option<&'r str> {
        let name = self.lead_argument.as_ref()?;
        let (_, id) = arguments.iter().find(|(known, _)| known == name)?;
        Some(id)
    }

    /// The answer to a request that is in order.
    pub(super) fn answer(
        &self,
        store: &Store,
        caller: Option<Caller>,
        arguments: &[(String, String)],
        sent: &[u8],
    ) -> Result<Answer, Refusal> {
        let id = self.lead_id(arguments);
        let lead = id.and_then(|id| store.lead(caller, id));
        match (&self.source, lead) {
            (_, None) if self.lead_argument.is_some() => Err(StatusCode::NOT_FOUND.into()),
            (Source::Lead { before, after }, Some(lead)) => Ok(Answer {
                body: wrapped(before, &lead, after),
                ..self.answer.clone()
            }),
            (Source::Nothing(why), _) => Err(Refusal::saying(StatusCode::NOT_IMPLEMENTED, why)),
            (Source::Example, _) | (Source::Lead { .. }, None) => Ok(self.example(arguments, sent)),
        }
    }

    /// The contract's example with what was sent, as if it were of the resource that was asked for.
    fn example(&self, arguments: &[(String, String)], sent: &[u8]) -> Answer {
        let echoed = echo(&self.operation, &self.answer.body, sent);
        let body = echoed.unwrap_or_else(|| self.answer.body.clone());
        let requested = self.identity.of_requested(&body, arguments);
        Answer {
            body: requested.unwrap_or(body),
            ..self.answer.clone()
        }
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

/// The contract's example of a body; one that does not fit gives way to one that is made up.
fn fitting(content: &Content) -> Option<Value> {
    let fits = |value: &Value| content.schema.check(value).is_empty();
    let example = content.example.clone().filter(fits);
    example.or_else(|| Some(content.schema.sample()).filter(fits))
}

fn wrapped(before: &str, lead: &Bytes, after: &str) -> Bytes {
    if before.is_empty() {
        return lead.clone();
    }
    let mut body = BytesMut::with_capacity(before.len() + lead.len() + after.len());
    body.put(before.as_bytes());
    body.put(&lead[..]);
    body.put(after.as_bytes());
    body.freeze()
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
            let Source::Lead { before, after } = Source::lead(Place::Data, Some(&body)) else {
                panic!("it is a lead");
            };
            assert_eq!(wrapped(&before, &lead, &after), text);
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
