//! The client: how one is made, and views of it with other options.

mod builder;

use std::env::{self, VarError};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::{AUTHORIZATION, CONTENT_LENGTH, HOST, TRANSFER_ENCODING};
use http::{HeaderName, Method};
use serde_json::Value;
use url::Url;

pub use builder::ClientBuilder;

use crate::call::Call;
use crate::generated::service;
use crate::operation::Operation;
use crate::pacing::Pacer;
use crate::retry::Budget;
use crate::settings::{ApiKey, Credentials, Settings, WHERE_KEYS_ARE, base_url, header_value};
use crate::{Download, Error, Json, Response, Upload};

/// The variable that holds the API key.
const API_KEY: &str = "AURA_API_KEY";
/// The variable that holds another base URL.
const BASE_URL: &str = "AURA_BASE_URL";
/// The variable that holds a host that `http://` may lead to.
const ALLOW_HTTP: &str = "AURA_ALLOW_HTTP";

/// A client of the Aura API.
///
/// Make one and keep it: it holds a pool of connections. Clones are cheap (one `Arc`) and share
/// the pool. Calls need a running [tokio](https://tokio.rs) runtime, and dropping the future of
/// one ends it and leaves nothing behind.
///
/// Each operation of the API is a method; [`Client::request`] reaches what has none yet. The
/// `with_*` methods give a view with another option. Await the call in the same expression, or
/// bind the view to a name first, since the call borrows it:
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let sandbox = aura_sandbox::Sandbox::start().await?;
/// # let client = sandbox.client();
/// # let id = aura_client::uuid::uuid!("550e8400-e29b-41d4-a716-446655440000");
/// use std::time::Duration;
///
/// let lead = client.with_timeout(Duration::from_secs(5)).get_lead(&id).await?;
///
/// let hasty = client.with_timeout(Duration::from_secs(5));
/// let call = hasty.get_lead(&id);
/// let lead = call.await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Client {
    settings: Arc<Settings>,
}

impl Client {
    /// A client of the production API with the default options.
    ///
    /// # Errors
    ///
    /// [`Config`](crate::ErrorKind::Config) if the key is empty or holds a control or non-ASCII
    /// character, or if TLS cannot be set up.
    pub fn new(api_key: impl Into<String>) -> Result<Self, Error> {
        Self::builder().api_key(api_key).build()
    }

    /// A client with the key in `AURA_API_KEY` and, if they are set and not empty, the base URL in
    /// `AURA_BASE_URL` and in `AURA_ALLOW_HTTP` a host that may be asked without TLS, as in
    /// [`ClientBuilder::allow_http`].
    ///
    /// # Errors
    ///
    /// [`Config`](crate::ErrorKind::Config), with the name of the variable that is missing or
    /// invalid.
    pub fn from_env() -> Result<Self, Error> {
        Self::from_variables(|name| env::var(name))
    }

    fn from_variables(read: impl Fn(&str) -> Result<String, VarError>) -> Result<Self, Error> {
        let key = variable(&read, API_KEY)?.unwrap_or_default();
        let base_url = variable(&read, BASE_URL)?;
        let http_host = variable(&read, ALLOW_HTTP)?;

        // Checked here as well as in the builder, for errors that say where the text came from.
        match ApiKey::new(&key) {
            None => {
                let what = format!("{API_KEY} is not set, or empty; {WHERE_KEYS_ARE}");
                return Err(Error::config(what));
            }
            Some(Err(problem)) => return Err(Error::config(format!("{API_KEY} {problem}"))),
            Some(Ok(_)) => {}
        }
        let allowed = http_host.as_deref().map(base_url::parse_host);
        if let Some(None) = allowed {
            let what = format!("{ALLOW_HTTP} {}", base_url::NO_HOST);
            return Err(Error::config(what));
        }
        if let Some(url) = &base_url {
            builder::checked(url, allowed.flatten().as_ref())
                .map_err(|problem| Error::config(format!("{BASE_URL}: {problem}")))?;
        }

        let mut builder = Self::builder().api_key(key);
        if let Some(host) = http_host {
            builder = builder.allow_http(host);
        }
        if let Some(url) = base_url {
            builder = builder.base_url(url);
        }
        builder.build()
    }

