//! A call of one operation: its arguments become a request, its answer a value.
//!
//! Generated methods are chains of these functions. Only reading arguments and answers is generic;
//! the rest is compiled once, however many operations there are.

mod path;
mod scalar;

use std::borrow::Cow;

use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue, USER_AGENT};
use http::{HeaderMap, HeaderName, Method};
use serde::Serialize;
use serde_json::Value;

use crate::answer::{Answer, Context};
use crate::client::{Settings, base_url, header_value};
use crate::deadline::Deadline;
use crate::decode::{self, Envelope};
use crate::reading;
use crate::slot::Decode;
use crate::trace::CallTrace;
use crate::transport::{self, Outgoing};
use crate::{Error, ErrorKind, Json, Response};
use scalar::Argument;

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// An operation of the contract.
pub(crate) struct Operation {
    /// Its `operationId`.
    pub(crate) id: &'static str,
    pub(crate) method: Method,
    /// Its path, with names in braces where arguments belong.
    pub(crate) path: &'static str,
}

/// A call in the making. The first problem with an argument is kept and comes out when it is sent.
pub(crate) struct Call<'a> {
    settings: &'a Settings,
    context: Context,
    method: Method,
    /// The operation's path, if it has one of the contract's.
    template: Option<&'static str>,
    path: String,
    query: String,
    headers: HeaderMap,
    body: Option<Bytes>,
    accepts_json: bool,
    problem: Option<Cow<'static, str>>,
}

// Which of these are used is up to the contract.
#[allow(
    dead_code,
    reason = "generated code calls what the contract's operations need"
)]
impl<'a> Call<'a> {
    pub(crate) fn new(settings: &'a Settings, operation: Operation) -> Self {
        let Operation { id, method, path } = operation;
        let context = Context {
            operation: id,
            idempotent: method.is_idempotent(),
        };
        Self {
            settings,
            context,
            method,
            template: Some(path),
            path: path.to_owned(),
            query: String::new(),
            headers: HeaderMap::new(),
            body: None,
            accepts_json: false,
            problem: None,
        }
    }

    /// A call of something that is not in the contract.
    pub(crate) fn raw(
        settings: &'a Settings,
        method: Method,
        path_and_query: &str,
        body: Option<&Value>,
    ) -> Self {
        let (path, query) = path_and_query
            .split_once('?')
            .unwrap_or((path_and_query, ""));
        let mut call = Self::new(
            settings,
            Operation {
                id: "request",
                method,
                path: "",
            },
        );
        call.template = None;
        call.path = path.to_owned();
        call.query = query.to_owned();
        if call.method == Method::CONNECT {
            call = call.with_problem("CONNECT asks for a tunnel, not for an answer");
        }
        match body {
            Some(body) => call.json_text(serde_json::to_vec(body)),
            None => call,
        }
    }

    /// Fills in an argument of the path.
    pub(crate) fn path<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Self {
        self.path_argument(name, Argument::of(value))
    }

    /// Adds an argument to the query: none for `None`, several of that name for a sequence.
    pub(crate) fn query<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Self {
        self.query_argument(name, Argument::of(value))
    }

    /// Sets a header, unless the value is `None`.
    pub(crate) fn header<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Self {
        self.header_argument(name, Argument::of(value))
    }

    /// Sets the body, unless the value is `None`.
    pub(crate) fn json<T: Serialize + ?Sized>(self, value: &T) -> Self {
        match serde_json::to_vec(value) {
            // `None` is written as null, which the contract's bodies, all objects or lists, are not.
            Ok(text) if text == b"null" => self,
            text => self.json_text(text),
        }
    }

    /// Sends the call; the whole body is the value.
    pub(crate) async fn send<T: Decode>(self) -> Result<Response<T>, Error> {
        self.accepting_json()
            .respond(|answer, deadline| reading::read(answer, Envelope::None, deadline))
            .await
    }

    /// Sends the call; the value is in the body's `data`.
    pub(crate) async fn send_data<T: Decode>(self) -> Result<Response<T>, Error> {
        self.accepting_json()
            .respond(|answer, deadline| reading::read(answer, Envelope::Data, deadline))
            .await
    }

    /// Sends the call; there is no value, whatever the body holds.
    pub(crate) async fn send_empty(self) -> Result<Response<()>, Error> {
        self.respond(|answer, _| match decode::refuses(&answer.body) {
            true => Err(reading::refused(answer)),
            false => Ok(Response::new((), answer)),
        })
        .await
    }

