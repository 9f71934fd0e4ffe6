//! `cargo xtask diff`: what a change of the contract means to those who depend on it.
//!
//! Two views, of which the worse one counts: `wire` holds the documents against each other, `rust`
//! what the pipeline makes of them. `merge` tells both as one list.

mod merge;
mod place;
pub mod rules;
mod rust;
mod version;
mod wire;

use client_codegen::api::RustApi;
use openapi_document::Diagnostic;
use openapi_document::display::one_line;
use openapi_document::{Contract, Pointer};
pub use rules::{Class, Rule};
pub use version::next as next_version;

use place::Side;

/// A contract to be compared.
#[derive(Debug)]
pub struct Version {
    /// How people call it: `main`, or a file's name.
    pub name: String,
    contract: Contract,
    /// The Rust API, or why there is none to compare.
    api: Result<RustApi, String>,
}

impl Version {
    /// Reads a contract. An error says why it is none at all; one that is refused later has the
    /// view from the wire.
    pub fn read(name: impl Into<String>, text: &str) -> Result<Version, Vec<Diagnostic>> {
        let contract = Contract::load(text)?;
        if !contract.document["paths"].is_object() {
            let at = contract.key_span(&Pointer::ROOT);
            return Err(vec![
                Diagnostic::error(
                    "spec::no-paths",
                    "this is no OpenAPI document: it has no `paths`",
                )
                .at(at)
                .help("name a contract"),
            ]);
        }
        let name = name.into();
        Ok(Version {
            api: rust_api(&name, &contract, text),
            name,
            contract,
        })
    }

    fn info_version(&self) -> String {
        match &self.contract.document["info"]["version"] {
            serde_json::Value::String(text) => one_line(text),
            serde_json::Value::Null => "none".into(),
            other => other.to_string(),
        }
    }

    fn line(&self, pointer: &Pointer) -> usize {
        let span = self.contract.key_span(pointer);
        self.contract.source().line_column(span.start).line
    }
}

/// What came of it.
#[derive(Debug)]
pub struct Comparison {
    /// The worst class of all changes.
    pub class: Class,
    /// The changes, the worst first, then in the contract's order.
    pub changes: Vec<Change>,
    /// The versions that the two contracts give themselves.
    pub versions: [String; 2],
    /// The version that the changes ask for.
    pub suggested: Option<String>,
    /// What else there is to say: a view that is missing, a version that did not move.
    pub notes: Vec<String>,
}

/// One change.
#[derive(Debug)]
pub struct Change {
    /// How bad it is.
    pub class: Class,
    /// Its kind's stable name.
    pub code: &'static str,
    /// What it is about: a JSON pointer into the new contract; into the old one if it is gone.
    pub path: String,
    /// The line of the new contract to look at; what is gone has that of its surroundings.
    pub line: usize,
    /// The line of the old contract, for what is gone.
    pub base_line: Option<usize>,
    /// What has changed, in one sentence.
    pub message: String,
    /// What it means on the wire.
    pub wire: Option<String>,
    /// What it means in Rust.
    pub rust: Option<String>,
    /// What to do instead, if there is a compatible way.
    pub instead: Vec<&'static str>,
}

/// Compares two contracts.
pub fn compare(base: &Version, head: &Version) -> Comparison {
    let walk = wire::compare(&base.contract.document, &head.contract.document);
    let mut notes = Vec::new();
    let views = (rust_view(base, &mut notes), rust_view(head, &mut notes));
    let differences = match &views {
        (Some(base), Some(head)) => rust::compare(base, head, &walk),
        _ => Vec::new(),
    };
    let merged = merge::merge(&walk, differences);
    let mut changes: Vec<Change> = merged
        .into_iter()
        .map(|change| told(base, head, change))
        .collect();
    changes.sort_by(|a, b| (b.class, a.line, &a.path).cmp(&(a.class, b.line, &b.path)));

    let class = changes.iter().map(|change| change.class).max();
    let class = class.unwrap_or(Class::None);
    let versions = [base.info_version(), head.info_version()];
    // A version that moved alone asks for no other.
    let only_version = changes
        .iter()
        .all(|change| change.code == rules::VERSION.code);
    let asks = if only_version { Class::None } else { class };
    notes.extend(version::complaint(&versions[0], &versions[1], asks));
    Comparison {
        class,
        suggested: version::next(&versions[0], asks),
        changes,
        versions,
        notes,
    }
}

fn rust_view<'v>(version: &'v Version, notes: &mut Vec<String>) -> Option<rust::Version<'v>> {
    match &version.api {
        Ok(api) => Some(rust::Version {
            api,
            origins: rust::Origins::of(&version.contract.document),
        }),
        Err(reason) => {
            let note = format!("{reason}: only the view from the wire is shown");
            // Of a build without the generator, one note says it.
            if !notes.contains(&note) {
                notes.push(note);
            }
            None
        }
    }
}

#[cfg(feature = "generate")]
fn rust_api(name: &str, contract: &Contract, text: &str) -> Result<RustApi, String> {
    let outcome = client_codegen::run_to_compare(text);
    outcome.api.ok_or_else(|| {
        let mut found = outcome.diagnostics.iter();
        let first = found.find(|found| found.is_error());
        let first = first.map_or_else(String::new, |error| match &error.span {
            Some(span) => {
                let at = contract.source().line_column(span.start);
                format!("line {}: {}", at.line, error.message)
            }
            None => error.message.to_string(),
        });
        format!("no client can be generated from {name} ({first})")
    })
}

#[cfg(not(feature = "generate"))]
fn rust_api(_: &str, _: &Contract, _: &str) -> Result<RustApi, String> {
    Err("this build has no generator (`cargo xtask diff` builds one)".into())
}

fn told(base: &Version, head: &Version, change: merge::Change) -> Change {
    let gone = change.at.side == Side::Base;
    let near = merge::nearest(&head.contract.document, &change.near);
    Change {
        class: change.class,
        code: change.rule.code,
        line: head.line(&near),
        base_line: gone.then(|| base.line(&change.at.pointer)),
        path: change.at.pointer.to_string(),
        message: one_line(change.message),
        wire: change.wire.map(one_line),
        rust: (!change.rust.is_empty()).then(|| one_line(change.rust.join("; "))),
        instead: change.instead.into_iter().collect(),
    }
}
