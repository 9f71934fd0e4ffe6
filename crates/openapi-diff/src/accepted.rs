//! Changes that a team has accepted: a file beside the contract, a list of entries.

use std::collections::HashMap;

use chrono::NaiveDate;
use openapi_document::{Contract, Diagnostic, Pointer};
use openapi_lint::nearest;
use serde_json::{Map, Value};

use crate::policy::known_code;

/// The code of each error in the file.
const CODE: &str = "diff::accepted";

/// What an entry has.
const FIELDS: [&str; 4] = ["code", "path", "reason", "date"];

/// The changes that a team has accepted.
#[derive(Debug, Default)]
pub struct Accepted {
    entries: Vec<Entry>,
}

/// A change that a team has accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The code of the change.
    pub code: &'static str,
    /// What it is about: a JSON pointer into the new contract or the old one.
    pub path: String,
    /// Why the team accepts it.
    pub reason: String,
    /// Since when, as `YYYY-MM-DD`.
    pub date: String,
    /// The line of the file where the entry begins.
    pub line: usize,
}

impl Accepted {
    /// Reads the file, YAML or JSON. The error lists every mistake.
    pub fn read(text: &str) -> Result<Accepted, Vec<Diagnostic>> {
        // A shell empties a file before the command that writes it begins.
        let is_empty = |line: &str| line.is_empty() || line.starts_with('#');
        if text.lines().all(|line| is_empty(line.trim())) {
            return Ok(Accepted::default());
        }
        let file = Contract::load(text)?;
        let mut reader = Reader {
            file: &file,
            found: Vec::new(),
        };
        let entries = reader.entries();
        match reader.found.is_empty() {
            true => Ok(Accepted { entries }),
            false => Err(reader.found),
        }
    }

    /// The entries, in the order of the file.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }
}

struct Reader<'f> {
    file: &'f Contract,
    found: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn entries(&mut self) -> Vec<Entry> {
        let list = match &self.file.document {
            Value::Array(list) => list,
            _ => {
                let help = "begin each accepted change with `- code: …`";
                self.report(&Pointer::ROOT, "the file must be a list", help);
                return Vec::new();
            }
        };
        let mut lines: HashMap<(&str, String), usize> = HashMap::new();
        let mut entries = Vec::new();
        for (index, value) in list.iter().enumerate() {
            let at = Pointer::ROOT.child(index);
            let Some(entry) = self.entry(&at, value) else {
                continue;
            };
            let first = lines.insert((entry.code, entry.path.clone()), entry.line);
            if let Some(line) = first {
                let message = format!("line {line} accepts this change already");
                self.report(&at, &message, "keep one of the two");
            }
            entries.push(entry);
        }
        entries
    }

    fn entry(&mut self, at: &Pointer, value: &Value) -> Option<Entry> {
        let Value::Object(fields) = value else {
            let help = "write `code`, `path`, `reason` and `date`";
            self.report(at, "an accepted change must be an object", help);
            return None;
        };
        for name in fields
            .keys()
            .filter(|name| !FIELDS.contains(&name.as_str()))
        {
            let help = match nearest(name, FIELDS.into_iter()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("the fields are {}", FIELDS.join(", ")),
            };
            self.report(&at.child(name), &format!("unknown field `{name}`"), &help);
        }
        let code = self.field(
            at,
            fields,
            "code",
            "the code of the change, as `cargo xtask diff` shows it",
        );
        let path = self.field(
            at,
            fields,
            "path",
            "the `path` of the change in `--format json`",
        );
        let reason = self.field(at, fields, "reason", "why callers can live with the change");
        let date = self.field(at, fields, "date", "when it was accepted, as YYYY-MM-DD");

        let code = code.and_then(|code| {
            let known = known_code(code);
            let unknown = |message: String| {
                self.report(
                    &at.child("code"),
                    &message,
                    "copy it from `--format accepted`",
                )
            };
            known.map_err(unknown).ok()
        });
        if let Some(path) = path.filter(|path| !path.is_empty() && !path.starts_with('/')) {
            let message = format!("`{path}` is no JSON pointer: it must begin with `/`");
            self.report(
                &at.child("path"),
                &message,
                "copy it from `--format accepted`",
            );
        }
        if let Some(date) = date.filter(|date| !is_date(date)) {
            let message = format!("`{date}` is no date");
            self.report(&at.child("date"), &message, "write it as YYYY-MM-DD");
        }
        Some(Entry {
            code: code?,
            path: path?.into(),
            reason: reason?.trim().into(),
            date: date?.into(),
            line: self.line(at),
        })
    }

    /// A text that must be there. Only the whole document has an empty path.
    fn field<'v>(
        &mut self,
        at: &Pointer,
        fields: &'v Map<String, Value>,
        name: &str,
        help: &str,
    ) -> Option<&'v str> {
        let (place, problem) = match fields.get(name) {
            Some(Value::String(text)) if name == "path" || !text.trim().is_empty() => {
                return Some(text);
            }
            None => (at.clone(), "is missing"),
            Some(Value::Null | Value::String(_)) => (at.child(name), "is empty"),
            Some(_) => (at.child(name), "must be text"),
        };
        self.report(
            &place,
            &format!("`{name}` {problem}"),
            &format!("write {help}"),
        );
        None
    }

    fn line(&self, at: &Pointer) -> usize {
        let span = self.file.value_span(at);
        self.file.source().line_column(span.start).line
    }

    fn report(&mut self, at: &Pointer, message: &str, help: &str) {
        let found = Diagnostic::error(CODE, message).at(self.file.key(at));
        self.found.push(found.help(help.to_string()));
    }
}

