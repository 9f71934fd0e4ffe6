//! What a request body is sent as, and what its parts are.

use serde_json::Value;

use openapi_document::composition;
use openapi_document::operation::{Located, is_json_text, resolve};
use openapi_document::parameter::Style;
use openapi_document::{BodyFormat, RequestContent, operation};

const FORM: &str = "application/x-www-form-urlencoded";

/// A request body.
#[derive(Debug)]
pub struct Body {
    /// Whether it must be sent.
    pub required: bool,
    /// What the contract says about it.
    pub description: Option<String>,
    /// What it is sent as.
    pub sent: Sent,
}

/// What a request body is sent as.
#[derive(Debug)]
pub enum Sent {
    /// A value as JSON.
    Json {
        /// The media type, if it is another than `application/json`.
        media_type: Option<String>,
    },
    /// The members of an object as a form.
    Form {
        /// The media type, if it is written otherwise than usual.
        media_type: Option<String>,
        /// The properties of which the contract says how they are written.
        styles: Vec<(String, Style)>,
    },
    /// Text of this media type.
    Text(String),
    /// A form of parts.
    Multipart(Vec<Part>),
    /// Bytes.
    Binary {
        /// The media type, unless the caller must name it.
        media_type: Option<String>,
        /// All that the contract lists, as it writes them.
        written: Vec<String>,
    },
}

/// A part of a form.
#[derive(Debug)]
pub struct Part {
    /// Its name.
    pub name: String,
    /// Whether it must be sent.
    pub required: bool,
    /// What it holds, for people.
    pub holds: String,
    /// What the contract says about it.
    pub description: Option<String>,
}

impl Body {
    /// Reads the body of an operation; `None` if nothing is sent.
    pub fn of(document: &Value, operation: &operation::Operation<'_>) -> Option<Body> {
        let body = operation.body(document)?;
        let content = RequestContent::of(document, &body)?;
        let media_type = content.content_type();
        let sent = match content.format {
            BodyFormat::Json => Sent::Json {
                media_type: media_type.filter(|media_type| media_type != operation::JSON),
            },
            BodyFormat::Form => Sent::Form {
                media_type: media_type.filter(|media_type| media_type != FORM),
                styles: styles(&content.media),
            },
            BodyFormat::Text => Sent::Text(media_type.unwrap_or_default()),
            BodyFormat::Multipart => Sent::Multipart(parts(document, &content.media)),
            BodyFormat::Binary => Sent::Binary {
                media_type,
                written: body
                    .children("content")
                    .map(|(written, _)| written.trim().to_string())
                    .collect(),
            },
        };
        Some(Body {
            required: body.flag("required"),
            description: trimmed(&body),
            sent,
        })
    }

    /// Whether progenitor is to write how it is sent.
    pub fn is_typed(&self) -> bool {
        matches!(self.sent, Sent::Json { .. } | Sent::Form { .. })
    }

    /// Whether it is an argument of its own, and not among the optional parameters. A stream can't
    /// be one of them: these can be cloned and compared.
    pub fn is_argument(&self) -> bool {
        self.required || matches!(self.sent, Sent::Multipart(_) | Sent::Binary { .. })
    }
}

/// The styles that a form's `encoding` gives to properties.
fn styles(media: &Located<'_>) -> Vec<(String, Style)> {
    media
        .children("encoding")
        .filter_map(|(name, encoding)| Some((name.to_string(), Style::of_encoding(&encoding)?)))
        .collect()
}

fn trimmed(at: &Located<'_>) -> Option<String> {
    at.text("description").map(|text| text.trim().into())
}

/// The parts that a form's schema describes.
fn parts(document: &Value, media: &Located<'_>) -> Vec<Part> {
    let Some(schema) = media.child("schema") else {
        return Vec::new();
    };
    let encodings = media.child("encoding");
    let requiring = composition::parts_of(document, schema.clone());
    let properties = composition::properties_of(document, schema);
    let parts = properties.into_iter().map(|(name, property)| {
        let encoding = encodings.as_ref().and_then(|all| all.child(name));
        let media_type = encoding.and_then(|encoding| encoding.text("contentType"));
        Part {
            name: name.to_string(),
            required: composition::require(&requiring, name),
            holds: holds(document, &property, media_type),
            description: resolve(document, property).and_then(|property| trimmed(&property)),
        }
    });
    parts.collect()
}

/// What a part holds: "a file (image/png)", "JSON", "text, any number of parts".
fn holds(document: &Value, property: &Located<'_>, media_type: Option<&str>) -> String {
    let says = |parts: &[Located<'_>], key: &str, texts: &[&str]| {
        let mut stated = parts.iter().filter_map(|part| part.text(key));
        stated.any(|text| texts.contains(&text))
    };
    let mut parts = composition::parts_of(document, property.clone());
    let is_list = says(&parts, "type", &["array"]);
    if is_list {
        let items = parts.iter().find_map(|part| part.child("items"));
        parts = items.map_or(Vec::new(), |items| composition::parts_of(document, items));
    }
    let is_file = says(&parts, "format", &["binary", "byte"])
        || media_type.is_some_and(|text| !text.starts_with("text/") && !is_json_text(text));
    let is_text = says(&parts, "type", &["string", "integer", "number", "boolean"]);
    let kind = match media_type {
        _ if is_file => "a file",
        Some(media_type) if is_json_text(media_type) => "JSON",
        None if !is_text => "JSON",
        _ => "text",
    };
    let of = media_type.map_or(String::new(), |media_type| format!(" (`{media_type}`)"));
    let several = if is_list { ", any number of parts" } else { "" };
    format!("{kind}{of}{several}")
}
