//! Recording exchanges: a layer that writes each response as a line of JSON.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::mem;
use std::path::Path;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use bytes::{Buf, Bytes, BytesMut};
use http::header::{CONTENT_TYPE, COOKIE, SET_COOKIE};
use http::{HeaderMap, Request, Response};
use http_body::{Body, Frame, SizeHint};
use serde::Serialize;
use serde_json::value::RawValue;
use tower_layer::Layer;
use tower_service::Service;
use url::Url;

use crate::service::BoxError;

/// The largest body that is recorded.
const LARGEST_BODY: usize = 8 * 1024 * 1024;

/// A layer that appends every response to a file, one a line of JSON (NDJSON): method, URL, status,
/// headers and body. `cargo xtask drift` reads them, and says where they differ from the contract.
///
/// No API key is recorded: nothing of the request's headers is, nor the values in its query. The
/// responses are recorded whole, with the personal data that they hold, so the file is readable by
/// its owner alone. Attempts that are retried are recorded as well; those without a response, or
/// whose body breaks off or is larger than 8 MiB, are not.
///
/// Each line is written at once, so several processes can append to one file. A file that can't be
/// written fails no call: [`lost`](Self::lost) counts what is missing.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let sandbox = aura_sandbox::Sandbox::start().await?;
/// # let folder = std::env::temp_dir().join(format!("recorder-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder)?;
/// # let path = folder.join("exchanges.ndjson");
/// use aura_client::{Client, Recorder};
///
/// let recorder = Recorder::append(&path)?;
/// let client = Client::builder()
///     .api_key("aura_pk_live_…")
/// #   .api_key(sandbox.api_key()).base_url(sandbox.base_url())
///     .layer(recorder.clone())
///     .build()?;
/// let id = aura_client::uuid::uuid!("550e8400-e29b-41d4-a716-446655440000");
/// client.get_lead(&id).await?;
/// assert_eq!(recorder.lost(), 0);
/// # let line = std::fs::read_to_string(&path)?;
/// # assert!(line.starts_with(r#"{"method":"GET","url":"http://127.0.0.1"#) && line.ends_with("}\n"));
/// # std::fs::remove_dir_all(&folder)?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Recorder(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    file: Mutex<File>,
    lost: AtomicU64,
}

impl Recorder {
    /// Records into this file, behind what it holds.
    ///
    /// # Errors
    ///
    /// If the file can't be opened for that.
    pub fn append(path: impl AsRef<Path>) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        options.append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let inner = Inner {
            file: Mutex::new(options.open(path)?),
            lost: AtomicU64::new(0),
        };
        Ok(Self(Arc::new(inner)))
    }

    /// How many responses could not be recorded: the file could not be written, or they were too
    /// large or broke off.
    pub fn lost(&self) -> u64 {
        self.0.lost.load(Ordering::Relaxed)
    }

    fn write(&self, exchange: &Exchange, body: &[u8]) {
        let written = exchange.line(body).map(|line| {
            let mut file = self.0.file.lock().unwrap_or_else(PoisonError::into_inner);
            file.write_all(&line)
        });
        if !matches!(written, Ok(Ok(()))) {
            self.lose();
        }
    }

    fn lose(&self) {
        self.0.lost.fetch_add(1, Ordering::Relaxed);
    }
}

impl<S> Layer<S> for Recorder {
    type Service = Recording<S>;

    fn layer(&self, inner: S) -> Recording<S> {
        Recording {
            inner,
            recorder: self.clone(),
        }
    }
}

/// What [`Recorder`] puts around a service.
#[derive(Clone, Debug)]
pub struct Recording<S> {
    inner: S,
    recorder: Recorder,
}

