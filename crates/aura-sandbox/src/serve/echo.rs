//! What was sent, in the response to it.

use aura_contract::{Operation, Schema};
use bytes::Bytes;
use http::Method;
use serde_json::{Map, Value};

/// Returns the example of a response with the properties that were sent in place of its own; `None`
/// if nothing was sent that would be stored, or the result would not fit the contract.
///
/// What a POST or PUT could have sent and did not is left out, where the contract allows it: in the
/// example it is another's.
pub(super) fn echo(operation: &Operation, example: &[u8], sent: &[u8]) -> Option<Bytes> {
    if ![Method::POST, Method::PUT, Method::PATCH].contains(&operation.method) {
        return None;
    }
    let request = &operation.body.as_ref()?.json()?.schema;
    let response = &operation.success()?.json()?.schema;
    let sent = sent.strip_prefix(b"\xef\xbb\xbf").unwrap_or(sent);
    let sent: Map<String, Value> = serde_json::from_slice(sent).ok()?;
    let mut body: Value = serde_json::from_slice(example).ok()?;
    let data = response.property("data");
    let data = data.filter(|data| data.is_object() && request.property("data").is_none());
    let (value, schema) = match &data {
        Some(data) => (body.get_mut("data")?, data),
        None => (&mut body, response),
    };
    let value = value.as_object_mut()?;

    let is_there = |schema: Option<Schema>| schema.is_some_and(|schema| !schema.is_absent());
    // One schema for both directions doesn't tell what only the service sets.
    let is_shared = request.component().is_some() && request.component() == schema.component();
    if !is_shared && operation.method != Method::PATCH {
        value.retain(|name, _| {
            sent.contains_key(name) || schema.requires(name) || !is_there(request.property(name))
        });
    }
    for (name, sent) in sent {
        let is_read_only = request.property(&name).is_some_and(|sent| sent.is_absent());
        let property = schema.property(&name).filter(|_| !is_read_only);
        let property = property.filter(|property| property.check(&sent).is_empty());
        if is_there(property) {
            value.insert(name, sent);
        }
    }
    response
        .check(&body)
        .is_empty()
        .then(|| body.to_string().into())
}
