//! What becomes of a response: it is printed, or written to a file while it comes.

use aura_client::bytes::Bytes;
use aura_client::http::HeaderMap;
use aura_client::http::header::CONTENT_TYPE;
use aura_client::{Download, Error, Json, Response};

use super::answer::{Answer, Form};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::interrupt::Interrupt;
use crate::output::{self, WholeFile};
use crate::terminal;
use crate::text::piece;

/// A response to a call that went well.
pub enum Received {
    /// JSON, all of which is there.
    Whole(Response<Json>),
    /// The head, and what is still to come.
    Download(Download),
}

/// How a response is shown, or where it goes.
pub struct Receiver {
    pub form: Form,
    pub include: bool,
    pub out: Option<WholeFile>,
}

impl Receiver {
    pub async fn receive(mut self, received: Received) -> Result<Exit, Failure> {
        let download = match received {
            Received::Whole(response) => {
                let answer = Answer::of(&response);
                output::print(&answer.bytes(self.form, self.include))?;
                return Ok(Exit::Good);
            }
            Received::Download(download) => download,
        };
        match self.out.take() {
            Some(out) => self.write(download, out).await,
            None => self.print(download).await,
        }
    }

    /// Prints the response that became an error, if there was one.
    pub fn print_error(&self, error: &Error) -> Result<(), Failure> {
        let Some(answer) = Answer::of_error(error) else {
            return Ok(());
        };
        let mut bytes = answer.bytes(self.form, self.include);
        // What is said of it begins a line, where both streams are one.
        if bytes.last().is_some_and(|last| *last != b'\n') {
            bytes.push(b'\n');
        }
        output::print(&bytes)
    }

    /// Prints JSON and text as people or programs want them, and anything else as it comes.
    async fn print(self, download: Download) -> Result<Exit, Failure> {
        let (status, headers) = (download.http_status(), download.headers().clone());
        let kind = media_type(&headers);
        if self.form == Form::AsItCame {
            let out = WholeFile::create("-".as_ref(), false)?;
            return self.write(download, out).await;
        }
        if is_text(&kind) {
            let body = download.bytes().await;
            let body = body.map_err(|error| Failure::of_call(&error))?;
            let answer = Answer::new(status, &headers, &body);
            output::print(&answer.bytes(self.form, self.include))?;
            return Ok(Exit::Good);
        }
        if terminal::is_stdout() && download.content_length() != Some(0) {
            let what = format!(
                "the response is {}, which is not shown on a terminal",
                piece(&kind)
            );
            return Err(Failure::local(what)
                .or_try("--out FILE writes it to a file, --out - to the terminal all the same"));
        }
        let out = WholeFile::create("-".as_ref(), false)?;
        self.write(download, out).await
    }

    /// Writes the body while it comes. Unless all of it does, no file is left.
    async fn write(self, mut download: Download, mut out: WholeFile) -> Result<Exit, Failure> {
        if self.include {
            let head =
                Answer::new(download.http_status(), download.headers(), &Bytes::new()).head();
            output::print(head.as_bytes())?;
        }
        let mut interrupt = Interrupt::listen();
        loop {
            let chunk = tokio::select! {
                chunk = download.chunk() => chunk,
                exit = interrupt.came() => return Ok(exit),
            };
            match chunk.map_err(|error| Failure::of_call(&error))? {
                Some(chunk) if out.write(&chunk)?.is_break() => return Ok(Exit::Good),
                Some(_) => {}
                None => break,
            }
        }
        out.finish()?;
        Ok(Exit::Good)
    }
}

fn media_type(headers: &HeaderMap) -> String {
    let value = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let essence = value.and_then(|value| value.split(';').next());
    essence
        .unwrap_or("of no media type")
        .trim()
        .to_ascii_lowercase()
}

/// Whether a body is text that ends.
fn is_text(media_type: &str) -> bool {
    let subtype = media_type.rsplit(['/', '+']).next().unwrap_or_default();
    let is_known = [
        "json",
        "xml",
        "yaml",
        "x-yaml",
        "x-www-form-urlencoded",
        "x-ndjson",
    ];
    is_known.contains(&subtype)
        || media_type.starts_with("text/") && media_type != "text/event-stream"
}
