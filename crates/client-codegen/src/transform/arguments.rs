//! The arguments of an operation: what a call sends beside its body, each with a name of its own.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value, json};

use super::distinct::{is_snake, spellings};
use crate::naming;
use openapi_document::composition::is_choice_of_scalars;
use openapi_document::extensions::{IDEMPOTENCY_KEY, SENSITIVE};
use openapi_document::operation::{Located, Operation, template_names};
use openapi_document::parameter::{self, Style};

/// Where an argument is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Location {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// As a header.
    Header,
}

impl Location {
    /// Its name in the contract.
    pub fn name(self) -> &'static str {
        match self {
            Location::Path => "path",
            Location::Query => "query",
            Location::Header => "header",
        }
    }
}

/// An argument.
#[derive(Debug)]
pub struct Argument<'v> {
    /// The parameter; none for a name in the path that no parameter describes.
    pub parameter: Option<Located<'v>>,
    /// The name on the wire.
    pub name: &'v str,
    /// Where it is sent.
    pub location: Location,
    /// Whether it must be given.
    pub required: bool,
    /// What its Rust name is made of.
    pub spelling: String,
}

/// The arguments of an operation, in their order: the path's in the template's order, then other
/// required ones, then the optional ones, both in the contract's order.
pub fn arguments<'v>(document: &'v Value, operation: &Operation<'v>) -> Vec<Argument<'v>> {
    let parameters = operation.sent_parameters(document).into_iter();
    let parameters = parameters.map(|parameter| {
        let location = match parameter.text("in") {
            Some("path") => Location::Path,
            Some("header") => Location::Header,
            _ => Location::Query,
        };
        Argument {
            name: parameter.text("name").unwrap_or_default(),
            location,
            required: match location {
                Location::Path => true,
                // Without one, the client makes it up.
                _ => parameter.flag("required") && !parameter.flag(IDEMPOTENCY_KEY),
            },
            spelling: String::new(),
            parameter: Some(parameter),
        }
    });
    let undeclared = operation.undeclared_names(document).into_iter();
    let undeclared = undeclared.map(|name| Argument {
        parameter: None,
        name,
        location: Location::Path,
        required: true,
        spelling: String::new(),
    });
    let mut arguments: Vec<_> = parameters.chain(undeclared).collect();
    let template = template_names(operation.path);
    // Sorting is stable: within a group the contract's order stands.
    arguments.sort_by_key(|argument| match argument.location {
        Location::Path => template.iter().position(|name| *name == argument.name),
        _ if argument.required => Some(template.len()),
        _ => Some(template.len() + 1),
    });
    let has_body = operation.body(document).is_some();
    name_apart(&mut arguments, has_body);
    arguments
}

/// What the methods and the setters of parameters call otherwise.
const TAKEN: [&str; 3] = ["default", "new", "params"];

