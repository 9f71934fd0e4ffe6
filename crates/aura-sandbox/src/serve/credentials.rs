//! The key of a request, where the security scheme of its operation has it.

use std::borrow::Cow;

use aura_contract::Scheme;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::HeaderValue;
use http::header::AUTHORIZATION;

use super::received::Received;
use crate::store::{Caller, Store};

/// The key that a request carries in this way, known or not.
pub(super) fn key<'r>(scheme: &Scheme, received: &'r Received) -> Option<Cow<'r, str>> {
    match scheme {
        Scheme::Bearer => authorization(received, "bearer").map(Cow::Borrowed),
        Scheme::Basic => {
            let decoded = STANDARD.decode(authorization(received, "basic")?).ok()?;
            let decoded = String::from_utf8(decoded).ok()?;
            decoded.contains(':').then(|| decoded.into())
        }
        Scheme::Header(name) => received.headers.get(name)?.to_str().ok().map(Cow::Borrowed),
        Scheme::Query(name) => {
            let query = received.uri.query().unwrap_or_default();
            let mut pairs = form_urlencoded::parse(query.as_bytes());
            pairs.find(|(given, _)| given == name).map(|(_, key)| key)
        }
        _ => None,
    }
}

/// Whose key it is. Of HTTP Basic, a key without a colon is a user without a password.
pub(super) fn caller(scheme: &Scheme, key: &str, store: &Store) -> Option<Caller> {
    let user = key.strip_suffix(':').filter(|_| *scheme == Scheme::Basic);
    store.caller(key).or_else(|| store.caller(user?))
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
