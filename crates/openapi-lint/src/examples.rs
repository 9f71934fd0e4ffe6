//! Examples and defaults: each fits the schema that it stands beside.

use std::collections::{HashMap, HashSet};

use serde_json::{Value, json};

use super::Subject;
use openapi_document::keywords::Kind;
use openapi_document::objects::Item;
use openapi_document::operation;
use openapi_document::validate::{Direction, Instance, SchemaMismatch, Schemas};
use openapi_document::{Contract, Pointer};
use openapi_document::{Diagnostic, Example, Rule, Severity::Warning};

/// An example that doesn't fit.
pub static MISMATCH: Rule = Rule {
    code: "example::mismatch",
    severity: Warning,
    summary: "an example does not fit its schema",
    docs: "Examples are what people copy, and what the sandbox answers. Each is checked against its \
           schema, formats too: of properties, parameters, headers, bodies and answers, under \
           `example` and `examples`. If several disagree with one keyword of the schema, it is that \
           which is told.",
    example: Some(Example {
        instead_of: "          example: 3\n",
        wrong: "          example: «'3'»\n",
        right: "          example: 3\n",
    }),
};

/// A default that doesn't fit.
pub static DEFAULT: Rule = Rule {
    code: "example::default",
    severity: Warning,
    summary: "a default does not fit its schema",
    docs: "`default` is the value that the service takes if none is given, so it is one that could \
           be given: of the type, in the `enum`, within the limits.",
    example: Some(Example {
        instead_of: "          schema:\n            type: string\n          example: red\n",
        wrong: "          schema:\n            type: string\n            enum: [red, blue]\n            default: «green»\n          example: red\n",
        right: "          schema:\n            type: string\n            enum: [red, blue]\n            default: blue\n          example: red\n",
    }),
};

/// Two ways at once.
pub static BOTH: Rule = Rule {
    code: "example::both",
    severity: Warning,
    summary: "`example` and `examples`, or `value` and `externalValue`, stand side by side",
    docs: "OpenAPI 3.0 takes one of the two: `example` holds a value, `examples` several under \
           names, each with a `value` of its own. Which one a tool shows if there are both is not \
           said.",
    example: Some(Example {
        instead_of: "          example: red\n",
        wrong: "          example: red\n          «examples»: {blue: {value: blue}}\n",
        right: "          examples: {blue: {value: blue}}\n",
    }),
};

/// A value that the contract gives for a schema.
pub struct Given {
    rule: &'static Rule,
    /// The value with its schema.
    pub instance: Instance,
}

/// Examples and defaults fit their schemas.
pub fn fit(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let given = given(subject);
    let instances: Vec<Instance> = given.iter().map(|given| given.instance.clone()).collect();
    let found = match Schemas::new(without_condemned(subject)) {
        Ok(schemas) => schemas.mismatches(&instances),
        Err(bound) => {
            let reason = format!("no example can be checked: {bound}");
            let first = instances.first();
            let first = first.map(|first| SchemaMismatch::unchecked(0, first, reason));
            first.into_iter().collect()
        }
    };
    let groups = Groups::of(&given, found).0.into_iter();
    groups
        .filter(|group| !is_told(subject, &group.keyword))
        .map(|group| group.told(subject))
        .collect()
}

/// Whether a keyword is told about for its own sake.
fn is_told(subject: &Subject<'_>, keyword: &Pointer) -> bool {
    let schema = keyword.parent().and_then(|schema| subject.item(&schema));
    schema.is_some_and(|schema| match keyword.last() {
        "type" => {
            let name = schema.property_name();
            name.is_some_and(|name| super::policy::no_cents(name, schema).is_some())
        }
        "additionalProperties" => super::schemas::composition::is_closed(subject, schema),
        _ => false,
    })
}

/// What is told about already takes any value.
fn without_condemned(subject: &Subject<'_>) -> Value {
    let mut document = subject.contract.document.clone();
    for (at, kind) in subject.condemned() {
        if *kind == Kind::Schema
            && let Some(schema) = document.pointer_mut(&at.to_string())
        {
            *schema = json!({});
        }
    }
    document
}

/// All examples and defaults, with their schemas.
pub fn given(subject: &Subject<'_>) -> Vec<Given> {
    let mut found = Vec::new();
    for item in subject.items.all() {
        if item.is_reference() || !subject.is_sound(&item.pointer) {
            continue;
        }
        match item.kind {
            Kind::Schema => {
                for (key, rule) in [("example", &MISMATCH), ("default", &DEFAULT)] {
                    if item.object.contains_key(key) {
                        found.push(Given {
                            rule,
                            instance: Instance {
                                value: item.pointer.child(key),
                                schema: item.pointer.clone(),
                                direction: direction(subject, item),
                            },
                        });
                    }
                }
            }
            Kind::Parameter | Kind::Header | Kind::MediaType
                if item.object.contains_key("schema") && is_json(item) =>
            {
                let examples = examples(subject, item).into_iter();
                found.extend(examples.map(|value| Given {
                    rule: &MISMATCH,
                    instance: Instance {
                        value,
                        schema: item.pointer.child("schema"),
                        direction: direction(subject, item),
                    },
                }));
            }
            _ => {}
        }
    }
    found
}