/// Gives each argument a spelling whose Rust name is its own. Of those that would share one, the
/// path's keeps it, else the query's; the others say where they are sent, or how they differ.
fn name_apart(arguments: &mut [Argument<'_>], has_body: bool) {
    for location in [Location::Path, Location::Query, Location::Header] {
        let of_location = arguments.iter_mut().filter(|a| a.location == location);
        let mut of_location: Vec<_> = of_location.collect();
        let names: Vec<&str> = of_location.iter().map(|argument| argument.name).collect();
        let found = spellings(&names, naming::snake, is_snake, &[]);
        for argument in &mut of_location {
            let spelling = found.get(argument.name).map(String::as_str);
            argument.spelling = spelling.unwrap_or(argument.name).to_string();
        }
    }
    let mut keepers: HashMap<String, Location> = HashMap::new();
    for argument in arguments.iter() {
        let keeper = keepers
            .entry(argument.rust_name())
            .or_insert(argument.location);
        *keeper = argument.location.min(*keeper);
    }
    let is_taken = |name: &str| TAKEN.contains(&name) || (has_body && name == "body");
    let mut used: HashSet<String> = keepers.keys().cloned().collect();
    for argument in arguments {
        let name = argument.rust_name();
        if !is_taken(&name) && keepers.get(&name) == Some(&argument.location) {
            continue;
        }
        let located = format!("{}-{}", argument.spelling, argument.location.name());
        let mut spelling = located.clone();
        for number in 2.. {
            if used.insert(naming::snake(&spelling)) {
                break;
            }
            spelling = format!("{located}-{number}");
        }
        argument.spelling = spelling;
    }
}

impl Argument<'_> {
    /// The name in Rust.
    pub fn rust_name(&self) -> String {
        naming::snake(&self.spelling)
    }

    /// How its value is written.
    pub fn style(&self) -> Style {
        let of_place = Style::Simple { explode: false };
        self.parameter
            .as_ref()
            .map_or(of_place, Style::of_parameter)
    }

    /// What describes its value.
    pub fn schema(&self) -> Option<Located<'_>> {
        parameter::schema(self.parameter.as_ref()?)
    }

    /// The schema of the argument: a choice is written as the text of the one that is chosen.
    pub fn argument_schema(&self, document: &Value) -> Value {
        match (self.schema(), self.style()) {
            (Some(schema), Style::Json) => Value::Object(schema.object.clone()),
            (Some(schema), _) => Value::Object(as_argument(document, &schema)),
            (None, _) if self.parameter.is_some() => json!({}),
            (None, _) => json!({ "type": "string" }),
        }
    }
}

fn as_argument(document: &Value, schema: &Located<'_>) -> Map<String, Value> {
    let mut argument = schema.object.clone();
    if let Some(items) = schema.child("items") {
        argument.insert("items".into(), as_argument(document, &items).into());
    }
    if is_choice_of_scalars(document, schema.clone()) {
        argument.retain(|key, _| matches!(key.as_str(), "description" | SENSITIVE));
        argument.insert("type".into(), "string".into());
    }
    argument
}

#[cfg(test)]
mod tests {
    use super::*;
    use openapi_document::operation::operations;

    /// The Rust names of parameters, which are given as `place name`.
    fn named(path: &str, parameters: &[&str], body: bool) -> Vec<String> {
        let parameters = parameters.iter().map(|parameter| {
            let (place, name) = parameter.split_once(' ').expect("two words");
            json!({"in": place, "name": name, "schema": {}})
        });
        let mut operation = json!({"parameters": parameters.collect::<Vec<_>>()});
        if body {
            operation["requestBody"] = json!({"content": {}});
        }
        let document = json!({"paths": {path: {"get": operation}}});
        let operations = operations(&document);
        let arguments = arguments(&document, &operations[0]);
        arguments.iter().map(Argument::rust_name).collect()
    }

    #[test]
    fn names_that_collide_say_where_they_are_sent_or_how_they_differ() {
        for (parameters, expected) in [
            (
                &["query StartTime<", "query StartTime", "query StartTime>"][..],
                &["start_time_less", "start_time", "start_time_greater"][..],
            ),
            (
                &["header Idempotency-Key", "query idempotency_key"],
                &["idempotency_key_header", "idempotency_key"],
            ),
            (&["query id", "header id"], &["id", "id_query", "id_header"]),
            (
                &["query params", "query self", "query body", "query new"],
                &["id", "params_query", "self_", "body_query", "new_query"],
            ),
            (
                &["query id", "query id_query"],
                &["id", "id_query_2", "id_query"],
            ),
            (
                &["query $filter", "query 2fa", "query type"],
                &["id", "filter", "_2fa", "type_"],
            ),
        ] {
            let path = if expected[0] == "id" { "/{id}" } else { "/" };
            assert_eq!(named(path, parameters, true), expected);
        }
        assert_eq!(named("/", &["query body"], false), ["body"]);
    }

    #[test]
    fn the_order_of_the_contract_changes_no_name() {
        let mut there = named("/{id}", &["query id", "header ID", "query Id"], false);
        let mut back = named("/{id}", &["query Id", "header ID", "query id"], false);
        there.sort_unstable();
        back.sort_unstable();
        assert_eq!(there, back);
    }
}