    /// Sends the call; the value is any JSON, null without a body.
    pub(crate) async fn send_raw(self) -> Result<Response<Json>, Error> {
        self.accepting_json()
            .respond(|answer, deadline| match answer.body.is_empty() {
                true => Ok(Response::new(Json::null(), answer)),
                false => reading::read(answer, Envelope::None, deadline),
            })
            .await
    }

    fn path_argument(mut self, name: &'static str, argument: Argument) -> Self {
        let Argument::One(text) = argument else {
            return self.with_problem(format!("path argument `{name}` must be one value"));
        };
        match path::segment(&text) {
            // Encoded arguments hold no braces, so this finds only what the template holds.
            Ok(segment) => self.path = self.path.replace(&format!("{{{name}}}"), &segment),
            Err(problem) => return self.with_problem(format!("path argument `{name}` {problem}")),
        }
        self
    }

    fn query_argument(mut self, name: &'static str, argument: Argument) -> Self {
        let texts = match argument {
            Argument::Absent => Vec::new(),
            Argument::One(text) => vec![text],
            Argument::Several(texts) => texts,
            Argument::Unfit => {
                return self
                    .with_problem(format!("query argument `{name}` must be a value or a list"));
            }
        };
        for text in texts {
            if !self.query.is_empty() {
                self.query.push('&');
            }
            self.query += &path::encode(name);
            self.query.push('=');
            self.query += &path::encode(&text);
        }
        self
    }

    fn header_argument(mut self, name: &'static str, argument: Argument) -> Self {
        let text = match argument {
            Argument::Absent => return self,
            Argument::One(text) => text,
            Argument::Several(_) | Argument::Unfit => {
                return self.with_problem(format!("header argument `{name}` must be one value"));
            }
        };
        let valid = HeaderName::try_from(name)
            .ok()
            .zip(header_value::secret(&text));
        let Some((header, value)) = valid else {
            return self.with_problem(format!(
                "header argument `{name}` holds a control character or one that is not ASCII"
            ));
        };
        self.headers.insert(header, value);
        self
    }

    fn json_text(mut self, text: serde_json::Result<Vec<u8>>) -> Self {
        match text {
            Ok(text) => self.body = Some(text.into()),
            // serde_json's message may quote the value.
            Err(_) => return self.with_problem("the body cannot be written as JSON"),
        }
        self
    }

    fn with_problem(mut self, problem: impl Into<Cow<'static, str>>) -> Self {
        self.problem.get_or_insert_with(|| problem.into());
        self
    }

    fn accepting_json(mut self) -> Self {
        self.accepts_json = true;
        self
    }

    /// Sends the call and makes a response of its answer.
    async fn respond<T>(
        self,
        read: impl FnOnce(Answer, Deadline) -> Result<Response<T>, Error>,
    ) -> Result<Response<T>, Error> {
        let deadline = Deadline::after(self.settings.timeout);
        let base_url = &self.settings.base_url;
        let trace = CallTrace::begin(self.context, &self.method, self.template, base_url);
        let answer = trace.around(self.exchange(deadline)).await;
        let outcome = answer.and_then(|answer| read(answer, deadline));
        trace.end(&outcome);
        outcome
    }

    /// Sends the call and gives the answer, if its status says success.
    async fn exchange(self, deadline: Deadline) -> Result<Answer, Error> {
        let settings = self.settings;
        transport::send(settings, &self.into_outgoing()?, deadline).await
    }

    fn into_outgoing(self) -> Result<Outgoing, Error> {
        let context = self.context;
        let refused = |what| Error::new(ErrorKind::Request, what).in_call(context, 0);
        if let Some(problem) = self.problem {
            return Err(refused(problem));
        }
        let url =
            base_url::join(&self.settings.base_url, &self.path, &self.query).ok_or_else(|| {
                refused(
                    "path and query must be percent-encoded, and the path begin with `/` and hold no `.` or `..`"
                        .into(),
                )
            })?;

        // Later ones win: ours, the view's, the operation's, and the key whatever else was said.
        let mut headers = HeaderMap::new();
        headers.insert(USER_AGENT, self.settings.user_agent.clone());
        if self.accepts_json {
            headers.insert(ACCEPT, JSON);
        }
        if self.body.is_some() {
            headers.insert(CONTENT_TYPE, JSON);
        }
        headers.extend(self.settings.headers.clone());
        headers.extend(self.headers);
        headers.insert(AUTHORIZATION, self.settings.authorization.clone());

        Ok(Outgoing {
            context,
            method: self.method,
            url,
            headers,
            body: self.body,
        })
    }
}
