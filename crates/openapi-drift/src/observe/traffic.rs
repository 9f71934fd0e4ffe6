//! The exchanges of an operation: statuses, media types, headers and parameters.

use indexmap::IndexMap;
use openapi_document::Operation;
use openapi_document::operation::{Located, essence};
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
    /// How many values it returned, of those that came without their exchange.
    pub values: u64,
    /// How many exchanges there were.
    pub exchanges: u64,
    /// The responses that the contract describes, by their keys.
    pub described: IndexMap<&'d str, Described>,
    /// The statuses that it doesn't describe.
    pub statuses: IndexMap<u16, Response>,
    /// The names in the query that it doesn't describe.
    pub parameters: IndexMap<String, u64>,
    /// The parameters that were sent.
    pub sent: IndexMap<String, u64>,
}

/// What was seen of a response that the contract describes.
#[derive(Debug, Default)]
pub struct Described {
    /// How many there were.
    pub count: u64,
    /// The media types that it doesn't describe.
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
    pub fn of(operation: Operation<'d>) -> Traffic<'d> {
        Traffic {
            operation,
            values: 0,
            exchanges: 0,
            described: IndexMap::new(),
            statuses: IndexMap::new(),
            parameters: IndexMap::new(),
            sent: IndexMap::new(),
        }
    }

    /// The schema of the value that the operation returns.
    pub fn returned(&self, document: &'d Value) -> Option<Located<'d>> {
        super::returned(document, &self.operation)
    }

    /// Counts an exchange; returns the schema of its body, if the contract has one.
    pub fn count(
        &mut self,
        document: &'d Value,
        exchange: &Exchange,
        query: &[String],
        room: &mut Room,
    ) -> Option<Located<'d>> {
        self.exchanges += 1;
        self.query(document, query);
        let Some((status, response)) = self.response(document, exchange.status) else {
            let undescribed = self.statuses.entry(exchange.status).or_default();
            undescribed.count(exchange, room);
            return None;
        };
        let described = self.described.entry(status).or_default();
        described.count += 1;
        let known: Vec<&str> = response.children("headers").map(|(name, _)| name).collect();
        for (name, _) in &exchange.headers {
            let is_known = known.iter().any(|known| known.eq_ignore_ascii_case(name));
            if !is_known && !is_of_http(name) && is_shown(name) {
                count(&mut described.headers, name.to_ascii_lowercase());
            }
        }
        if matches!(exchange.body, Body::Absent) || self.operation.method == "head" {
            return None;
        }
        let media_type = exchange.media_type();
        let content = response
            .children("content")
            .find(|(name, _)| match &media_type {
                Some(given) => is_in_range(given, essence(name)),
                None => true,
            });
        let Some((_, media)) = content else {
            let name = media_type.filter(|name| name.len() < 64 && name.contains('/'));
            let name = name.unwrap_or_else(|| "application/octet-stream".to_string());
            if described.media_types.len() < MAX_NAMES {
                let undescribed = described.media_types.entry(name).or_default();
                undescribed.count(exchange, room);
            }
            return None;
        };
        media.child("schema")
    }

    fn query(&mut self, document: &'d Value, query: &[String]) {
        if query.is_empty() {
            return;
        }
        let parameters = self.operation.parameters(document);
        for name in query {
            let name = name.split('[').next().unwrap_or_default();
            let mut known = parameters.iter();
            let is_known =
                known.any(|at| at.text("in") == Some("query") && at.text("name") == Some(name));
            match is_known {
                true => count(&mut self.sent, name.to_string()),
                false if is_shown(name) => count(&mut self.parameters, name.to_string()),
                false => {}
            }
        }
    }

    /// The response of a status: its own, that of its range, or the default.
    fn response(&self, document: &'d Value, status: u16) -> Option<(&'d str, Located<'d>)> {
        let responses = self.operation.responses(document);
        let of = |key: &str| {
            responses
                .iter()
                .find(|(name, _)| name.eq_ignore_ascii_case(key))
        };
        let range = format!("{}XX", status / 100);
        let found = of(&status.to_string())
            .or_else(|| of(&range))
            .or_else(|| of("default"));
        found.cloned()
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

/// Whether a media type is one of a range, such as `image/*`.
fn is_in_range(given: &str, range: &str) -> bool {
    let range = range.to_ascii_lowercase();
    match range.strip_suffix('*') {
        Some(start) => given.starts_with(start) || range == "*/*",
        None => given == range,
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
