//! `$ref`s: each leads to something of the right kind in this document.

use super::Subject;
use super::grammar::Kind;
use super::structure::{Item, nearest};
use crate::diagnostics::{Context, Diagnostic};
use crate::load::Pointer;

fn references<'s, 'c>(subject: &'s Subject<'c>) -> impl Iterator<Item = &'s Item<'c>> {
    subject
        .items
        .all()
        .filter(|item| item.kind != Kind::PathItem && item.object.contains_key("$ref"))
}

/// Each reference leads to a component of the kind that stands in its place.
pub fn resolve(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = Vec::new();
    for told in references(subject).filter_map(|item| broken(subject, item)) {
        // A component that is gone is one mistake, however many refer to it.
        let same = |other: &&mut Diagnostic| other.message == told.message;
        match (found.iter_mut().find(same), told.span) {
            (Some(first), Some(span)) => first.context.push(Context {
                span,
                label: "and here".into(),
            }),
            (_, span) => found.push(Diagnostic { span, ..told }),
        }
    }
    found
}

fn broken(subject: &Subject<'_>, item: &Item<'_>) -> Option<Diagnostic> {
    let contract = subject.contract;
    let span = contract.value_span(&item.pointer.child("$ref"));
    let Some(reference) = item.object["$ref"].as_str() else {
        return Some(
            Diagnostic::error("spec::wrong-type", "`$ref` must be text")
                .at(span)
                .help("write `$ref: '#/components/…/Name'`"),
        );
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
        let name = reference.rsplit(['#', '/']).next().unwrap_or_default();
        let help = did_you_mean(name).unwrap_or_else(|| {
            format!("refer to `#/components/{section}/Name`: move what you mean there if need be")
        });
        Diagnostic::error(
            "spec::wrong-ref",
            format!("`{reference}` is nothing that can stand here"),
        )
        .at(span.clone())
        .help(help)
    };
    // A name alone is no file.
    if reference.contains(['/', '.', ':']) && !reference.starts_with('#') {
        return Some(
            Diagnostic::error(
                "spec::external-ref",
                format!("`{reference}` is in another file; the contract is one file"),
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
        return Some(not_a_component());
    };
    if components != "components" || found_section != section {
        return Some(not_a_component());
    }
    if contract.get(&target).is_none() {
        let help = did_you_mean(name).unwrap_or_else(|| {
            format!("add `{name}` to `components.{section}`, or correct the name")
        });
        return Some(
            Diagnostic::error(
                "spec::dangling-ref",
                format!("`{reference}` leads to nothing"),
            )
            .at(span)
            .help(help),
        );
    }
    None
}

/// Where in `components` things of a kind stand.
fn section(kind: Kind) -> Option<&'static str> {
    Some(match kind {
        Kind::Schema => "schemas",
        Kind::Response => "responses",
        Kind::Parameter => "parameters",
        Kind::Example => "examples",
        Kind::RequestBody => "requestBodies",
        Kind::Header => "headers",
        Kind::SecurityScheme => "securitySchemes",
        Kind::Link => "links",
        _ => return None,
    })
}

/// What stands beside a `$ref` is ignored; a mark for personal data must not be.
pub fn siblings(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for item in references(subject) {
        for name in item.object.keys().filter(|name| *name != "$ref") {
            let span = subject.contract.key_span(&item.pointer.child(name));
            let help = "write `allOf:` with the `$ref` as its one element; what stands beside `allOf` counts";
            found.push(if name == "x-sensitive" {
                Diagnostic::error(
                    "codegen::sensitive",
                    "`x-sensitive` beside a `$ref` is ignored: the data would be printed in clear",
                )
                .at(span)
                .help(help)
            } else {
                Diagnostic::warning(
                    "spec::ref-siblings",
                    format!("`{name}` beside a `$ref` is ignored"),
                )
                .at(span)
                .help(help)
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
            Diagnostic::error("spec::external-ref", "a path that is a `$ref` is not read")
                .at(subject.contract.key_span(&item.pointer.child("$ref")))
                .help("write the path's operations here")
        })
        .collect()
}
