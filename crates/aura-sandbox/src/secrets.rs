//! What of a request is secret: it is not recorded.

use aura_contract::{Contract, Scheme};
use http::header::{AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION};
use http::{HeaderMap, HeaderName, HeaderValue};

/// Headers that hold secrets whatever the contract says.
pub(crate) const SECRET_HEADERS: [HeaderName; 4] = [
    AUTHORIZATION,
    PROXY_AUTHORIZATION,
    COOKIE,
    HeaderName::from_static("x-api-key"),
];

/// The headers and query parameters that hold secrets.
pub(crate) struct Secrets {
    headers: Vec<HeaderName>,
    parameters: Vec<String>,
}

impl Secrets {
    /// Those that any security scheme of the contract puts a key into, beside the usual ones.
    pub(crate) fn of(contract: &Contract) -> Self {
        let mut secrets = Self {
            headers: SECRET_HEADERS.to_vec(),
            parameters: Vec::new(),
        };
        for (_, scheme) in contract.security_schemes() {
            match scheme {
                Scheme::Header(name) => secrets.headers.extend(HeaderName::try_from(name)),
                Scheme::Query(name) => secrets.parameters.push(name),
                _ => {}
            }
        }
        secrets
    }

    /// The other headers, copied: as received they hold on to the whole buffer that they were read
    /// into.
    pub(crate) fn strip_headers(&self, headers: &HeaderMap) -> HeaderMap {
        let mut kept = HeaderMap::with_capacity(headers.len());
        for (name, value) in headers {
            if let (false, Ok(value)) = (
                self.headers.contains(name),
                HeaderValue::from_bytes(value.as_bytes()),
            ) {
                kept.append(name, value);
            }
        }
        kept
    }

    /// The query without secret parameters; `None` if it has nothing else.
    pub(crate) fn strip_query(&self, query: String) -> Option<String> {
        if !query.split('&').any(|pair| self.is_secret(pair)) {
            return Some(query);
        }
        let kept: Vec<&str> = query
            .split('&')
            .filter(|pair| !self.is_secret(pair))
            .collect();
        (!kept.is_empty()).then(|| kept.join("&"))
    }

    fn is_secret(&self, pair: &str) -> bool {
        let mut parsed = form_urlencoded::parse(pair.as_bytes());
        parsed.any(|(name, _)| self.parameters.iter().any(|secret| *secret == name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn secrets() -> Secrets {
        let contract = json!({ "openapi": "3.0.3", "components": { "securitySchemes": {
            "header": { "type": "apiKey", "in": "header", "name": "X-Tenant-Key" },
            "query": { "type": "apiKey", "in": "query", "name": "api key" }
        } } });
        let contract = Contract::from_json(&contract.to_string());
        Secrets::of(&contract.expect("it is a contract"))
    }

    #[test]
    fn keys_are_taken_out_of_headers() {
        let mut headers = HeaderMap::new();
        for name in SECRET_HEADERS {
            headers.insert(name, HeaderValue::from_static("secret"));
        }
        headers.insert("x-tenant-key", HeaderValue::from_static("secret"));
        headers.insert("x-note", HeaderValue::from_static("note"));
        let kept = secrets().strip_headers(&headers);

        assert_eq!((kept.len(), kept["x-note"].as_bytes()), (1, &b"note"[..]));
    }

    #[test]
    fn keys_are_taken_out_of_queries_however_they_are_encoded() {
        for (query, kept) in [
            ("a=1&b", Some("a=1&b")),
            ("", Some("")),
            ("api%20key=secret&a=1", Some("a=1")),
            ("a=1&api+key=secret&b", Some("a=1&b")),
            ("%61pi%20k%65y=secret", None),
            ("api%20key", None),
        ] {
            let stripped = secrets().strip_query(query.to_owned());
            assert_eq!(stripped.as_deref(), kept, "{query}");
        }
    }
}
