//! Responses and bodies: under which status they stand, of which media type they are, and that a
//! method has one result.

use serde_json::Value;

use super::Subject;
use openapi_document::keywords::Kind;
use openapi_document::operation;
use openapi_document::{
    Diagnostic, Example, RequestContent, Rule,
    Severity::{Error, Warning},
};

/// A key of `responses` that is no status.
pub static STATUS: Rule = Rule {
    code: "spec::status",
    severity: Error,
    summary: "a response is not of a status",
    docs: "Responses stand under a status (`'200'`), a range of them (`2XX`, with capital letters), \
           or `default`.",
    example: Some(Example {
        instead_of: "        '404':\n",
        wrong: "        «'4O4'»:\n",
        right: "        '404':\n",
    }),
};

/// An operation of which no success is known.
pub static NO_SUCCESS: Rule = Rule {
    code: "spec::no-success-response",
    severity: Warning,
    summary: "an operation describes no success",
    docs: "Each operation should have a response of a 2xx status: `'200'` with its body, or `'204'` \
           without. It is what the client's method returns. Where there is none, a redirect (3xx) is \
           the success, else `default`; without all of them the method returns nothing for any 2xx.",
    example: Some(Example {
        instead_of: "      responses:\n        '204':\n",
        wrong: "      «responses»:\n        '400':\n",
        right: "      responses:\n        '204':\n",
    }),
};

/// An answer that has no body.
pub static NO_CONTENT: Rule = Rule {
    code: "spec::no-content",
    severity: Warning,
    summary: "an answer without a body describes one",
    docs: "HTTP sends no body with the statuses 204, 205 and 304.",
    example: Some(Example {
        instead_of: "        '404':\n          description: No such note.\n          x-not-found: NO_SUCH_NOTE\n",
        wrong: "        '304':\n          description: As it was.\n          «content»: {application/json: {schema: {type: object}}}\n",
        right: "        '304':\n          description: As it was.\n",
    }),
};

/// A key of `content` that is no media type.
pub static NO_MEDIA_TYPE: Rule = Rule {
    code: "spec::media-type",
    severity: Error,
    summary: "a body is of no media type that there is",
    docs: "A media type is `type/subtype`, such as `application/json` or `text/html`. A misspelled \
           one describes answers that never come.",
    example: Some(Example {
        instead_of: "            application/json:\n              schema:\n                type: array\n",
        wrong: "            «aplication/json»:\n              schema:\n                type: array\n",
        right: "            application/json:\n              schema:\n                type: array\n",
    }),
};

/// A body of no media type.
pub static MEDIA_TYPE: Rule = Rule {
    code: "codegen::media-type",
    severity: Error,
    summary: "a request body has no media type",
    docs: "The client sends a body as its media type says. Without one, nobody knows what to send.",
    example: Some(Example {
        instead_of: "  /notes:\n    get:\n",
        wrong: "  /notes:\n    post:\n      operationId: touch_notes\n      summary: Touch all notes\n      requestBody:\n        «content»: {}\n      responses: {'204': {description: Done.}}\n    get:\n",
        right: "  /notes:\n    post:\n      operationId: touch_notes\n      summary: Touch all notes\n      responses: {'204': {description: Done.}}\n    get:\n",
    }),
};

/// Every operation describes a success.
pub fn successes(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let contract = subject.contract;
    let operations = subject.operations.iter();
    operations
        .filter(|operation| subject.is_sound_operation(operation, &[Kind::Response]))
        .filter(|operation| operation.successes(&contract.document).is_empty())
        .map(|operation| {
            NO_SUCCESS
                .told(format!("{} describes no success", operation.label()))
                .at(contract.key(&operation.at.pointer.child("responses")))
                .help(
                    "add the response of a success: `'200':` with its body, or `'204':` without; \
                     until then the client's method returns nothing",
                )
        })
        .collect()
}

/// Whether it is a status, or an extension beside them.
fn is_known(status: &str) -> bool {
    is_status(status) || status.starts_with("x-")
}