fn direction(subject: &Subject<'_>, item: &Item<'_>) -> Direction {
    match subject.is_answered(item) {
        true => Direction::Response,
        false => Direction::Request,
    }
}

/// Of other media types, an example is the text as it is sent.
fn is_json(item: &Item<'_>) -> bool {
    item.kind != Kind::MediaType || operation::is_json_text(item.pointer.last())
}

/// Where the values of `example` and `examples` stand.
fn examples(subject: &Subject<'_>, item: &Item<'_>) -> Vec<Pointer> {
    let mut found = Vec::new();
    if item.object.contains_key("example") {
        found.push(item.pointer.child("example"));
    }
    let at = operation::Located {
        pointer: item.pointer.clone(),
        object: item.object,
    };
    for (_, example) in at.children("examples") {
        if let Some(example) = operation::resolve(&subject.contract.document, example)
            && example.object.contains_key("value")
        {
            found.push(example.pointer.child("value"));
        }
    }
    found
}

/// Findings that disagree with one keyword in one way.
struct Group<'g> {
    /// Where the keyword stands.
    keyword: Pointer,
    reason: String,
    /// The values, and where in each.
    places: Vec<(&'g Given, Pointer)>,
}

struct Groups<'g>(Vec<Group<'g>>);

impl<'g> Groups<'g> {
    fn of(given: &'g [Given], found: Vec<SchemaMismatch>) -> Groups<'g> {
        let mut groups: Vec<Group<'_>> = Vec::new();
        let mut known = HashMap::new();
        for mismatch in found {
            let of_its_kind = (mismatch.keyword.clone(), mismatch.reason.clone());
            let index = *known.entry(of_its_kind).or_insert_with(|| {
                groups.push(Group {
                    keyword: mismatch.keyword,
                    reason: mismatch.reason,
                    places: Vec::new(),
                });
                groups.len() - 1
            });
            let place = (&given[mismatch.instance], mismatch.place);
            groups[index].places.push(place);
        }
        Groups(groups)
    }
}

impl Group<'_> {
    fn told(&self, subject: &Subject<'_>) -> Diagnostic {
        let contract = subject.contract;
        let keyword = self.keyword.last();
        let (first, place) = &self.places[0];
        let what = match first.rule.code == DEFAULT.code {
            true => "default",
            false => "example",
        };
        let places = self.places.iter();
        let values: HashSet<_> = places.map(|(given, _)| &given.instance.value).collect();
        let here = |place: &Pointer| match keyword {
            // What is missing is missing in the whole.
            "required" | "additionalProperties" | "minProperties" => contract.key(place),
            _ => contract.value(place),
        };
        if values.len() == 1 {
            let told = first
                .rule
                .told(format!(
                    "this {what} does not fit its schema: {}",
                    self.reason
                ))
                .at(here(place));
            let told = match contract.get(&self.keyword) {
                Some(_) => told.and(contract.key(&self.keyword), "its schema says so here"),
                None => told,
            };
            return told.help(self.help(contract));
        }
        let told = first
            .rule
            .told(format!(
                "{} examples do not fit this: {}",
                values.len(),
                self.reason
            ))
            .at(contract.key(&self.keyword))
            .help("correct it here, or all of the examples");
        let places = self.places.iter();
        places.fold(told, |told, (_, place)| {
            told.and(here(place), "this does not fit")
        })
    }

    fn help(&self, contract: &Contract) -> String {
        let asked = contract.get(&self.keyword);
        let asked = asked.map(ToString::to_string).unwrap_or_default();
        match self.keyword.last() {
            "type" => format!("write a value of type {asked}, or correct `type`"),
            "format" => format!("write a value of the format {asked}, or correct `format`"),
            "enum" => format!("write one of {asked}, or add the value to `enum`"),
            "required" => "add what is missing, or take it out of `required`".into(),
            _ => "correct the value, or its schema".into(),
        }
    }
}

/// One way at a time.
pub fn both(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for item in subject.items.all() {
        let pair = match item.kind {
            Kind::Parameter | Kind::Header | Kind::MediaType => ["example", "examples"],
            Kind::Example => ["value", "externalValue"],
            _ => continue,
        };
        if pair.iter().all(|key| item.object.contains_key(*key)) && !item.is_reference() {
            let [one, other] = pair;
            found.push(
                BOTH.told(format!(
                    "`{other}` beside `{one}`: only one of the two can stand here"
                ))
                .at(subject.contract.key(&item.pointer.child(other)))
                .and(
                    subject.contract.key(&item.pointer.child(one)),
                    "the other one",
                )
                .help("keep one of the two"),
            );
        }
    }
    found
}
