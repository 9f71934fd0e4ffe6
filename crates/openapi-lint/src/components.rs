//! Components: each is called so that it can be referred to, and is.

use super::Subject;
use openapi_document::Pointer;
use openapi_document::keywords::Kind;
use openapi_document::{
    Diagnostic, Example, Rule,
    Severity::{Error, Warning},
};

/// A component that nothing is made of.
pub static UNUSED_COMPONENT: Rule = Rule {
    code: "spec::unused-component",
    severity: Warning,
    summary: "no path needs this component",
    docs: "A component that no path refers to, not even through other components, is part of no \
           request and no answer. It is left over, or the reference to it is missing. A security \
           scheme is used by being named in `security`.",
    example: Some(Example {
        instead_of: "    Source:\n      type: object\n",
        wrong: "    «Place»:\n      type: object\n      description: A place.\n    Source:\n      type: object\n",
        right: "    Place:\n      type: object\n      description: A place.\n    Source:\n      type: object\n      additionalProperties: {$ref: '#/components/schemas/Place'}\n",
    }),
};

/// A name that can't be referred to.
pub static COMPONENT_NAME: Rule = Rule {
    code: "spec::component-name",
    severity: Error,
    summary: "a component's name has other characters than OpenAPI 3.0 allows",
    docs: "The names of components are letters, digits, `.`, `-` and `_`: they stand in `$ref`s, \
           and become the names of types.",
    example: Some(Example {
        instead_of: "        device:\n          type: string\n          description: The device it was written on.\n",
        wrong: "        device:\n          $ref: '#/components/schemas/A Device'\n    «A Device»: {type: string, description: A device.}\n",
        right: "        device:\n          $ref: '#/components/schemas/A-Device'\n    A-Device: {type: string, description: A device.}\n",
    }),
};

/// Each component as its section and name, and where it stands.
fn components<'s>(
    subject: &'s Subject<'_>,
) -> impl Iterator<Item = (&'s str, &'s str, &'s Pointer)> {
    subject.items.all().filter_map(|item| {
        let [components, section, name] = item.pointer.parts() else {
            return None;
        };
        (components == "components").then_some((section.as_str(), name.as_str(), &item.pointer))
    })
}

/// Names are of the characters that OpenAPI allows.
pub fn names(subject: &Subject<'_>) -> Vec<Diagnostic> {
    components(subject)
        .filter(|(_, name, _)| !is_name(name))
        .map(|(_, name, at)| {
            COMPONENT_NAME
                .told(format!("`{name}` can't be the name of a component"))
                .at(subject.contract.key(at))
                .help("write it of letters, digits, `.`, `-` and `_`")
        })
        .collect()
}

fn is_name(name: &str) -> bool {
    let mut bytes = name.bytes();
    !name.is_empty() && bytes.all(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte))
}

/// Every component is part of a path.
pub fn used(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let unsure_sections = subject.unsure_sections();
    let schemes = super::security::named(subject);
    let holders = [Kind::Document, Kind::Operation];
    let mut condemned = subject.condemned().values();
    let unsure = condemned.any(|kind| holders.contains(kind))
        || !super::security::silent_operations(subject).is_empty()
        || schemes
            .iter()
            .any(|name| !super::security::exists(subject, name));
    components(subject)
        .filter(|(section, name, at)| match *section {
            "securitySchemes" => !unsure && !schemes.contains(name),
            // Named by links and callbacks that the pipeline doesn't read.
            "links" | "callbacks" => false,
            section => !unsure_sections.contains(section) && !subject.is_used(at),
        })
        // A schema can stand where it is used, and get its name from us.
        .filter(|(_, _, at)| subject.contract.place_as_written(at) == **at)
        .filter(|(_, name, _)| is_name(name))
        .map(|(_, name, at)| {
            UNUSED_COMPONENT
                .told(format!("no path needs the component `{name}`"))
                .at(subject.contract.key(at))
                .help("remove it, or refer to it where it is meant")
        })
        .collect()
}
