//! Parameters: what can be put into a URL or a header.

use std::collections::HashMap;

use serde_json::Value;

use super::Subject;
use crate::fields::MISSING_FIELD;
use crate::suggest::nearest;
use openapi_document::keywords::Kind;
use openapi_document::operation::{self, Located};
use openapi_document::parameter;
use openapi_document::{
    Diagnostic, Example, Place, Rule,
    Severity::{Error, Warning},
};

/// A parameter in no place, or of no name.
pub static PARAMETER: Rule = Rule {
    code: "spec::parameter",
    severity: Error,
    summary: "a parameter is in no place that there is, or has no name for it",
    docs: "A parameter is `in: path`, `query`, `header` or `cookie`. It has a name; that of a header \
           is letters, digits and `-`.",
    example: Some(Example {
        instead_of: "          in: query\n",
        wrong: "          in: «querry»\n",
        right: "          in: query\n",
    }),
};

/// A parameter that the client can't send.
pub static UNSENT: Rule = Rule {
    code: "codegen::parameter",
    severity: Error,
    summary: "the client can't write this parameter",
    docs: "A parameter that is described by `content` is written as JSON, or as plain text. The \
           client writes no other media type into paths, queries and headers.",
    example: Some(Example {
        instead_of: "          schema:\n            type: string\n          example: red\n",
        wrong: "          content: {«application/xml»: {schema: {type: string}}}\n",
        right: "          content: {application/json: {schema: {type: string}}}\n",
    }),
};

/// A parameter that is a cookie.
pub static COOKIE: Rule = Rule {
    code: "codegen::cookie",
    severity: Warning,
    summary: "a parameter is a cookie, which the client does not send",
    docs: "The generated methods have no argument for a parameter `in: cookie`. Callers who need it \
           send the header `Cookie` with `Client::with_header`. If the parameter is required, the \
           service may reject calls without it.",
    example: Some(Example {
        instead_of: "          in: query\n",
        wrong: "          in: «cookie»\n",
        right: "          in: query\n",
    }),
};

/// A header that is no parameter.
pub static IGNORED_HEADER: Rule = Rule {
    code: "codegen::ignored-header",
    severity: Warning,
    summary: "a parameter is a header that the client sets itself",
    docs: "OpenAPI ignores parameters called `Accept`, `Content-Type` and `Authorization`: media \
           types stand under `content`, the key under `security`. The client also sets \
           `Content-Length`, `Host`, `Transfer-Encoding` and `User-Agent` itself. The generated \
           methods have no argument for these.",
    example: Some(Example {
        instead_of: "      parameters:\n        - name: color\n          in: query\n          description: Notes of this color.\n          schema:\n            type: string\n          example: red\n",
        wrong: "      parameters:\n        - name: «Authorization»\n          in: header\n          description: The key.\n          schema:\n            type: string\n",
        right: "      security:\n        - key: []\n",
    }),
};

/// A style that means nothing.
pub static STYLE: Rule = Rule {
    code: "spec::style",
    severity: Warning,
    summary: "a parameter has a style that its place doesn't have",
    docs: "Parameters in a path are written in the style `simple`, `label` or `matrix`, in a query \
           `form`, `spaceDelimited`, `pipeDelimited` or `deepObject`, in a header `simple`. With \
           any other, the client writes the first of these, which is the default.",
    example: Some(Example {
        instead_of: "          in: query\n",
        wrong: "          in: query\n          style: «matrix»\n",
        right: "          in: query\n          style: form\n",
    }),
};

/// A parameter that is listed twice.
pub static DUPLICATE_PARAMETER: Rule = Rule {
    code: "spec::duplicate-parameter",
    severity: Error,
    summary: "a list of parameters has the same one twice",
    docs: "A parameter is known by its name and its place together. Of two that are the same, most \
           tools silently lose one.",
    example: Some(Example {
        instead_of: "        - name: color\n          in: query\n",
        wrong: "        - {name: color, in: query, description: A color., schema: {type: string}}\n        - «name: color»\n          in: query\n",
        right: "        - name: color\n          in: query\n",
    }),
};

/// Parameters are what can be put into a URL or a header.
pub fn parameters(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for item in subject.items.of(Kind::Parameter) {
        if item.is_reference() || !subject.is_sound(&item.pointer) {
            continue;
        }
        let at = Located {
            pointer: item.pointer.clone(),
            object: item.object,
        };
        found.extend(parameter(subject, &at));
    }
    found
}

/// Headers of answers say what they hold.
pub fn headers(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let headers = subject.items.of(Kind::Header);
    headers
        .filter(|header| !header.is_reference() && subject.is_sound(&header.pointer))
        .filter(|header| {
            let says = ["schema", "content"];
            !says.iter().any(|key| header.object.contains_key(*key))
        })
        .map(|header| {
            MISSING_FIELD
                .told(format!(
                    "the header `{}` has no `schema`",
                    header.pointer.last()
                ))
                .at(subject.contract.key(&header.pointer))
                .help("add `schema:` with its type, such as `{type: string}`")
        })
        .collect()
}

