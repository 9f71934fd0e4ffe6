//! What failed in a run: counted, the first of it kept, and all of it in a file if one is named.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::Path;

use crate::exit::Exit;
use crate::failure::{Failure, Kind};
use crate::output::Existing;
use crate::report::Report;
use crate::text::{count, piece};

/// How many of each kind are listed at the end.
const LISTED: usize = 20;

/// The failures of a run, and the fields of leads that do not fit the contract.
#[derive(Debug, Default)]
pub struct Failures {
    failed: Listed,
    drifted: Listed,
    worst: Exit,
    file: Option<(String, File)>,
}

impl Failures {
    /// None so far. The file is opened, and not changed before [`begin`](Self::begin). One that holds
    /// something is made anew by a run that goes on, as by one that begins anew: it tells of the last.
    pub fn none(file: Option<&Path>, existing: Existing) -> Result<Self, Failure> {
        let file = file.map(|path| {
            let name = piece(&path.display().to_string());
            let mut options = OpenOptions::new();
            let opened = options.write(true).create(true).truncate(false).open(path);
            let file = opened.map_err(|error| unusable(&name, &error))?;
            match existing {
                Existing::Refuse if holds_something(&file) => Err(not_empty(&name)),
                _ => Ok((name, file)),
            }
        });
        Ok(Self {
            failed: Listed::default(),
            drifted: Listed::default(),
            worst: Exit::Good,
            file: file.transpose()?,
        })
    }

    /// Makes the file anew: it tells of one run.
    pub fn begin(&self) -> Result<(), Failure> {
        let Some((name, file)) = &self.file else {
            return Ok(());
        };
        let emptied = if holds_something(file) {
            file.set_len(0)
        } else {
            Ok(())
        };
        emptied.map_err(|error| unusable(name, &error))
    }

    pub fn add(&mut self, failure: Failure) -> Result<(), Failure> {
        self.worst = self.worst.max(failure.exit());
        if let Some((name, file)) = &mut self.file {
            let line = serde_json::to_string(&failure).map(|line| line + "\n");
            let written = line
                .map_err(Into::into)
                .and_then(|line| file.write_all(line.as_bytes()));
            written
                .map_err(|error| Failure::local(format!("{name} could not be written: {error}")))?;
        }
        match failure.kind() {
            Kind::Drift => self.drifted.add(failure),
            _ => self.failed.add(failure),
        }
        Ok(())
    }

    /// How many leads were not found, or failed otherwise.
    pub fn count(&self) -> u64 {
        self.failed.count
    }

    /// The exit code that they ask for.
    pub fn worst(&self) -> Exit {
        self.worst
    }

    /// Lists the first of them, and says where the others are.
    pub fn report(&self, report: &Report) {
        let place = match &self.file {
            Some((name, _)) => format!("all are in {name}"),
            None => "--errors FILE keeps all of them".to_owned(),
        };
        let more = |listed: &Listed, thing| {
            let more = listed.count - listed.first.len() as u64;
            if more > 0 {
                report.note(&format!("and {} more; {place}", count(more, thing)));
            }
        };
        for warning in &self.drifted.first {
            report.warning(&warning.to_string());
        }
        more(&self.drifted, "such field");
        for failure in &self.failed.first {
            report.failure(failure);
        }
        more(&self.failed, "failure");
    }
}

/// The first of several, and how many there are.
#[derive(Debug, Default)]
struct Listed {
    first: Vec<Failure>,
    count: u64,
}

impl Listed {
    fn add(&mut self, failure: Failure) {
        self.count += 1;
        if self.first.len() < LISTED {
            self.first.push(failure);
        }
    }
}

/// A device or a pipe holds nothing.
fn holds_something(file: &File) -> bool {
    let metadata = file.metadata();
    metadata.is_ok_and(|metadata| metadata.is_file() && metadata.len() > 0)
}

fn not_empty(name: &str) -> Failure {
    Failure::usage(format!("--errors {name}: the file is not empty"))
        .or_try("--overwrite replaces what is in it; or name another file")
}

fn unusable(name: &str, error: &std::io::Error) -> Failure {
    Failure::usage(format!("--errors {name}: {error}"))
}
