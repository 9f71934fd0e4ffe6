//! The document as a whole: is it OpenAPI 3.0, and do its paths make sense.

use std::collections::HashMap;

use serde_json::Value;

use super::Subject;
use crate::diagnostics::Diagnostic;
use crate::load::{Contract, Pointer};

/// Only OpenAPI 3.0.x is read; its neighbours are told by name.
pub fn version(contract: &Contract) -> Vec<Diagnostic> {
    let at = |key: &str| contract.value_span(&Pointer::of([key]));
    let Value::Object(document) = &contract.document else {
        return vec![
            Diagnostic::error("spec::version", "this is no OpenAPI document")
                .at(contract.value_span(&Pointer::ROOT))
                .help("an OpenAPI document starts with `openapi: 3.0.3`"),
        ];
    };
    let openapi = document.get("openapi").map(|value| match value {
        Value::String(version) => version,
        _ => contract.written(&Pointer::of(["openapi"])),
    });
    let refused = match (openapi, document.get("swagger")) {
        (Some(version), _) if is_3_0(version) => return Vec::new(),
        (Some("3" | "3.0"), _) => {
            Diagnostic::error("spec::version", "the OpenAPI version must have three parts")
                .at(at("openapi"))
                .help("write `openapi: 3.0.3`")
        }
        (Some(version), _) if version.starts_with("3.") && !version.starts_with("3.0") => {
            let minor = version.split('.').take(2).collect::<Vec<_>>().join(".");
            Diagnostic::error(
                "spec::version",
                format!("this is an OpenAPI {minor} document; only 3.0 is read"),
            )
            .at(at("openapi"))
            .help("write `openapi: 3.0.3`, and the schemas as 3.0 has them (`nullable: true` for a type list)")
        }
        (Some(_), _) => Diagnostic::error("spec::version", "this OpenAPI version is not known")
            .at(at("openapi"))
            .help("write `openapi: 3.0.3`"),
        (None, Some(_)) => Diagnostic::error(
            "spec::version",
            "this is a Swagger 2.0 document; only OpenAPI 3.0 is read",
        )
        .at(contract.key_span(&Pointer::of(["swagger"])))
        .help("convert it to OpenAPI 3.0 (most editors can), then write `openapi: 3.0.3`"),
        (None, None) => {
            Diagnostic::error("spec::version", "this document names no OpenAPI version")
                .at(contract.value_span(&Pointer::ROOT))
                .help("start it with `openapi: 3.0.3`")
        }
    };
    vec![refused]
}

fn is_3_0(version: &str) -> bool {
    version
        .strip_prefix("3.0.")
        .is_some_and(|patch| !patch.is_empty() && patch.bytes().all(|b| b.is_ascii_digit()))
}

/// Paths start with a slash, hold whole `{name}`s and what a URL takes, and no two mean the same.
pub fn paths(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let contract = subject.contract;
    let at = Pointer::of(["paths"]);
    let paths = contract.get(&at).and_then(Value::as_object);
    let mut found = Vec::new();
    let mut shapes: HashMap<String, &str> = HashMap::new();
    for path in paths.into_iter().flat_map(|paths| paths.keys()) {
        if path.starts_with("x-") {
            continue;
        }
        let span = contract.key_span(&at.child(path));
        let shape = match template_shape(path) {
            Ok(shape) => shape,
            Err(help) => {
                found.push(
                    Diagnostic::error("spec::path", format!("`{path}` is no path template"))
                        .at(span)
                        .help(help),
                );
                continue;
            }
        };
        match shapes.get(&shape) {
            Some(first) => found.push(
                Diagnostic::error(
                    "spec::path",
                    format!("`{path}` and `{first}` are the same path"),
                )
                .at(span)
                .and(contract.key_span(&at.child(first)), "the other one")
                .help("put the operations of both under one of them"),
            ),
            None => {
                shapes.insert(shape, path);
            }
        }
    }
    found
}

/// The template with its names left out; an error says what to write instead.
fn template_shape(path: &str) -> Result<String, &'static str> {
    const WHOLE_NAMES: &str = "each `{name}` stands in one part of the path, alone or beside text";
    let mut shape = String::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').ok_or(WHOLE_NAMES)?;
        if name.is_empty() || name.contains(['{', '/']) {
            return Err(WHOLE_NAMES);
        }
        shape.push_str(before);
        shape.push_str("{}");
        rest = after;
    }
    shape.push_str(rest);
    let text = shape.replace("{}", "");
    let dots = shape.to_lowercase().replace("%2e", ".");
    if !shape.starts_with('/') {
        Err("start it with `/`")
    } else if text.contains(['{', '}']) {
        Err(WHOLE_NAMES)
    } else if text.contains(['?', '#']) {
        Err("end it before the `?` or `#`; what follows belongs into `parameters`")
    } else if shape.contains("//") {
        Err("write one `/`: an empty part is lost on the way")
    } else if dots.split('/').any(|segment| matches!(segment, "." | "..")) {
        Err("write the path that is meant, without `.` and `..`")
    } else if !is_encoded(&text) {
        Err("percent-encode what a URL can't hold, such as `%20` for a space")
    } else {
        Ok(shape)
    }
}

/// Whether this is what RFC 3986 lets stand in a path.
fn is_encoded(text: &str) -> bool {
    let is_hex = |code: &str| code.bytes().all(|byte| byte.is_ascii_hexdigit());
    let mut parts = text.split('%');
    let plain = |part: &str| {
        part.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"/-._~!$&'()*+,;=:@".contains(&byte))
    };
    parts.next().is_none_or(plain)
        && parts.all(|part| part.get(..2).is_some_and(is_hex) && plain(part))
}
