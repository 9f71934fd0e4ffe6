//! An exchange: a request and its response, as a file recorded them.

use std::io::Read;

use serde_json::Value;

/// The most bytes that a compressed body may have once it is decompressed.
const MAX_DECOMPRESSED: u64 = 64 << 20;

/// A request and its response.
#[derive(Debug, Clone, Default)]
pub struct Exchange {
    /// The HTTP method, in upper case.
    pub method: String,
    /// The URL, whole or from its path on.
    pub url: String,
    /// The status of the response.
    pub status: u16,
    /// The headers of the response.
    pub headers: Vec<(String, String)>,
    /// The body of the response.
    pub body: Body,
}

/// A body, as far as the file has it.
#[derive(Debug, Clone, Default)]
pub enum Body {
    /// There is none.
    #[default]
    Absent,
    /// JSON.
    Json(Value),
    /// Anything else, or JSON that breaks off.
    Other,
}

impl Body {
    /// Reads a body of this media type, decompressed if it is in gzip.
    pub fn read(bytes: &[u8], media_type: Option<&str>) -> Body {
        if bytes.is_empty() {
            return Body::Absent;
        }
        if bytes.starts_with(&[0x1f, 0x8b]) {
            let mut plain = Vec::new();
            let mut decoder = flate2::read::GzDecoder::new(bytes).take(MAX_DECOMPRESSED);
            return match decoder.read_to_end(&mut plain) {
                Ok(_) if !plain.starts_with(&[0x1f, 0x8b]) => Body::read(&plain, media_type),
                _ => Body::Other,
            };
        }
        let is_json = media_type.is_none_or(openapi_document::operation::is_json_text);
        let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        match is_json.then(|| serde_json::from_slice(text)) {
            Some(Ok(value)) => Body::Json(value),
            _ => Body::Other,
        }
    }
}

impl Exchange {
    /// The value of a response's header.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        let found = headers.find(|(header, _)| header.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// The media type of the response, without parameters and in lower case.
    pub fn media_type(&self) -> Option<String> {
        let essence = openapi_document::operation::essence(self.header("content-type")?);
        (!essence.is_empty()).then(|| essence.to_ascii_lowercase())
    }
}
