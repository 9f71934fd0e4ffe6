//! A team's own judgement: the severity of a code, and changes that it has accepted.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::str::FromStr;

use openapi_lint::nearest;

use crate::Change;
use crate::accepted::{Accepted, Entry};
use crate::rules::{self, Compatibility};

/// What a team decides otherwise than the table of codes does.
#[derive(Debug, Default)]
pub struct Policy {
    severities: BTreeMap<&'static str, Compatibility>,
    accepted: Accepted,
}

/// The class that a team gives to a code, written `CODE=LEVEL`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Severity {
    /// The code.
    pub code: &'static str,
    /// Its class.
    pub level: Compatibility,
}

impl FromStr for Severity {
    type Err = String;

    fn from_str(text: &str) -> Result<Severity, String> {
        let (code, level) = text
            .split_once('=')
            .ok_or("write CODE=LEVEL, for example `response-enum-value-added=additive`")?;
        let code = known_code(code)?;
        let levels = || {
            Compatibility::REPORTED
                .into_iter()
                .chain([Compatibility::Identical])
        };
        let found = levels().find(|known| known.word() == level);
        let level = found.ok_or_else(|| {
            let words: Vec<&str> = levels().map(Compatibility::word).collect();
            format!("`{level}` is no level; the levels are {}", words.join(", "))
        })?;
        Ok(Severity { code, level })
    }
}

impl Policy {
    /// Makes a policy. The error names a code that is given two levels.
    pub fn new(severities: &[Severity], accepted: Accepted) -> Result<Policy, String> {
        let mut levels = BTreeMap::new();
        for Severity { code, level } in severities {
            let other = levels.insert(*code, *level);
            if other.is_some_and(|other| other != *level) {
                return Err(format!("`{code}` is given two levels; keep one of them"));
            }
        }
        Ok(Policy {
            severities: levels,
            accepted,
        })
    }

    /// Judges the changes. Returns the codes that were given another class, with the number of
    /// changes of each, and the entries that accept none of the changes.
    pub(crate) fn apply(&self, changes: &mut [Change]) -> (Vec<(Severity, usize)>, Vec<Entry>) {
        let mut moved: BTreeMap<_, _> = self.severities.keys().map(|code| (code, 0)).collect();
        let entries = self.accepted.entries().iter().enumerate();
        let known: HashMap<_, _> = entries
            .map(|(index, entry)| ((entry.code, entry.path.as_str()), index))
            .collect();
        let mut used = HashSet::new();
        for change in changes {
            if let Some(count) = moved.get_mut(&change.code) {
                change.set_class(self.severities[change.code]);
                *count += 1;
            }
            let mut paths = [Some(&change.path), change.base_path.as_ref()]
                .into_iter()
                .flatten();
            let entry = paths.find_map(|path| known.get(&(change.code, path.as_str())));
            if let Some(&index) = entry {
                change.accepted = Some(self.accepted.entries()[index].clone());
                used.insert(index);
            }
        }
        let moved = moved.into_iter().map(|(&code, count)| {
            let level = self.severities[code];
            (Severity { code, level }, count)
        });
        let entries = self.accepted.entries().iter().enumerate();
        let unused = entries.filter(|(index, _)| !used.contains(index));
        (
            moved.collect(),
            unused.map(|(_, entry)| entry.clone()).collect(),
        )
    }
}

impl Change {
    /// Gives the change this class in each view in which it shows.
    fn set_class(&mut self, level: Compatibility) {
        self.class = level;
        if level != Compatibility::Breaking {
            self.instead.clear();
        }
        let views = [Some(&mut self.wire_class), self.rust_class.as_mut()];
        for class in views.into_iter().flatten() {
            if *class != Compatibility::Identical {
                *class = level;
            }
        }
    }
}

/// The code of this name. The error suggests one that was probably meant.
pub(crate) fn known_code(name: &str) -> Result<&'static str, String> {
    let mut codes = rules::ALL.iter().map(|rule| rule.code);
    if let Some(code) = codes.find(|code| *code == name) {
        return Ok(code);
    }
    let codes = rules::ALL.iter().map(|rule| rule.code);
    Err(match nearest(name, codes) {
        Some(meant) => format!("unknown code `{name}`; did you mean `{meant}`?"),
        None => format!("unknown code `{name}`; docs/reviewing.md lists all codes"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_severity_or_says_what_is_wrong() {
        let read = |text: &str| text.parse::<Severity>();
        assert_eq!(
            read("server-removed=docs"),
            Ok(Severity {
                code: "server-removed",
                level: Compatibility::Docs
            })
        );
        for (text, wrong) in [
            ("server-removed", "write CODE=LEVEL"),
            ("server-remove=docs", "did you mean `server-removed`?"),
            ("what-is-this=docs", "docs/reviewing.md lists all codes"),
            ("server-removed=error", "breaking, additive, docs, none"),
        ] {
            let error = read(text).unwrap_err();
            assert!(error.contains(wrong), "{error}");
        }
    }

    #[test]
    fn rejects_two_levels_of_one_code() {
        let severities =
            ["server-added=docs", "server-added=none"].map(|text| text.parse().unwrap());
        assert!(Policy::new(&severities, Accepted::default()).is_err());
    }
}
