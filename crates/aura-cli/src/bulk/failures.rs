//! What failed in a run: counted, the first of it kept, and all of it in a file if one is named.

use std::fs::File;
use std::io::Write;
use std::path::Path;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::report::Report;
use crate::text::{count, piece};

/// How many are listed at the end.
const LISTED: usize = 20;

/// The failures of a run.
#[derive(Debug)]
pub struct Failures {
    first: Vec<Failure>,
    count: u64,
    worst: Exit,
    file: Option<(String, File)>,
}

impl Failures {
    /// None so far. The file is made anew: it tells of one run.
    pub fn none(file: Option<&Path>) -> Result<Self, Failure> {
        let file = file.map(|path| {
            let name = piece(&path.display().to_string());
            match File::create(path) {
                Ok(file) => Ok((name, file)),
                Err(error) => Err(Failure::usage(format!("--errors {name}: {error}"))),
            }
        });
        Ok(Self {
            first: Vec::new(),
            count: 0,
            worst: Exit::Good,
            file: file.transpose()?,
        })
    }

    pub fn add(&mut self, failure: Failure) -> Result<(), Failure> {
        self.count += 1;
        self.worst = self.worst.max(failure.exit());
        if let Some((name, file)) = &mut self.file {
            let line = serde_json::to_string(&failure).map(|line| line + "\n");
            let written = line
                .map_err(Into::into)
                .and_then(|line| file.write_all(line.as_bytes()));
            written
                .map_err(|error| Failure::local(format!("{name} could not be written: {error}")))?;
        }
        if self.first.len() < LISTED {
            self.first.push(failure);
        }
        Ok(())
    }

    pub fn count(&self) -> u64 {
        self.count
    }

    /// The exit code that they ask for.
    pub fn worst(&self) -> Exit {
        self.worst
    }

    /// Lists the first of them, and says where the others are.
    pub fn report(&self, report: &Report) {
        for failure in &self.first {
            report.failure(failure);
        }
        let more = self.count - self.first.len() as u64;
        if more == 0 {
            return;
        }
        let place = match &self.file {
            Some((name, _)) => format!("all are in {name}"),
            None => "--errors FILE keeps all of them".to_owned(),
        };
        report.note(&format!("and {} more; {place}", count(more, "failure")));
    }
}
