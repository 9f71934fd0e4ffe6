//! Which operation a request is for.

use http::Method;
use percent_encoding::percent_decode_str;

use crate::operation::Operation;

/// What a method and a path lead to.
#[derive(Debug)]
pub enum Route<'c> {
    /// An operation.
    Found {
        /// Which.
        operation: &'c Operation,
        /// The variable parts of its path, decoded, in the path's order.
        arguments: Vec<(String, String)>,
    },
    /// The path is known, but not with this method.
    MethodNotAllowed {
        /// The methods that it takes, in the contract's order.
        allowed: Vec<Method>,
    },
    /// The path is unknown.
    NotFound,
}

/// A path with what it is built of spelled out is preferred to one with a variable part:
/// `/v1/leads/export` to `/v1/leads/{id}`.
pub(crate) fn route<'c>(operations: &'c [Operation], method: &Method, path: &str) -> Route<'c> {
    let mut matching: Vec<_> = operations
        .iter()
        .filter_map(|operation| Some((operation, arguments(&operation.path, path)?)))
        .collect();
    matching.sort_by_key(|(_, arguments)| arguments.len());
    if let Some((operation, arguments)) = matching
        .iter()
        .find(|(operation, _)| operation.method == method)
    {
        return Route::Found {
            operation,
            arguments: arguments.clone(),
        };
    }
    let mut allowed: Vec<Method> = Vec::new();
    for (operation, _) in matching {
        if !allowed.contains(&operation.method) {
            allowed.push(operation.method.clone());
        }
    }
    match allowed.is_empty() {
        true => Route::NotFound,
        false => Route::MethodNotAllowed { allowed },
    }
}

/// The variable parts of `path`, if it is of this form. None of them may be empty.
fn arguments(template: &str, path: &str) -> Option<Vec<(String, String)>> {
    let mut arguments = Vec::new();
    let mut segments = path.split('/');
    for expected in template.split('/') {
        let segment = segments.next()?;
        let segment = percent_decode_str(segment).decode_utf8_lossy();
        arguments.extend(variables(expected, &segment)?);
    }
    segments.next().is_none().then_some(arguments)
}

/// The variable parts of a segment, each as short as it can be: `2026` and `01-17` of `2026-01-17`
/// for `{year}-{day}`.
fn variables(template: &str, text: &str) -> Option<Vec<(String, String)>> {
    let Some((before, rest)) = template.split_once('{') else {
        return (template == text).then(Vec::new);
    };
    let (name, after) = rest.split_once('}')?;
    let text = text.strip_prefix(before)?;
    let mut ends = text.char_indices().map(|(at, c)| at + c.len_utf8());
    ends.find_map(|end| {
        let (value, rest) = text.split_at(end);
        let mut found = vec![(name.to_string(), value.to_string())];
        found.extend(variables(after, rest)?);
        Some(found)
    })
}
