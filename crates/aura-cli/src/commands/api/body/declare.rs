//! The options that give a body.

use aura_contract::{Body, Content, Operation};
use clap::{Arg, ArgAction, ArgGroup};

use super::content::{has_fields, usual};
use crate::commands::api::help;

pub const BODY: &str = "body";
pub const FIELD: &str = "field";
pub const FILE: &str = "file";
pub const CONTENT_TYPE: &str = "content-type";
pub const NO_CHECK: &str = "no-check";
const EITHER: &str = "body or fields";

/// The options for an operation's body; none, if it takes none.
pub fn declare(operation: &Operation) -> Vec<Arg> {
    let Some(body) = &operation.body else {
        return Vec::new();
    };
    let mut declared = Vec::new();
    if takes_whole(body) {
        let is_json = body.contents.iter().all(Content::is_json);
        let mut whole = whole(body.required, is_json, help::body(operation));
        if body.contents.iter().any(has_fields) {
            whole = whole.conflicts_with(FIELD);
        }
        if body.contents.iter().any(Content::is_multipart) {
            whole = whole.conflicts_with(FILE);
        }
        declared.push(whole);
    }
    let fields = |content: &&Content| has_fields(content);
    let usual = usual(body).filter(fields);
    if let Some(content) = usual.or_else(|| body.contents.iter().find(fields)) {
        let instead = match takes_whole(body) {
            true => ", instead of --body",
            false => "",
        };
        let field = Arg::new(FIELD)
            .long(FIELD)
            .short('f')
            .value_name("NAME=VALUE")
            .action(ArgAction::Append)
            .help_heading("Body")
            .help(format!(
                "One property of the body{instead}; repeat it for more"
            ))
            .long_help(help::fields(content, instead));
        declared.push(field);
    }
    if let Some(content) = body.contents.iter().find(|content| content.is_multipart()) {
        declared.push(file(content));
    }
    if !matches!(body.contents.as_slice(), [only] if !only.media_type.contains('*')) {
        declared.push(content_type(help::media_types(body)));
    }
    let no_check = Arg::new(NO_CHECK)
        .long(NO_CHECK)
        .action(ArgAction::SetTrue)
        .help_heading("Body")
        .help("Send the body even if the contract does not allow it");
    declared.push(no_check);
    declared
}

/// One of the ways, but fields and files together.
pub fn group(operation: &Operation) -> Option<ArgGroup> {
    let body = operation.body.as_ref()?;
    let mut group = ArgGroup::new(EITHER).required(body.required).multiple(true);
    if takes_whole(body) {
        group = group.arg(BODY);
    }
    if body.contents.iter().any(has_fields) {
        group = group.arg(FIELD);
    }
    Some(match body.contents.iter().any(Content::is_multipart) {
        true => group.arg(FILE),
        false => group,
    })
}

/// Whether some form of the body is given by `--body`.
fn takes_whole(body: &Body) -> bool {
    body.contents.is_empty() || !body.contents.iter().all(Content::is_multipart)
}

/// `--body`.
pub fn whole(required: bool, is_json: bool, help: String) -> Arg {
    let required = if required { " [required]" } else { "" };
    let (name, ways) = match is_json {
        true => (
            "JSON|@FILE|-",
            "JSON, @ and the name of a file that holds it, or - for the standard input.",
        ),
        false => (
            "TEXT|@FILE|-",
            "Text, @ and the name of a file that is sent as it is, or - for the standard input.",
        ),
    };
    Arg::new(BODY)
        .long(BODY)
        .value_name(name)
        .help_heading("Body")
        .help(format!("{help}{required}"))
        .long_help(format!("{help}{required}\n\n{ways}"))
}

/// `--content-type`.
pub fn content_type(known: String) -> Arg {
    Arg::new(CONTENT_TYPE)
        .long(CONTENT_TYPE)
        .value_name("TYPE")
        .help_heading("Body")
        .help(format!("The body's media type{known}"))
}

/// `--file`.
fn file(content: &Content) -> Arg {
    Arg::new(FILE)
        .long(FILE)
        .value_name("NAME=FILE[;type=TYPE]")
        .action(ArgAction::Append)
        .help_heading("Body")
        .help("A file of the body, and its media type; repeat it for more")
        .long_help(help::files(content))
}
