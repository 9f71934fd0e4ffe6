//! A span for each call, and events within it.

use std::time::Duration;

use http::Method;
use tokio::time::Instant;
use tracing::field::Empty;
use tracing::{Instrument, Span, debug, info_span, warn};
use url::Url;

use crate::answer::Context;
use crate::{Error, Response};

/// The span of one call, from its first attempt to its decoded answer.
pub(crate) struct CallTrace {
    span: Span,
    begun: Instant,
}

impl CallTrace {
    /// `path` is the operation's template; a path with its arguments filled in is not for a trace.
    pub(crate) fn begin(
        context: Context,
        method: &Method,
        path: Option<&'static str>,
        base_url: &Url,
    ) -> Self {
        let name = path.map(|path| format!("{method} {path}"));
        let span = info_span!(
            "aura_call",
            otel.name = name.as_deref().unwrap_or(method.as_str()),
            otel.kind = "client",
            aura.operation = context.operation,
            http.request.method = method.as_str(),
            url.template = path,
            server.address = base_url.host_str(),
            server.port = base_url.port_or_known_default(),
            http.response.status_code = Empty,
            http.request.resend_count = Empty,
            aura.attempts = Empty,
            http.client.request.duration = Empty,
            error.r#type = Empty,
        );
        Self {
            span,
            begun: Instant::now(),
        }
    }

    /// What the call does is told within its span.
    pub(crate) fn around<F: Future>(&self, call: F) -> impl Future<Output = F::Output> {
        call.instrument(self.span.clone())
    }

    pub(crate) fn end<T>(&self, outcome: &Result<Response<T>, Error>) {
        let (status, attempts, error) = match outcome {
            Ok(response) => (Some(response.http_status()), response.attempts(), None),
            Err(error) => (error.status(), error.attempts(), Some(error_type(error))),
        };
        let status = status.map(|status| status.as_u16());
        let resent = attempts.saturating_sub(1);
        let error = error.as_deref();
        self.span.record("http.response.status_code", status);
        self.span.record("http.request.resend_count", resent);
        self.span.record("aura.attempts", attempts);
        self.span.record("error.type", error);
        let elapsed = self.begun.elapsed().as_secs_f64();
        self.span.record("http.client.request.duration", elapsed);
        debug!(
            parent: &self.span,
            http.response.status_code = status,
            http.client.request.duration = elapsed,
            aura.attempts = attempts,
            error.r#type = error,
            "call ended"
        );
    }
}

/// An attempt failed, and another follows after this wait.
pub(crate) fn retry(error: &Error, wait: Duration) {
    warn!(
        http.response.status_code = error.status().map(|status| status.as_u16()),
        error.r#type = error_type(error),
        aura.attempts = error.attempts(),
        aura.retry_delay = wait.as_secs_f64(),
        "attempt failed, trying again"
    );
}

/// The status of an answer that is an error, else the kind of failure, as OpenTelemetry has it.
fn error_type(error: &Error) -> String {
    match (error.kind(), error.status()) {
        (crate::ErrorKind::Api, Some(status)) => status.as_u16().to_string(),
        (kind, _) => format!("{kind:?}"),
    }
}
