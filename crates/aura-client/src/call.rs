//! A call of one operation: arguments, request, turns, attempts and retries, response, value.
//!
//! Generated methods are chains of these functions. Only reading arguments and values is generic;
//! the rest is compiled once, however many operations there are.

mod idempotency;
#[cfg(test)]
mod request_tests;
#[cfg(test)]
mod tests;

use std::pin::Pin;
use std::time::Duration;

use http::{Method, StatusCode};
use serde::Serialize;
use tokio::time::Instant;

use crate::answer::Context;
use crate::deadline::Deadline;
use crate::decode::Envelope;
use crate::identity::{Asked, Identity};
use crate::operation::{Operation, Scheme};
use crate::pacing::{NoTurn, Outcome, Pacer, Place};
use crate::reading::{self, ByStatus};
use crate::request::{Argument, Draft, Style, style};
use crate::retry::{self, Payment, Retries};
use crate::settings::{ApiKey, Credentials, Settings, provided};
use crate::slot::Decode;
use crate::trace::{self, CallTrace};
use crate::transport::{self, Limit, Received};
use crate::upload::Content;
use crate::{Download, Error, ErrorKind, Json, RateLimit, Response, Upload};

/// A call in the making.
pub(crate) struct Call<'a> {
    settings: &'a Settings,
    context: Context,
    /// The operation's path, if it has one of the contract's.
    template: Option<&'static str>,
    draft: Draft,
}

/// Arguments.
#[allow(
    dead_code,
    reason = "generated code calls what the contract's operations need"
)]
impl<'a> Call<'a> {
    pub(crate) fn new(settings: &'a Settings, operation: Operation) -> Self {
        let Operation {
            id,
            method,
            path,
            security,
            not_found,
        } = operation;
        Self {
            settings,
            context: Context {
                operation: id,
                idempotent: method.is_idempotent(),
                not_found,
                redirects: false,
            },
            template: Some(path),
            draft: Draft::new(method, path, security),
        }
    }

    /// A call of something that is not in the contract.
    pub(crate) fn raw(
        settings: &'a Settings,
        security: Scheme,
        method: Method,
        path_and_query: &str,
    ) -> Self {
        let context = Context {
            operation: "request",
            idempotent: method.is_idempotent(),
            not_found: None,
            redirects: false,
        };
        let mut draft = Draft::new(method, path_and_query, security);
        if draft.method == Method::CONNECT {
            draft.refuse("CONNECT asks for a tunnel, not for a response");
        }
        Self {
            settings,
            context,
            template: None,
            draft,
        }
    }

    /// Sends the call to a server of its own, unless the caller has set a base URL. There, `security`
    /// is how it says who sends it.
    pub(crate) fn server(mut self, url: &'static str, security: Scheme) -> Self {
        if self.settings.asks_declared_servers {
            self.draft.server(url, security);
        }
        self
    }

    /// Fills in an argument of the path.
    pub(crate) fn path<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Self {
        self.path_styled(name, value, style::SIMPLE)
    }

    /// Fills in an argument of the path in a style.
    pub(crate) fn path_styled<T: Serialize + ?Sized>(
        mut self,
        name: &'static str,
        value: &T,
        style: Style,
    ) -> Self {
        let argument = Argument::in_style(value, style);
        self.draft.path(name, argument, style);
        self
    }

    /// Adds an argument to the query: none for `None`, several of that name for a sequence.
    pub(crate) fn query<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Self {
        self.query_styled(name, value, style::QUERY)
    }

    /// Adds an argument to the query in a style.
    pub(crate) fn query_styled<T: Serialize + ?Sized>(
        mut self,
        name: &'static str,
        value: &T,
        style: Style,
    ) -> Self {
        let argument = Argument::in_style(value, style);
        self.draft.query(name, argument, style);
        self
    }