fn is_date(text: &str) -> bool {
    // chrono takes fewer digits too.
    text.len() == "YYYY-MM-DD".len() && NaiveDate::parse_from_str(text, "%Y-%m-%d").is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENTRY: &str = "\
# Agreed with the callers.
- code: server-removed
  path: /servers/0
  reason: Nobody calls it.
  date: 2026-01-31
";

    #[test]
    fn reads_yaml_json_and_a_file_of_comments() {
        let entry = Entry {
            code: "server-removed",
            path: "/servers/0".into(),
            reason: "Nobody calls it.".into(),
            date: "2026-01-31".into(),
            line: 2,
        };
        assert_eq!(
            Accepted::read(ENTRY).unwrap().entries(),
            std::slice::from_ref(&entry)
        );
        let json = "\n[{\"code\": \"server-removed\", \"path\": \"/servers/0\",\n\
                    \"reason\": \"Nobody calls it.\", \"date\": \"2026-01-31\"}]";
        assert_eq!(Accepted::read(json).unwrap().entries(), [entry]);
        for text in ["", "\n# Nothing yet.\n", "[]"] {
            assert!(Accepted::read(text).unwrap().entries().is_empty());
        }
    }

    #[test]
    fn reports_each_mistake_at_its_line() {
        let mistakes = [
            (
                "server-removed",
                "server-remove",
                2,
                "did you mean `server-removed`?",
            ),
            ("/servers/0", "servers/0", 3, "must begin with `/`"),
            (
                "reason: Nobody calls it.",
                "reason: ' '",
                4,
                "`reason` is empty",
            ),
            ("  reason: Nobody calls it.\n", "", 2, "`reason` is missing"),
            ("reason:", "reasons:", 4, "unknown field `reasons`"),
            ("2026-01-31", "2026-02-30", 5, "`2026-02-30` is no date"),
            ("2026-01-31", "31.1.2026", 5, "`31.1.2026` is no date"),
            ("2026-01-31", "2026-1-31", 5, "`2026-1-31` is no date"),
            ("2026-01-31", "20260131", 5, "`date` must be text"),
        ];
        for (from, to, line, message) in mistakes {
            let text = ENTRY.replace(from, to);
            let found = Accepted::read(&text).unwrap_err();
            let source = openapi_document::Source::new(text.as_str());
            let reported = found.iter().any(|found| {
                let start = found.span.clone().unwrap().start;
                found.message.contains(message) && source.line_column(start).line == line
            });
            assert!(reported, "{message}: {found:#?}");
        }
        for text in [
            "code: server-removed",
            "- server-removed",
            &format!("{ENTRY}{ENTRY}"),
            "- {",
        ] {
            assert!(Accepted::read(text).is_err(), "{text}");
        }
    }
}
