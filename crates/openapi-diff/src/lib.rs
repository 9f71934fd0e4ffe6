//! `cargo xtask diff`: what a change of the contract means to those who depend on it.
//!
//! Two views with a verdict each: `wire` holds the documents against each other, `rust` what the
//! pipeline makes of them. `merge` tells both as one list, and a `policy` is how a team judges it.

mod accepted;
mod before;
mod group;
mod merge;
mod place;
mod policy;
mod readable;
pub mod rules;
mod rust;
mod version;
mod wire;

use std::collections::HashMap;

use client_codegen::api::RustApi;
use openapi_document::Diagnostic;
use openapi_document::display::one_line;
use openapi_document::{Contract, Pointer};

pub use accepted::{Accepted, Entry};
pub use policy::{Policy, Severity};
pub use rules::{Compatibility, Rule};

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
        readable::check(&contract)?;
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
    /// The worse of the two verdicts. Accepted changes count for none of the three.
    pub class: Compatibility,
    /// The verdict on the wire.
    pub wire_class: Compatibility,
    /// The verdict in Rust; `None` if no client can be generated from one of the two.
    pub rust_class: Option<Compatibility>,
    /// The changes, the worst first, then in the contract's order.
    pub changes: Vec<Change>,
    /// The versions that the two contracts give themselves.
    pub versions: [String; 2],
    /// The version that the changes on the wire ask for.
    pub suggested: Option<String>,
    /// Which class the client's version follows.
    client: Compatibility,
    /// The codes that a team judges otherwise, with how many changes this concerns.
    pub moved: Vec<(Severity, usize)>,
    /// The accepted changes that are none of these.
    pub unused: Vec<Entry>,
    /// What else there is to say: a view that is missing, a version that did not move.
    pub notes: Vec<String>,
}

impl Comparison {
    /// The next version of a client that is now at `version`; it follows the worse verdict.
    pub fn next_client_version(&self, version: &str) -> Option<String> {
        version::next(version, self.client)
    }
}

/// One change.
#[derive(Debug)]
pub struct Change {
    /// The worse of both views.
    pub class: Compatibility,
    /// How bad it is on the wire.
    pub wire_class: Compatibility,
    /// How bad it is in Rust; `None` if no client can be generated from one of the two contracts.
    pub rust_class: Option<Compatibility>,
    /// Its kind's stable name.
    pub code: &'static str,
    /// What it is about: a JSON pointer into the new contract; into the old one if it is gone.
    pub path: String,
    /// The same place in the old contract, if it was there.
    pub base_path: Option<String>,
    /// The line of the new contract to look at; what is gone has that of its surroundings.
    pub line: usize,
    /// The line of the old contract, if the place was there.
    pub base_line: Option<usize>,
    /// Whether the place is gone from the new contract.
    pub is_gone: bool,
    /// What has changed, in one sentence.
    pub message: String,
    /// What it means on the wire.
    pub wire: Option<String>,
    /// What it means in Rust.
    pub rust: Option<String>,
    /// What to do instead, if there is a compatible way.
    pub instead: Vec<&'static str>,
    /// The number of its group: changes of one group are the same edit in many places.
    pub group: usize,
    /// The team's entry that accepts it.
    pub accepted: Option<Entry>,
}

/// Compares two contracts.
pub fn compare(base: &Version, head: &Version) -> Comparison {
    compare_under(&Policy::default(), base, head)
}

/// Compares two contracts as a team judges changes.
pub fn compare_under(policy: &Policy, base: &Version, head: &Version) -> Comparison {
    let walk = wire::compare(&base.contract.document, &head.contract.document);
    let mut notes = Vec::new();
    let views = (rust_view(base, &mut notes), rust_view(head, &mut notes));
    let differences = match &views {
        (Some(base), Some(head)) => Some(rust::compare(base, head, &walk)),
        _ => None,
    };
    let has_rust = differences.is_some();
    let mut groups = HashMap::new();
    let merged = merge::merge(&walk, differences).into_iter();
    let changes = merged.map(|change| {
        let next = groups.len() + 1;
        let key = group::key([walk.base, walk.head], &change);
        let group = *groups.entry(key).or_insert(next);
        told(base, head, change, has_rust, group)
    });
    let mut changes: Vec<Change> = changes.collect();
    let (moved, unused) = policy.apply(&mut changes);
    changes.sort_by(|a, b| (b.class, a.line, &a.path).cmp(&(a.class, b.line, &b.path)));

    let counted = || changes.iter().filter(|change| change.accepted.is_none());
    let worst = |classes: &mut dyn Iterator<Item = Compatibility>| {
        classes.max().unwrap_or(Compatibility::Identical)
    };
    let class = worst(&mut counted().map(|change| change.class));
    let wire_class = worst(&mut counted().map(|change| change.wire_class));
    let rust_class = worst(&mut counted().filter_map(|change| change.rust_class));
    let versions = [base.info_version(), head.info_version()];
    // A version that moved alone asks for no other.
    let only_version = changes
        .iter()
        .all(|change| change.code == rules::VERSION.code);
    let asks = |class| {
        if only_version {
            Compatibility::Identical
        } else {
            class
        }
    };
    notes.extend(version::complaint(
        &versions[0],
        &versions[1],
        asks(wire_class),
    ));
    Comparison {
        class,
        wire_class,
        rust_class: has_rust.then_some(rust_class),
        suggested: version::next(&versions[0], asks(wire_class)),
        client: asks(class),
        changes,
        versions,
        moved,
        unused,
        notes,
    }
}

fn rust_view<'v>(version: &'v Version, notes: &mut Vec<String>) -> Option<rust::Version<'v>> {
    match &version.api {
        Ok(api) => {
            // The client is made of the contract as OpenAPI 3.0, its wire read as written.
            let older = version.contract.as_3_0();
            let contract = older.as_ref().map(|(older, _)| older);
            let contract = contract.unwrap_or(&version.contract);
            let origins = rust::Origins::of(contract);
            Some(rust::Version { api, origins })
        }
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

fn told(
    base: &Version,
    head: &Version,
    change: merge::Change,
    has_rust: bool,
    group: usize,
) -> Change {
    let near = merge::nearest(&head.contract.document, &change.near);
    Change {
        class: change.class,
        wire_class: change.wire_class,
        rust_class: has_rust.then_some(change.rust_class),
        code: change.rule.code,
        path: change.at.pointer.to_string(),
        base_path: change.was.as_ref().map(ToString::to_string),
        line: head.line(&near),
        base_line: change.near_was.as_ref().map(|was| base.line(was)),
        is_gone: change.at.side == Side::Base,
        message: one_line(change.message),
        wire: change.wire.map(one_line),
        rust: (!change.rust.is_empty()).then(|| one_line(change.rust.join("; "))),
        instead: change.instead.into_iter().collect(),
        group,
        accepted: None,
    }
}
