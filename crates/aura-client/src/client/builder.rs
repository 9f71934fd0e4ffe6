//! The builder: a client's options and their checks.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, HeaderValue, Request, Response};
use tower_layer::Layer;
use tower_service::Service;
use url::{Host, Url};

use crate::generated::service;
use crate::pacing::Pacer;
use crate::retry::{Budget, Retries};
use crate::settings::{ApiKey, Credentials, Settings, WHERE_KEYS_ARE, base_url, header_value};
use crate::{BoxError, Client, Error, HttpService};

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
    /// The key or where it comes from, or what is wrong with it.
    credentials: Result<Credentials, Cow<'static, str>>,
    base_url: Option<String>,
    http_host: Option<String>,
    timeout: Duration,
    attempt_timeout: Duration,
    connect_timeout: Duration,
    max_retries: u32,
    max_body_bytes: usize,
    user_agent: String,
    http_client: Option<reqwest::Client>,
    rate_limit_wait: Duration,
    /// The first one is the outermost.
    layers: Vec<Wrap>,
}

/// Puts a layer around a service.
type Wrap = Arc<dyn Fn(HttpService) -> HttpService + Send + Sync>;

impl ClientBuilder {
    pub(crate) fn new() -> Self {
        Self {
            credentials: Err(no_key()),
            base_url: None,
            http_host: None,
            timeout: Duration::from_secs(60),
            attempt_timeout: Duration::from_secs(15),
            connect_timeout: Duration::from_secs(3),
            max_retries: 2,
            max_body_bytes: 8 * 1024 * 1024,
            user_agent: String::new(),
            http_client: None,
            rate_limit_wait: Duration::ZERO,
            layers: Vec::new(),
        }
    }

    /// The API key (`aura_pk_live_…`) or session JWT; required. White space around it is trimmed.
    pub fn api_key(mut self, key: impl Into<String>) -> Self {
        self.credentials = match ApiKey::new(&key.into()) {
            None => Err(no_key()),
            Some(Ok(key)) => Ok(Credentials::Key(key)),
            Some(Err(problem)) => Err(format!("the API key {problem}").into()),
        };
        self
    }

    /// Asks `provider` for the key before each attempt, for one that expires, such as a session
    /// JWT; the last of this and [`api_key`](Self::api_key) wins.
    ///
    /// After a 401 it is asked once more, and if it gives another key, the attempt is repeated once.
    /// That counts in [`attempts`](crate::Error::attempts), but is no retry. The provider must keep the
    /// key that it has got until it expires: this client doesn't. It runs within the call's timeouts;
    /// if it fails, the call fails with [`Config`](crate::ErrorKind::Config).
    ///
    /// ```
    /// # fn main() -> Result<(), aura_client::Error> {
    /// # #[derive(Clone)] struct Session;
    /// # impl Session { async fn token(&self) -> Result<String, std::io::Error> { Ok("jwt".into()) } }
    /// # let session = Session;
    /// let client = aura_client::Client::builder()
    ///     .api_key_provider(move || {
    ///         let session = session.clone();
    ///         async move { Ok(session.token().await?) }
    ///     })
    ///     .build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn api_key_provider<F, Fut>(mut self, provider: F) -> Self
    where
        F: Fn() -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<String, BoxError>> + Send + 'static,
    {
        let provider = Arc::new(move || Box::pin(provider()) as _);
        self.credentials = Ok(Credentials::Provider(provider));
        self
    }

    /// Where the API is, instead of the contract's own server, `https://api.aura-app.ai`, and of those
    /// that single operations have. A path prefix is kept.
    ///
    /// It must be `https`, or `http` on `localhost`, `127.0.0.0/8`, `[::1]` or the host of
    /// [`allow_http`](Self::allow_http), without query, fragment, user name or password. It ends
    /// before the `/v1` with which each path begins.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// Allows `http://` for exactly this host, such as the name of a service in a compose file. The
    /// key is sent there in the clear, and never through a proxy, unless a client of yours
    /// ([`http_client`](Self::http_client)) sends it there.
    pub fn allow_http(mut self, host: impl Into<String>) -> Self {
        self.http_host = Some(host.into());
        self
    }

    /// How long a whole call may take, retries and the waits before them included; 60 s unless
    /// set. A [`Download`](crate::Download) is one until its head has come.
    pub fn timeout(mut self, total: Duration) -> Self {
        self.timeout = total;
        self
    }

    /// How long one attempt may take, connecting and reading the body included; 15 s unless set.
    ///
    /// Of a [`Download`](crate::Download) it bounds the wait for the head, and then for each chunk. While
    /// an [`Upload`](crate::Upload) is streamed, it counts anew from each chunk.
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

    /// How long a call may wait, in all, for its turns under the API's rate limit; its
    /// [`timeout`](Self::timeout) stands still meanwhile. Zero unless set: calls are sent at once.
    ///
    /// With `Duration::MAX`, for bulk work, any number of calls succeed at any concurrency, and the
    /// service rejects none: calls start, first come, first served, as the `X-RateLimit` headers
    /// allow. If others use the same key, a call that is rejected with 429 goes back to the queue,
    /// which is no retry. Clones and views of a client share the pace; those that don't wait are
    /// sent at once, and counted.
    ///
    /// A call that gets no turn in time fails with [`Timeout`](crate::ErrorKind::Timeout), and
    /// [`is_rate_limited`](crate::Error::is_rate_limited) holds; one that was rejected before, with
    /// that 429.
    pub fn wait_for_rate_limit(mut self, at_most: Duration) -> Self {
        self.rate_limit_wait = at_most;
        self
    }

