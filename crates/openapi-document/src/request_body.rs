//! Request bodies: which of their media types is sent, and as what.

use serde_json::Value;

use crate::content::{self, BodyKind, is_range};
use crate::operation::{JSON, Located, charset, essence, is_json};

/// What a request body is sent as. Of several media types, the one whose kind is listed first here
/// is sent, `application/json` before any other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum BodyFormat {
    /// A value of its schema, as JSON.
    Json,
    /// The properties of its schema, as `application/x-www-form-urlencoded`.
    Form,
    /// Parts with names, as `multipart/form-data`.
    Multipart,
    /// Text in UTF-8.
    Text,
    /// Bytes, whatever they are.
    Binary,
}

/// The content of a request body that a client sends.
#[derive(Debug, Clone)]
pub struct RequestContent<'v> {
    /// What it is sent as.
    pub format: BodyFormat,
    /// Its media type as the contract writes it.
    pub written: &'v str,
    /// What the contract says of it.
    pub media: Located<'v>,
}

impl<'v> RequestContent<'v> {
    /// Chooses among the media types of a body; `None` if it has none.
    pub fn of(document: &'v Value, body: &Located<'v>) -> Option<RequestContent<'v>> {
        let listed = body.children("content").map(|(written, media)| {
            let format = format(document, written, &media);
            RequestContent {
                format,
                written,
                media,
            }
        });
        listed.min_by_key(|content| (content.format, !is_json(content.written)))
    }

    /// The `Content-Type` of a request; `None` if the sender must name one: the contract has a range
    /// of them, or a kind of multipart, whose boundary is chosen by whoever writes it.
    pub fn content_type(&self) -> Option<String> {
        let essence = essence(self.written).to_ascii_lowercase();
        let is_open = is_range(self.written);
        match self.format {
            BodyFormat::Json if is_open => Some(JSON.into()),
            BodyFormat::Binary if is_open => Some("application/octet-stream".into()),
            BodyFormat::Text if essence == "text/*" => Some("text/plain; charset=utf-8".into()),
            BodyFormat::Text if essence == "text/plain" && charset(self.written).is_none() => {
                Some(format!("{}; charset=utf-8", self.written.trim()))
            }
            BodyFormat::Binary if essence.contains('*') || essence.starts_with("multipart/") => {
                None
            }
            _ => Some(self.written.trim().to_string()),
        }
    }
}

fn format(document: &Value, written: &str, media: &Located<'_>) -> BodyFormat {
    match essence(written).to_ascii_lowercase().as_str() {
        "application/x-www-form-urlencoded" => return BodyFormat::Form,
        "multipart/form-data" => return BodyFormat::Multipart,
        _ => {}
    }
    let is_utf8 = charset(written).is_none_or(|charset| charset.eq_ignore_ascii_case("utf-8"));
    match content::kind(document, written, media) {
        BodyKind::Json => BodyFormat::Json,
        BodyKind::Text if is_utf8 => BodyFormat::Text,
        BodyKind::Text | BodyKind::Binary => BodyFormat::Binary,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::operation::root;

    fn chosen(content: Value) -> Option<(BodyFormat, Option<String>)> {
        let document = json!({ "content": content });
        let content = RequestContent::of(&document, &root(&document)?)?;
        Some((content.format, content.content_type()))
    }

    #[test]
    fn chooses_the_media_type_that_is_typed_best() {
        use BodyFormat::{Binary, Form, Json, Multipart, Text};
        let form = "application/x-www-form-urlencoded";
        for (written, format, content_type) in [
            (
                &["text/json", "application/json", form][..],
                Json,
                Some("application/json"),
            ),
            (&["image/png", "a/b+json;v=2"], Json, Some("a/b+json;v=2")),
            (&["multipart/form-data", form], Form, Some(form)),
            (
                &["text/csv", "Multipart/Form-Data"],
                Multipart,
                Some("Multipart/Form-Data"),
            ),
            (
                &["image/png", "text/csv; header=present", "text/plain"],
                Text,
                Some("text/csv; header=present"),
            ),
            (&["text/plain"], Text, Some("text/plain; charset=utf-8")),
            (
                &["text/plain;charset=\"UTF-8\""],
                Text,
                Some("text/plain;charset=\"UTF-8\""),
            ),
            (&["text/*"], Text, Some("text/plain; charset=utf-8")),
            (
                &["text/plain; charset=latin1"],
                Binary,
                Some("text/plain; charset=latin1"),
            ),
            (&["application/xml"], Text, Some("application/xml")),
            (&["*/*"], Binary, Some("application/octet-stream")),
            (&["image/*"], Binary, None),
            (&["multipart/mixed"], Binary, None),
        ] {
            let content = written.iter().map(|name| (name.to_string(), json!({})));
            let found = chosen(Value::Object(content.collect()));
            let expected = (format, content_type.map(String::from));
            assert_eq!(found, Some(expected), "{written:?}");
        }
        assert_eq!(chosen(json!({})), None);
    }

    #[test]
    fn a_schema_says_what_text_and_open_media_types_hold() {
        let object = json!({ "schema": { "allOf": [{ "type": "object" }] } });
        let binary = json!({ "schema": { "type": "string", "format": "binary" } });
        for (written, media, expected) in [
            ("*/*", &object, BodyFormat::Json),
            ("application/*", &binary, BodyFormat::Binary),
            ("text/csv", &binary, BodyFormat::Binary),
            ("text/csv", &object, BodyFormat::Text),
            ("image/*", &object, BodyFormat::Binary),
            ("application/json", &binary, BodyFormat::Json),
        ] {
            let found = chosen(json!({ written: media })).map(|(format, _)| format);
            assert_eq!(found, Some(expected), "{written}");
        }
    }
}
