//! Writing a request.

use percent_encoding::percent_decode_str;

use super::argument::{at, given, missing};
use super::written::{Written, is_absent};
use crate::operation::Operation;
use crate::parameter::{Location, Parameter};
use crate::problem::Problem;
use crate::route;

/// A request for an operation, but its body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Path and query, percent-encoded.
    pub target: String,
    /// Headers, by name.
    pub headers: Vec<(String, String)>,
}

impl Operation {
    /// Writes the request for these arguments, each by its parameter's
    /// [`key`](crate::Parameter::key) and as texts: several for a list, JSON for an object.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with them: one that no parameter is for, one that is missing, one
    /// that doesn't fit its schema or can't be written as the contract says, and one in the path
    /// that would lead elsewhere.
    pub fn request(&self, arguments: &[(String, Vec<String>)]) -> Result<Request, Vec<Problem>> {
        let is_known = |key: &str| self.parameters.iter().any(|parameter| parameter.key == key);
        let unknown = arguments.iter().filter(|(key, _)| !is_known(key));
        let unknown = unknown.map(|(key, _)| {
            let reason = format!("{} has no such parameter", self.id);
            Problem::new(format!("`{key}`"), reason)
        });
        let mut problems: Vec<Problem> = unknown.collect();
        let mut draft = Draft::new(self.path.clone());
        for parameter in &self.parameters {
            let texts = arguments.iter().find(|(key, _)| *key == parameter.key);
            let texts = texts.map(|(_, texts)| texts.as_slice()).unwrap_or_default();
            let added = match texts {
                [] if parameter.required => Err(missing(parameter)),
                [] => Ok(()),
                texts => draft.add(parameter, texts),
            };
            problems.extend(added.err());
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        // What follows a value in its segment may stand in the value too.
        let read = route::arguments(&self.path, &draft.path).unwrap_or_default();
        let changed = draft.written.iter().find(|(parameter, raw)| {
            !read
                .iter()
                .any(|read| read.name == parameter.name && read.raw == *raw)
        });
        if let Some((parameter, _)) = changed {
            let reason = "it can't be told apart from what stands beside it in the path";
            return Err(vec![at(parameter, Problem::new("", reason))]);
        }
        Ok(draft.finish())
    }
}

/// A request that is being written.
struct Draft<'o> {
    path: String,
    /// The parameters of the path, and what is written for them.
    written: Vec<(&'o Parameter, String)>,
    query: Vec<(String, String)>,
    headers: Vec<(String, String)>,
}

impl<'o> Draft<'o> {
    fn new(path: String) -> Self {
        Self {
            path,
            written: Vec::new(),
            query: Vec::new(),
            headers: Vec::new(),
        }
    }

    fn add(&mut self, parameter: &'o Parameter, texts: &[String]) -> Result<(), Problem> {
        let value = given(parameter, texts)?;
        if is_absent(&value) {
            return match parameter.required {
                true => Err(at(parameter, Problem::new("", "it can't be empty"))),
                false => Ok(()),
            };
        }
        let (name, location) = (&parameter.name, parameter.location);
        let refused = |reason| at(parameter, Problem::new("", reason));
        let written = Written::new(name, &value, parameter.style, location);
        let written = written.map_err(refused)?;
        match location {
            Location::Path => {
                let raw = written.in_path(name, parameter.style);
                check_segment(&raw).map_err(refused)?;
                self.path = self.path.replace(&format!("{{{name}}}"), &raw);
                self.written.push((parameter, raw));
            }
            Location::Query => self.query.extend(written.into_pairs(name, location)),
            Location::Header => {
                if let Written::Text(text) = written {
                    self.headers.push((name.clone(), text));
                }
            }
            Location::Cookie => {
                let pairs = written.into_pairs(name, location).into_iter();
                let pairs = pairs.map(|(name, text)| ("Cookie".into(), format!("{name}={text}")));
                self.headers.extend(pairs);
            }
        }
        Ok(())
    }

    fn finish(self) -> Request {
        let pairs = self.query.iter();
        let pairs: Vec<_> = pairs.map(|(name, text)| format!("{name}={text}")).collect();
        let target = match pairs.as_slice() {
            [] => self.path,
            pairs => format!("{}?{}", self.path, pairs.join("&")),
        };
        Request {
            target,
            headers: self.headers,
        }
    }
}

/// Where servers and proxies take a path apart, these would lead to another endpoint, encoded or
/// not.
fn check_segment(raw: &str) -> Result<(), &'static str> {
    match &*percent_decode_str(raw).decode_utf8_lossy() {
        "" | "." | ".." => Err("it can't be empty, `.` or `..`"),
        text if text.contains(['/', '\\']) => Err("it can't hold `/` or `\\`"),
        _ => Ok(()),
    }
}