    /// A builder with the default options. It reads no variable of the environment but
    /// those of proxies.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new()
    }

    /// A view of this client whose calls take at most `total` each, as in
    /// [`ClientBuilder::timeout`].
    #[must_use = "this is a view; the client itself keeps its timeout"]
    pub fn with_timeout(&self, total: Duration) -> Self {
        self.with(|settings| settings.timeout = total)
    }

    /// A view of this client whose calls are tried again at most `retries` times each, as in
    /// [`ClientBuilder::max_retries`].
    #[must_use = "this is a view; the client itself keeps its number of retries"]
    pub fn with_max_retries(&self, retries: u32) -> Self {
        self.with(|settings| settings.retries.max = retries)
    }

    /// A view of this client that sends one more header, in place of any of the same name.
    ///
    /// The value is taken for a secret: no `Debug` shows it. An operation's own header argument
    /// wins over it.
    ///
    /// # Errors
    ///
    /// [`Config`](crate::ErrorKind::Config) for an invalid name, for a value with control or
    /// non-ASCII characters, and for what only the client may set: `Authorization`, `Host`,
    /// `Content-Length` and `Transfer-Encoding`.
    pub fn with_header(&self, name: &str, value: &str) -> Result<Self, Error> {
        let name = HeaderName::try_from(name)
            .map_err(|_| Error::config("with_header: not a valid header name"))?;
        if [AUTHORIZATION, HOST, CONTENT_LENGTH, TRANSFER_ENCODING].contains(&name) {
            return Err(Error::config(format!(
                "with_header: only the client may set `{name}`"
            )));
        }
        let value = header_value::secret(value).ok_or_else(|| {
            Error::config(format!(
                "with_header: the value for `{name}` holds a control character or one that is not ASCII"
            ))
        })?;
        Ok(self.with(|settings| {
            settings.headers.insert(name, value);
        }))
    }

    /// A view of this client with another key, over the same connections: for one program that
    /// serves many organizations.
    ///
    /// It starts a retry budget and a pace of its own, since the service counts by key. So keep it
    /// for as long as the key is used, instead of making one for each call.
    ///
    /// # Errors
    ///
    /// [`Config`](crate::ErrorKind::Config) if the key is empty or holds a control or non-ASCII
    /// character.
    pub fn with_api_key(&self, key: impl Into<String>) -> Result<Self, Error> {
        let key = match ApiKey::new(&key.into()) {
            Some(Ok(key)) => key,
            Some(Err(problem)) => {
                return Err(Error::config(format!("with_api_key: the key {problem}")));
            }
            None => return Err(Error::config("with_api_key: the key is empty")),
        };
        Ok(self.with(|settings| {
            settings.credentials = Credentials::Key(key);
            settings.retries.budget = Arc::new(Budget::full());
            settings.pacer = Arc::new(Pacer::default());
        }))
    }

    /// A view of this client whose calls wait at most this long for their turns, as in
    /// [`ClientBuilder::wait_for_rate_limit`]. It shares its pace with this client.
    #[must_use = "this is a view; the client itself keeps its own"]
    pub fn with_rate_limit_wait(&self, at_most: Duration) -> Self {
        self.with(|settings| settings.rate_limit_wait = at_most)
    }

    /// Where this client sends its requests.
    pub fn base_url(&self) -> &Url {
        &self.settings.base_url
    }

    /// Asks for what has no method yet: the same key, limits and errors, for any endpoint.
    ///
    /// `path_and_query` begins with `/`, is put behind the base URL and must be percent-encoded.
    /// The value is the whole body as JSON text, an envelope included, and null if there is no body.
    /// Its `Debug` is hidden, since nothing is known about which of it is personal data.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let sandbox = aura_sandbox::Sandbox::start().await?;
    /// # let client = sandbox.client();
    /// use aura_client::http::Method;
    /// use aura_client::serde_json;
    ///
    /// let health = client.request(Method::GET, "/health", None).await?;
    /// let health: serde_json::Value = health.read()?;
    /// assert_eq!(health["status"], "ok");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As for any operation: [`Request`](crate::ErrorKind::Request) for a path that would not be
    /// asked for exactly as it stands, such as one with `..`;
    /// [`Decode`](crate::ErrorKind::Decode) for an answer that is not JSON.
    pub async fn request(
        &self,
        method: Method,
        path_and_query: &str,
        body: Option<&Value>,
    ) -> Result<Response<Json>, Error> {
        let call = Call::raw(&self.settings, service::SECURITY, method, path_and_query);
        let call = match body {
            Some(body) => call.json(body),
            None => call,
        };
        call.send_raw().await
    }

    /// Sends a request as [`request`](Self::request) does, but with a body of any media type, for a
    /// response of any media type and size, whose body is read in chunks and not looked at.
    ///
    /// The body is `application/octet-stream` unless it names another media type; a
    /// [`Multipart`](crate::Multipart) form is an [`Upload`], too. `Accept` is `*/*`, unless
    /// [`with_header`](Self::with_header) sets another one.
    ///
    /// ```
    /// # async fn example(client: &aura_client::Client) -> Result<(), aura_client::Error> {
    /// use aura_client::{Multipart, Part, http::Method};
    ///
    /// let scan = Part::bytes("%PDF-1.7").file_name("scan.pdf").content_type("application/pdf");
    /// let form = Multipart::new().text("title", "March").file("scan", scan);
    /// let path = "/v1/leads/1/files";
    /// let made = client.request_download(Method::POST, path, Some(form.into())).await?;
    /// println!("{} with {} bytes", made.http_status(), made.bytes().await?.len());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As for any operation, up to the head of the response; then those of [`Download::chunk`].
    pub async fn request_download(
        &self,
        method: Method,
        path_and_query: &str,
        body: Option<Upload>,
    ) -> Result<Download, Error> {
        let call = Call::raw(&self.settings, service::SECURITY, method, path_and_query);
        let call = match body {
            Some(body) => call.upload(body, Some("application/octet-stream")),
            None => call,
        };
        call.accept("*/*").download().await
    }

    /// Begins a call of one of the contract's operations.
    #[allow(
        dead_code,
        reason = "generated code calls it for each operation, of which a contract may have none"
    )]
    pub(crate) fn call(&self, operation: Operation) -> Call<'_> {
        Call::new(&self.settings, operation)
    }

    pub(crate) fn from_settings(settings: Settings) -> Self {
        Self {
            settings: Arc::new(settings),
        }
    }

    fn with(&self, change: impl FnOnce(&mut Settings)) -> Self {
        let mut settings = Settings::clone(&self.settings);
        change(&mut settings);
        Self::from_settings(settings)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.settings.base_url.as_str())
            .field("timeout", &self.settings.timeout)
            .field("max_retries", &self.settings.retries.max)
            .finish_non_exhaustive()
    }
}

