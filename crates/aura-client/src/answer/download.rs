//! A successful response whose body is read in chunks.

use std::fmt;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, StatusCode};
use tokio::time::Instant;

use crate::transport::{Incoming, Limit, append};
use crate::{Error, RateLimit, Response};

/// A file, or any other body that is not JSON or text: its head, and its bytes as they come.
///
/// The call itself ends with the head of the response, and so do its
/// [`timeout`](crate::ClientBuilder::timeout) and its retries. From then on
/// [`attempt_timeout`](crate::ClientBuilder::attempt_timeout) bounds the wait for each chunk, so that a
/// long download may take its time and one that stalls ends. A body that breaks off is an error of
/// [`chunk`](Self::chunk) or [`bytes`](Self::bytes), and is not asked for again.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let sandbox = aura_sandbox::Sandbox::start().await?;
/// # let client = sandbox.client();
/// use std::io::Write;
///
/// use aura_client::http::Method;
///
/// let mut file = Vec::new();
/// let mut download = client.request_download(Method::GET, "/health", None).await?;
/// while let Some(chunk) = download.chunk().await? {
///     file.write_all(&chunk)?;
/// }
/// # assert!(!file.is_empty());
/// # Ok(())
/// # }
/// ```
pub struct Download {
    /// The head of the response; the body is gone once all of it has come.
    response: Response<Option<Incoming>>,
    /// Why the body broke off.
    failed: Option<Error>,
    chunk_timeout: Duration,
    max_body_bytes: usize,
}

impl Download {
    pub(crate) fn new(
        response: Response<Option<Incoming>>,
        chunk_timeout: Duration,
        max_body_bytes: usize,
    ) -> Self {
        Self {
            response,
            failed: None,
            chunk_timeout,
            max_body_bytes,
        }
    }

    /// The HTTP status, 200 to 299.
    pub fn http_status(&self) -> StatusCode {
        self.response.http_status()
    }

    /// The headers, such as `Content-Type` and `Content-Disposition`.
    pub fn headers(&self) -> &HeaderMap {
        self.response.headers()
    }

    /// How many bytes are still to come; `None` if the service didn't say, or if it compresses the body.
    pub fn content_length(&self) -> Option<u64> {
        match &*self.response {
            Some(incoming) => incoming.length(),
            None => Some(0),
        }
    }

    /// The ID to quote when reporting a problem (`X-Request-Id`), if the API sent one.
    pub fn request_id(&self) -> Option<&str> {
        self.response.request_id()
    }

    /// Where you stand with the rate limit; `None` unless all three headers came and are valid.
    pub fn rate_limit(&self) -> Option<RateLimit> {
        self.response.rate_limit()
    }

    /// The number of attempts that this took; 1 means that the first one succeeded.
    pub fn attempts(&self) -> u32 {
        self.response.attempts()
    }

    /// Returns what comes next of the body, after decompression; `None` at its end.
    ///
    /// However long the body is, no more of it is in memory than the chunk. Dropping the future loses
    /// nothing: the next call goes on where this one was.
    ///
    /// # Errors
    ///
    /// [`Transport`](crate::ErrorKind::Transport) if the body breaks off; from then on every call
    /// fails, so that a part is never taken for the whole. [`Timeout`](crate::ErrorKind::Timeout) if nothing comes within
    /// [`attempt_timeout`](crate::ClientBuilder::attempt_timeout); another call waits on.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        if let Some(error) = &self.failed {
            return Err(error.clone());
        }
        let Some(incoming) = self.response.value_mut() else {
            return Ok(None);
        };
        let limit = Limit::of_step(Instant::now(), self.chunk_timeout);
        let chunk = match limit.deadline.bound(incoming.chunk()).await {
            Some(Ok(chunk)) => chunk,
            Some(Err(error)) => {
                let error = self.response.fail(error, Bytes::new());
                return Err(self.failed.insert(error).clone());
            }
            None => {
                let error = limit.exceeded("no more of the response's body came");
                return Err(self.response.fail(error, Bytes::new()));
            }
        };
        if chunk.is_none() {
            *self.response.value_mut() = None;
        }
        Ok(chunk)
    }

    /// Reads the rest of the body into memory.
    ///
    /// # Errors
    ///
    /// Those of [`chunk`](Self::chunk); [`BodyTooLarge`](crate::ErrorKind::BodyTooLarge) beyond
    /// [`max_body_bytes`](crate::ClientBuilder::max_body_bytes). What came until then is in
    /// [`Error::body`].
    pub async fn bytes(mut self) -> Result<Bytes, Error> {
        let mut body = BytesMut::new();
        loop {
            let error = match self.chunk().await {
                Ok(None) => return Ok(body.freeze()),
                Ok(Some(chunk)) => match append(&mut body, &chunk, self.max_body_bytes) {
                    Ok(()) => continue,
                    Err(error) => error,
                },
                Err(error) => error,
            };
            return Err(self.response.fail(error, body.freeze()));
        }
    }
}

/// Shows the head alone, and of it no headers.
impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("http_status", &self.http_status().as_u16())
            .field("content_length", &self.content_length())
            .finish_non_exhaustive()
    }
}
