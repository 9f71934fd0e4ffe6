//! Which operation a request is for.

use std::borrow::Cow;

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
    let segments: Vec<_> = path
        .split('/')
        .map(|segment| percent_decode_str(segment).decode_utf8_lossy())
        .collect();
    let mut matching: Vec<_> = operations
        .iter()
        .filter_map(|operation| Some((operation, arguments(&operation.path, &segments)?)))
        .collect();
    matching.sort_by_key(|(_, arguments)| arguments.len());
    if let Some((operation, arguments)) = matching
        .iter()
        .find(|(operation, _)| operation.method == method)
    {
        let arguments = arguments.iter();
        return Route::Found {
            operation,
            arguments: arguments
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
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

/// A variable part of a path, by name.
type Argument<'a> = (&'a str, &'a str);

/// The variable parts of a path, if it is of this form. None of them may be empty.
fn arguments<'a>(template: &'a str, segments: &'a [Cow<'_, str>]) -> Option<Vec<Argument<'a>>> {
    let mut arguments = Vec::new();
    let mut segments = segments.iter();
    for expected in template.split('/') {
        variables(expected, segments.next()?, &mut arguments)?;
    }
    segments.next().is_none().then_some(arguments)
}

/// The variable parts of a segment, each as short as it can be: `2026` and `01-17` of `2026-01-17`
/// for `{year}-{day}`. Where what follows one first stands is where it ends, but for the last, so
/// none has to be looked for again.
fn variables<'a>(template: &'a str, text: &'a str, found: &mut Vec<Argument<'a>>) -> Option<()> {
    let Some((before, mut template)) = template.split_once('{') else {
        return (template == text).then_some(());
    };
    let mut text = text.strip_prefix(before)?;
    loop {
        let (name, after) = template.split_once('}')?;
        let shortest = text.chars().next()?.len_utf8();
        let Some((between, rest)) = after.split_once('{') else {
            let value = text.strip_suffix(after).filter(|value| !value.is_empty())?;
            found.push((name, value));
            return Some(());
        };
        let end = shortest + text[shortest..].find(between)?;
        found.push((name, &text[..end]));
        (template, text) = (rest, &text[end + between.len()..]);
    }
}
