//! The key of a request, where the security scheme of its operation has it.

use aura_contract::Scheme;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::HeaderValue;
use http::header::AUTHORIZATION;

use super::received::Received;
use crate::store::{Caller, Store};

/// The caller whose key a request carries in this way.
pub(super) fn caller(scheme: &Scheme, received: &Received, store: &Store) -> Option<Caller> {
    match scheme {
        Scheme::Bearer => store.caller(authorization(received, "bearer")?),
        Scheme::Basic => {
            let encoded = authorization(received, "basic")?;
            let decoded = String::from_utf8(STANDARD.decode(encoded).ok()?).ok()?;
            let without_password = || store.caller(decoded.strip_suffix(':')?);
            let caller = store.caller(&decoded).filter(|_| decoded.contains(':'));
            caller.or_else(without_password)
        }
        Scheme::Header(name) => store.caller(received.headers.get(name)?.to_str().ok()?),
        Scheme::Query(name) => {
            let query = received.uri.query().unwrap_or_default();
            let mut pairs = form_urlencoded::parse(query.as_bytes());
            let (_, key) = pairs.find(|(given, _)| given == name)?;
            store.caller(&key)
        }
        _ => None,
    }
}

/// What `Authorization` has after this scheme, whose case does not matter.
fn authorization<'r>(received: &'r Received, expected: &str) -> Option<&'r str> {
    let value = received.headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, credentials) = value.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case(expected)
        .then(|| credentials.trim())
}

/// What `WWW-Authenticate` asks for; an API key has no name there.
pub(super) fn challenge(scheme: &Scheme) -> Option<HeaderValue> {
    match scheme {
        Scheme::Bearer => Some(HeaderValue::from_static("Bearer")),
        Scheme::Basic => Some(HeaderValue::from_static("Basic realm=\"sandbox\"")),
        _ => None,
    }
}
