//! What the sandbox was asked, so that tests can look.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};
#[cfg(feature = "control")]
use serde_json::{Map, Value, json};

use crate::secrets::Secrets;

/// How many requests are kept; older ones are forgotten.
const MOST: usize = 10_000;
/// How many bytes of them are kept in all.
const MOST_BYTES: usize = 64 * 1024 * 1024;

/// A request that came, and what was answered.
///
/// `Debug` shows no personal data: neither path arguments nor query, header values or body. The
/// key is not kept at all.
#[derive(Clone, PartialEq)]
pub struct Recorded {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) query: Option<String>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    pub(crate) operation: Option<String>,
    pub(crate) template: Option<String>,
    pub(crate) organization: Option<String>,
    pub(crate) status: Option<StatusCode>,
    pub(crate) fault: Option<&'static str>,
    pub(crate) request_id: String,
}

impl Recorded {
    /// The method.
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The path as it came, percent-encoded.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What stood behind the `?`, as it came but for a key that the contract has there; `None` if
    /// there was nothing else.
    pub fn query(&self) -> Option<&str> {
        self.query.as_deref()
    }

    /// The headers without `Authorization`, `Proxy-Authorization`, `Cookie`, `X-Api-Key` and those
    /// that the contract has a key in.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body; of one that was too large, what was read of it. Of a caller without a valid key,
    /// where one is needed, it is not kept.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The contract's operation that was asked for, such as `get_lead`; `health` for `/health`.
    pub fn operation(&self) -> Option<&str> {
        self.operation.as_deref()
    }

    /// The name of the organization that the key belongs to; `None` for no key or an unknown one.
    pub fn organization(&self) -> Option<&str> {
        self.organization.as_deref()
    }

    /// The status that was answered; `None` if the connection was reset instead.
    pub fn status(&self) -> Option<StatusCode> {
        self.status
    }

    /// The fault that shaped the answer, such as `bad_gateway`.
    pub fn fault(&self) -> Option<&str> {
        self.fault
    }

    /// What the answer had in `X-Request-Id`.
    pub fn request_id(&self) -> &str {
        &self.request_id
    }

    /// How many bytes a caller made it hold.
    fn size(&self) -> usize {
        let headers = self.headers.iter();
        let headers: usize = headers
            .map(|(name, value)| name.as_str().len() + value.len())
            .sum();
        self.body.len() + headers + self.path.len() + self.query.as_ref().map_or(0, String::len)
    }

    #[cfg(feature = "control")]
    pub(crate) fn to_json(&self) -> Value {
        let headers: Map<String, Value> = self
            .headers
            .keys()
            .map(|name| {
                let values = self.headers.get_all(name).iter();
                let values: Vec<_> = values
                    .map(|value| String::from_utf8_lossy(value.as_bytes()))
                    .collect();
                (name.to_string(), values.join(", ").into())
            })
            .collect();
        json!({
            "method": self.method.as_str(),
            "path": self.path,
            "query": self.query,
            "headers": headers,
            "body": String::from_utf8_lossy(&self.body),
            "operation": self.operation,
            "organization": self.organization,
            "status": self.status.map(|status| status.as_u16()),
            "fault": self.fault,
            "request_id": self.request_id,
        })
    }
}

impl fmt::Debug for Recorded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.template.as_deref().unwrap_or("[redacted]");
        f.debug_struct("Recorded")
            .field("method", &self.method)
            .field("path", &path)
            .field("query", &self.query.as_ref().map(|_| "[redacted]"))
            .field("headers", &self.headers.keys().collect::<Vec<_>>())
            .field("body", &format_args!("[{} bytes]", self.body.len()))
            .field("operation", &self.operation)
            .field("organization", &self.organization)
            .field("status", &self.status)
            .field("fault", &self.fault)
            .field("request_id", &self.request_id)
            .finish()
    }
}

/// The last requests, and how many there were.
pub(crate) struct Records {
    secrets: Secrets,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    last: VecDeque<Recorded>,
    bytes: usize,
    count: u64,
}

impl Records {
    pub(crate) fn new(secrets: Secrets) -> Self {
        Self {
            secrets,
            kept: Mutex::default(),
        }
    }

    pub(crate) fn push(&self, mut recorded: Recorded) {
        recorded.headers = self.secrets.strip_headers(&recorded.headers);
        let query = recorded.query.take();
        recorded.query = query.and_then(|query| self.secrets.strip_query(query));
        let mut kept = self.lock();
        kept.count += 1;
        kept.bytes += recorded.size();
        kept.last.push_back(recorded);
        while kept.last.len() > MOST || kept.bytes > MOST_BYTES && kept.last.len() > 1 {
            let oldest = kept.last.pop_front();
            kept.bytes -= oldest.map_or(0, |oldest| oldest.size());
        }
    }

    pub(crate) fn last(&self) -> Vec<Recorded> {
        self.lock().last.iter().cloned().collect()
    }

    pub(crate) fn count(&self) -> u64 {
        self.lock().count
    }

    pub(crate) fn clear(&self) {
        *self.lock() = Kept::default();
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        // Nothing panics with the lock held; if it did, what is kept would still be whole.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secrets::SECRET_HEADERS;
    use aura_contract::Contract;
    use http::HeaderValue;

    fn records() -> Records {
        Records::new(Secrets::of(&Contract::builtin()))
    }

    fn recorded(body: &'static [u8]) -> Recorded {
        let mut headers = HeaderMap::new();
        for name in SECRET_HEADERS {
            headers.insert(name, HeaderValue::from_static("secret"));
        }
        headers.insert("x-note", HeaderValue::from_static("secret too"));
        Recorded {
            method: Method::GET,
            path: "/v1/people/secret".into(),
            query: Some("email=secret".into()),
            headers,
            body: Bytes::from_static(body),
            operation: Some("get_person".into()),
            template: Some("/v1/people/{name}".into()),
            organization: None,
            status: Some(StatusCode::OK),
            fault: None,
            request_id: "req_1".into(),
        }
    }

    #[test]
    fn debug_shows_no_personal_data() {
        let shown = format!("{:?}", recorded(b"secret"));
        assert!(!shown.contains("secret"), "{shown}");
        assert!(shown.contains("/v1/people/{name}") && shown.contains("x-note"));

        let unrouted = Recorded {
            template: None,
            ..recorded(b"")
        };
        assert!(!format!("{unrouted:?}").contains("secret"));
    }

    #[test]
    fn secrets_are_not_kept() {
        let records = records();
        records.push(recorded(b""));
        let kept = records.last();

        assert_eq!(kept[0].headers().len(), 1);
        assert!(!kept[0].to_json().to_string().contains("\"secret\""));
    }

    #[test]
    fn the_last_are_kept_and_all_are_counted() {
        let records = records();
        for _ in 0..MOST + 5 {
            records.push(recorded(b"four"));
        }
        assert_eq!(records.last().len(), MOST);
        assert_eq!(records.count(), MOST as u64 + 5);
        let each = records.last()[0].size();
        assert_eq!(records.lock().bytes, MOST * each);

        records.clear();
        assert_eq!((records.last().len(), records.count()), (0, 0));
    }

    #[test]
    fn large_bodies_push_older_ones_out() {
        static LARGE: [u8; MOST_BYTES / 2 + 1] = [0; MOST_BYTES / 2 + 1];
        let records = records();
        for _ in 0..3 {
            records.push(recorded(&LARGE));
        }
        assert_eq!(records.last().len(), 1);
    }
}
