//! The page itself: the same served and exported, but for where it finds what it needs.

use std::fmt::Write;

use aura_contract::Contract;
use serde_json::{Value, json};

/// What a contract that is being edited says of itself: `file`, `note` and `findings`, each with
/// `severity`, `code`, `message`, `line`, `column` and `help`. The page shows it; served, it comes
/// again when the contract has changed.
const PREVIEW: &str = "x-preview";

const PAGE: &str = include_str!("index.html");
/// The page's own script, beside Swagger UI's.
pub(super) const SCRIPT: &str = include_str!("sandbox.js");

/// Where a page finds what it needs.
pub(super) struct Layout {
    /// `served` or `exported`: a class of the page.
    pub(super) kind: &'static str,
    /// The folder of scripts and styles.
    pub(super) assets: &'static str,
    /// The contract as JSON.
    pub(super) openapi: &'static str,
}

impl Layout {
    /// Returns the page of a contract. The script finds `settings` in it.
    pub(super) fn page(&self, contract: &Contract, mut settings: Value) -> String {
        settings["operations"] = json!(contract.operations().len());
        settings["preview"] = json!(contract.document().get(PREVIEW));
        let title = escaped(&format!("{} {}", contract.title(), contract.version()));
        // In a script element nothing but its end could be misread.
        let settings = settings.to_string().replace('<', "\\u003c");
        PAGE.replace("{{kind}}", self.kind)
            .replace("{{assets}}", self.assets)
            .replace("{{openapi}}", self.openapi)
            .replace("{{title}}", &title)
            .replace("{{settings}}", &settings)
    }
}

/// The contract's document, without what only the page shows.
pub(super) fn document(contract: &Contract) -> Value {
    let mut document = contract.document().clone();
    if let Some(members) = document.as_object_mut() {
        members.shift_remove(PREVIEW);
    }
    document
}

fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '<' | '>' | '&' | '"' | '\'' | '{' => _ = write!(escaped, "&#{};", u32::from(c)),
            _ => escaped.push(c),
        }
    }
    escaped
}
