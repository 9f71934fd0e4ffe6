//! Media types: which one of a body is read, and as what.

use serde_json::Value;

use crate::operation::{JSON, Located, essence, is_json, is_json_text, resolve};

/// What a body is read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyKind {
    /// A value of its schema.
    Json,
    /// Text as it is.
    Text,
    /// Bytes.
    Binary,
}

/// The content of a response that a client asks for.
#[derive(Debug, Clone)]
pub struct Content<'v> {
    /// What it is read as.
    pub kind: BodyKind,
    /// Its media type as the contract writes it; several of a binary body, separated by commas.
    pub media_types: String,
    /// What the contract says of it.
    pub media: Located<'v>,
}

impl<'v> Content<'v> {
    /// Chooses among the media types of a response: `application/json`, else the first that is JSON,
    /// else the first that is text, else all, which are bytes. `None` if the response has no body.
    pub fn of(document: &'v Value, response: &Located<'v>) -> Option<Content<'v>> {
        let listed: Vec<(BodyKind, &str, Located<'v>)> = response
            .children("content")
            .map(|(media_type, media)| (kind(document, media_type, &media), media_type, media))
            .collect();
        let first = |kind: BodyKind| listed.iter().find(|(known, ..)| *known == kind);
        let is_plain = |(kind, media_type, _): &&(BodyKind, &str, Located<'v>)| {
            *kind == BodyKind::Json && is_json(media_type)
        };
        let chosen = listed.iter().find(is_plain);
        let chosen = chosen.or_else(|| first(BodyKind::Json));
        let (kind, media_type, media) = chosen
            .or_else(|| first(BodyKind::Text))
            .or(listed.first())?;
        let media_types = match kind {
            BodyKind::Json if is_range(media_type) => JSON.to_string(),
            BodyKind::Json | BodyKind::Text => media_type.trim().to_string(),
            BodyKind::Binary => {
                let all = listed.iter().map(|(_, media_type, _)| media_type.trim());
                all.collect::<Vec<_>>().join(", ")
            }
        };
        Some(Content {
            kind: *kind,
            media_types,
            media: media.clone(),
        })
    }
}

/// Returns what a body of this media type is read as.
pub(crate) fn kind(document: &Value, media_type: &str, media: &Located<'_>) -> BodyKind {
    if is_json_text(media_type) {
        return BodyKind::Json;
    }
    let schema = media.child("schema");
    let schema = schema.and_then(|schema| resolve(document, schema));
    let says = |key: &str| schema.as_ref().and_then(|schema| schema.text(key));
    if says("format") == Some("binary") {
        return BodyKind::Binary;
    }
    // Generators write `*/*` for whatever their framework sends, which is JSON if it has a shape.
    let has_shape = || {
        let keys = ["properties", "allOf", "oneOf", "anyOf"];
        let composed =
            |schema: &Located<'_>| keys.iter().any(|key| schema.object.contains_key(*key));
        says("type").is_some_and(|kind| kind != "string") || schema.as_ref().is_some_and(composed)
    };
    if is_range(media_type) {
        return match has_shape() {
            true => BodyKind::Json,
            false => BodyKind::Binary,
        };
    }
    match is_text(media_type) {
        true => BodyKind::Text,
        false => BodyKind::Binary,
    }
}

/// Whether any type is meant, or any of `application`.
pub(crate) fn is_range(media_type: &str) -> bool {
    matches!(essence(media_type), "*/*" | "application/*")
}

/// Whether a body of this media type is text that ends: a stream of events doesn't.
fn is_text(media_type: &str) -> bool {
    let essence = essence(media_type).to_ascii_lowercase();
    match essence.split_once('/') {
        Some(("text", "event-stream")) | None => false,
        Some(("text", _)) => true,
        Some(("application", subtype)) => {
            let suffix = subtype.rsplit('+').next().unwrap_or_default();
            matches!(suffix, "xml" | "yaml") || subtype == "x-yaml"
        }
        Some(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::operation::root;

    fn chosen(content: Value) -> Option<(BodyKind, String)> {
        let document = json!({ "content": content });
        let content = Content::of(&document, &root(&document)?)?;
        Some((content.kind, content.media_types))
    }

    #[test]
    fn prefers_json_then_text() {
        for (media_types, kind, accept) in [
            (
                &["text/csv", "application/hal+json", "application/json"][..],
                BodyKind::Json,
                "application/json",
            ),
            (
                &["text/csv", "application/hal+json", "text/json"],
                BodyKind::Json,
                "application/hal+json",
            ),
            (
                &["Application/JSON; v=2"],
                BodyKind::Json,
                "Application/JSON; v=2",
            ),
            (
                &["image/png", "text/csv; header=present", "text/plain"],
                BodyKind::Text,
                "text/csv; header=present",
            ),
            (
                &["application/soap+xml"],
                BodyKind::Text,
                "application/soap+xml",
            ),
            (&["image/svg+xml"], BodyKind::Binary, "image/svg+xml"),
            (
                &["image/png", "image/*;q=0.5"],
                BodyKind::Binary,
                "image/png, image/*;q=0.5",
            ),
            (
                &["text/event-stream"],
                BodyKind::Binary,
                "text/event-stream",
            ),
            (&["*/*"], BodyKind::Binary, "*/*"),
        ] {
            let content = media_types.iter().map(|name| (name.to_string(), json!({})));
            let found = chosen(Value::Object(content.collect()));
            assert_eq!(found, Some((kind, accept.to_string())), "{media_types:?}");
        }
        assert_eq!(chosen(json!({})), None);
    }

    #[test]
    fn a_schema_says_what_an_open_media_type_holds() {
        let object = json!({ "schema": { "type": "object" } });
        let binary = json!({ "schema": { "type": "string", "format": "binary" } });
        let found = |content| chosen(content).map(|(kind, _)| kind);

        assert_eq!(
            chosen(json!({ "*/*": object })),
            Some((BodyKind::Json, "application/json".to_string()))
        );
        assert_eq!(found(json!({ "*/*": binary })), Some(BodyKind::Binary));
        assert_eq!(found(json!({ "text/csv": binary })), Some(BodyKind::Binary));
        assert_eq!(
            found(json!({ "application/json": binary })),
            Some(BodyKind::Json)
        );
        assert_eq!(found(json!({ "text/plain": object })), Some(BodyKind::Text));
    }
}
