//! What was deleted: it is gone, and so is what lies below it, until something is put there again.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use http::Method;
use percent_encoding::percent_decode_str;

use crate::leads::canonical;

/// Organizations with paths that were deleted for them, and the lead that each path leads to or
/// through.
#[derive(Default)]
pub(crate) struct Deleted(Mutex<Paths>);

type Paths = HashMap<(String, String), Option<String>>;

impl Deleted {
    /// Whether what the path leads to is gone.
    pub(super) fn has(&self, organization: &str, path: &str) -> bool {
        let paths = self.paths();
        if paths.is_empty() {
            return false;
        }
        let path = decoded(path);
        let ends = path.char_indices().filter(|(_, c)| *c == '/').skip(1);
        let mut above = ends.map(|(end, _)| &path[..end]).chain([path.as_str()]);
        above.any(|path| paths.contains_key(&(organization.to_owned(), path.to_owned())))
    }

    /// Takes note of a request that went well. What is sent to a collection may bring back
    /// whatever was in it.
    pub(super) fn note(
        &self,
        organization: &str,
        method: &Method,
        path: &str,
        lead: Option<String>,
    ) {
        match *method {
            Method::DELETE => {
                let gone = (organization.to_owned(), decoded(path));
                self.paths().insert(gone, lead);
            }
            Method::POST | Method::PUT => {
                let path = decoded(path);
                self.paths()
                    .retain(|(whose, gone), _| whose != organization || !gone.starts_with(&path));
            }
            _ => {}
        }
    }

    /// Whether a lead itself is gone, and not only what lies below it.
    pub(crate) fn has_lead(&self, id: &str) -> bool {
        let end = format!("/{id}");
        let leads_to = |path: &str| {
            path.split_once(&end)
                .is_some_and(|(_, rest)| rest.is_empty())
        };
        self.paths()
            .iter()
            .any(|((_, path), lead)| lead.as_deref() == Some(id) && leads_to(path))
    }

    /// Puts back a lead and what lies below it, for all.
    pub(super) fn put_back(&self, id: &str) {
        self.paths().retain(|_, lead| lead.as_deref() != Some(id));
    }

    fn paths(&self) -> MutexGuard<'_, Paths> {
        // Nothing panics with the lock held.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One spelling for each path: without percent-encoding, and with each UUID as all are spelled.
fn decoded(path: &str) -> String {
    let path = percent_decode_str(path).decode_utf8_lossy();
    let segments: Vec<String> = path.split('/').map(canonical).collect();
    segments.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_deleted_is_gone_with_all_below_it_for_its_owner() {
        let deleted = Deleted::default();
        deleted.note("a", &Method::DELETE, "/v1/leads/1%20", None);
        for (organization, path, gone) in [
            ("a", "/v1/leads/1 ", true),
            ("a", "/v1/leads/1%20/notes/2", true),
            ("a", "/v1/leads/1%202", false),
            ("a", "/v1/leads", false),
            ("b", "/v1/leads/1%20", false),
        ] {
            assert_eq!(
                deleted.has(organization, path),
                gone,
                "{organization} {path}"
            );
        }
        deleted.note("b", &Method::POST, "/v1/leads", None);
        assert!(deleted.has("a", "/v1/leads/1 "));
        deleted.note("a", &Method::POST, "/v1/leads", None);
        assert!(!deleted.has("a", "/v1/leads/1 "));
    }

    #[test]
    fn a_lead_is_gone_with_its_own_path_alone_and_can_be_put_back() {
        let id = "6f1f3d1c-2d8e-4c0a-9a55-3f4d5c1e2b7a";
        let deleted = Deleted::default();
        let delete = |path: &str| {
            let path = path.replace("ID", &id.to_uppercase());
            deleted.note("a", &Method::DELETE, &path, Some(id.to_owned()));
        };
        delete("/v1/leads/ID/notes/ID");
        assert!(!deleted.has_lead(id));
        delete("/v1/leads/ID");
        assert!(deleted.has_lead(id) && deleted.has("a", &format!("/v1/leads/{id}")));

        deleted.put_back(id);
        assert!(!deleted.has_lead(id) && !deleted.has("a", &format!("/v1/leads/{id}/notes/{id}")));
    }
}