impl<S> Service<Request<reqwest::Body>> for Recording<S>
where
    S: Service<Request<reqwest::Body>, Response = Response<reqwest::Body>>,
    S::Error: Into<BoxError>,
    S::Future: Send + 'static,
{
    type Response = Response<reqwest::Body>;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, BoxError>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.inner.poll_ready(context).map_err(Into::into)
    }

    fn call(&mut self, request: Request<reqwest::Body>) -> Self::Future {
        let method = request.method().to_string();
        let url = without_values(&request.uri().to_string());
        let recorder = self.recorder.clone();
        let response = self.inner.call(request);
        Box::pin(async move {
            let (head, body) = response.await.map_err(Into::into)?.into_parts();
            let exchange = Exchange {
                method,
                url,
                status: head.status.as_u16(),
                headers: head.headers.clone(),
            };
            let body = Recorded {
                body,
                exchange: Some(exchange),
                recorder,
                seen: BytesMut::new(),
            };
            Ok(Response::from_parts(head, reqwest::Body::wrap(body)))
        })
    }
}

/// A URL whose query has its names alone.
fn without_values(url: &str) -> String {
    let Ok(mut url) = Url::parse(url) else {
        return String::new();
    };
    let names: Vec<String> = url
        .query_pairs()
        .map(|(name, _)| name.into_owned())
        .collect();
    url.set_query(None);
    if !names.is_empty() {
        url.query_pairs_mut().extend_keys_only::<_, String>(names);
    }
    url.to_string()
}

struct Exchange {
    method: String,
    url: String,
    status: u16,
    headers: HeaderMap,
}

/// A line of the file.
#[derive(Serialize)]
struct Line<'e> {
    method: &'e str,
    url: &'e str,
    status: u16,
    headers: serde_json::Map<String, serde_json::Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<&'e RawValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body_base64: Option<String>,
}

impl Exchange {
    fn line(&self, body: &[u8]) -> serde_json::Result<Vec<u8>> {
        let media_type = self
            .headers
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok());
        let is_json = media_type.is_none_or(|media_type| media_type.contains("json"));
        // JSON stands as it came, if that is one line.
        let json = serde_json::from_slice(body)
            .ok()
            .filter(|json: &&RawValue| is_json && !json.get().contains(['\n', '\r']));
        let shown = self
            .headers
            .keys()
            .filter(|name| **name != SET_COOKIE && **name != COOKIE);
        let headers = shown.map(|name| {
            let values = self.headers.get_all(name).iter();
            let values: Vec<_> = values
                .map(|value| String::from_utf8_lossy(value.as_bytes()))
                .collect();
            (name.to_string(), values.join(", ").into())
        });
        let line = Line {
            method: &self.method,
            url: &self.url,
            status: self.status,
            headers: headers.collect(),
            body: json,
            body_base64: (json.is_none() && !body.is_empty()).then(|| BASE64_STANDARD.encode(body)),
        };
        let mut line = serde_json::to_vec(&line)?;
        line.push(b'\n');
        Ok(line)
    }
}

/// A body that is recorded once it has come whole.
struct Recorded {
    body: reqwest::Body,
    /// `None` once it is recorded, or lost.
    exchange: Option<Exchange>,
    recorder: Recorder,
    seen: BytesMut,
}

impl Body for Recorded {
    type Data = Bytes;
    type Error = reqwest::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, reqwest::Error>>> {
        let polled = Pin::new(&mut self.body).poll_frame(context);
        match &polled {
            Poll::Ready(Some(Ok(frame))) => {
                let data = frame.data_ref().map(Buf::chunk).unwrap_or_default();
                match self.seen.len() + data.len() <= LARGEST_BODY {
                    true => self.seen.extend_from_slice(data),
                    false => self.lose(),
                }
                // Who knows the length doesn't ask for the end.
                if self.body.is_end_stream() {
                    self.record();
                }
            }
            Poll::Ready(Some(Err(_))) => self.lose(),
            Poll::Ready(None) => self.record(),
            Poll::Pending => {}
        }
        polled
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }
}

impl Recorded {
    fn record(&mut self) {
        let seen = mem::take(&mut self.seen);
        if let Some(exchange) = self.exchange.take() {
            self.recorder.write(&exchange, &seen);
        }
    }

    fn lose(&mut self) {
        if self.exchange.take().is_some() {
            self.recorder.lose();
        }
    }
}

/// An empty body is never asked for, and one that is dropped has not come whole.
impl Drop for Recorded {
    fn drop(&mut self) {
        match self.body.is_end_stream() {
            true => self.record(),
            false => self.lose(),
        }
    }
}
