//! Parameters: what can be put into a URL or a header.

use std::collections::HashMap;

use serde_json::Value;

use super::Subject;
use crate::fields::MISSING_FIELD;
use crate::suggest::nearest;
use openapi_document::composition;
use openapi_document::keywords::Kind;
use openapi_document::operation::{self, Located};
use openapi_document::{Diagnostic, Example, Place, Rule, Severity::Error};

/// A parameter in no place, or of no name.
pub static PARAMETER: Rule = Rule {
    code: "spec::parameter",
    severity: Error,
    summary: "a parameter is in no place that there is, or has no name for it",
    docs: "A parameter is `in: path`, `query` or `header`. The name of a header is letters, digits \
           and `-`.",
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
    summary: "the client can't send this parameter",
    docs: "The client sends text, numbers and booleans in paths, queries and headers, and lists of \
           them in queries, each in OpenAPI's default style. It sends no cookies, and sets \
           `Authorization`, `Content-Type`, `Accept`, `Host` and `User-Agent` itself: the key \
           belongs into `security`. What is asked for beyond that would be dropped or sent in \
           another form.",
    example: Some(Example {
        instead_of: "      parameters:\n        - name: color\n          in: query\n          description: Notes of this color.\n          schema:\n            type: string\n          example: red\n",
        wrong: "      parameters:\n        - name: «Authorization»\n          in: header\n          description: The key.\n          schema:\n            type: string\n",
        right: "      security:\n        - key: []\n",
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

/// Headers that the client sets itself; OpenAPI says that such a parameter is ignored.
const OWN_HEADERS: [&str; 6] = [
    "accept",
    "authorization",
    "content-length",
    "content-type",
    "host",
    "user-agent",
];

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
    let told = |rule: &'static Rule, message: String, key: &str, help: &'static str| {
        let place = match contract.get(&at.pointer.child(key)) {
            Some(_) => contract.value(&at.pointer.child(key)),
            None => contract.key(&at.pointer),
        };
        Some(rule.told(message).at(place).help(help))
    };
    match place {
        "path" | "query" | "header" => {}
        "cookie" => {
            return told(
                &UNSENT,
                format!("the client sends no cookies, so `{name}` can't be one"),
                "in",
                "make it a `query` or `header` parameter, or remove it",
            );
        }
        _ => {
            let help = match nearest(place, ["path", "query", "header"].into_iter()) {
                Some("path") => "did you mean `path`?",
                Some("query") => "did you mean `query`?",
                Some(_) => "did you mean `header`?",
                None => "write `path`, `query` or `header`",
            };
            return told(
                &PARAMETER,
                format!("a parameter can't be in `{place}`"),
                "in",
                help,
            );
        }
    }
    if place == "header" {
        if OWN_HEADERS.contains(&name.to_lowercase().as_str()) {
            return told(
                &UNSENT,
                format!("the client sets the header `{name}` itself"),
                "name",
                "remove the parameter; the key belongs into `security`, the type into `content`",
            );
        }
        if !operation::is_header_name(name) {
            return told(
                &PARAMETER,
                format!("`{name}` is no header name"),
                "name",
                "a header name is letters, digits and `-`",
            );
        }
    }
    if at.object.contains_key("content") {
        return told(
            &UNSENT,
            format!("`{name}` is described by `content`; only `schema` is read"),
            "content",
            "describe it with `schema`",
        );
    }
    let default_style = if place == "query" { "form" } else { "simple" };
    if at.text("style").is_some_and(|style| style != default_style) {
        return told(
            &UNSENT,
            format!("`{name}` would be sent in the style `{default_style}`, not in this one"),
            "style",
            "remove `style`; if the service needs it, the client can't send it yet",
        );
    }
    let explodes = place == "query";
    if at.object.get("explode").and_then(Value::as_bool) == Some(!explodes) {
        return told(
            &UNSENT,
            format!("`{name}` would be sent with `explode: {explodes}`, not with this"),
            "explode",
            "remove `explode`; if the service needs it, the client can't send it yet",
        );
    }
    if at.flag("allowReserved") {
        return told(
            &UNSENT,
            format!("reserved characters in `{name}` would be encoded"),
            "allowReserved",
            "remove `allowReserved`; if the service needs it, the client can't send it yet",
        );
    }
    let Some(schema) = at.child("schema") else {
        return told(
            &MISSING_FIELD,
            format!("the parameter `{name}` has no `schema`"),
            "name",
            "add `schema:` with its type, such as `{type: string}`",
        );
    };
    // What is wrong in the schema is told there.
    if !subject.is_sound_within(&schema.pointer, &[Kind::Schema]) {
        return None;
    }
    let schema = described(&contract.document, schema)?;
    if !subject.is_sound_within(&schema.pointer, &[Kind::Schema]) {
        return None;
    }
    let document = &contract.document;
    let fits = match schema.child("items") {
        Some(items) if place == "query" => {
            let is_choice = composition::is_choice_of_scalars(document, items.clone());
            is_choice || described(document, items).is_some_and(|items| is_scalar(&items))
        }
        _ => is_scalar(&schema) || composition::is_choice_of_scalars(document, schema),
    };
    if !fits {
        return told(
            &UNSENT,
            format!("`{name}` is nothing that can be written into a {place}"),
            "schema",
            "give it `type: string`, `integer`, `number` or `boolean` (in a query also an array of them)",
        );
    }
    None
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

fn is_scalar(schema: &Located<'_>) -> bool {
    match schema.text("type") {
        Some(kind) => matches!(kind, "string" | "integer" | "number" | "boolean"),
        // Without a type, the values of an enum are text.
        None => schema.object.contains_key("enum"),
    }
}
