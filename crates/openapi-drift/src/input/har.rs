//! HAR 1.2, as browsers and proxies write it.

use std::fmt;
use std::io::Read;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde::Deserialize;
use serde::de::{DeserializeSeed, SeqAccess, Visitor};

use super::{InputError, Member, Record, not_json};
use crate::exchange::{Body, Exchange};

/// Gives each entry to `take`.
pub fn read(file: impl Read, take: &mut dyn FnMut(Record)) -> Result<(), InputError> {
    let mut json = serde_json::Deserializer::from_reader(file);
    let mut number = 0;
    let entries = Member {
        name: "entries",
        seed: Some(Entries {
            take,
            number: &mut number,
        }),
    };
    let log = Member {
        name: "log",
        seed: Some(entries),
    };
    let read = log.deserialize(&mut json).and_then(|()| json.end());
    read.map_err(|error| match error.is_data() {
        true => InputError::NotAnExchange(number),
        false => not_json(error),
    })
}

struct Entries<'t> {
    take: &'t mut dyn FnMut(Record),
    number: &'t mut usize,
}

impl<'de> DeserializeSeed<'de> for Entries<'_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Entries<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        loop {
            *self.number += 1;
            match entries.next_element::<Entry>()? {
                Some(entry) => (self.take)(Record::Exchange(Box::new(entry.into()))),
                None => return Ok(()),
            }
        }
    }
}

#[derive(Deserialize)]
struct Entry {
    request: Request,
    response: Response,
}

#[derive(Deserialize)]
struct Request {
    method: String,
    url: String,
}

#[derive(Deserialize)]
struct Response {
    /// A browser writes 0 for a request that was cut off, and some tools a negative number.
    status: i64,
    #[serde(default)]
    headers: Vec<Header>,
    #[serde(default)]
    content: Option<Content>,
}

#[derive(Deserialize)]
struct Header {
    name: String,
    value: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Content {
    #[serde(default)]
    mime_type: Option<String>,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    encoding: Option<String>,
}

impl From<Entry> for Exchange {
    fn from(Entry { request, response }: Entry) -> Exchange {
        Exchange {
            method: request.method.to_ascii_uppercase(),
            url: request.url,
            status: response.status.try_into().unwrap_or(0),
            headers: response
                .headers
                .into_iter()
                .map(|Header { name, value }| (name, value))
                .collect(),
            body: response.content.map_or(Body::Absent, Content::body),
        }
    }
}

impl Content {
    fn body(self) -> Body {
        let media_type = self.mime_type.filter(|of| !of.is_empty());
        let text = self.text.unwrap_or_default();
        if self.encoding.as_deref() != Some("base64") {
            return Body::read(text.as_bytes(), media_type.as_deref());
        }
        match BASE64_STANDARD.decode(text) {
            Ok(bytes) => Body::read(&bytes, media_type.as_deref()),
            Err(_) => Body::Other,
        }
    }
}
