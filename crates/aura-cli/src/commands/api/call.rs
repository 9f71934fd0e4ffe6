//! A call of the API, from the arguments to the exit code.

use std::path::PathBuf;

use aura_client::http::Method;
use aura_client::{Client, Error, Json, Response};
use aura_contract::{Contract, Operation, Request, Route};
use clap::ArgMatches;
use serde_json::Value;
use uuid::Uuid;

use super::all::{self, All};
use super::answer::Form;
use super::body::Body;
use super::expected::Expected;
use super::flags::flags;
use super::receive::{Received, Receiver};
use super::{arguments, body};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::options::Global;
use crate::output::WholeFile;
use crate::report::Report;
use crate::session::Session;

/// Arguments, each by its parameter's key and as texts.
pub type Given = Vec<(String, Vec<String>)>;

/// What is to be sent, and what becomes of the response.
#[derive(Debug)]
pub struct Call {
    method: Method,
    /// Path and query.
    target: String,
    headers: Vec<(String, String)>,
    body: Option<Body>,
    expected: Expected,
    include: bool,
    out: Option<PathBuf>,
    overwrite: bool,
    /// The pages behind that of the answer, if they are asked for.
    all: Option<All>,
}

impl Call {
    /// The call that `aura api NAME …` asks for; or all that is wrong with its arguments.
    pub fn read(
        contract: &Contract,
        name: &str,
        matches: &ArgMatches,
    ) -> Result<Self, Vec<Failure>> {
        match contract.operation(name) {
            Some(operation) => Self::of_operation(operation, matches),
            None => Self::of_method(contract, name, matches).map_err(|failure| vec![failure]),
        }
    }

    fn of_operation(operation: &Operation, matches: &ArgMatches) -> Result<Self, Vec<Failure>> {
        let mut given = Given::new();
        for flag in flags(operation) {
            let values = matches.get_many::<String>(&arguments::id(&flag));
            let values = values.unwrap_or_default().cloned().collect();
            given.push((flag.parameter.key.clone(), values));
        }
        let request = written(operation, &given);
        let all = All::read(operation, matches, &given).map_err(|failure| vec![failure]);
        // All of them, so that everything that is wrong is told at once.
        let (request, body, all) = match (request, body::read(operation, matches), all) {
            (Ok(request), Ok(body), Ok(all)) => (request, body, all),
            (request, body, all) => {
                let failures = request.err().into_iter().chain(body.err()).chain(all.err());
                return Err(failures.flatten().collect());
            }
        };
        Ok(Self {
            method: operation.method.clone(),
            target: request.target,
            headers: joined(request.headers),
            body,
            expected: Expected::of(operation),
            include: matches.get_flag(arguments::INCLUDE),
            out: matches.get_one::<String>(arguments::OUT).map(PathBuf::from),
            overwrite: matches.get_flag(arguments::OVERWRITE),
            all,
        })
    }

    fn of_method(contract: &Contract, method: &str, matches: &ArgMatches) -> Result<Self, Failure> {
        let method = Method::from_bytes(method.as_bytes());
        let method = method.map_err(|error| Failure::usage(error.to_string()))?;
        let target = matches.get_one::<String>(arguments::PATH).cloned();
        let target = target.unwrap_or_default();
        let path = target.split('?').next().unwrap_or_default();
        let expected = match contract.route(&method, path) {
            Route::Found { operation, .. } => Expected {
                not_found: None,
                ..Expected::of(operation)
            },
            _ => Expected::anything(),
        };
        Ok(Self {
            method,
            target,
            headers: Vec::new(),
            body: body::read_any(matches)?,
            expected,
            include: matches.get_flag(arguments::INCLUDE),
            out: matches.get_one::<String>(arguments::OUT).map(PathBuf::from),
            overwrite: matches.get_flag(arguments::OVERWRITE),
            all: None,
        })
    }

