//! The builder: a client's options and their checks.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, HeaderValue};
use url::Url;

use super::api_key::{self, ApiKey};
use super::{Settings, base_url, header_value};
use crate::transport::{Budget, Retries};
use crate::{Client, Error};

/// Options for a [`Client`], from [`Client::builder`].
///
/// ```
/// # fn main() -> Result<(), aura_client::Error> {
/// use std::time::Duration;
///
/// let client = aura_client::Client::builder()
///     .api_key("aura_pk_live_0123456789")
///     .timeout(Duration::from_secs(20))
///     .user_agent("billing/2.1")
///     .build()?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder {
    api_key: Option<ApiKey>,
    base_url: Option<String>,
    timeout: Duration,
    attempt_timeout: Duration,
    connect_timeout: Duration,
    max_retries: u32,
    max_body_bytes: usize,
    user_agent: String,
    http_client: Option<reqwest::Client>,
}

impl ClientBuilder {
    pub(crate) fn new() -> Self {
        Self {
            api_key: None,
            base_url: None,
            timeout: Duration::from_secs(60),
            attempt_timeout: Duration::from_secs(15),
            connect_timeout: Duration::from_secs(3),
            max_retries: 2,
            max_body_bytes: 8 * 1024 * 1024,
            user_agent: String::new(),
            http_client: None,
        }
    }

    /// The API key (`aura_pk_live_…`) or session JWT; required. White space around it is trimmed.
    pub fn api_key(mut self, key: impl Into<String>) -> Self {
        self.api_key = ApiKey::new(&key.into());
        self
    }

    /// Where the API is, instead of `https://api.aura-app.ai`. A path prefix is kept.
    ///
    /// It must be `https`, or `http` on `localhost`, `127.0.0.0/8` or `[::1]`, without query,
    /// fragment, user name or password.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// How long a whole call may take, retries and the waits before them included; 60 s unless
    /// set.
    pub fn timeout(mut self, total: Duration) -> Self {
        self.timeout = total;
        self
    }

    /// How long one attempt may take, connecting and reading the body included; 15 s unless set.
    pub fn attempt_timeout(mut self, duration: Duration) -> Self {
        self.attempt_timeout = duration;
        self
    }

    /// How long connecting may take, TLS included; 3 s unless set. It does not reach a client
    /// given to [`http_client`](Self::http_client).
    pub fn connect_timeout(mut self, duration: Duration) -> Self {
        self.connect_timeout = duration;
        self
    }

    /// How often a call is tried again after its first attempt; 2 unless set, 0 turns retries off.
    ///
    /// Only transient failures are retried, and only with methods that are idempotent: see
    /// [`guide::retries`](crate::guide::retries).
    pub fn max_retries(mut self, retries: u32) -> Self {
        self.max_retries = retries;
        self
    }

    /// How many bytes an answer's body may have after decompression; 8 MiB unless set.
    pub fn max_body_bytes(mut self, bytes: usize) -> Self {
        self.max_body_bytes = bytes;
        self
    }

    /// What follows `aura-client/<version>` in `User-Agent`: your program's name and version.
    pub fn user_agent(mut self, suffix: impl Into<String>) -> Self {
        self.user_agent = suffix.into();
        self
    }

    /// Sends requests with this client of yours: its proxy, certificates, pool and connect
    /// timeout. Key, other timeouts, body cap and user agent hold all the same.
    ///
    /// Whether redirects are followed is up to it; reqwest takes the key away from a request that
    /// is redirected to another origin, but not the headers of
    /// [`with_header`](Client::with_header). (Without this method, redirects are not followed.)
    ///
    /// If the base URL is `http://localhost` or `http://127.0.0.1`, build yours with `.no_proxy()`:
    /// else a proxy from the environment is sent the key in the clear. (Without this method, no
    /// proxy is asked there.)
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http_client = Some(client);
        self
    }

    /// Makes the client.
    ///
    /// # Errors
    ///
    /// [`Config`](crate::ErrorKind::Config) for a missing or invalid key, an invalid base URL or
    /// user agent, or if TLS cannot be set up. What was invalid is not shown.
    pub fn build(self) -> Result<Client, Error> {
        let key = self.api_key.ok_or_else(|| {
            let missing = "no API key was given, or an empty one";
            Error::config(format!("{missing}; {}", api_key::WHERE))
        })?;
        let authorization = key
            .authorization()
            .map_err(|problem| Error::config(format!("the API key {problem}")))?;
        let base_url = base_url::parse(self.base_url.as_deref().unwrap_or(base_url::PRODUCTION))
            .map_err(Error::config)?;
        let http = match self.http_client {
            Some(client) => client,
            None => http_client(&base_url, self.connect_timeout)?,
        };
        Ok(Client::from_settings(Settings {
            http,
            base_url,
            authorization,
            user_agent: user_agent(&self.user_agent)?,
            headers: HeaderMap::new(),
            retries: Retries {
                max: self.max_retries,
                budget: Arc::new(Budget::full()),
            },
            timeout: self.timeout,
            attempt_timeout: self.attempt_timeout,
            max_body_bytes: self.max_body_bytes,
        }))
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The base URL is left out: until it is checked it may hold a password.
        f.debug_struct("ClientBuilder")
            .field("api_key", &self.api_key)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}