    /// As [`query_styled`](Self::query_styled), with reserved characters such as `/` as they are.
    pub(crate) fn query_reserved<T: Serialize + ?Sized>(
        mut self,
        name: &'static str,
        value: &T,
        style: Style,
    ) -> Self {
        let argument = Argument::in_style(value, style);
        self.draft.query_reserved(name, argument, style);
        self
    }

    /// Sets a header, unless the value is `None`.
    pub(crate) fn header<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Self {
        self.header_styled(name, value, style::SIMPLE)
    }

    /// Sets a header in a style, unless the value is `None`.
    pub(crate) fn header_styled<T: Serialize + ?Sized>(
        mut self,
        name: &'static str,
        value: &T,
        style: Style,
    ) -> Self {
        let argument = Argument::in_style(value, style);
        self.draft.header(name, argument, style);
        self
    }

    /// Asks for a body of these media types; without it, for JSON where there is one.
    pub(crate) fn accept(mut self, media_types: &str) -> Self {
        self.draft.accept(media_types);
        self
    }

    /// Sets the body.
    pub(crate) fn json<T: Serialize + ?Sized>(mut self, value: &T) -> Self {
        self.draft.json(serde_json::to_vec(value));
        self
    }

    /// Sets the body, if there is one.
    pub(crate) fn optional_json<T: Serialize>(self, value: &Option<T>) -> Self {
        match value {
            Some(value) => self.json(value),
            None => self,
        }
    }

    /// Sets the body: a form of the object's members, of which some have a style.
    pub(crate) fn form<T: Serialize + ?Sized>(
        mut self,
        value: &T,
        styles: &[(&str, Style)],
    ) -> Self {
        self.draft.form(Argument::of(value), styles);
        self
    }

    /// As [`form`](Self::form), if there is a body.
    pub(crate) fn optional_form<T: Serialize>(
        self,
        value: &Option<T>,
        styles: &[(&str, Style)],
    ) -> Self {
        match value {
            Some(value) => self.form(value, styles),
            None => self,
        }
    }

    /// Says that the body is of this media type, however it is written otherwise.
    pub(crate) fn media_type(mut self, media_type: &'static str) -> Self {
        self.draft.media_type(media_type);
        self
    }

    /// Sets a body of any kind, which is `media_type` unless it names one itself.
    pub(crate) fn upload(
        mut self,
        body: impl Into<Upload>,
        media_type: Option<&'static str>,
    ) -> Self {
        self.draft.upload(body.into(), media_type);
        self
    }

    /// As [`upload`](Self::upload), if there is a body.
    pub(crate) fn optional_upload(
        self,
        body: Option<impl Into<Upload>>,
        media_type: Option<&'static str>,
    ) -> Self {
        match body {
            Some(body) => self.upload(body, media_type),
            None => self,
        }
    }

    /// Sets the body, if there is one, as text of this media type.
    pub(crate) fn text<'t>(
        self,
        body: impl Into<Option<&'t str>>,
        media_type: &'static str,
    ) -> Self {
        self.optional_upload(body.into().map(str::to_owned), Some(media_type))
    }
}

/// Sending, by what the response holds.
#[allow(
    dead_code,
    reason = "generated code calls what the contract's operations need"
)]
impl<'a> Call<'a> {
    /// Sends the call; the whole body is the value.
    pub(crate) async fn send<T: Decode>(self) -> Result<Response<T>, Error> {
        self.read(Envelope::None, None).await
    }

    /// Sends the call; the value is in the body's `data`.
    pub(crate) async fn send_data<T: Decode>(self) -> Result<Response<T>, Error> {
        self.read(Envelope::Data, None).await
    }

    /// As [`send`](Self::send), for a value whose `property` must be the argument.
    pub(crate) async fn send_identified<T: Decode, P: Decode + Serialize>(
        self,
        property: &'static str,
        argument: &(impl Serialize + ?Sized),
        of: fn(&T) -> &P,
    ) -> Result<Response<T>, Error> {
        let identity = Identity::new((property, Argument::of(argument)), of);
        self.read(Envelope::None, Some(identity)).await
    }

