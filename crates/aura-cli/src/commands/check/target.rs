//! Who would be asked, and with which key.

use aura_client::Client;

use super::finding::{Finding, Subject};
use crate::failure::Failure;
use crate::options::Global;
use crate::report::Report;
use crate::session::{self, API_KEY, BASE_URL, Session};

/// Who would be asked.
pub struct Target {
    pub base_url: Finding,
    pub key: Finding,
    /// For what needs no key; if there is a valid URL.
    pub open: Option<Client>,
    /// For all else; if there is a key, too.
    pub keyed: Option<Client>,
    /// Holds the sandbox, if that is asked.
    _session: Option<Session>,
}

/// A client has a key in any case; this one is for what asks for none.
const NO_KEY: &str = "none";

impl Target {
    pub async fn find(global: &Global, report: &Report) -> Result<Self, Failure> {
        #[cfg(feature = "sandbox")]
        if global.sandbox {
            return Self::sandbox(Session::open(global, report).await?);
        }
        #[cfg(not(feature = "sandbox"))]
        let _ = report;
        Ok(Self::configured(global))
    }

    #[cfg(feature = "sandbox")]
    fn sandbox(session: Session) -> Result<Self, Failure> {
        let client = session.client.clone();
        Ok(Self {
            base_url: located(&client, "sandbox", "the sandbox in this process"),
            key: Finding::passed(Subject::Key, "the sandbox's own").with("source", "sandbox"),
            open: Some(client.clone()),
            keyed: Some(client),
            _session: Some(session),
        })
    }

    fn configured(global: &Global) -> Self {
        let url = session::base_url(global);
        let client =
            |key: &str| session::client(global, key, url.clone()?, session::recorder(global)?);
        let open = client(NO_KEY);
        let key = session::api_key(global);
        let keyed = key.as_ref().ok().map(|key| client(key));
        Self {
            base_url: match &open {
                Ok(client) if global.base_url.is_some() => located(client, "option", "--base-url"),
                Ok(client) if matches!(url, Ok(Some(_))) => located(client, "variable", BASE_URL),
                Ok(client) => located(client, "default", "the default"),
                Err(failure) => Finding::failed(Subject::BaseUrl, failure.clone()),
            },
            key: match (&key, &keyed) {
                (Err(failure), _) => Finding::failed(Subject::Key, failure.clone()),
                // With a valid URL it is the key that no client can be made of.
                (Ok(_), Some(Err(failure))) if open.is_ok() => {
                    Finding::failed(Subject::Key, failure.clone())
                }
                (Ok(key), _) => found(key, global),
            },
            open: open.ok(),
            keyed: keyed.and_then(Result::ok),
            _session: None,
        }
    }
}

fn located(client: &Client, source: &str, from: &str) -> Finding {
    let url = client.base_url().as_str().trim_end_matches('/');
    Finding::passed(Subject::BaseUrl, format!("{url} ({from})"))
        .with("url", url)
        .with("source", source)
}

fn found(key: &str, global: &Global) -> Finding {
    let (source, from) = match &global.key_file {
        Some(_) => ("file", "--key-file"),
        None => ("variable", API_KEY),
    };
    let (name, kind) = kind(key);
    Finding::passed(Subject::Key, format!("{kind} ({from})"))
        .with("kind", name)
        .with("source", source)
}

/// What kind of key it is, for programs and for people; nothing else of it is ever shown.
fn kind(key: &str) -> (&'static str, &'static str) {
    let key = key.trim();
    let is_jwt = key.starts_with("eyJ") && key.split('.').count() == 3;
    match key {
        _ if key.starts_with("aura_pk_live_") => ("live", "aura_pk_live_…"),
        _ if key.starts_with("aura_pk_test_") => ("test", "aura_pk_test_…"),
        _ if is_jwt => ("jwt", "a session JWT"),
        _ => ("unknown", "of no kind that aura knows"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_key_only_its_kind_is_told() {
        for (key, name) in [
            ("aura_pk_live_secret", "live"),
            (" aura_pk_test_secret\n", "test"),
            ("eyJhbGciOi.eyJzdWIi.secret", "jwt"),
            ("eyJsecret", "unknown"),
            ("secret", "unknown"),
        ] {
            assert_eq!(kind(key).0, name);
            assert!(!kind(key).1.contains("secret"));
        }
    }
}