/// A variable's text; `None` if it is unset or empty. An invalid one is not shown.
fn variable(
    read: impl Fn(&str) -> Result<String, VarError>,
    name: &str,
) -> Result<Option<String>, Error> {
    match read(name) {
        Ok(text) if text.trim().is_empty() => Ok(None),
        Ok(text) => Ok(Some(text)),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(Error::config(format!("{name} is not valid Unicode"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorKind;

    fn client() -> Client {
        Client::new("aura_pk_live_1").expect("valid")
    }

    /// A client from variables other than the process's own.
    fn from(variables: &[(&str, &str)]) -> Result<Client, Error> {
        Client::from_variables(|wanted| {
            let found = variables.iter().find(|(name, _)| *name == wanted);
            found
                .map(|(_, text)| (*text).to_owned())
                .ok_or(VarError::NotPresent)
        })
    }

    #[test]
    fn key_and_base_url_come_from_the_environment() {
        let client = from(&[
            (API_KEY, "aura_pk_live_1\n"),
            (BASE_URL, "http://localhost:8080/x"),
        ]);
        assert_eq!(
            client.expect("valid").base_url().as_str(),
            "http://localhost:8080/x"
        );

        let client = from(&[(API_KEY, "aura_pk_live_1"), (BASE_URL, "")]);
        assert_eq!(
            client.expect("valid").base_url().as_str(),
            "https://api.aura-app.ai/"
        );
    }

    #[test]
    fn an_error_names_the_variable_and_does_not_show_it() {
        for (variables, named) in [
            (&[][..], API_KEY),
            (&[(API_KEY, " \n")], API_KEY),
            (&[(API_KEY, "sec\nret")], API_KEY),
            (&[(API_KEY, "Bearer secret")], API_KEY),
            (
                &[
                    (API_KEY, "aura_pk_live_1"),
                    (BASE_URL, "http://secret.example"),
                ],
                BASE_URL,
            ),
        ] {
            let error = from(variables).expect_err(named);
            assert_eq!(error.kind(), ErrorKind::Config);
            let shown = format!("{error} {error:?}");
            assert!(shown.contains(named) && !shown.contains("sec"), "{shown}");
        }
    }

    #[test]
    fn a_client_can_be_shared_between_threads() {
        fn check<T: Clone + Send + Sync + 'static>(_: &T) {}
        check(&client());
        assert_eq!(size_of::<Client>(), size_of::<usize>());
    }

    #[test]
    fn debug_shows_neither_the_key_nor_a_header() {
        let client = client().with_header("X-Tenant", "tenant-7").expect("valid");
        let shown = format!("{client:?}");

        assert!(shown.contains("https://api.aura-app.ai/"), "{shown}");
        assert!(!shown.contains("aura_pk"), "{shown}");
        assert!(!shown.contains("tenant-7"), "{shown}");
        assert_eq!(
            format!("{:?}", client.settings.headers["x-tenant"]),
            "Sensitive"
        );
    }

    #[test]
    fn a_header_that_only_the_client_may_set_is_refused() {
        for name in [
            "authorization",
            "Host",
            "CONTENT-LENGTH",
            "transfer-encoding",
        ] {
            let error = client().with_header(name, "x").expect_err(name);
            assert_eq!(error.kind(), ErrorKind::Config, "{name}");
        }
    }

    #[test]
    fn an_invalid_header_is_refused_and_not_shown() {
        for (name, value) in [
            ("", "x"),
            ("se cret", "x"),
            ("x-a", "sec\nret"),
            ("x-a", "secrét"),
        ] {
            let error = client().with_header(name, value).expect_err(name);
            assert_eq!(error.kind(), ErrorKind::Config);
            assert!(!format!("{error} {error:?}").contains("sec"), "{error:?}");
        }
    }

    #[test]
    fn a_view_leaves_the_client_as_it_was() {
        let client = client();
        let view = client
            .with_timeout(Duration::from_secs(1))
            .with_max_retries(7);

        assert_eq!(view.settings.timeout, Duration::from_secs(1));
        assert_eq!(view.settings.retries.max, 7);
        assert_eq!(client.settings.timeout, Duration::from_secs(60));
        assert_eq!(client.settings.retries.max, 2);
    }

    #[test]
    fn clones_and_views_share_one_retry_budget() {
        let client = client();
        let budget = &client.settings.retries.budget;

        for view in [
            client.clone(),
            client.with_max_retries(7),
            client.with_header("x-a", "b").expect("valid"),
        ] {
            assert!(Arc::ptr_eq(budget, &view.settings.retries.budget));
        }
    }
}