/// reqwest's client without what would act behind the back of ours.
fn http_client(base_url: &Url, connect_timeout: Duration) -> Result<reqwest::Client, Error> {
    let builder = reqwest::Client::builder();
    // In the clear the key goes to this machine alone, so not to a proxy either.
    let builder = match base_url.scheme() {
        "http" => builder.no_proxy(),
        _ => builder,
    };
    builder
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .connect_timeout(connect_timeout)
        .build()
        .map_err(|_| {
            Error::config("TLS cannot be set up: no usable root certificates or crypto provider")
        })
}

fn user_agent(suffix: &str) -> Result<HeaderValue, Error> {
    const OURS: &str = concat!("aura-client/", env!("CARGO_PKG_VERSION"));
    if suffix.is_empty() {
        return Ok(HeaderValue::from_static(OURS));
    }
    header_value::printable(&format!("{OURS} {suffix}")).ok_or_else(|| {
        Error::config("the user agent holds a control character or one that is not ASCII")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorKind;

    fn builder() -> ClientBuilder {
        Client::builder().api_key("aura_pk_live_1")
    }

    #[test]
    fn the_production_api_is_the_default() {
        let client = builder().build().expect("valid");

        assert_eq!(client.base_url().as_str(), "https://api.aura-app.ai/");
    }

    #[test]
    fn what_is_invalid_is_a_config_error_that_does_not_show_it() {
        for (builder, word) in [
            (Client::builder(), "no API key"),
            (Client::builder().api_key(" \n"), "no API key"),
            (Client::builder().api_key("sec\nret"), "API key"),
            (builder().base_url("http://secret.example"), "https"),
            (builder().base_url("https://me:secret@h"), "password"),
            (builder().user_agent("sec\r\nret"), "user agent"),
            (builder().user_agent("secrét"), "user agent"),
        ] {
            assert!(!format!("{builder:?}").contains("sec"), "{builder:?}");
            let error = builder.build().expect_err(word);
            assert_eq!((error.kind(), error.attempts()), (ErrorKind::Config, 0));
            let shown = format!("{error} {error:?}");
            assert!(shown.contains(word), "{shown}");
            assert!(!shown.contains("sec"), "{shown}");
        }
    }

    #[test]
    fn the_defaults_are_those_that_are_documented() {
        let builder = builder();

        assert_eq!(builder.timeout, Duration::from_secs(60));
        assert_eq!(builder.attempt_timeout, Duration::from_secs(15));
        assert_eq!(builder.connect_timeout, Duration::from_secs(3));
        assert_eq!(builder.max_body_bytes, 8 * 1024 * 1024);
        assert_eq!(builder.max_retries, 2);
    }

    #[test]
    fn the_largest_settings_are_fine() {
        let client = builder()
            .timeout(Duration::MAX)
            .attempt_timeout(Duration::MAX)
            .connect_timeout(Duration::MAX)
            .max_retries(u32::MAX)
            .max_body_bytes(usize::MAX)
            .build();

        assert!(client.is_ok());
    }

    #[test]
    fn the_user_agent_is_ours_and_then_the_programs() {
        let value = user_agent("billing/2.1").expect("valid");
        let text = value.to_str().expect("ASCII");

        assert!(text.starts_with("aura-client/"), "{text}");
        assert!(text.ends_with(" billing/2.1"), "{text}");
    }
}
