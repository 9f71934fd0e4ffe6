//! A call of the API, from the arguments to the exit code.

use aura_client::http::Method;
use aura_client::{Client, Error, Json, Response};
use aura_contract::{Contract, Operation, Request};
use clap::ArgMatches;
use serde_json::Value;
use uuid::Uuid;

use super::all::{self, All};
use super::answer::{Answer, Form};
use super::flags::flags;
use super::{arguments, body};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::options::Global;
use crate::output;
use crate::report::Report;
use crate::session::Session;

/// Arguments, each by its parameter's key and as texts.
pub type Given = Vec<(String, Vec<String>)>;

/// What is to be sent, and how the answer is to be shown.
#[derive(Debug)]
pub struct Call {
    method: Method,
    /// Path and query.
    target: String,
    headers: Vec<(String, String)>,
    body: Option<Value>,
    /// The code of a 404 that says that there is no such thing.
    not_found: Option<String>,
    include: bool,
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
            None => Self::of_method(name, matches).map_err(|failure| vec![failure]),
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
            not_found: operation.not_found().map(str::to_owned),
            include: matches.get_flag(arguments::INCLUDE),
            all,
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
            all: None,
        })
    }

    /// Sends it and prints the answer, a refusal's too.
    pub async fn run(mut self, global: &Global, report: &Report) -> Result<Exit, Failure> {
        if let Some(all) = self.all.take() {
            let form = all::Form::of(global)?;
            let session = Session::open(global, report).await?;
            return all.run(self, &session.client, form).await;
        }
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
                Err(self.failure(&error))
            }
        }
    }

    /// What an error of the call means.
    pub fn failure(&self, error: &Error) -> Failure {
        Failure::of_request(error, self.not_found.as_deref())
    }

    /// Goes on to another page.
    pub fn turn_to(&mut self, request: Request) {
        self.target = request.target;
        self.headers = joined(request.headers);
    }

    pub async fn send(&self, client: &Client) -> Result<Response<Json>, Error> {
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