    /// As [`send_data`](Self::send_data), for a value whose `property` must be the argument.
    pub(crate) async fn send_data_identified<T: Decode, P: Decode + Serialize>(
        self,
        property: &'static str,
        argument: &(impl Serialize + ?Sized),
        of: fn(&T) -> &P,
    ) -> Result<Response<T>, Error> {
        let identity = Identity::new((property, Argument::of(argument)), of);
        self.read(Envelope::Data, Some(identity)).await
    }

    /// Sends the call; there is no value, whatever the body holds.
    pub(crate) async fn send_empty(self) -> Result<Response<()>, Error> {
        self.respond(|Received { answer, .. }, _| reading::nothing(answer))
            .await
    }

    /// Sends the call, which a redirect ends well; it is not followed.
    pub(crate) async fn send_redirect(mut self) -> Result<Response<()>, Error> {
        self.context.redirects = true;
        self.send_empty().await
    }

    /// Sends the call; the value is any JSON, null without a body.
    pub(crate) async fn send_raw(mut self) -> Result<Response<Json>, Error> {
        self.draft.accept_json();
        self.respond(
            |Received { answer, .. }, deadline| match answer.body.is_empty() {
                true => Ok(Response::new(Json::null(), answer)),
                false => reading::read(answer, Envelope::None, None, deadline),
            },
        )
        .await
    }

    /// Sends the call; the body is text.
    pub(crate) async fn send_text(self) -> Result<Response<String>, Error> {
        self.respond(|Received { answer, .. }, _| reading::text(answer))
            .await
    }

    /// Sends the call; the status says what the value is.
    pub(crate) async fn send_by_status<E: ByStatus>(self) -> Result<Response<E>, Error> {
        self.read_by_status(None).await
    }

    /// As [`send_by_status`](Self::send_by_status), for values whose `property` must be the argument.
    pub(crate) async fn send_by_status_identified<E: ByStatus>(
        self,
        property: &'static str,
        argument: &(impl Serialize + ?Sized),
    ) -> Result<Response<E>, Error> {
        let asked = (property, Argument::of(argument));
        self.read_by_status(Some(asked)).await
    }

    async fn read_by_status<E: ByStatus>(
        mut self,
        asked: Option<Asked>,
    ) -> Result<Response<E>, Error> {
        self.draft.accept_json();
        self.respond(|Received { answer, .. }, deadline| {
            E::read(reading::Success {
                answer,
                asked,
                deadline,
            })
        })
        .await
    }

    /// Sends the call; the body of a success is left to be read in chunks.
    pub(crate) async fn download(mut self) -> Result<Download, Error> {
        let chunk_timeout = self.settings.attempt_timeout;
        let max_body_bytes = self.settings.max_body_bytes;
        self.draft.stream_response();
        let response = self
            .respond(|Received { answer, body }, _| Ok(Response::new(body, answer)))
            .await?;
        Ok(Download::new(response, chunk_timeout, max_body_bytes))
    }

    async fn read<T: Decode>(
        mut self,
        envelope: Envelope,
        identity: Option<Identity<T>>,
    ) -> Result<Response<T>, Error> {
        self.draft.accept_json();
        self.respond(|Received { answer, .. }, deadline| {
            reading::read(answer, envelope, identity, deadline)
        })
        .await
    }

    async fn respond<T>(
        self,
        read: impl FnOnce(Received, Deadline) -> Result<Response<T>, Error>,
    ) -> Result<Response<T>, Error> {
        let (method, base_url) = (&self.draft.method, self.draft.base_url(self.settings));
        let trace = CallTrace::begin(self.context, method, self.template, base_url);
        let received = trace.around(self.boxed_exchange()).await;
        let outcome = received.and_then(|(received, deadline)| read(received, deadline));
        trace.end(&outcome);
        outcome
    }