    /// Sends it and prints the response, that of a failure too.
    pub async fn run(mut self, global: &Global, report: &Report) -> Result<Exit, Failure> {
        if let Some(all) = self.all.take() {
            let form = all::Form::of(global)?;
            let session = Session::open(global, report).await?;
            return all.run(self, &session.client, form).await;
        }
        let form = Form::of(global)?;
        let out = self.out.as_deref();
        let out = out.map(|path| WholeFile::create(path, self.overwrite));
        let receiver = Receiver {
            form,
            include: self.include,
            out: out.transpose()?,
        };
        let session = Session::open(global, report).await?;
        let client = self.with_headers(&session.client);
        let client = client.map_err(|error| Failure::of_call(&error))?;
        let received = match self.as_json(&receiver) {
            Some(body) => {
                let sent = client.request(self.method.clone(), &self.target, body);
                sent.await.map(Received::Whole)
            }
            None => {
                let body = match &self.body {
                    Some(body) => Some(body.upload().await?),
                    None => None,
                };
                let sent = client.request_download(self.method.clone(), &self.target, body);
                sent.await.map(Received::Download)
            }
        };
        match received {
            Ok(received) => receiver.receive(received).await,
            Err(error) => {
                receiver.print_error(&error)?;
                match self.expected.is_success(&error) {
                    true => Ok(Exit::Good),
                    false => Err(self.failure(&error)),
                }
            }
        }
    }

    /// The body of a call that is JSON in both directions, which can be repeated as a whole.
    fn as_json(&self, receiver: &Receiver) -> Option<Option<&Value>> {
        if receiver.out.is_some() || self.expected.media_types.is_some() {
            return None;
        }
        match &self.body {
            None => Some(None),
            Some(Body::Json(body)) => Some(Some(body)),
            Some(_) => None,
        }
    }

    /// What an error of the call means.
    pub fn failure(&self, error: &Error) -> Failure {
        Failure::of_request(error, self.expected.not_found.as_deref())
    }

    /// Goes on to another page.
    pub fn turn_to(&mut self, request: Request) {
        self.target = request.target;
        self.headers = joined(request.headers);
    }

    /// Sends it as a call that is JSON in both directions.
    pub async fn send(&self, client: &Client) -> Result<Response<Json>, Error> {
        let body = match &self.body {
            Some(Body::Json(body)) => Some(body),
            _ => None,
        };
        let client = self.with_headers(client)?;
        client
            .request(self.method.clone(), &self.target, body)
            .await
    }

    fn with_headers(&self, client: &Client) -> Result<Client, Error> {
        let mut client = client.clone();
        if let Some(media_types) = &self.expected.media_types {
            client = client.with_header("Accept", media_types)?;
        }
        for (name, value) in &self.headers {
            client = client.with_header(name, value)?;
        }
        Ok(client)
    }
}

/// The request for these arguments; a key that makes repeating it safe is filled in.
pub fn written(operation: &Operation, given: &Given) -> Result<Request, Vec<Failure>> {
    let mut given = given.clone();
    for parameter in operation
        .parameters
        .iter()
        .filter(|each| each.idempotency_key)
    {
        let texts = given.iter_mut().find(|(key, _)| *key == parameter.key);
        if let Some((_, texts)) = texts.filter(|(_, texts)| texts.is_empty()) {
            texts.push(Uuid::new_v4().to_string());
        }
    }
    operation.request(&given).map_err(|problems| {
        let problems = problems.iter();
        problems
            .map(|each| Failure::usage(each.to_string()))
            .collect()
    })
}

/// As HTTP would have it; for tests.
#[cfg(test)]
impl std::fmt::Display for Call {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.method, self.target)?;
        for (name, value) in &self.headers {
            write!(f, "\n{name}: {value}")?;
        }
        match &self.body {
            Some(body) => write!(f, "\n\n{body}"),
            None => Ok(()),
        }
    }
}

/// Each header once, with all its values.
fn joined(headers: Vec<(String, String)>) -> Vec<(String, String)> {
    let mut joined: Vec<(String, String)> = Vec::new();
    for (name, value) in headers {
        let separator = if name == "Cookie" { "; " } else { ", " };
        match joined.iter_mut().find(|(known, _)| *known == name) {
            Some((_, values)) => *values = format!("{values}{separator}{value}"),
            None => joined.push((name, value)),
        }
    }
    joined
}