/// No list of parameters has the same one twice: the first would silently be lost.
pub fn listed_twice(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let contract = subject.contract;
    let owners = [Kind::PathItem, Kind::Operation]
        .into_iter()
        .flat_map(|kind| subject.items.of(kind));
    let mut found = Vec::new();
    for owner in owners {
        let owner = Located {
            pointer: owner.pointer.clone(),
            object: owner.object,
        };
        if !subject.is_sound(&owner.pointer) {
            continue;
        }
        let mut seen = HashMap::new();
        for (at, parameter) in operation::listed_parameters(&contract.document, &owner) {
            let (Some(place), Some(name)) = (parameter.text("in"), parameter.text("name")) else {
                continue;
            };
            let same = match place {
                "header" => name.to_lowercase(),
                _ => name.to_string(),
            };
            let here = contract.value(&at);
            match seen.get(&(place, same.clone())) {
                Some(first) => found.push(
                    DUPLICATE_PARAMETER
                        .told(format!("the {place} parameter `{name}` is listed twice"))
                        .at(here)
                        .and(Place::clone(first), "the other one")
                        .help("keep one of the two"),
                ),
                None => {
                    seen.insert((place, same), here);
                }
            }
        }
    }
    found
}

fn parameter(subject: &Subject<'_>, at: &Located<'_>) -> Option<Diagnostic> {
    let contract = subject.contract;
    let name = at.text("name").unwrap_or_default();
    let place = at.text("in").unwrap_or_default();
    let told = |rule: &'static Rule, message: String, key: &str, help: String| {
        let place = match contract.get(&at.pointer.child(key)) {
            Some(_) => contract.value(&at.pointer.child(key)),
            None => contract.key(&at.pointer),
        };
        Some(rule.told(message).at(place).help(help))
    };
    match place {
        "path" | "query" | "header" => {}
        "cookie" => {
            let message = match at.flag("required") {
                false => format!("the client does not send the cookie `{name}`"),
                true => format!(
                    "the client does not send the cookie `{name}`, without which the service may reject the call"
                ),
            };
            let help = format!(
                "callers can send it with `client.with_header(\"Cookie\", \"{name}=…\")`; a `query` or `header` parameter becomes an argument"
            );
            return told(&COOKIE, message, "in", help);
        }
        _ => {
            let help = match nearest(place, ["path", "query", "header", "cookie"].into_iter()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => "write `path`, `query` or `header`".into(),
            };
            return told(
                &PARAMETER,
                format!("a parameter can't be in `{place}`"),
                "in",
                help,
            );
        }
    }
    if name.is_empty() {
        let message = format!("a {place} parameter has an empty name");
        return told(
            &PARAMETER,
            message,
            "name",
            "name it as the service reads it".into(),
        );
    }
    if place == "header" && parameter::is_own_header(name) {
        let message = format!("the client sets the header `{name}` itself");
        let help = match name.to_lowercase().as_str() {
            "authorization" => "remove the parameter: `security` says how the key is sent",
            "accept" | "content-type" => "remove the parameter: `content` says the media types",
            _ => "remove the parameter: every request has this header",
        };
        return told(&IGNORED_HEADER, message, "name", help.into());
    }
    if place == "header" && !operation::is_header_name(name) {
        let message = format!("`{name}` is no header name");
        let help = "a header name is letters, digits and `-`".into();
        return told(&PARAMETER, message, "name", help);
    }
    if let Some((media_type, _)) = at.children("content").next() {
        let is_text = operation::essence(media_type)
            .to_lowercase()
            .starts_with("text/");
        let is_written = is_text || operation::is_json_text(media_type);
        let message = format!(
            "`{name}` is of the media type `{media_type}`, which the client can't write into a {place}"
        );
        let help = "describe it with `schema`, or as `application/json`";
        let unsent = || {
            let at = at.pointer.child("content").child(media_type);
            UNSENT.told(message).at(contract.key(&at)).help(help)
        };
        return (!is_written).then(unsent);
    }
    if !at.object.contains_key("schema") {
        return told(
            &MISSING_FIELD,
            format!("the parameter `{name}` has no `schema`"),
            "name",
            "add `schema:` with its type, such as `{type: string}`".into(),
        );
    }
    let styles = parameter::styles(place);
    let style = at.text("style").filter(|style| !styles.contains(style))?;
    let message = format!(
        "`{style}` is no style of a {place} parameter; the client writes `{name}` as `{}`",
        styles[0]
    );
    let listed: Vec<_> = styles.iter().map(|style| format!("`{style}`")).collect();
    let help = match nearest(style, styles.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => format!("write {}, or remove `style`", listed.join(", ")),
    };
    told(&STYLE, message, "style", help)
}

/// The schema that says the type: what is meant by a reference, or by `allOf` with one part.
pub fn described<'v>(document: &'v Value, schema: Located<'v>) -> Option<Located<'v>> {
    let schema = operation::resolve(document, schema)?;
    let parts = schema.object.get("allOf").and_then(Value::as_array);
    match parts.map(Vec::as_slice) {
        Some([Value::Object(object)]) => {
            let pointer = schema.pointer.child("allOf").child(0);
            described(document, Located { pointer, object })
        }
        _ => Some(schema),
    }
}
