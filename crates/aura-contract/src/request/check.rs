//! What is wrong with a request that came.

use http::HeaderMap;
use http::header::{CONTENT_TYPE, COOKIE};

use super::argument::{at, missing, received};
use super::pairs::Pairs;
use super::read::Source;
use crate::operation::Operation;
use crate::parameter::{Location, Parameter};
use crate::problem::Problem;
use crate::route::Argument;

impl Operation {
    /// What is wrong with a request for this operation, at most 100 things and how many more there
    /// are; nothing: it is in order.
    ///
    /// `arguments` are the variable parts of the path, as [`Route`](crate::Route) gives them, and
    /// `query` is what follows the `?`. What the contract doesn't know is let pass.
    pub fn check_request(
        &self,
        arguments: &[Argument],
        query: Option<&str>,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Vec<Problem> {
        let media_type = headers
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok());
        let mut problems = self.argument_problems(arguments, query, headers);
        problems.extend(self.check_body(media_type, body));
        Problem::first(problems)
    }

    /// What is wrong with a request for this operation, its body aside. A cookie need not be there:
    /// clients that are no browsers have none.
    pub fn check_arguments(
        &self,
        arguments: &[Argument],
        query: Option<&str>,
        headers: &HeaderMap,
    ) -> Vec<Problem> {
        Problem::first(self.argument_problems(arguments, query, headers))
    }

    fn argument_problems(
        &self,
        arguments: &[Argument],
        query: Option<&str>,
        headers: &HeaderMap,
    ) -> Vec<Problem> {
        let query = Pairs::new(Location::Query, query.unwrap_or_default(), '&');
        let cookies = headers.get_all(COOKIE).iter();
        let cookies: Vec<_> = cookies.filter_map(|value| value.to_str().ok()).collect();
        let cookies = cookies.join(";");
        let cookies = Pairs::new(Location::Cookie, &cookies, ';');
        let mut problems = Vec::new();
        for parameter in &self.parameters {
            let source = match parameter.location {
                Location::Path => {
                    let mut arguments = arguments.iter();
                    let argument = arguments.find(|argument| argument.name == parameter.name);
                    argument.map(|argument| Source::Path(&argument.raw))
                }
                Location::Query => Some(Source::Pairs(&query, &self.parameters)),
                Location::Header => match header(headers, parameter) {
                    Ok(texts) => Some(Source::Header(texts)),
                    Err(problem) => {
                        problems.push(problem);
                        continue;
                    }
                },
                Location::Cookie => Some(Source::Pairs(&cookies, &self.parameters)),
            };
            match source.map_or(Ok(None), |source| received(parameter, &source)) {
                Ok(Some(_)) => {}
                Ok(None) => {
                    let is_missing = parameter.required && parameter.location != Location::Cookie;
                    problems.extend(is_missing.then(|| missing(parameter)));
                }
                Err(problem) => problems.push(problem),
            }
        }
        problems
    }
}

fn header<'h>(headers: &'h HeaderMap, parameter: &Parameter) -> Result<Vec<&'h str>, Problem> {
    let values = headers.get_all(&parameter.name).iter();
    let texts = values.map(|value| std::str::from_utf8(value.as_bytes()));
    let texts: Result<_, _> = texts.collect();
    texts.map_err(|_| at(parameter, Problem::new("", "it is not UTF-8")))
}
