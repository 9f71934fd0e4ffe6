//! Writing a request.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::argument::{missing, value};
use crate::operation::{Location, Operation};
use crate::problem::Problem;

/// A request for an operation, but its body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Path and query, percent-encoded.
    pub target: String,
    /// Headers, by name.
    pub headers: Vec<(String, String)>,
}

/// RFC 3986's unreserved characters stay as they are.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

impl Operation {
    /// Writes the request for these arguments, each by its parameter's
    /// [`key`](crate::Parameter::key) and as texts: several for a list.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with them: one that no parameter is for, one that is missing, one
    /// that doesn't fit its schema, and one in the path that would lead elsewhere.
    pub fn request(&self, arguments: &[(String, Vec<String>)]) -> Result<Request, Vec<Problem>> {
        let mut problems: Vec<Problem> = arguments
            .iter()
            .filter(|(key, _)| {
                self.parameters
                    .iter()
                    .all(|parameter| parameter.key != *key)
            })
            .map(|(key, _)| {
                Problem::new(
                    format!("`{key}`"),
                    format!("{} has no such parameter", self.id),
                )
            })
            .collect();
        let mut target = self.path.clone();
        let mut query = form_urlencoded::Serializer::new(String::new());
        let mut headers = Vec::new();
        for parameter in &self.parameters {
            let texts = arguments.iter().find(|(key, _)| *key == parameter.key);
            let Some((_, texts)) = texts.filter(|(_, texts)| !texts.is_empty()) else {
                problems.extend(parameter.required.then(|| missing(parameter)));
                continue;
            };
            if let Err(problem) = value(parameter, texts) {
                problems.push(problem);
                continue;
            }
            let name = &parameter.name;
            match parameter.location {
                Location::Path => match segment(&texts[0]) {
                    Ok(segment) => target = target.replace(&format!("{{{name}}}"), &segment),
                    Err(reason) => {
                        problems.push(Problem::new(format!("path parameter `{name}`"), reason));
                    }
                },
                Location::Query => {
                    query.extend_pairs(texts.iter().map(|text| (name, text)));
                }
                Location::Header => {
                    headers.extend(texts.iter().map(|text| (name.clone(), text.clone())));
                }
                Location::Cookie => {
                    let pair = format!("{name}={}", utf8_percent_encode(&texts[0], ENCODED));
                    headers.push(("Cookie".into(), pair));
                }
            }
        }
        let query = query.finish();
        if !query.is_empty() {
            target = format!("{target}?{query}");
        }
        match problems.is_empty() {
            true => Ok(Request { target, headers }),
            false => Err(problems),
        }
    }
}

/// What stands for `text` in a path. Where servers and proxies take a path apart, these would lead
/// to another endpoint, encoded or not.
fn segment(text: &str) -> Result<String, &'static str> {
    match text {
        "" | "." | ".." => Err("it can't be empty, `.` or `..`"),
        text if text.contains(['/', '\\']) => Err("it can't hold `/` or `\\`"),
        text => Ok(utf8_percent_encode(text, ENCODED).to_string()),
    }
}
