//! Which of the forms that a body can have is sent.

use aura_contract::{Body, Content, Operation};
use clap::ArgMatches;

use super::declare::{CONTENT_TYPE, FIELD, FILE};
use crate::failure::Failure;

/// How a body is given on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// As JSON, or as fields.
    Json,
    /// As fields.
    Form,
    /// As fields and files.
    Multipart,
    /// As it is.
    Opaque,
}

impl Kind {
    pub fn of(content: &Content) -> Self {
        match content {
            _ if content.is_json() => Self::Json,
            _ if content.is_form() => Self::Form,
            _ if content.is_multipart() => Self::Multipart,
            _ => Self::Opaque,
        }
    }
}

/// Whether a body of this form can be given as fields.
pub fn has_fields(content: &Content) -> bool {
    match Kind::of(content) {
        Kind::Json => content.schema.is_object(),
        kind => kind != Kind::Opaque,
    }
}

/// Whether the body is the one that every client sends, JSON without a name of its own.
pub fn is_plain_json(media_type: &str) -> bool {
    media_type.trim().eq_ignore_ascii_case("application/json")
}

/// The form that is sent unless the arguments ask for another.
pub fn usual(body: &Body) -> Option<&Content> {
    preferred(body, |_| true)
}

/// Plain JSON before any other, then as [`Kind`] lists them, text before bytes.
fn preferred(body: &Body, is_wanted: impl Fn(&Content) -> bool) -> Option<&Content> {
    let contents = body.contents.iter().filter(|content| is_wanted(content));
    contents.min_by_key(|content| {
        let is_other = !is_plain_json(&content.media_type);
        (Kind::of(content), is_other, !content.is_text())
    })
}

/// The form that the arguments ask for, and its media type; no form for one that the contract does
/// not have.
pub fn chosen<'c>(
    operation: &Operation,
    body: &'c Body,
    matches: &ArgMatches,
) -> Result<(Option<&'c Content>, String), Failure> {
    let given = |id: &str| matches.try_contains_id(id).unwrap_or(false);
    let media_type = matches.try_get_one::<String>(CONTENT_TYPE).ok().flatten();
    if let Some(media_type) = media_type {
        return Ok((body.content(media_type), media_type.clone()));
    }
    let content = match (given(FILE), given(FIELD)) {
        (true, _) => preferred(body, Content::is_multipart),
        (false, true) => preferred(body, has_fields),
        (false, false) => preferred(body, |content| !content.is_multipart()),
    };
    let content = content.or_else(|| usual(body));
    let written = content.map_or("", |content| content.media_type.as_str());
    let media_type = match written {
        "" | "*/*" | "application/*" if !content.is_some_and(Content::is_json) => {
            "application/octet-stream"
        }
        "text/*" => "text/plain; charset=utf-8",
        range if range.contains('*') => match content.is_some_and(Content::is_json) {
            true => "application/json",
            false => {
                return Err(Failure::usage(format!("{} takes {range}", operation.id))
                    .or_try("name the body's media type with --content-type"));
            }
        },
        written => written,
    };
    Ok((content, media_type.to_owned()))
}
