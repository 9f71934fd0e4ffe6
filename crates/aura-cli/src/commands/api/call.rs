//! A call of the API, from the arguments to the exit code.

use aura_client::http::Method;
use aura_client::{Client, Error, Json, Response};
use aura_contract::{Contract, Operation};
use clap::ArgMatches;
use serde_json::Value;

use super::answer::{Answer, Form};
use super::flags::flags;
use super::{arguments, body};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::options::Global;
use crate::output;
use crate::report::Report;
use crate::session::Session;

/// What is to be sent, and how the answer is to be shown.
#[derive(Debug, PartialEq)]
pub struct Call {
    method: Method,
    /// Path and query.
    target: String,
    headers: Vec<(String, String)>,
    body: Option<Value>,
    /// The code of a 404 that says that there is no such thing.
    not_found: Option<String>,
    include: bool,
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
            None => Self::of_method(name, matches).map_err(|failure| vec![failure]),
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
            not_found: operation.not_found().map(str::to_owned),
            include: matches.get_flag(arguments::INCLUDE),
        })
    }

    fn of_method(method: &str, matches: &ArgMatches) -> Result<Self, Failure> {
        let method = Method::from_bytes(method.as_bytes());
        let target = matches.get_one::<String>(arguments::PATH).cloned();
        Ok(Self {
            method: method.map_err(|error| Failure::usage(error.to_string()))?,
            target: target.unwrap_or_default(),
            headers: Vec::new(),
            body: body::read_json(matches)?,
            not_found: None,
            include: matches.get_flag(arguments::INCLUDE),
        })
    }

    /// Sends it and prints the answer, a refusal's too.
    pub async fn run(self, global: &Global, report: &Report) -> Result<Exit, Failure> {
        let form = Form::of(global)?;
        let session = Session::open(global, report).await?;
        match self.send(&session.client).await {
            Ok(response) => {
                let answer = Answer::of(&response);
                output::print(&answer.bytes(form, self.include))?;
                Ok(Exit::Good)
            }
            Err(error) => {
                if let Some(answer) = Answer::of_error(&error) {
                    let mut bytes = answer.bytes(form, self.include);
                    // What is said of it begins a line, where both streams are one.
                    if bytes.last().is_some_and(|last| *last != b'\n') {
                        bytes.push(b'\n');
                    }
                    output::print(&bytes)?;
                }
                Err(Failure::of_request(&error, self.not_found.as_deref()))
            }
        }
    }

    async fn send(&self, client: &Client) -> Result<Response<Json>, Error> {
        let mut client = client.clone();
        for (name, value) in &self.headers {
            client = client.with_header(name, value)?;
        }
        let method = self.method.clone();
        client
            .request(method, &self.target, self.body.as_ref())
            .await
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
