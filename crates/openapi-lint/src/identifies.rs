//! `x-identifies`: the property that a path parameter identifies is one that can be compared with
//! it.

use super::Subject;
use super::compared::{Compared, are_sound};
use crate::suggest::nearest;
use openapi_document::composition::{parts_of, require};
use openapi_document::keywords::Kind;
use openapi_document::objects::Item;

use openapi_document::Pointer;
use openapi_document::Success;
use openapi_document::extensions::IDENTIFIES;
use openapi_document::operation::{self, Located, Operation};
use openapi_document::{Diagnostic, Example, Rule, Severity::Error};

/// A property that can't be compared.
pub static PLACEMENT: Rule = Rule {
    code: "codegen::identifies",
    severity: Error,
    summary: "`x-identifies` does not name a property that can be compared with the parameter",
    docs: "`x-identifies: PROPERTY` on a path parameter says which property of the response repeats \
           its value, so that the client rejects a response about something else. The property is a \
           required one of the success value (of what stands in `data`, if the body is an \
           envelope), can't be null, and has the parameter's `type` and `format`.",
    example: Some(Example {
        instead_of: "          description: Note ID.\n          x-identifies: id\n",
        wrong: "          description: Note ID.\n          x-identifies: «note_id»\n",
        right: "          description: The note's ID.\n          x-identifies: id\n",
    }),
};

/// The extension stands on path parameters, and names what can be compared with them.
pub fn placement(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let items = subject.items.all();
    let sound = items.filter(|item| !item.is_reference() && subject.is_sound(&item.pointer));
    let mut found: Vec<Diagnostic> = sound.filter_map(|item| misplaced(subject, item)).collect();
    for operation in &subject.operations {
        found.extend(of_operation(subject, operation));
    }
    found
}

fn misplaced(subject: &Subject<'_>, item: &Item<'_>) -> Option<Diagnostic> {
    let contract = subject.contract;
    let value = item.object.get(IDENTIFIES)?;
    let at = item.pointer.child(IDENTIFIES);
    let place = match (item.kind, item.text("in")) {
        (Kind::Parameter, Some("path")) => None,
        // That it should be in the path is reported as such.
        (Kind::Parameter, _) if is_in_template(item) => None,
        (Kind::Parameter, Some(place)) => Some(format!("{place} parameter")),
        (kind, _) => Some(kind.name().to_string()),
    };
    if let Some(place) = place {
        let told = PLACEMENT.told(format!("`{IDENTIFIES}` has no effect on this {place}"));
        return Some(
            told.at(contract.key(&at))
                .help("put it on the path parameter that the response repeats"),
        );
    }
    if value.as_str().is_none_or(|name| name.trim().is_empty()) {
        let told = PLACEMENT.told(format!("`{IDENTIFIES}` names no property"));
        return Some(
            told.at(contract.value(&at))
                .help(format!("write it like `{IDENTIFIES}: id`")),
        );
    }
    None
}

/// Whether the path above a parameter has its name in braces.
fn is_in_template(parameter: &Item<'_>) -> bool {
    let path = parameter.pointer.parts().get(1);
    let names = path.map(|path| operation::template_names(path));
    let name = parameter.text("name");
    name.zip(names)
        .is_some_and(|(name, names)| names.contains(&name))
}

/// The parameters in whose place nothing is reported yet, and the properties that they name.
fn named<'c>(subject: &Subject<'c>, operation: &Operation<'c>) -> Vec<(Located<'c>, &'c str)> {
    let parameters = operation.parameters(&subject.contract.document).into_iter();
    parameters
        .filter(|parameter| parameter.text("in") == Some("path"))
        .filter_map(|parameter| {
            let property = parameter.text(IDENTIFIES)?;
            (!property.trim().is_empty()).then_some((parameter, property))
        })
        .collect()
}

