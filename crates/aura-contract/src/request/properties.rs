//! What is written for a value is read as the same value, in every style.

use std::sync::LazyLock;

use bolero::{TypeGenerator, check};
use openapi_document::parameter::Style;
use serde_json::{Value, json};

use super::argument::received;
use super::pairs::Pairs;
use super::read::Source;
use super::written::{Written, is_absent};
use crate::Contract;
use crate::parameter::{Location, Parameter};

static PARAMETERS: LazyLock<Vec<Parameter>> = LazyLock::new(parameters);

/// Parameters of every style, for every kind of value.
fn parameters() -> Vec<Parameter> {
    let styles = [
        ("path", &["simple", "label", "matrix"][..]),
        (
            "query",
            &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        ),
        ("header", &["simple"]),
        ("cookie", &["form"]),
    ];
    let text = json!({ "type": "string" });
    let nested = json!({ "type": "object", "properties": {
        "a": text, "b c": text, "list": { "type": "array", "items": text },
        "deep": { "type": "object", "additionalProperties": text },
    } });
    let flat = json!({ "type": "object", "properties": { "a": text, "b c": text } });
    let list = json!({ "type": "array", "items": text });
    let mut listed = Vec::new();
    for (location, styles) in styles {
        for style in styles {
            for (explode, schema) in [true, false]
                .into_iter()
                .flat_map(|explode| [&text, &list, &flat].map(|schema| (explode, schema)))
            {
                let schema = if *style == "deepObject" {
                    &nested
                } else {
                    schema
                };
                listed.push(
                    json!({ "name": format!("p{}", listed.len()), "in": location,
                    "style": style, "explode": explode, "schema": schema }),
                );
            }
        }
        listed.push(json!({ "name": "json", "in": location,
            "content": { "application/json": { "schema": nested } } }));
    }
    let document = json!({ "openapi": "3.0.3", "paths": { "/": { "get": {
        "operationId": "get", "parameters": listed, "responses": {} } } } });
    let contract = Contract::from_json(&document.to_string()).expect("a contract");
    contract.operations()[0].parameters.clone()
}

#[derive(Debug, TypeGenerator)]
struct Values {
    text: String,
    list: Vec<String>,
    deep: Vec<(String, String)>,
}

impl Values {
    fn value(&self, parameter: &Parameter) -> Value {
        let schema = &parameter.schema;
        if schema.is_array() {
            return self.list.clone().into();
        }
        if !schema.is_object() {
            return self.text.as_str().into();
        }
        let mut value = json!({ "a": self.text, "b c": self.list.concat() });
        if schema.property("deep").is_some() {
            value["list"] = self.list.clone().into();
            value["deep"] = self.deep.iter().cloned().collect();
        }
        value
            .as_object_mut()
            .expect("it is one")
            .retain(|_, member| !is_absent(member));
        value
    }
}

/// What a request has for a written value.
fn read(parameter: &Parameter, written: Written) -> Value {
    let (name, location) = (parameter.name.as_str(), parameter.location);
    let read = |source: &Source<'_>| match received(parameter, source) {
        Ok(Some(value)) => value,
        other => panic!("{parameter:?}: {other:?}"),
    };
    let joined = |written: Written, separator: &str| {
        let pairs = written.into_pairs(name, location).into_iter();
        let pairs: Vec<_> = pairs.map(|(name, text)| format!("{name}={text}")).collect();
        pairs.join(separator)
    };
    match (location, written) {
        (Location::Path, written) => read(&Source::Path(&written.in_path(name, parameter.style))),
        (Location::Query, written) => {
            let text = joined(written, "&");
            read(&Source::Pairs(&Pairs::new(location, &text, '&'), &[]))
        }
        (Location::Cookie, written) => {
            let text = joined(written, "; ");
            read(&Source::Pairs(&Pairs::new(location, &text, ';'), &[]))
        }
        (Location::Header, Written::Text(text)) => read(&Source::Header(vec![&text])),
        (Location::Header, Written::Pairs(_)) => panic!("a header is one text"),
    }
}

#[test]
fn reads_back_what_it_writes() {
    check!().with_type::<Values>().for_each(|values| {
        for parameter in PARAMETERS.iter() {
            let value = values.value(parameter);
            let how = parameter.style;
            if is_absent(&value) {
                continue;
            }
            match Written::new(&parameter.name, &value, how, parameter.location) {
                Ok(written) => assert_eq!(read(parameter, written), value, "{parameter:?}"),
                Err(reason) => {
                    let can_fail = parameter.location == Location::Header
                        || [
                            Style::SpaceDelimited,
                            Style::PipeDelimited,
                            Style::DeepObject,
                        ]
                        .contains(&how);
                    assert!(can_fail, "{parameter:?}: {reason}");
                }
            }
        }
    });
}

#[test]
fn reads_any_text_or_says_what_is_wrong_with_it() {
    check!().with_type::<String>().for_each(|text| {
        for parameter in PARAMETERS.iter() {
            let source = |read: &dyn Fn(&Source<'_>)| match parameter.location {
                Location::Path => read(&Source::Path(text)),
                Location::Header => read(&Source::Header(vec![text])),
                location => {
                    let query = format!("{}{text}&{text}", parameter.name);
                    read(&Source::Pairs(&Pairs::new(location, &query, '&'), &[]));
                }
            };
            source(&|source| {
                if let Err(problem) = received(parameter, source) {
                    assert!(!problem.to_string().contains(char::is_control));
                }
            });
        }
    });
}
