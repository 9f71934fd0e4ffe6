//! A call of the API, from the arguments to the exit code.

use std::path::PathBuf;

use aura_client::http::Method;
use aura_client::{Client, Error};
use aura_contract::{Contract, Operation, Route};
use clap::ArgMatches;
use serde_json::Value;

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

/// What is to be sent, and what becomes of the response.
#[derive(Debug, PartialEq)]
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
        let mut given = Vec::new();
        for flag in flags(operation) {
            let values = matches.get_many::<String>(&arguments::id(&flag));
            let values = values.unwrap_or_default().cloned().collect();
            given.push((flag.parameter.key.clone(), values));
        }
        let request = operation.request(&given);
        let request = request.map_err(|problems| -> Vec<_> {
            let problems = problems.iter();
            problems
                .map(|each| Failure::usage(each.to_string()))
                .collect()
        });
        // Both, so that everything that is wrong is told at once.
        let (request, body) = match (request, body::read(operation, matches)) {
            (Ok(request), Ok(body)) => (request, body),
            (request, body) => {
                let failures = request.err().into_iter().chain(body.err());
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
        })
    }

    /// Sends it and prints the response, that of a failure too.
    pub async fn run(self, global: &Global, report: &Report) -> Result<Exit, Failure> {
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
                    false => {
                        let not_found = self.expected.not_found.as_deref();
                        Err(Failure::of_request(&error, not_found))
                    }
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