    /// How many bytes an answer's body may have after decompression; 8 MiB unless set. The chunks of a
    /// [`Download`](crate::Download) are not counted.
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
    /// Whether redirects are followed is up to it; reqwest takes `Authorization` away from a request
    /// that is redirected to another origin, but not the headers of
    /// [`with_header`](Client::with_header), nor a key in another header or in the query: for a contract
    /// that wants one there, build yours with `redirect::Policy::none()`. (Without this method,
    /// redirects are not followed.)
    ///
    /// If the base URL begins with `http://`, build yours with `.no_proxy()`: else a proxy from the
    /// environment is sent the key in the clear. (Without this method, no proxy is asked there.)
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http_client = Some(client);
        self
    }

    /// Wraps each attempt, below retries and above the HTTP client: for metrics, propagation headers,
    /// recording, or a mock. See [`guide::layers`](crate::guide::layers).
    ///
    /// The first layer added is the outermost. A request has its `Authorization` header, marked as
    /// sensitive; its body is in memory, and `Body::as_bytes` gives it, unless it is a streamed
    /// [`Upload`](crate::Upload). Deadlines and [`max_body_bytes`](Self::max_body_bytes) hold above. An
    /// error of a layer's own ends the attempt with [`Transport`](crate::ErrorKind::Transport), and is
    /// not in `source()`: nothing is known about what it shows.
    pub fn layer<L>(mut self, layer: L) -> Self
    where
        L: Layer<HttpService> + Send + Sync + 'static,
        L::Service: Service<Request<reqwest::Body>, Response = Response<reqwest::Body>>
            + Clone
            + Send
            + Sync
            + 'static,
        <L::Service as Service<Request<reqwest::Body>>>::Error: Into<BoxError>,
        <L::Service as Service<Request<reqwest::Body>>>::Future: Send + 'static,
    {
        self.layers.push(Arc::new(move |service: HttpService| {
            service.layered(&layer)
        }));
        self
    }

    /// Makes the client.
    ///
    /// # Errors
    ///
    /// [`Config`](crate::ErrorKind::Config) for a missing or invalid key, an invalid base URL or
    /// user agent, or if TLS cannot be set up, as without a feature of this crate for it, unless
    /// [`http_client`](Self::http_client) is given. What was invalid is not shown.
    pub fn build(self) -> Result<Client, Error> {
        let credentials = self.credentials.map_err(Error::config)?;
        let http_host = self.http_host.as_deref().map(http_host).transpose()?;
        let base_url = base_url(self.base_url.as_deref(), http_host.as_ref())?;
        let client = match self.http_client {
            Some(client) => client,
            None => http_client(&base_url, self.connect_timeout)?,
        };
        let wrap = |service, layer: &Wrap| layer(service);
        let http = self
            .layers
            .iter()
            .rev()
            .fold(HttpService::new(client), wrap);
        Ok(Client::from_settings(Settings {
            http,
            base_url,
            asks_declared_servers: self.base_url.is_none(),
            credentials,
            user_agent: user_agent(&self.user_agent)?,
            headers: HeaderMap::new(),
            retries: Retries {
                max: self.max_retries,
                budget: Arc::new(Budget::full()),
            },
            pacer: Arc::new(Pacer::default()),
            rate_limit_wait: self.rate_limit_wait,
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
            .field("api_key", &self.credentials.as_ref().ok())
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}

fn no_key() -> Cow<'static, str> {
    format!("no API key was given, or an empty one; {WHERE_KEYS_ARE}").into()
}

fn http_host(text: &str) -> Result<Host, Error> {
    base_url::parse_host(text).ok_or_else(|| {
        let problem = base_url::NO_HOST;
        Error::config(format!(
            "the host of allow_http (AURA_ALLOW_HTTP) {problem}"
        ))
    })
}

fn base_url(given: Option<&str>, http_host: Option<&Host>) -> Result<Url, Error> {
    let text = given.or(service::SERVER).ok_or_else(|| {
        Error::config("base_url must be set, since the API's contract names no server")
    })?;
    checked(text, http_host).map_err(Error::config)
}

/// Reads a base URL and holds it against the contract.
pub(super) fn checked(text: &str, http_host: Option<&Host>) -> Result<Url, Cow<'static, str>> {
    let url = base_url::parse(text, http_host)?;
    match service::FIRST_SEGMENT {
        Some(first) if base_url::repeats(&url, first, service::SERVER) => Err(format!(
            "the base URL ends in `/{first}`, with which every path of the API begins; end it before that"
        )
        .into()),
        _ => Ok(url),
    }
}

/// reqwest's client without what would act behind the back of ours.
fn http_client(base_url: &Url, connect_timeout: Duration) -> Result<reqwest::Client, Error> {
    const HAS_TLS: bool = cfg!(any(
        feature = "rustls",
        feature = "native-tls",
        feature = "rustls-no-provider"
    ));
    if base_url.scheme() == "https" && !HAS_TLS {
        return Err(Error::config(
            "https needs TLS: turn on one of aura-client's features rustls (the default), native-tls \
             and rustls-no-provider, or give a client of your own (http_client)",
        ));
    }
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
