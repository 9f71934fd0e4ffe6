//! The exchanges of an operation: statuses, media types, headers and parameters.

use indexmap::IndexMap;
use openapi_document::Operation;
use openapi_document::operation::{Located, essence, is_in_range};
use serde_json::Value;

use super::names::is_shown;
use super::unknown::{Room, Shape};
use crate::exchange::{Body, Exchange};

/// The most names that are told apart in one place.
const MAX_NAMES: usize = 1_000;

/// What was seen of an operation.
#[derive(Debug)]
pub struct Traffic<'d> {
    /// The operation.
    pub operation: Operation<'d>,
    /// The schema of the value that it returns.
    pub value: Option<Located<'d>>,
    /// How many values it returned, of those that came without their exchange.
    pub values: u64,
    /// How many exchanges there were.
    pub exchanges: u64,
    /// The responses that the contract describes.
    pub responses: Vec<Described<'d>>,
    /// The statuses that it doesn't describe.
    pub statuses: IndexMap<u16, Response>,
    /// The parameters in the query that it doesn't describe.
    pub parameters: IndexMap<String, u64>,
    /// Those that it describes.
    known: Vec<&'d str>,
}

/// A response that the contract describes, and what was seen of it.
#[derive(Debug)]
pub struct Described<'d> {
    /// The status, the range of them, or `default`.
    pub key: &'d str,
    /// What the contract says.
    pub at: Located<'d>,
    /// The media types, in lower case, with the schemas of their bodies.
    content: Vec<(String, Option<Located<'d>>)>,
    /// How many there were.
    pub count: u64,
    /// The media types that the contract doesn't describe.
    pub media_types: IndexMap<String, Response>,
    /// The headers that it doesn't describe.
    pub headers: IndexMap<String, u64>,
}

/// What was seen of a response that the contract doesn't describe.
#[derive(Debug, Default)]
pub struct Response {
    /// How many there were.
    pub count: u64,
    /// Their bodies, if they are JSON.
    pub body: Shape,
}

/// Exchanges that are of no operation.
#[derive(Debug, Default)]
pub struct Undescribed {
    /// By method and path.
    pub operations: IndexMap<String, u64>,
    /// Those with other hosts, and those beyond the names that are told apart.
    pub elsewhere: u64,
}

impl Undescribed {
    /// Counts an exchange.
    pub fn count(&mut self, label: String) {
        match self.operations.len() < MAX_NAMES || self.operations.contains_key(&label) {
            true => *self.operations.entry(label).or_default() += 1,
            false => self.elsewhere += 1,
        }
    }
}

impl<'d> Traffic<'d> {
    /// Has seen nothing yet.
    pub fn of(document: &'d Value, operation: Operation<'d>) -> Traffic<'d> {
        let parameters = operation.parameters(document);
        let in_query = parameters
            .iter()
            .filter(|at| at.text("in") == Some("query"));
        let responses = operation.responses(document);
        Traffic {
            value: super::returned(document, &operation),
            known: in_query.filter_map(|at| at.text("name")).collect(),
            responses: responses.into_iter().map(Described::of).collect(),
            operation,
            values: 0,
            exchanges: 0,
            statuses: IndexMap::new(),
            parameters: IndexMap::new(),
        }
    }

    /// Counts an exchange; returns the schema of its body, if the contract has one.
    pub fn count(
        &mut self,
        exchange: &Exchange,
        query: &[String],
        room: &mut Room,
    ) -> Option<Located<'d>> {
        self.exchanges += 1;
        for name in query {
            let name = name.split('[').next().unwrap_or_default();
            if !self.known.contains(&name) && is_shown(name) {
                count(&mut self.parameters, name.to_string());
            }
        }
        let Some(response) = self.response(exchange.status) else {
            let undescribed = self.statuses.entry(exchange.status).or_default();
            undescribed.count(exchange, room);
            return None;
        };
        let response = &mut self.responses[response];
        response.count(exchange, room, self.operation.method == "head")
    }

    /// The response of a status: its own, that of its range, or the default.
    fn response(&self, status: u16) -> Option<usize> {
        let of = |key: &str| {
            let mut responses = self.responses.iter();
            responses.position(|response| response.key.eq_ignore_ascii_case(key))
        };
        let range = || of(&format!("{}XX", status / 100));
        of(&status.to_string())
            .or_else(range)
            .or_else(|| of("default"))
    }
}

impl<'d> Described<'d> {
    fn of((key, at): (&'d str, Located<'d>)) -> Described<'d> {
        let content = at.children("content");
        Described {
            content: content
                .map(|(name, media)| (essence(name).to_ascii_lowercase(), media.child("schema")))
                .collect(),
            key,
            at,
            count: 0,
            media_types: IndexMap::new(),
            headers: IndexMap::new(),
        }
    }

    fn count(
        &mut self,
        exchange: &Exchange,
        room: &mut Room,
        is_head: bool,
    ) -> Option<Located<'d>> {
        self.count += 1;
        let known = self.at.object.get("headers").and_then(Value::as_object);
        for (name, _) in &exchange.headers {
            let mut known = known.into_iter().flatten();
            let is_known = known.any(|(known, _)| known.eq_ignore_ascii_case(name));
            if !is_known && !is_of_http(name) && is_shown(name) {
                count(&mut self.headers, name.to_ascii_lowercase());
            }
        }
        if matches!(exchange.body, Body::Absent) || is_head {
            return None;
        }
        let media_type = exchange.media_type();
        let is_of = |range: &str| {
            media_type
                .as_ref()
                .is_none_or(|given| is_in_range(given, range))
        };
        if let Some((_, schema)) = self.content.iter().find(|(range, _)| is_of(range)) {
            return schema.clone();
        }
        let name = media_type.filter(|name| name.len() < 64 && name.contains('/'));
        let name = name.unwrap_or_else(|| "application/octet-stream".to_string());
        if self.media_types.len() < MAX_NAMES {
            self.media_types
                .entry(name)
                .or_default()
                .count(exchange, room);
        }
        None
    }
}

impl Response {
    fn count(&mut self, exchange: &Exchange, room: &mut Room) {
        self.count += 1;
        if let Body::Json(value) = &exchange.body {
            self.body.count(value, room);
        }
    }
}

fn count(names: &mut IndexMap<String, u64>, name: String) {
    if names.len() < MAX_NAMES || names.contains_key(&name) {
        *names.entry(name).or_default() += 1;
    }
}

/// Headers of HTTP and of what stands between: no contract describes them.
const OF_HTTP: &str = "\
    accept-ranges access-control-allow-credentials access-control-allow-headers \
    access-control-allow-methods access-control-allow-origin access-control-expose-headers \
    access-control-max-age age allow alt-svc cache-control cf-cache-status cf-ray connection \
    content-disposition content-encoding content-language content-length content-location \
    content-security-policy content-type cross-origin-opener-policy \
    cross-origin-resource-policy date etag expect-ct expires keep-alive last-modified location nel \
    origin-agent-cluster permissions-policy pragma referrer-policy report-to \
    reporting-endpoints server server-timing set-cookie strict-transport-security \
    timing-allow-origin trailer transfer-encoding upgrade vary via www-authenticate \
    x-content-type-options x-dns-prefetch-control x-download-options x-frame-options \
    x-permitted-cross-domain-policies x-powered-by x-xss-protection";

fn is_of_http(name: &str) -> bool {
    let mut known = OF_HTTP.split_ascii_whitespace();
    known.any(|known| known.eq_ignore_ascii_case(name))
}
