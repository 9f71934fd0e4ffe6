//! What was sent, in the response to it.

use aura_contract::{Operation, Schema};
use bytes::Bytes;
use http::Method;
use serde_json::{Map, Value};

/// The schemas of an operation that takes an object and responds with one.
pub(super) struct Echo {
    sent: Schema,
    body: Schema,
    /// The part of the response that repeats what was sent: the whole, or its `data`.
    value: Schema,
    is_in_data: bool,
    /// Whether what was not sent stays as the example has it, where it could be left out.
    keeps_rest: bool,
}

impl Echo {
    /// `None` if the operation stores nothing, or responds without JSON.
    pub(super) fn of(operation: &Operation) -> Option<Self> {
        if ![Method::POST, Method::PUT, Method::PATCH].contains(&operation.method) {
            return None;
        }
        let sent = &operation.body.as_ref()?.json()?.schema;
        let body = &operation.success()?.json()?.schema;
        let data = body.property("data");
        let data = data.filter(|data| data.is_object() && sent.property("data").is_none());
        let is_in_data = data.is_some();
        let value = data.unwrap_or_else(|| body.clone());
        // One schema for both directions doesn't tell what only the service sets.
        let is_shared = sent.component().is_some() && sent.component() == value.component();
        Some(Self {
            sent: sent.clone(),
            body: body.clone(),
            value,
            is_in_data,
            keeps_rest: is_shared || operation.method == Method::PATCH,
        })
    }

    /// Returns the example with the properties that were sent in place of its own; `None` if there
    /// are none, or the result would not fit the contract.
    pub(super) fn response(&self, example: &[u8], sent: &[u8]) -> Option<Bytes> {
        let sent = sent.strip_prefix(b"\xef\xbb\xbf").unwrap_or(sent);
        let sent: Map<String, Value> = serde_json::from_slice(sent).ok()?;
        let mut body: Value = serde_json::from_slice(example).ok()?;
        let value = match self.is_in_data {
            true => body.get_mut("data")?,
            false => &mut body,
        };
        let properties = value.as_object_mut()?;
        // Another's, as it is in the example.
        let is_missing = |name: &String| {
            let could_be_sent = |schema: Schema| !schema.is_absent();
            self.sent.property(name).is_some_and(could_be_sent) && !sent.contains_key(name)
        };
        let is_kept = |name: &String| self.keeps_rest || self.value.requires(name);
        properties.retain(|name, _| is_kept(name) || !is_missing(name));
        for (name, value) in sent {
            let fits = |schema: Schema| !schema.is_absent() && schema.check(&value).is_empty();
            let is_read_only = self
                .sent
                .property(&name)
                .is_some_and(|sent| sent.is_absent());
            if !is_read_only && self.value.property(&name).is_some_and(fits) {
                properties.insert(name, value);
            }
        }
        let fits = self.body.check(&body).is_empty();
        fits.then(|| body.to_string().into())
    }
}
