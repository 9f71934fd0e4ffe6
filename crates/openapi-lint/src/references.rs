//! `$ref`s: each leads to something of the right kind in this document.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::Subject;
use super::extensions;
use super::subject::section;
use crate::fields::WRONG_TYPE;
use crate::suggest::nearest;
use openapi_document::Pointer;
use openapi_document::extensions::LINT_ALLOW;
use openapi_document::get;
use openapi_document::keywords::Kind;
use openapi_document::objects::Item;
use openapi_document::operation::MAX_REFERENCES;
use openapi_document::{
    Context, Diagnostic, Example, Rule,
    Severity::{Error, Warning},
};

/// A reference to a component that isn't there.
pub static DANGLING_REF: Rule = Rule {
    code: "spec::dangling-ref",
    severity: Error,
    summary: "a `$ref` leads to nothing",
    docs: "The component that it names is not in `components`: it was renamed, removed, or the \
           name is misspelled. Upper and lower case count.",
    example: Some(Example {
        instead_of: "              schema:\n                $ref: '#/components/schemas/Note'\n",
        wrong: "              schema:\n                $ref: «'#/components/schemas/note'»\n",
        right: "              schema:\n                $ref: '#/components/schemas/Note'\n",
    }),
};

/// A reference to something that can't stand there.
pub static WRONG_REF: Rule = Rule {
    code: "spec::wrong-ref",
    severity: Error,
    summary: "a `$ref` leads to something that can't stand there",
    docs: "A `$ref` leads to what can stand in its place: a schema refers to a schema, a response to \
           a response. Most are written `#/components/SECTION/NAME`, where `/` in a name is `~1`. A \
           path, an operation or a media type can't be a reference.",
    example: Some(Example {
        instead_of: "              schema:\n                $ref: '#/components/schemas/Note'\n",
        wrong: "              schema:\n                $ref: «Note»\n",
        right: "              schema:\n                $ref: '#/components/schemas/Note'\n",
    }),
};

/// A reference to another file.
pub static EXTERNAL_REF: Rule = Rule {
    code: "spec::external-ref",
    severity: Error,
    summary: "a `$ref` leads out of this file",
    docs: "The contract is one file, so that a change to it is one diff and a release of it one \
           hash. A path can't be a reference either.",
    example: Some(Example {
        instead_of: "              schema:\n                $ref: '#/components/schemas/Note'\n",
        wrong: "              schema:\n                $ref: «'notes.yaml#/Note'»\n",
        right: "              schema:\n                $ref: '#/components/schemas/Note'\n",
    }),
};

/// Something beside a reference.
pub static REF_SIBLINGS: Rule = Rule {
    code: "spec::ref-siblings",
    severity: Warning,
    summary: "what stands beside a `$ref` is ignored",
    docs: "OpenAPI 3.0 reads a `$ref` alone and drops its neighbours: a description, an example or \
           `nullable` beside it is lost. Write `allOf:` with the `$ref` as its one element; what \
           stands beside `allOf` counts.",
    example: Some(Example {
        instead_of: "              schema:\n                $ref: '#/components/schemas/Note'\n",
        wrong: "              schema:\n                $ref: '#/components/schemas/Note'\n                «description»: As it is now.\n",
        right: "              schema:\n                description: As it is now.\n                allOf: [$ref: '#/components/schemas/Note']\n",
    }),
};

/// A reference to what no rule looks at.
pub static DEEP_REF: Rule = Rule {
    code: "codegen::reference",
    severity: Error,
    summary: "a `$ref` leads to a place that is not read",
    docs: "OpenAPI lets a reference lead anywhere. Here it leads to what stands where OpenAPI has no \
           meaning for it, such as in an extension (`x-…`): no rule looks at it there, and so no \
           client is generated from it.",
    example: Some(Example {
        instead_of: "        device:\n          type: string\n          description: The device it was written on.\n",
        wrong: "        device:\n          $ref: «'#/components/schemas/Source/x-device'»\n      x-device: {type: string}\n",
        right: "        device:\n          type: string\n          description: The device it was written on.\n",
    }),
};

fn references<'s, 'c>(subject: &'s Subject<'c>) -> impl Iterator<Item = &'s Item<'c>> {
    subject.items.all().filter(|item| item.is_reference())
}

/// Each reference leads to a component of the kind that stands in its place.
pub fn resolve(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = Vec::new();
    // A component that is gone is one mistake, however many refer to it.
    let mut known: HashMap<_, usize> = HashMap::new();
    for item in references(subject) {
        let reference = item.text("$ref").map(|reference| (item.kind, reference));
        let first = reference.and_then(|reference| known.get(&reference));
        let at = || subject.contract.value(&item.pointer.child("$ref")).span;
        let told = match first.and_then(|first| found.get_mut(*first)) {
            Some(first) => {
                first.context.push(Context {
                    span: at(),
                    label: "and here".into(),
                });
                continue;
            }
            None => broken(subject, item),
        };
        if let Some(told) = told {
            known.extend(reference.map(|reference| (reference, found.len())));
            found.push(told);
        }
    }
    found.extend(chain(subject));
    found
}

/// References that follow each other too often, each to the next, are one mistake.
fn chain(subject: &Subject<'_>) -> Option<Diagnostic> {
    let document = &subject.contract.document;
    let item = references(subject).find(|item| {
        let follow = |reference: &str| {
            let target = get(document, &Pointer::from_reference(reference)?)?;
            target.get("$ref")?.as_str()
        };
        let targets = std::iter::successors(item.text("$ref"), |reference| follow(reference));
        let targets: Vec<_> = targets.take(MAX_REFERENCES + 1).collect();
        // Fewer that lead in a circle are told as that.
        targets.len() > MAX_REFERENCES
            && targets.iter().collect::<HashSet<_>>().len() == targets.len()
    })?;
    Some(
        WRONG_REF
            .told(format!(
                "more than {MAX_REFERENCES} `$ref`s follow each other from here"
            ))
            .at(subject.contract.value(&item.pointer.child("$ref")))
            .help("refer to what is meant, not to another reference"),
    )
}

