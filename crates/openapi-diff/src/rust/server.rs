//! Where the client sends its calls if it is told nothing else: the contract's first server.

use super::compare::View;
use crate::place::{Spot, code};
use crate::rules::Compatibility;
use openapi_document::Pointer;

impl View<'_> {
    /// Compares the two base URLs.
    pub(super) fn compare_servers(&mut self) {
        let (was, is) = (&self.base.api.server, &self.head.api.server);
        if was == is {
            return;
        }
        let named = |server: &Option<String>| match server {
            Some(url) => code(url),
            None => "none".into(),
        };
        let text = format!(
            "the client's own base URL is {}; it was {}",
            named(is),
            named(was)
        );
        let at = Spot::head(&Pointer::of(["servers"]));
        self.tell(Compatibility::Breaking, Some(at), text);
        self.says("lists another server first; clients call the first one");
    }
}
