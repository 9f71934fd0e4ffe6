//! The document as a whole: whether it is OpenAPI 3.0 or 3.1, what it is called, its tags.

use std::collections::HashMap;

use serde_json::Value;

use super::Subject;
use crate::suggest::nearest;
use openapi_document::keywords::Kind;
use openapi_document::{Contract, Pointer};
use openapi_document::{
    Diagnostic, Example, Rule,
    Severity::{Error, Warning},
};

/// Another version of OpenAPI.
pub static VERSION: Rule = Rule {
    code: "spec::version",
    severity: Error,
    summary: "the document is neither OpenAPI 3.0 nor 3.1",
    docs: "OpenAPI 3.0.x and 3.1.x are read. Of 3.2, `cargo xtask diff` compares what it shares with 3.1; \
           Swagger 2.0 is another format.",
    example: Some(Example {
        instead_of: "openapi: 3.0.3",
        wrong: "openapi: «3.2.0»",
        right: "openapi: 3.0.3",
    }),
};

/// `info` that says nothing.
pub static INFO: Rule = Rule {
    code: "spec::info",
    severity: Warning,
    summary: "the contract's title or version is empty",
    docs: "The title is what the generated documentation calls the API, and the version what a \
           client says it was made from.",
    example: Some(Example {
        instead_of: "  version: 2.1.0",
        wrong: "  version: «''»",
        right: "  version: 2.1.0",
    }),
};

/// A version that can't be compared.
pub static INFO_VERSION: Rule = Rule {
    code: "policy::version",
    severity: Warning,
    summary: "the contract's version is not three numbers",
    docs: "`info.version` is raised with every change: the first number for a breaking change, the \
           second for an addition, the third for words. So it has three, as semver.org says.",
    example: Some(Example {
        instead_of: "  version: 2.1.0",
        wrong: "  version: «v2.1»",
        right: "  version: 2.1.0",
    }),
};

/// A tag that isn't described.
pub static TAG: Rule = Rule {
    code: "spec::undeclared-tag",
    severity: Warning,
    summary: "an operation has a tag that is not in `tags`",
    docs: "The tags at the top of the document are the chapters of its documentation. One that is \
           missing there has no description and stands at the end; often it is a misspelled one.",
    example: Some(Example {
        instead_of: "      tags: [notes]\n",
        wrong: "      tags: [«note»]\n",
        right: "      tags: [notes]\n",
    }),
};

/// A tag that is described twice.
pub static DUPLICATE_TAG: Rule = Rule {
    code: "spec::duplicate-tag",
    severity: Error,
    summary: "a tag stands twice in `tags`",
    docs: "OpenAPI 3.0 says that each name in the list of tags must be unique.",
    example: Some(Example {
        instead_of: "  - name: notes\n",
        wrong: "  - name: notes\n    description: Notes.\n  - name: «notes»\n",
        right: "  - name: notes\n",
    }),
};