    /// Boxed, so that the code of an exchange stands in this crate once, and not in each part of a
    /// user's program that makes calls.
    #[inline(never)]
    fn boxed_exchange(self) -> Pin<Box<dyn Future<Output = Exchanged> + Send + 'a>> {
        Box::pin(self.exchange())
    }

    /// Sends the request until it succeeds or must not be sent again. Returns how long there is to
    /// read the response, too.
    async fn exchange(self) -> Exchanged {
        let Self {
            settings,
            context,
            draft,
            ..
        } = self;
        let (request, mut body) = draft
            .into_request(settings)
            .map_err(|problem| Error::new(ErrorKind::Request, problem).in_call(context, 0))?;
        let mut attempts = Attempts::new(settings, context, request.security);
        attempts.repeatable = body.as_ref().is_none_or(Content::is_repeatable);
        let received = attempts
            .run(|number, limit, key| {
                let body = body.as_mut().map(Content::take);
                transport::attempt(settings, &request, body, context, number, limit, key)
            })
            .await?;
        Ok((received, attempts.deadline))
    }
}

/// The response, and when reading it must end.
type Exchanged = Result<(Received, Deadline), Error>;

/// The attempts of a call.
struct Attempts<'a> {
    settings: &'a Settings,
    context: Context,
    security: Scheme,
    /// Whether the body can be sent more than once.
    repeatable: bool,
    /// The end of the call. It moves back by as long as the call waits for turns.
    deadline: Deadline,
    /// How long the call has waited for turns.
    waited: Duration,
    /// How many attempts have begun.
    number: u32,
    /// How many of them were retries after a failure.
    retries: u32,
    /// How many of them were rejected for the rate limit and went back to the queue.
    rejections: u32,
    /// How long the longest of them took.
    longest: Duration,
}

impl<'a> Attempts<'a> {
    fn new(settings: &'a Settings, context: Context, security: Scheme) -> Self {
        Self {
            settings,
            context,
            security,
            repeatable: true,
            deadline: Deadline::after(settings.timeout),
            waited: Duration::ZERO,
            number: 0,
            retries: 0,
            rejections: 0,
            longest: Duration::ZERO,
        }
    }

    /// Makes attempts until one succeeds or must not be followed by another.
    async fn run<F>(
        &mut self,
        mut attempt: impl FnMut(u32, Limit, Option<ApiKey>) -> F,
    ) -> Result<Received, Error>
    where
        F: Future<Output = Result<Received, Error>>,
    {
        let (mut new_key, mut is_new) = (None, false);
        let mut retry: Option<Payment<'_>> = None;
        let mut answered = None;
        let mut failed = None;
        loop {
            let place = match self.turn().await {
                Ok(place) => place,
                Err(no_turn) => return Err(failed.unwrap_or_else(|| self.no_turn(no_turn))),
            };
            let limit = Limit::of_attempt(self.settings, self.deadline);
            let key = match new_key.take() {
                Some(key) => Ok(Some(key)),
                None => self.key(&limit).await,
            };
            let key = match key {
                Ok(key) => key,
                Err(error) => {
                    place.end(|| Outcome::NotSent);
                    return Err(error.or_answer_of(answered));
                }
            };
            if let Some(payment) = retry.take() {
                payment.spend();
                self.retries += 1;
            }
            self.number += 1;
            let begun = Instant::now();
            let outcome = attempt(self.number, limit, key.clone()).await;
            self.longest = self.longest.max(begun.elapsed());
            place.end(|| counted(&outcome));
            let error = match outcome {
                Ok(received) => {
                    self.settings.retries.budget.refill(self.retries + 1);
                    return Ok(received);
                }
                Err(error) if !self.repeatable => return Err(error),
                Err(error) => error,
            };

            let has_time = self.deadline.leaves(self.longest);
            if error.is_rate_limited() && self.is_paced() && has_time {
                self.rejections += 1;
                let pause = retry::pause(&error, self.rejections);
                trace::retry(&error, pause);
                self.settings.pacer.rejected(pause);
            } else if let Some(other) = self.other_key(&error, key.filter(|_| !is_new)).await {
                (new_key, is_new) = (Some(other), true);
            } else if let Some((wait, payment)) = self.retry_wait(&error) {
                trace::retry(&error, wait);
                tokio::time::sleep(wait).await;
                retry = Some(payment);
            } else {
                return Err(error.or_answer_of(answered));
            }
            if error.status().is_some() {
                answered = Some(error.clone());
            }
            failed = Some(error);
        }
    }

