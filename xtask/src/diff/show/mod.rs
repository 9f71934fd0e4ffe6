//! The comparison as people and programs read it.

mod accepted;
mod github;
mod json;
mod markdown;
mod sarif;
mod text;

pub use accepted::accepted;
pub use github::github;
pub use json::json;
pub use markdown::markdown;
pub use sarif::sarif;
pub use text::text;

use std::collections::HashMap;

use openapi_diff::{Change, Comparison, Compatibility};
use openapi_document::display::one_line;

/// A comparison with the names that people know its files by.
pub struct Report<'r> {
    pub base: &'r str,
    pub head: &'r str,
    /// The file of accepted changes.
    pub accepted: &'r str,
    pub comparison: &'r Comparison,
}

/// What a reader must know beside the changes.
enum Note {
    /// Something to put right.
    Warning(String),
    /// Something that was asked for.
    Remark(String),
}

impl Note {
    fn text(&self) -> &str {
        match self {
            Note::Warning(text) | Note::Remark(text) => text,
        }
    }
}

/// More changes than these of one group are shown as one.
const HANDFUL: usize = 5;

/// The sections of a report for people.
const SECTIONS: [Section; 4] = [
    Section::Counted(Compatibility::Breaking),
    Section::Counted(Compatibility::Additive),
    Section::Counted(Compatibility::Docs),
    Section::Accepted,
];

/// Changes that stand under one heading.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    /// Those of a class that nobody has accepted.
    Counted(Compatibility),
    /// Those that the team has accepted.
    Accepted,
}

impl Section {
    fn heading(self) -> &'static str {
        match self {
            Section::Counted(Compatibility::Breaking) => {
                "Breaking: what worked can stop working, or stop compiling"
            }
            Section::Counted(Compatibility::Additive) => {
                "Additive: something new, what worked keeps working"
            }
            Section::Counted(Compatibility::Docs) => "Docs: only what people read",
            Section::Counted(Compatibility::Identical) => "",
            Section::Accepted => "Accepted: decided by the team, counted no more",
        }
    }

    fn has(self, change: &Change) -> bool {
        match self {
            Section::Counted(class) => change.class == class && change.accepted.is_none(),
            Section::Accepted => change.accepted.is_some(),
        }
    }
}

/// A change, and the others of its group that are shown with it.
struct Item<'r> {
    change: &'r Change,
    others: Vec<&'r Change>,
}

impl Report<'_> {
    /// What stands under a heading: a group of more than a handful is one item.
    fn items(&self, section: Section) -> Vec<Item<'_>> {
        let mut groups: Vec<Vec<&Change>> = Vec::new();
        let mut known = HashMap::new();
        for change in self
            .comparison
            .changes
            .iter()
            .filter(|change| section.has(change))
        {
            let reason = change.accepted.as_ref().map(|entry| &entry.reason);
            let next = groups.len();
            let index = *known.entry((change.group, reason)).or_insert(next);
            match groups.get_mut(index) {
                Some(group) => group.push(change),
                None => groups.push(vec![change]),
            }
        }
        let (large, small): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|group| group.len() > HANDFUL);
        let alone = small
            .into_iter()
            .flatten()
            .map(|change| (change, Vec::new()));
        let first = large.into_iter().filter_map(|group| {
            let (first, others) = group.split_first()?;
            Some((*first, others.to_vec()))
        });
        let mut items: Vec<Item<'_>> = alone
            .chain(first)
            .map(|(change, others)| Item { change, others })
            .collect();
        items.sort_by_key(|item| (item.change.line, &item.change.path));
        items
    }

    /// The class in a word, and how many changes of each there are.
    fn summary(&self) -> String {
        if self.comparison.changes.is_empty() {
            return "none: nothing that anyone could notice".into();
        }
        let counts = SECTIONS.into_iter().filter_map(|section| {
            let changes = self.comparison.changes.iter();
            let count = changes.filter(|change| section.has(change)).count();
            let word = match section {
                Section::Counted(class) => class.word(),
                Section::Accepted => "accepted",
            };
            (count > 0).then(|| format!("{count} {word}"))
        });
        let counts: Vec<String> = counts.collect();
        let class = self.comparison.class.word();
        match counts.is_empty() {
            true => class.into(),
            false => format!("{class} ({})", counts.join(", ")),
        }
    }

    /// Where to look.
    fn place(&self, change: &Change) -> String {
        format!("{}:{}", self.head, change.line)
    }

    /// Where it stood, for what is gone.
    fn old_line(&self, change: &Change) -> Option<usize> {
        change.base_line.filter(|_| change.is_gone)
    }

    /// What the client's crate is called now, and is to be called: it follows the worse verdict.
    fn client_version(&self) -> Option<(&'static str, String)> {
        let now = env!("CARGO_PKG_VERSION");
        Some((now, self.comparison.next_client_version(now)?))
    }

    /// Why the client's version moves further than the contract's does.
    fn client_reason(&self) -> &'static str {
        match (self.comparison.class, self.comparison.wire_class) {
            (class, wire) if class == wire => "",
            (Compatibility::Breaking, _) => " (breaking in Rust alone)",
            _ => " (a change in Rust alone)",
        }
    }

    /// What a reader must know beside the changes.
    fn notes(&self) -> Vec<Note> {
        let unused = self.comparison.unused.iter().map(|entry| {
            let (file, line, code, path) = (self.accepted, entry.line, entry.code, &entry.path);
            let place = format!("{file}:{line}");
            let text = format!("{place}: no change is `{code}` at `{path}`; remove the entry");
            Note::Warning(one_line(text))
        });
        let moved = self.comparison.moved.iter().map(|(severity, count)| {
            let (code, level) = (severity.code, severity.level.word());
            let changes = if *count == 1 { "change" } else { "changes" };
            let text = format!("--severity makes `{code}` {level}: {count} {changes}");
            Note::Remark(text)
        });
        let notes = self.comparison.notes.iter().cloned().map(Note::Warning);
        notes.chain(unused).chain(moved).collect()
    }
}

/// The classes of the two views, if the change breaks only one of them.
fn views(change: &Change) -> Option<String> {
    let rust = change.rust_class?;
    let is_one = change.class == Compatibility::Breaking && rust != change.wire_class;
    is_one.then(|| {
        let wire = change.wire_class.word();
        format!("wire: {wire}, Rust: {}", rust.word())
    })
}
