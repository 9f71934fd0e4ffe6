//! Which operation a request is for.

use std::borrow::Cow;

use http::Method;
use percent_encoding::{percent_decode, percent_decode_str};

use crate::operation::Operation;

/// What a method and a path lead to.
#[derive(Debug)]
pub enum Route<'c> {
    /// An operation.
    Found {
        /// Which.
        operation: &'c Operation,
        /// The variable parts of its path, in the path's order.
        arguments: Vec<Argument>,
    },
    /// The path is known, but not with this method.
    MethodNotAllowed {
        /// The methods that it takes, in the contract's order.
        allowed: Vec<Method>,
    },
    /// The path is unknown.
    NotFound,
}

/// A variable part of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Argument {
    /// Its name in the path's template.
    pub name: String,
    /// What stands there, percent-encoded.
    pub raw: String,
}

impl Argument {
    /// What stands there, decoded.
    pub fn text(&self) -> Cow<'_, str> {
        percent_decode_str(&self.raw).decode_utf8_lossy()
    }
}

/// A path with what it is built of spelled out is preferred to one with a variable part:
/// `/v1/leads/export` to `/v1/leads/{id}`.
pub(crate) fn route<'c>(operations: &'c [Operation], method: &Method, path: &str) -> Route<'c> {
    let segments: Vec<_> = path.split('/').map(Segment::new).collect();
    let mut matching: Vec<_> = operations
        .iter()
        .filter_map(|operation| Some((operation, matched(&operation.path, &segments)?)))
        .collect();
    matching.sort_by_key(|(_, arguments)| arguments.len());
    let found = matching
        .iter()
        .position(|(operation, _)| operation.method == method);
    if let Some(found) = found {
        let (operation, arguments) = matching.swap_remove(found);
        return Route::Found {
            operation,
            arguments,
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

/// The variable parts of a path, if it is of this form.
pub(crate) fn arguments(template: &str, path: &str) -> Option<Vec<Argument>> {
    let segments: Vec<_> = path.split('/').map(Segment::new).collect();
    matched(template, &segments)
}

/// None of the variable parts may be empty.
fn matched(template: &str, segments: &[Segment<'_>]) -> Option<Vec<Argument>> {
    let mut arguments = Vec::new();
    let mut segments = segments.iter();
    for expected in template.split('/') {
        variables(expected, segments.next()?, &mut arguments)?;
    }
    segments.next().is_none().then_some(arguments)
}

/// A segment of a path: as it is written, and decoded.
struct Segment<'p> {
    raw: &'p str,
    decoded: Vec<u8>,
    /// Where in `raw` each decoded byte begins, and where the last one ends.
    starts: Vec<usize>,
}

impl<'p> Segment<'p> {
    fn new(raw: &'p str) -> Segment<'p> {
        let bytes = raw.as_bytes();
        let (mut decoded, mut starts, mut at) = (Vec::new(), Vec::new(), 0);
        while at < bytes.len() {
            let end = match &bytes[at..] {
                [b'%', high, low, ..] if [high, low].iter().all(|b| b.is_ascii_hexdigit()) => {
                    at + 3
                }
                _ => at + 1,
            };
            decoded.extend(percent_decode(&bytes[at..end]));
            starts.push(at);
            at = end;
        }
        starts.push(at);
        Segment {
            raw,
            decoded,
            starts,
        }
    }

    /// The first bytes from `at` on that are a character as it is written.
    fn character(&self, at: usize) -> usize {
        let ends = self.starts.iter().skip(at + 1);
        1 + ends
            .take_while(|end| !self.raw.is_char_boundary(**end))
            .count()
    }

    /// What is written for a part of the decoded bytes.
    fn written(&self, from: usize, to: usize) -> String {
        let range = self.starts[from]..self.starts[to];
        self.raw.get(range).unwrap_or_default().to_owned()
    }
}

/// The variable parts of a segment, each as short as it can be: `2026` and `01-17` of `2026-01-17`
/// for `{year}-{day}`. Where what follows one first stands is where it ends, but for the last, so
/// none has to be looked for again.
fn variables(template: &str, segment: &Segment<'_>, found: &mut Vec<Argument>) -> Option<()> {
    let text = segment.decoded.as_slice();
    let Some((before, mut template)) = template.split_once('{') else {
        return (template.as_bytes() == text).then_some(());
    };
    let mut at = before.len();
    text.strip_prefix(before.as_bytes())?;
    loop {
        let (name, after) = template.split_once('}')?;
        let least = segment.character(at);
        let rest = text.get(at + least..)?;
        let next = after.split_once('{');
        let end = match next {
            None => text.len() - rest.strip_suffix(after.as_bytes()).map(|_| after.len())?,
            Some((between, _)) => at + least + position(rest, between.as_bytes())?,
        };
        found.push(Argument {
            name: name.to_owned(),
            raw: segment.written(at, end),
        });
        let Some((between, after)) = next else {
            return Some(());
        };
        (template, at) = (after, end + between.len());
    }
}

/// Where these bytes first stand; between two variable parts there may be none.
fn position(text: &[u8], wanted: &[u8]) -> Option<usize> {
    match wanted {
        [] => Some(0),
        _ => text.windows(wanted.len()).position(|here| here == wanted),
    }
}
