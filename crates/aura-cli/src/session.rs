//! Who asks, and where: the key, the base URL, or a sandbox.

use std::env::{self, VarError};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use aura_client::{Client, Recorder};

use crate::failure::{Failure, Kind};
use crate::options::Global;
use crate::report::Report;
use crate::text::piece;

pub const API_KEY: &str = "AURA_API_KEY";
pub const BASE_URL: &str = "AURA_BASE_URL";
/// A host that `http://` may lead to.
const ALLOW_HTTP: &str = "AURA_ALLOW_HTTP";
/// The largest file that is read as a key.
const LARGEST_KEY: u64 = 64 * 1024;

/// A client, and the sandbox that it asks, if it asks one.
pub struct Session {
    pub client: Client,
    recorder: Option<Recorder>,
    /// Stops when this is dropped.
    #[cfg(feature = "sandbox")]
    _sandbox: Option<aura_sandbox::Sandbox>,
}

impl Session {
    /// As the arguments and the environment say.
    #[cfg_attr(
        not(feature = "sandbox"),
        allow(unused_variables, reason = "only a sandbox is reported")
    )]
    pub async fn open(global: &Global, report: &Report) -> Result<Self, Failure> {
        #[cfg(feature = "sandbox")]
        if global.sandbox {
            return Self::open_sandbox(global, report).await;
        }
        let recorder = recorder(global)?;
        let key = api_key(global)?;
        Ok(Self {
            client: client(global, &key, base_url(global)?, recorder.clone())?,
            recorder,
            #[cfg(feature = "sandbox")]
            _sandbox: None,
        })
    }

    #[cfg(feature = "sandbox")]
    async fn open_sandbox(global: &Global, report: &Report) -> Result<Self, Failure> {
        let given = [
            ("--base-url", global.base_url.is_some()),
            ("--key-file", global.key_file.is_some()),
            ("--allow-http", global.allow_http.is_some()),
        ];
        if let Some((option, _)) = given.iter().find(|(_, given)| *given) {
            return Err(Failure::usage(format!(
                "{option} means nothing with --sandbox, which brings its own"
            )));
        }
        let sandbox = aura_sandbox::Sandbox::start()
            .await
            .map_err(|error| Failure::local(format!("the sandbox could not start: {error}")))?;
        report.aside("a sandbox answers, with made-up leads; nothing leaves this machine");
        let base_url = sandbox.base_url().to_string();
        let recorder = recorder(global)?;
        Ok(Self {
            client: client(global, sandbox.api_key(), Some(base_url), recorder.clone())?,
            recorder,
            _sandbox: Some(sandbox),
        })
    }
}

impl Drop for Session {
    /// The calls are over: says whether the recording is whole.
    fn drop(&mut self) {
        let lost = self.recorder.as_ref().map_or(0, Recorder::lost);
        if lost > 0 {
            eprintln!("warning: {lost} responses could not be recorded");
        }
    }
}

/// What records the responses, if an option asks for it.
pub fn recorder(global: &Global) -> Result<Option<Recorder>, Failure> {
    let Some(path) = &global.record else {
        return Ok(None);
    };
    let recorder = Recorder::append(path);
    let failed = |error| Failure::local(format!("can't record into {}: {error}", path.display()));
    recorder.map(Some).map_err(failed)
}

/// A client as the arguments say, with a key and, unless it is the service, a base URL.
pub fn client(
    global: &Global,
    key: &str,
    base_url: Option<String>,
    recorder: Option<Recorder>,
) -> Result<Client, Failure> {
    let mut builder = Client::builder()
        .api_key(key)
        .user_agent(concat!("aura-cli/", env!("CARGO_PKG_VERSION")));
    if let Some(url) = base_url {
        builder = builder.base_url(url);
    }
    if let Some(host) = allow_http(global)? {
        builder = builder.allow_http(host);
    }
    if let Some(timeout) = global.timeout {
        builder = builder.timeout(timeout);
    }
    if let Some(recorder) = recorder {
        builder = builder.layer(recorder);
    }
    builder.build().map_err(|error| Failure::of_call(&error))
}

/// Where the API is, if an option or a variable says so.
pub fn base_url(global: &Global) -> Result<Option<String>, Failure> {
    option_or_variable(&global.base_url, BASE_URL)
}

/// The host that `http://` may lead to, if an option or a variable names one. A sandbox needs none.
fn allow_http(global: &Global) -> Result<Option<String>, Failure> {
    #[cfg(feature = "sandbox")]
    if global.sandbox {
        return Ok(None);
    }
    option_or_variable(&global.allow_http, ALLOW_HTTP)
}

fn option_or_variable(option: &Option<String>, name: &str) -> Result<Option<String>, Failure> {
    match option {
        Some(text) => Ok(Some(text.clone())),
        None => variable(name),
    }
}

/// The key, from a file or a variable.
pub fn api_key(global: &Global) -> Result<String, Failure> {
    match &global.key_file {
        Some(path) => key_in(path),
        None => variable(API_KEY)?.ok_or_else(no_key),
    }
}

fn no_key() -> Failure {
    let or_sandbox = match cfg!(feature = "sandbox") {
        true => "; or add --sandbox to try it without one",
        false => "",
    };
    Failure::new(Kind::Unauthorized, "there is no API key").or_try(format!(
        "set {API_KEY} to a key from Settings > Integrations, or name a file with --key-file{or_sandbox}"
    ))
}

fn key_in(path: &Path) -> Result<String, Failure> {
    let shown = piece(&path.display().to_string());
    let unreadable = |why: String| Failure::usage(format!("--key-file {shown}: {why}"));
    let read = || {
        let mut key = String::new();
        // One more, to know that there is more; a device may have no end.
        let mut file = File::open(path)?.take(LARGEST_KEY + 1);
        file.read_to_string(&mut key)?;
        Ok::<_, io::Error>(key)
    };
    let key = read().map_err(|error| unreadable(error.to_string()))?;
    // Some editors put a mark at the beginning.
    let key = key.trim_start_matches('\u{feff}').trim();
    match key.len() as u64 {
        0 => Err(unreadable("the file is empty".to_owned())),
        length if length > LARGEST_KEY => Err(unreadable("this is too large for a key".to_owned())),
        _ => Ok(key.to_owned()),
    }
}

/// A variable's text; `None` if it is unset or empty.
fn variable(name: &str) -> Result<Option<String>, Failure> {
    match env::var(name) {
        Ok(text) => Ok(Some(text).filter(|text| !text.trim().is_empty())),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => Err(Failure::usage(format!("{name} is not valid Unicode"))),
    }
}