/// Every response is of a status, or a range of them, or `default`.
pub fn statuses(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let contract = subject.contract;
    let mut found = Vec::new();
    for operation in &subject.operations {
        let responses = operation.at.pointer.child("responses");
        let listed = operation
            .at
            .object
            .get("responses")
            .and_then(Value::as_object);
        for status in listed.into_iter().flat_map(|listed| listed.keys()) {
            if is_known(status) {
                continue;
            }
            let looks_like = status
                .to_uppercase()
                .replace(['O', 'o'], "0")
                .replace(['L', 'I'], "1");
            let is_default = super::suggest::nearest(status, ["default"].into_iter());
            let help = match is_status(&looks_like) {
                _ if is_default.is_some() => "did you mean `default`?".into(),
                true => format!("did you mean `'{looks_like}'`?"),
                false => {
                    "write a status such as `'200'`, a range such as `2XX`, or `default`".into()
                }
            };
            found.push(
                STATUS
                    .told(format!("`{status}` is no status"))
                    .at(contract.key(&responses.child(status)))
                    .help(help),
            );
        }
    }
    found
}

/// Answers without a body by HTTP's rules describe none.
pub fn no_content(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let document = &subject.contract.document;
    let mut found = Vec::new();
    for operation in &subject.operations {
        for (status, response) in operation.responses(document) {
            if matches!(status, "204" | "205" | "304") && operation::has_content(&response) {
                found.push(
                    NO_CONTENT
                        .told(format!("an answer of status {status} has no body"))
                        .at(subject.contract.key(&response.pointer.child("content")))
                        .help("remove `content`, or describe the answer under `'200'`"),
                );
            }
        }
    }
    found
}

/// Media types are `type/subtype`.
pub fn media_types(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let contract = subject.contract;
    let media_types = subject.items.of(Kind::MediaType);
    media_types
        .filter_map(|media| {
            let name = media.pointer.last();
            let told = NO_MEDIA_TYPE
                .told(format!("`{name}` is no media type"))
                .at(contract.key(&media.pointer));
            Some(told.help(misspelled(name)?))
        })
        .collect()
}

/// Whether it is JSON, or one of the media types that only look like its misspelling.
fn is_like_json(essence: &str) -> bool {
    const OTHERS: [&str; 6] = ["bson", "hjson", "json5", "jsonl", "ubjson", "x-json"];
    let subtype = essence.strip_prefix("application/");
    subtype.is_some_and(|name| name == "json" || name.ends_with("+json") || OTHERS.contains(&name))
}

const TOP_LEVEL: [&str; 12] = [
    "*",
    "application",
    "audio",
    "chemical",
    "example",
    "font",
    "haptics",
    "image",
    "message",
    "model",
    "multipart",
    "text",
];

/// What to write instead of a media type that is none.
fn misspelled(name: &str) -> Option<String> {
    let essence = operation::essence(name).to_lowercase();
    let token = |text: &str| {
        let allowed = |b: u8| b.is_ascii_alphanumeric() || b"!#$&-^_.+*".contains(&b);
        !text.is_empty() && text.bytes().all(allowed)
    };
    if !name.bytes().all(|b| b == b' ' || b.is_ascii_graphic()) {
        return Some("write it in ASCII letters and signs, as it goes into a header".into());
    }
    if is_like_json(&essence) {
        return None;
    }
    let close = strsim::damerau_levenshtein(&essence, operation::JSON) <= 2 || essence == "json";
    if close {
        return Some(format!("did you mean `{}`?", operation::JSON));
    }
    let (top, sub) = essence.split_once('/').unwrap_or((&essence, ""));
    if !token(top) || !token(sub) {
        return Some("write it as `type/subtype`, such as `application/json`".into());
    }
    if TOP_LEVEL.contains(&top) || top == "video" || top.starts_with("x-") {
        return None;
    }
    Some(match super::suggest::nearest(top, TOP_LEVEL.into_iter()) {
        Some(meant) => format!("did you mean `{meant}/{sub}`?"),
        None => "begin it with `application/`, `text/` or `image/`".into(),
    })
}

fn is_status(status: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    match status.as_bytes() {
        b"default" => true,
        [b'1'..=b'5', b'X', b'X'] => true,
        [b'1'..=b'5', _, _] => digits(status),
        _ => false,
    }
}

/// A request body is of a media type that is sent.
pub fn bodies(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let contract = subject.contract;
    let mut found = Vec::new();
    for operation in &subject.operations {
        let parts = [Kind::RequestBody, Kind::MediaType];
        if !subject.is_sound_operation(operation, &parts) {
            continue;
        }
        let Some(body) = operation.body(&contract.document) else {
            continue;
        };
        if RequestContent::of(&contract.document, &body).is_none() {
            found.push(
                MEDIA_TYPE
                    .told("the request's body has no media type")
                    .at(contract.key(&body.pointer.child("content")))
                    .help("describe it under a media type, such as `application/json:`, or remove `requestBody`"),
            );
        }
    }
    found
}