fn of_operation<'c>(subject: &Subject<'c>, operation: &Operation<'c>) -> Option<Diagnostic> {
    const PARTS: [Kind; 4] = [
        Kind::Parameter,
        Kind::Response,
        Kind::MediaType,
        Kind::Schema,
    ];
    let contract = subject.contract;
    let named = named(subject, operation);
    let (parameter, property) = named.first()?;
    if !subject.is_sound_operation(operation, &PARTS) {
        return None;
    }
    let at = parameter.pointer.child(IDENTIFIES);
    let values = success_values(subject, operation);
    if values.is_empty() {
        let is_own = parameter.pointer.starts_with(&operation.at.pointer);
        let succeeds = !operation.successes(&contract.document).is_empty();
        return (is_own && succeeds).then(|| {
            PLACEMENT
                .told(format!(
                    "{} returns no JSON value, so `{IDENTIFIES}` has no effect",
                    operation.label()
                ))
                .at(contract.key(&at))
                .help("remove it")
        });
    }
    if let Some((second, _)) = named.get(1) {
        return Some(
            PLACEMENT
                .told(format!(
                    "two parameters of {} say what they identify; only one can",
                    operation.label()
                ))
                .at(contract.key(&second.pointer.child(IDENTIFIES)))
                .and(contract.key(&at), "the other one")
                .help("keep it on the parameter that names what comes back"),
        );
    }
    let mut values = values.iter();
    let misfit = values.find_map(|value| misfit(subject, operation, parameter, property, value))?;
    let mut told = PLACEMENT.told(misfit.message).at(contract.value(&at));
    if let Some(property) = misfit.property {
        told = told.and(contract.key(&property), "this property");
    }
    Some(told.help(misfit.help))
}

/// The schemas of the values that an operation returns as JSON.
fn success_values<'c>(subject: &Subject<'c>, operation: &Operation<'c>) -> Vec<Located<'c>> {
    let document = &subject.contract.document;
    let success = Success::of(document, operation);
    let values = success.returned().into_iter().filter_map(|returned| {
        let pointer = returned.pointer.clone();
        let object = openapi_document::get(document, &pointer)?.as_object()?;
        Some(Located { pointer, object })
    });
    values.collect()
}

/// Why a property can't be compared with a parameter.
struct Misfit {
    message: String,
    property: Option<Pointer>,
    help: String,
}

fn misfit(
    subject: &Subject<'_>,
    operation: &Operation<'_>,
    parameter: &Located<'_>,
    name: &str,
    value: &Located<'_>,
) -> Option<Misfit> {
    let document = &subject.contract.document;
    let parts = parts_of(document, value.clone());
    if !are_sound(subject, &parts) {
        return None;
    }
    let of = format!("the success value of {}", operation.label());
    let said = |message: String, help: &str| Misfit {
        message,
        property: None,
        help: help.to_string(),
    };
    if parts.iter().any(|part| part.flag("nullable")) {
        let help = format!("remove `{IDENTIFIES}`, or `nullable` there");
        return Some(said(format!("{of} can be null"), &help));
    }
    let properties = || parts.iter().flat_map(|part| part.children("properties"));
    let Some((_, property)) = properties().find(|(known, _)| *known == name) else {
        let known = properties().map(|(known, _)| known);
        let help = match nearest(name, known) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "name a required property that repeats the parameter's value".into(),
        };
        return Some(said(format!("{of} has no property `{name}`"), &help));
    };
    let at_property = |message: String, help: String| Misfit {
        message,
        property: Some(property.pointer.clone()),
        help,
    };
    if !require(&parts, name) {
        return Some(at_property(
            format!("`{name}` is not required, so a response may be without it"),
            format!(
                "list `{name}` in `required`, if it is always there; otherwise name another property"
            ),
        ));
    }
    let own = parts_of(document, property.clone());
    if !are_sound(subject, &own) {
        return None;
    }
    if own.iter().any(|part| part.flag("nullable")) {
        return Some(at_property(
            format!("`{name}` can be null"),
            "remove `nullable`, if it never is; otherwise name another property".into(),
        ));
    }
    let schema = parameter.child("schema")?;
    let (asked, given) = (
        Compared::of(subject, schema)?,
        Compared::of(subject, property.clone())?,
    );
    if !given.is_scalar() {
        return Some(at_property(
            format!("`{name}` is {given}, which can't be compared with a part of a path"),
            "name a property that is text, a number or a boolean".into(),
        ));
    }
    (asked != given).then(|| {
        at_property(
            format!("`{name}` is {given}, and the parameter is {asked}"),
            "give both the same `type` and `format`, or name another property".into(),
        )
    })
}
