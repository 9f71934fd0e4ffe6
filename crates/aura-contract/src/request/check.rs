//! What is wrong with a request that came.

use std::collections::HashMap;

use http::HeaderMap;

use super::argument::{missing, value};
use crate::operation::{Location, Operation, Parameter};
use crate::problem::Problem;

impl Operation {
    /// What is wrong with a request for this operation, at most 100 things and how many more there
    /// are; nothing: it is in order.
    ///
    /// `arguments` are the variable parts of the path, as [`Route`](crate::Route) gives them, and
    /// `query` is what follows the `?`. What the contract doesn't know is let pass.
    pub fn check_request(
        &self,
        arguments: &[(String, String)],
        query: Option<&str>,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Vec<Problem> {
        let query = form_urlencoded::parse(query.unwrap_or_default().as_bytes()).into_owned();
        let [query, arguments] = [by_name(query), by_name(arguments.iter().cloned())];
        let named = |texts: &HashMap<String, Vec<String>>, name: &str| {
            texts.get(name).cloned().unwrap_or_default()
        };
        let mut problems = Vec::new();
        for parameter in &self.parameters {
            let texts = match parameter.location {
                Location::Path => named(&arguments, &parameter.name),
                Location::Query => named(&query, &parameter.name),
                Location::Header => header(headers, parameter),
                Location::Cookie => continue,
            };
            if texts.is_empty() {
                problems.extend(parameter.required.then(|| missing(parameter)));
            } else {
                problems.extend(value(parameter, &texts).err());
            }
        }
        problems.extend(self.check_body(body));
        Problem::first(problems)
    }

    /// What is wrong with the body of a request for this operation; of one that it doesn't take,
    /// nothing.
    pub fn check_body(&self, bytes: &[u8]) -> Vec<Problem> {
        let Some(body) = &self.body else {
            return Vec::new();
        };
        if bytes.is_empty() {
            let missing = || Problem::new("body", "it is required");
            return body.required.then(missing).into_iter().collect();
        }
        body.json()
            .map_or_else(Vec::new, |content| content.check(bytes))
    }
}

/// The values of each name, in their order.
fn by_name(pairs: impl Iterator<Item = (String, String)>) -> HashMap<String, Vec<String>> {
    let mut values: HashMap<_, Vec<_>> = HashMap::new();
    for (name, value) in pairs {
        values.entry(name).or_default().push(value);
    }
    values
}

fn header(headers: &HeaderMap, parameter: &Parameter) -> Vec<String> {
    let values = headers.get_all(&parameter.name).iter();
    values
        .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
        .collect()
}
