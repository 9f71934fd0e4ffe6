//! What the client does with a call, beyond arguments and results: the key, "not found", and whether
//! what comes back is what was asked for.

use super::compare::{Version, View};
use crate::place::{Spot, code};
use crate::rules::{self, Compatibility, Rule};
use crate::wire::Direction;
use client_codegen::naming;
use client_codegen::transform::Pagination;
use openapi_document::Pointer;
use openapi_document::security::Scheme;

impl View<'_> {
    /// Compares what is known of the call of one operation.
    ///
    /// The texts name no operation: one component reaches many.
    pub(super) fn compare_call(&mut self, place: &Pointer, old: &str, name: &str) {
        let (base, head) = (self.base, self.head);
        let (Some(was), Some(is)) = (base.api.calls.get(old), head.api.calls.get(name)) else {
            return;
        };
        let id = head.origins.ids.get(place).cloned().unwrap_or_default();
        if was.security != is.security {
            // A key that is no longer asked for, or for the first time, goes nowhere else.
            let class = match (&was.security, &is.security) {
                (Scheme::None, _) | (_, Scheme::None) => Compatibility::Additive,
                _ => Compatibility::Breaking,
            };
            let text = format!(
                "the client sends {}; it sent {}",
                secret(&is.security),
                secret(&was.security)
            );
            self.tell(class, Some(Spot::head(place)), text);
            self.reaches(Direction::Request, &id);
        }
        let at = |of_head: Option<&Pointer>, of_base: Option<&Pointer>| {
            of_head.map(Spot::head).or(of_base.map(Spot::base))
        };
        if let Some(text) = not_found(was.not_found.as_deref(), is.not_found.as_deref()) {
            let at = at(
                head.origins.not_found.get(name),
                base.origins.not_found.get(old),
            );
            self.put(&rules::NOT_FOUND, Compatibility::Breaking, at, text);
            self.reaches(Direction::Response, &id);
        }
        if let Some(text) = identifies(was.identifies.as_deref(), is.identifies.as_deref()) {
            let at = at(
                head.origins.identifiers.get(name),
                base.origins.identifiers.get(old),
            );
            self.put(&rules::IDENTIFIES, Compatibility::Breaking, at, text);
            self.reaches(Direction::Response, &id);
        }
        // A stream that comes or goes is a method that does.
        if let (Some(was), Some(is)) = (&was.pagination, &is.pagination)
            && let Some(text) = pagination(was, is)
        {
            let at = Some(Spot::head(place));
            self.put(
                &rules::PAGINATION_CHANGED,
                Compatibility::Breaking,
                at,
                text,
            );
        }
        let keys = (
            was.idempotency_key.as_deref(),
            is.idempotency_key.as_deref(),
        );
        if let Some((rule, text)) = idempotency_key(keys) {
            let argument = |of: &Version<'_>, method: &str, key: Option<&str>| {
                let argument = (method.to_string(), naming::snake(key?));
                of.origins.arguments.get(&argument).cloned()
            };
            let (now, before) = (argument(head, name, keys.1), argument(base, old, keys.0));
            self.put(rule, rule.class, at(now.as_ref(), before.as_ref()), text);
            self.reaches(Direction::Request, &id);
        }
    }
}

fn pagination(was: &Pagination, is: &Pagination) -> Option<String> {
    let differences = [
        ("begins at", &was.cursor, &is.cursor),
        ("goes on at", &was.next, &is.next),
        ("has the items of", &was.items, &is.items),
    ];
    let differences = differences.into_iter().filter(|(_, was, is)| was != is);
    let texts: Vec<String> = differences
        .map(|(what, was, is)| format!("{what} {} (it was {})", code(is), code(was)))
        .collect();
    (!texts.is_empty()).then(|| format!("the stream {}", texts.join(", and ")))
}

/// What becomes of the header that makes repeating a call safe.
fn idempotency_key((was, is): (Option<&str>, Option<&str>)) -> Option<(&'static Rule, String)> {
    Some(match (was, is) {
        (was, is) if was == is => return None,
        (None, Some(is)) => {
            let text = format!(
                "the client fills in {} for each call, and retries it",
                code(is)
            );
            (&rules::KEY_ADDED, text)
        }
        (Some(was), Some(is)) => {
            let text = format!(
                "the client fills in {}; it filled in {}",
                code(is),
                code(was)
            );
            (&rules::KEY_REMOVED, text)
        }
        (was, None) => {
            let text = format!("the client no longer fills in {}", code(was?));
            (&rules::KEY_REMOVED, text)
        }
    })
}

fn secret(scheme: &Scheme) -> String {
    match scheme {
        Scheme::None => "no key".into(),
        Scheme::Bearer => "its key as a bearer token".into(),
        Scheme::Basic => "its key as basic authentication".into(),
        Scheme::Header(name) => format!("its key in the header {}", code(name)),
        Scheme::Query(name) => format!("its key in the query, as {}", code(name)),
    }
}

fn not_found(was: Option<&str>, is: Option<&str>) -> Option<String> {
    Some(match (was, is) {
        (was, is) if was == is => return None,
        (None, Some(is)) => {
            format!("`Error::is_not_found` is true of the code {} now", code(is))
        }
        (Some(was), Some(is)) => format!(
            "`Error::is_not_found` is true of the code {}; it was of {}",
            code(is),
            code(was)
        ),
        (_, None) => "`Error::is_not_found` is never true now".into(),
    })
}

fn identifies(was: Option<&str>, is: Option<&str>) -> Option<String> {
    Some(match (was, is) {
        (was, is) if was == is => return None,
        (None, Some(is)) => format!(
            "a response whose {} is not the argument is an error now",
            code(is)
        ),
        (Some(was), Some(is)) => format!(
            "a response is checked by its {}; it was by its {}",
            code(is),
            code(was)
        ),
        (Some(was), None) => format!(
            "a response whose {} is not the argument is no longer an error",
            code(was)
        ),
        (None, None) => return None,
    })
}