    fn is_paced(&self) -> bool {
        !self.settings.rate_limit_wait.is_zero()
    }

    /// Waits for the turn of an attempt, while the call's own time stands still.
    async fn turn(&mut self) -> Result<Place<'a>, NoTurn> {
        let pacer: &Pacer = &self.settings.pacer;
        if !self.is_paced() {
            return Ok(pacer.place());
        }
        let left = self.settings.rate_limit_wait.saturating_sub(self.waited);
        let begun = Instant::now();
        let place = pacer.turn(Deadline::after(left)).await?;
        let waited = begun.elapsed();
        self.waited += waited;
        self.deadline = self.deadline.later_by(waited);
        Ok(place)
    }

    fn no_turn(&self, no_turn: NoTurn) -> Error {
        let at_most = self.settings.rate_limit_wait;
        let what = format!("no turn came within {at_most:?} under the API's rate limit");
        Error::rate_limited(what, no_turn.retry_after).in_call(self.context, 0)
    }

    /// Returns the key for the next attempt, if it needs one.
    async fn key(&self, limit: &Limit) -> Result<Option<ApiKey>, Error> {
        if self.security == Scheme::None {
            return Ok(None);
        }
        let error = match &self.settings.credentials {
            Credentials::Key(key) => return Ok(Some(key.clone())),
            Credentials::Provider(provider) => {
                match limit.deadline.bound(provided(&**provider)).await {
                    Some(Ok(key)) => return Ok(Some(key)),
                    Some(Err(problem)) => Error::config(problem),
                    None => limit.exceeded("the API key provider gave no key"),
                }
            }
        };
        Err(error.in_call(self.context, self.number))
    }

    /// Returns another key than the one that the service did not accept, if there is one and the
    /// time to try it.
    async fn other_key(&self, error: &Error, rejected: Option<ApiKey>) -> Option<ApiKey> {
        let rejected = rejected?;
        let is_rejection =
            error.kind() == ErrorKind::Api && error.status() == Some(StatusCode::UNAUTHORIZED);
        if !is_rejection || !self.settings.credentials.may_change() {
            return None;
        }
        let limit = Limit::of_attempt(self.settings, self.deadline);
        let other = self.key(&limit).await.ok()??;
        let has_time = self.deadline.leaves(self.longest);
        (other != rejected && has_time).then_some(other)
    }

    fn retry_wait(&self, error: &Error) -> Option<(Duration, Payment<'a>)> {
        let retries: &Retries = &self.settings.retries;
        retries.wait(error, self.retries + 1, self.deadline, self.longest)
    }
}

/// Returns what the pacer learns from an attempt.
fn counted(outcome: &Result<Received, Error>) -> Outcome {
    let (limit, status) = match outcome {
        Ok(Received { answer, .. }) => (RateLimit::read(answer), Some(answer.status)),
        Err(error) => match error.kind() {
            ErrorKind::Config | ErrorKind::Request | ErrorKind::Connect => return Outcome::NotSent,
            _ => (error.rate_limit(), error.status()),
        },
    };
    match (limit, status) {
        (Some(limit), _) => Outcome::Limited(limit),
        // A proxy's error says nothing about the service.
        (None, Some(status)) if !status.is_server_error() && status != 429 => Outcome::Unlimited,
        (None, _) => Outcome::Unknown,
    }
}
