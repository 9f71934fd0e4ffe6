//! What was deleted: it is gone, and so is what lies below it, until something is put there again.

use std::collections::HashSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use http::Method;
use percent_encoding::percent_decode_str;

/// Paths, each with the organization that it was deleted for.
#[derive(Default)]
pub(crate) struct Deleted(Mutex<HashSet<(String, String)>>);

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
        above.any(|path| paths.contains(&(organization.to_owned(), path.to_owned())))
    }

    /// Takes note of a request that went well. What is sent to a collection may bring back
    /// whatever was in it.
    pub(super) fn note(&self, organization: &str, method: &Method, path: &str) {
        match *method {
            Method::DELETE => {
                let gone = (organization.to_owned(), decoded(path));
                self.paths().insert(gone);
            }
            Method::POST | Method::PUT => {
                let path = decoded(path);
                self.paths()
                    .retain(|(whose, gone)| whose != organization || !gone.starts_with(&path));
            }
            _ => {}
        }
    }

    fn paths(&self) -> MutexGuard<'_, HashSet<(String, String)>> {
        // Nothing panics with the lock held.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn decoded(path: &str) -> String {
    percent_decode_str(path).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_deleted_is_gone_with_all_below_it_for_its_owner() {
        let deleted = Deleted::default();
        deleted.note("a", &Method::DELETE, "/v1/leads/1%20");
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
        deleted.note("b", &Method::POST, "/v1/leads");
        assert!(deleted.has("a", "/v1/leads/1 "));
        deleted.note("a", &Method::POST, "/v1/leads");
        assert!(!deleted.has("a", "/v1/leads/1 "));
    }
}
