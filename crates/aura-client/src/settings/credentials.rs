//! Credentials: where the API key comes from, and how a request carries it.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderName};
use url::Url;

use super::api_key::{ApiKey, INVALID};
use super::header_value;
use crate::operation::Scheme;
use crate::service::BoxError;

/// Gives the key when asked for it.
type KeyProvider =
    dyn Fn() -> Pin<Box<dyn Future<Output = Result<String, BoxError>> + Send>> + Send + Sync;

/// Where the API key comes from.
#[derive(Clone)]
pub(crate) enum Credentials {
    Key(ApiKey),
    Provider(Arc<KeyProvider>),
}

impl Credentials {
    /// Returns whether another key may come from where the last one did.
    pub(crate) fn may_change(&self) -> bool {
        matches!(self, Self::Provider(_))
    }
}

/// Returns the provider's key for an attempt, or what is wrong with it. The provider's own error is
/// dropped: nothing is known about what it shows.
pub(crate) async fn provided(provider: &KeyProvider) -> Result<ApiKey, &'static str> {
    let text = provider()
        .await
        .map_err(|_| "the API key provider failed")?;
    ApiKey::new(&text)
        .ok_or("the API key provider gave an empty key")?
        .map_err(|_| "the API key provider gave what cannot be a key")
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(key) => key.fmt(f),
            Self::Provider(_) => f.write_str("provider"),
        }
    }
}

impl ApiKey {
    /// Puts the key into a request; what else was in its place goes.
    pub(crate) fn put_into(
        &self,
        scheme: Scheme,
        headers: &mut HeaderMap,
        url: &mut Url,
    ) -> Result<(), &'static str> {
        let key = self.as_str();
        let (name, value) = match scheme {
            Scheme::None => return Ok(()),
            Scheme::Bearer => (AUTHORIZATION, Some(self.bearer())),
            Scheme::Basic if !key.contains(':') => return Err("must be `user:password`"),
            Scheme::Basic => {
                let text = format!("Basic {}", BASE64_STANDARD.encode(key));
                (AUTHORIZATION, header_value::secret(&text))
            }
            Scheme::Header(name) => {
                let name = HeaderName::try_from(name).map_err(|_| "has no header to go into")?;
                (name, header_value::secret(key))
            }
            Scheme::Query(name) => {
                url.query_pairs_mut().append_pair(name, key);
                return Ok(());
            }
        };
        headers.insert(name, value.ok_or(INVALID)?);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(key: &str, scheme: Scheme) -> Result<(HeaderMap, Url), &'static str> {
        let key = ApiKey::new(key).expect("not empty").expect("valid");
        let mut headers = HeaderMap::new();
        let mut url = Url::parse("https://api.example/v1?a=1").expect("a URL");
        key.put_into(scheme, &mut headers, &mut url)?;
        Ok((headers, url))
    }

    #[test]
    fn the_key_goes_where_the_scheme_says_and_nowhere_else() {
        const PLAIN: &str = "https://api.example/v1?a=1";
        for (scheme, header, url) in [
            (Scheme::None, None, PLAIN),
            (
                Scheme::Bearer,
                Some(("authorization", "Bearer me:pass word")),
                PLAIN,
            ),
            (
                Scheme::Basic,
                Some(("authorization", "Basic bWU6cGFzcyB3b3Jk")),
                PLAIN,
            ),
            (
                Scheme::Header("X-Api-Key"),
                Some(("x-api-key", "me:pass word")),
                PLAIN,
            ),
            (
                Scheme::Query("key"),
                None,
                "https://api.example/v1?a=1&key=me%3Apass+word",
            ),
        ] {
            let (headers, found) = request("me:pass word", scheme).expect("valid");
            let expected: HeaderMap = header
                .into_iter()
                .map(|(name, value)| {
                    let name = name.parse().expect("a name");
                    (name, value.parse().expect("a value"))
                })
                .collect();

            assert_eq!(headers, expected, "{scheme:?}");
            assert!(headers.values().all(|value| value.is_sensitive()));
            assert_eq!(found.as_str(), url, "{scheme:?}");
        }
    }

    #[test]
    fn basic_needs_a_user_and_a_password() {
        assert_eq!(request("me", Scheme::Basic), Err("must be `user:password`"));
    }

    #[tokio::test]
    async fn a_provider_that_fails_is_not_quoted() {
        for (given, problem) in [
            (Err("secret"), "the API key provider failed"),
            (Ok(" \n"), "the API key provider gave an empty key"),
            (Ok("a\nb"), "the API key provider gave what cannot be a key"),
        ] {
            let provider = move || Box::pin(async move { Ok(given.map(str::to_owned)?) }) as _;
            assert_eq!(provided(&provider).await.err(), Some(problem));
        }
    }
}