fn broken(subject: &Subject<'_>, item: &Item<'_>) -> Option<Diagnostic> {
    let contract = subject.contract;
    let span = contract.value(&item.pointer.child("$ref"));
    let Some(reference) = item.object["$ref"].as_str() else {
        let help = match item.object["$ref"].is_null() {
            true => "quote it: what stands behind ` #` is a comment to YAML",
            false => "write `$ref: '#/components/…/Name'`",
        };
        let key = contract.key(&item.pointer.child("$ref"));
        return Some(WRONG_TYPE.told("`$ref` must be text").at(key).help(help));
    };
    let section = section(item.kind)?;
    let names = contract
        .get(&Pointer::of(["components", section]))
        .and_then(|names| names.as_object());
    let did_you_mean = |name: &str| {
        let names = names.into_iter().flat_map(|names| names.keys());
        let meant = nearest(name, names.map(String::as_str))?;
        Some(format!("did you mean `#/components/{section}/{meant}`?"))
    };
    let not_a_component = || {
        // Of a reference into a component, the last name is no component's.
        let parts: Vec<&str> = reference
            .split(['#', '/'])
            .filter(|part| !part.is_empty())
            .collect();
        let name = parts.last().filter(|_| parts.len() <= 3);
        let help = name.and_then(|name| did_you_mean(name)).unwrap_or_else(|| {
            format!("refer to `#/components/{section}/Name`: move what you mean there if need be")
        });
        WRONG_REF
            .told(format!("`{reference}` is nothing that can stand here"))
            .at(span.clone())
            .help(help)
    };
    // A name alone is no file.
    if reference.contains(['/', '.', ':']) && !reference.starts_with('#') {
        return Some(
            EXTERNAL_REF.told(format!("`{reference}` is in another file; the contract is one file"),
            )
            .at(span)
            .help(format!(
                "move it into `components.{section}` and write `$ref: '#/components/{section}/Name'`"
            )),
        );
    }
    let Some(target) = Pointer::from_reference(reference) else {
        return Some(not_a_component());
    };
    let [components, found_section, name] = target.parts() else {
        return match subject.item(&target) {
            Some(found) if found.kind == item.kind => endless(subject, item),
            None if contract.get(&target).is_some_and(Value::is_object) => Some(
                DEEP_REF
                    .told(format!("`{reference}` is at a place that is not read"))
                    .at(span)
                    .help(format!(
                        "move it to `components.{section}`, and refer to it there"
                    )),
            ),
            _ => Some(not_a_component()),
        };
    };
    if components != "components" || found_section != section {
        return Some(not_a_component());
    }
    if contract.get(&target).is_none() {
        let help = did_you_mean(name).unwrap_or_else(|| {
            format!("add `{name}` to `components.{section}`, or correct the name")
        });
        return Some(
            DANGLING_REF
                .told(format!("`{reference}` leads to nothing"))
                .at(span)
                .help(help),
        );
    }
    None
}

/// References that lead to each other without a component between them; with one, that is a circle
/// of components.
fn endless(subject: &Subject<'_>, item: &Item<'_>) -> Option<Diagnostic> {
    let document = &subject.contract.document;
    let mut seen = HashSet::new();
    let mut next = item.text("$ref").and_then(Pointer::from_reference);
    // More are one chain that is too long.
    while let Some(target) = next.filter(|_| seen.len() <= MAX_REFERENCES) {
        if !seen.insert(target.clone()) {
            return Some(
                WRONG_REF
                    .told("the `$ref`s that follow each other from here lead back to themselves")
                    .at(subject.contract.value(&item.pointer.child("$ref")))
                    .help("write one of them out"),
            );
        }
        let object = get(document, &target)?;
        next = object
            .get("$ref")?
            .as_str()
            .and_then(Pointer::from_reference);
    }
    None
}

/// What stands beside a `$ref` is ignored; an extension that the pipeline reads must not be.
pub fn siblings(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    // What can't be a reference is told as that.
    let sound = references(subject).filter(|item| subject.is_sound(&item.pointer));
    for item in sound {
        let beside = |name: &&String| !["$ref", LINT_ALLOW].contains(&name.as_str());
        for name in item.object.keys().filter(beside) {
            let span = subject.contract.key(&item.pointer.child(name));
            found.push(match extensions::find(name) {
                Some(extension) => extension
                    .placement
                    .told(format!(
                        "`{name}` beside a `$ref` is ignored: {}",
                        extension.if_ignored
                    ))
                    .at(span)
                    .help(extension.beside_reference),
                None => REF_SIBLINGS
                    .told(format!("`{name}` beside a `$ref` is ignored"))
                    .at(span)
                    .help("write `allOf:` with the `$ref` as its one element; what stands beside `allOf` counts"),
            });
        }
    }
    found
}

/// A path that is a reference panics in progenitor.
pub fn path_items(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let paths = subject.items.of(Kind::PathItem);
    paths
        .filter(|item| item.object.contains_key("$ref"))
        .map(|item| {
            EXTERNAL_REF
                .told("a path that is a `$ref` is not read")
                .at(subject.contract.key(&item.pointer.child("$ref")))
                .help("write the path's operations here")
        })
        .collect()
}