/// Only OpenAPI 3.0.x and 3.1.x are read; their neighbours are named.
pub fn version(contract: &Contract) -> Vec<Diagnostic> {
    let at = |key: &str| contract.value(&Pointer::of([key]));
    let Value::Object(document) = &contract.document else {
        return vec![
            VERSION
                .told("this is no OpenAPI document")
                .at(contract.value(&Pointer::ROOT))
                .help("an OpenAPI document starts with `openapi: 3.0.3` or `openapi: 3.1.0`"),
        ];
    };
    let openapi = document.get("openapi").map(|value| match value {
        Value::String(version) => version,
        _ => contract.written(&Pointer::of(["openapi"])),
    });
    let refused =
        match (openapi, document.get("swagger")) {
            (Some(version), _) if is_read(version) => return Vec::new(),
            (Some(version @ ("3" | "3.0" | "3.1")), _) => VERSION
                .told("the OpenAPI version must have three parts")
                .at(at("openapi"))
                .help(match version {
                    "3.1" => "write `openapi: 3.1.0`",
                    _ => "write `openapi: 3.0.3`",
                }),
            (Some(version), _) if version.starts_with("3.") => {
                let minor = version.split('.').take(2).collect::<Vec<_>>().join(".");
                VERSION
                .told(format!("this is an OpenAPI {minor} document; only 3.0 and 3.1 are read"))
                .at(at("openapi"))
                .help(
                    "write `openapi: 3.1.0` if nothing of it is newer; `cargo xtask diff` compares \
                     two such documents as far as they are OpenAPI 3.1",
                )
            }
            (Some(_), _) => VERSION
                .told("this OpenAPI version is not known")
                .at(at("openapi"))
                .help("write `openapi: 3.0.3` or `openapi: 3.1.0`"),
            (None, Some(_)) => VERSION
                .told("this is a Swagger 2.0 document; only OpenAPI 3.0 and 3.1 are read")
                .at(contract.key(&Pointer::of(["swagger"])))
                .help("convert it to OpenAPI 3.0 (most editors can), then write `openapi: 3.0.3`"),
            (None, None) => VERSION
                .told("this document names no OpenAPI version")
                .at(contract.value(&Pointer::ROOT))
                .help("start it with `openapi: 3.0.3` or `openapi: 3.1.0`"),
        };
    vec![refused]
}

fn is_read(version: &str) -> bool {
    let patch = ["3.0.", "3.1."].into_iter();
    let mut patch = patch.filter_map(|minor| version.strip_prefix(minor));
    let is_number = |patch: &str| !patch.is_empty() && patch.bytes().all(|b| b.is_ascii_digit());
    patch.any(is_number)
}

/// The title and the version say something, the version in three numbers.
pub fn info(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let contract = subject.contract;
    let mut found = Vec::new();
    for info in subject.items.of(Kind::Info) {
        for key in ["title", "version"] {
            let at = info.pointer.child(key);
            match info.text(key) {
                Some(text) if text.trim().is_empty() => found.push(
                    INFO.told(format!("the contract's {key} is empty"))
                        .at(contract.value(&at))
                        .help(format!("write a {key}")),
                ),
                Some(text) if key == "version" && !is_semver(text) => found.push(
                    INFO_VERSION
                        .told(format!("`{text}` is not a version of three numbers"))
                        .at(contract.value(&at))
                        .help("write it like `1.2.3`"),
                ),
                _ => {}
            }
        }
    }
    found
}

/// Three numbers, and what may stand behind them.
fn is_semver(text: &str) -> bool {
    let numbers = text.split(['-', '+']).next().unwrap_or_default();
    let numbers: Vec<&str> = numbers.split('.').collect();
    let is_number = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    numbers.len() == 3 && numbers.iter().all(is_number)
}

/// Every tag is described, once.
pub fn tags(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let contract = subject.contract;
    let mut found = Vec::new();
    let mut known: HashMap<&str, Pointer> = HashMap::new();
    for tag in subject.items.of(Kind::Tag) {
        let Some(name) = tag.text("name") else {
            continue;
        };
        let at = tag.pointer.child("name");
        match known.get(name) {
            Some(first) => found.push(
                DUPLICATE_TAG
                    .told(format!("the tag `{name}` stands twice"))
                    .at(contract.value(&at))
                    .and(contract.value(first), "the other one")
                    .help("keep one of the two"),
            ),
            None => _ = known.insert(name, at),
        }
    }
    if !subject.is_sound_within(&Pointer::ROOT, &[Kind::Tag, Kind::Document]) {
        return found;
    }
    for operation in &subject.operations {
        let tags = operation.at.object.get("tags").and_then(Value::as_array);
        for (index, tag) in tags.into_iter().flatten().enumerate() {
            let Some(name) = tag.as_str().filter(|name| !known.contains_key(name)) else {
                continue;
            };
            let at = operation.at.pointer.child("tags").child(index);
            let help = match nearest(name, known.keys().copied()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("add `- name: {name}` with a description to `tags` at the top"),
            };
            found.push(
                TAG.told(format!("the tag `{name}` is not described"))
                    .at(contract.value(&at))
                    .help(help),
            );
        }
    }
    found
}
