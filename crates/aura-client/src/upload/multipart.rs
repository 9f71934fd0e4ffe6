//! Forms with files: `multipart/form-data`, as [RFC 7578] and the [WHATWG] write it.
//!
//! [RFC 7578]: https://www.rfc-editor.org/rfc/rfc7578
//! [WHATWG]: https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data

use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http::HeaderValue;
use serde::Serialize;

use super::Upload;
use super::content::{Chunks, Content, Problem};

/// A request body of named parts, `multipart/form-data`: texts, JSON and files.
///
/// If all parts are bytes, the body can be sent again like any other. With a stream among them it
/// is sent once, as an [`Upload`] is.
///
/// ```
/// use aura_client::{Multipart, Part};
/// use aura_client::serde_json::json;
///
/// let form = Multipart::new()
///     .text("title", "March")
///     .json("labels", &json!(["paid", "checked"]))
///     .file("document", Part::bytes("%PDF-1.7").file_name("march.pdf").content_type("application/pdf"));
/// ```
#[must_use = "a form does nothing until it is sent"]
pub struct Multipart {
    boundary: String,
    /// Each part's head, and what it holds.
    parts: Vec<(String, Content)>,
    problem: Option<&'static str>,
}

/// A file in a [`Multipart`] form.
///
/// Whatever becomes an [`Upload`] becomes a part, too.
#[must_use = "a part does nothing until it is in a form"]
pub struct Part {
    upload: Upload,
    file_name: Option<String>,
}

impl Multipart {
    /// A form without parts.
    pub fn new() -> Self {
        let boundary = format!("aura-{:032x}", fastrand::u128(..));
        Self {
            boundary,
            parts: Vec::new(),
            problem: None,
        }
    }

    /// Adds a text. Several parts may have the same name.
    pub fn text(self, name: &str, value: impl Into<String>) -> Self {
        self.part(name, "", Content::Bytes(value.into().into()))
    }

    /// Adds a value as `application/json`.
    ///
    /// The call fails with [`Request`](crate::ErrorKind::Request) if it cannot be written as JSON.
    pub fn json<T: Serialize + ?Sized>(mut self, name: &str, value: &T) -> Self {
        match serde_json::to_vec(value) {
            Ok(text) => {
                let header = "\r\nContent-Type: application/json";
                self.part(name, header, Content::Bytes(text.into()))
            }
            // serde_json's message may quote the value.
            Err(_) => {
                self.problem = Some("a part of the body cannot be written as JSON");
                self
            }
        }
    }

    /// Adds a file. Without a file name of its own it has the part's name, without a content type
    /// it is `application/octet-stream`.
    pub fn file(mut self, name: &str, part: impl Into<Part>) -> Self {
        let Part { upload, file_name } = part.into();
        let file_name = escaped(file_name.as_deref().unwrap_or(name));
        let (content, content_type) = match upload.into_parts() {
            Ok(parts) => parts,
            Err(problem) => {
                self.problem = Some(problem);
                return self;
            }
        };
        let content_type = content_type.as_ref().and_then(|value| value.to_str().ok());
        let content_type = content_type.unwrap_or("application/octet-stream");
        let headers = format!("; filename=\"{file_name}\"\r\nContent-Type: {content_type}");
        self.part(name, &headers, content)
    }

    /// `after` follows the part's name.
    fn part(mut self, name: &str, after: &str, content: Content) -> Self {
        let (boundary, name) = (&self.boundary, escaped(name));
        let head = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"{after}\r\n\r\n"
        );
        self.parts.push((head, content));
        self
    }
}

impl Default for Multipart {
    fn default() -> Self {
        Self::new()
    }
}

impl Part {
    /// A file that is in memory.
    pub fn bytes(bytes: impl Into<Bytes>) -> Self {
        Upload::bytes(bytes).into()
    }

    /// A file whose chunks come one after the other, as in [`Upload::stream`].
    pub fn stream<S, T, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<T, E>> + Send + 'static,
        T: Into<Bytes>,
    {
        Upload::stream(stream).into()
    }

    /// Sets the file's name.
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// Sets the media type, as in [`Upload::content_type`].
    pub fn content_type(mut self, media_type: &str) -> Self {
        self.upload = self.upload.content_type(media_type);
        self
    }

    /// Sets how many bytes a stream holds, as in [`Upload::length`]. The form has a
    /// `Content-Length` if all of its streams have one.
    pub fn length(mut self, bytes: u64) -> Self {
        self.upload = self.upload.length(bytes);
        self
    }
}

impl<T: Into<Upload>> From<T> for Part {
    fn from(upload: T) -> Self {
        Self {
            upload: upload.into(),
            file_name: None,
        }
    }
}

impl From<Multipart> for Upload {
    fn from(form: Multipart) -> Self {
        let media_type = format!("multipart/form-data; boundary={}", form.boundary);
        let mut segments = Vec::with_capacity(form.parts.len() * 3 + 1);
        for (head, content) in form.parts {
            segments.push(Content::Bytes(head.into()));
            segments.push(content);
            segments.push(Content::Bytes(Bytes::from_static(b"\r\n")));
        }
        segments.push(Content::Bytes(format!("--{}--\r\n", form.boundary).into()));
        Self {
            content: joined(segments),
            content_type: HeaderValue::try_from(media_type).ok(),
            problem: form.problem,
        }
    }
}

/// Joins contents: to bytes if all of them are.
fn joined(segments: Vec<Content>) -> Content {
    let lengths = segments.iter().map(Content::length);
    let length = lengths.reduce(|sum, length| sum?.checked_add(length?));
    let all_bytes: Option<Vec<&Bytes>> = segments
        .iter()
        .map(|segment| match segment {
            Content::Bytes(bytes) => Some(bytes),
            Content::Stream(_) => None,
        })
        .collect();
    match all_bytes {
        Some(all) => {
            let mut bytes = BytesMut::with_capacity(all.iter().map(|bytes| bytes.len()).sum());
            all.into_iter()
                .for_each(|part| bytes.extend_from_slice(part));
            Content::Bytes(bytes.freeze())
        }
        None => Content::Stream(Chunks::new(Joined(segments.into()), length.flatten())),
    }
}

/// Contents one after the other.
struct Joined(VecDeque<Content>);

impl Stream for Joined {
    type Item = Result<Bytes, Problem>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            match self.0.front_mut() {
                None => return Poll::Ready(None),
                Some(Content::Stream(chunks)) => {
                    if let Some(chunk) = ready!(Pin::new(chunks).poll_next(context)) {
                        return Poll::Ready(Some(chunk));
                    }
                    self.0.pop_front();
                }
                Some(Content::Bytes(bytes)) => {
                    let bytes = std::mem::take(bytes);
                    self.0.pop_front();
                    return Poll::Ready(Some(Ok(bytes)));
                }
            }
        }
    }
}

/// A name as it stands between the quotes of a part's head.
fn escaped(name: &str) -> String {
    name.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Shows how many parts there are, and nothing of them.
impl fmt::Debug for Multipart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Multipart")
            .field("parts", &self.parts.len())
            .finish()
    }
}

/// Shows the size, neither content nor name.
impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Part").field(&self.upload.content).finish()
    }
}
