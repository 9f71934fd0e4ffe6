//! Calls that the service carries out once, however often it gets them (`x-idempotency-key`).

use std::time::SystemTime;

use serde::Serialize;
use uuid::{Builder, Uuid};

use super::Call;
use crate::fingerprint::Fingerprints;
use crate::request::{Argument, style};

#[allow(
    dead_code,
    reason = "generated code calls what the contract's operations need"
)]
impl Call<'_> {
    /// Sets the header by which the service recognizes a repeated call, to a fresh UUID if the value is
    /// `None`. It is the same for all attempts, so repeating the call does no harm.
    pub(crate) fn idempotency_key<T: Serialize + ?Sized>(
        mut self,
        name: &'static str,
        value: &T,
    ) -> Self {
        self.context.idempotent = true;
        let fresh = || Argument::One(fresh_uuid().to_string());
        match Argument::of(value) {
            Argument::One(key) if key.is_empty() => {
                self.draft
                    .refuse(format!("header argument `{name}` must not be empty"));
            }
            // A view's header is a key of the caller's own.
            Argument::Absent if self.settings.headers.contains_key(name) => {}
            Argument::Absent => self.draft.header(name, fresh(), style::SIMPLE),
            given => self.draft.header(name, given, style::SIMPLE),
        }
        self
    }
}

/// A UUID that no other call has, in this process or another; without the crate that `uuid` would take
/// randomness from.
fn fresh_uuid() -> Uuid {
    let random = Fingerprints::new().of(&(std::process::id(), SystemTime::now()));
    Builder::from_random_bytes(random.to_be_bytes()).into_uuid()
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, Method};

    use super::*;
    use crate::Client;
    use crate::operation::{Operation, Scheme};

    const CREATE: fn() -> Operation = || Operation {
        id: "create_lead",
        method: Method::POST,
        path: "/",
        security: Scheme::None,
        not_found: None,
    };

    fn client() -> Client {
        Client::new("key").expect("valid")
    }

    /// The headers of a call with this key.
    fn headers(client: &Client, key: Option<&str>) -> Result<HeaderMap, String> {
        let call = client
            .call(CREATE())
            .idempotency_key("Idempotency-Key", &key);
        assert!(call.context.idempotent);
        let request = call.draft.into_request(call.settings);
        request
            .map(|request| request.0.headers)
            .map_err(|problem| problem.into_owned())
    }

    #[test]
    fn each_call_has_a_key_of_its_own() {
        let mut keys = [(); 2].map(|()| {
            let headers = headers(&client(), None).expect("valid");
            let key = headers["idempotency-key"].to_str().expect("ASCII");
            Uuid::parse_str(key).expect("a UUID")
        });
        assert!(keys.iter().all(|key| key.get_version_num() == 4));
        keys.sort_unstable();
        assert_ne!(keys[0], keys[1]);
        assert!(!client().call(CREATE()).context.idempotent, "without one");
    }

    #[test]
    fn a_given_key_is_sent_as_it_is() {
        let given = headers(&client(), Some("order 7")).expect("valid");
        assert_eq!(given["idempotency-key"], "order 7");
        let view = client()
            .with_header("idempotency-key", "mine")
            .expect("valid");
        let of_the_view = headers(&view, None).expect("valid");
        assert_eq!(of_the_view["idempotency-key"], "mine");
        let both = headers(&view, Some("order 7")).expect("valid");
        assert_eq!(both["idempotency-key"], "order 7");
        let problem = headers(&client(), Some("")).expect_err("no key");
        assert_eq!(
            problem,
            "header argument `Idempotency-Key` must not be empty"
        );
    }
}
