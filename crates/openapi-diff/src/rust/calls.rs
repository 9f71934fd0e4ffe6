//! What the client does with a call, beyond arguments and results: the key, "not found", and whether
//! what comes back is what was asked for.

use super::compare::View;
use crate::place::{Spot, code};
use crate::rules::{self, Compatibility};
use crate::wire::Direction;
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
    }
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
