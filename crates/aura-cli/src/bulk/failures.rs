//! What failed in a run: counted, the first of it kept, and all of it in a file if one is named.

use std::ops::ControlFlow;

use crate::exit::Exit;
use crate::failure::{Failure, Kind};
use crate::output::Output;
use crate::report::Report;
use crate::text::count;

/// How many of each kind are listed at the end.
const LISTED: usize = 20;

/// The failures of a run, and the fields of leads that do not fit the contract.
#[derive(Debug, Default)]
pub struct Failures {
    failed: Listed,
    drifted: Listed,
    worst: Exit,
    output: Option<Output>,
    /// How many of them have been written.
    written: u64,
}

impl Failures {
    /// None so far; all that come are written, if there is a place for them.
    pub fn none(output: Option<Output>) -> Self {
        Self {
            output,
            ..Self::default()
        }
    }

    pub fn add(&mut self, failure: Failure) -> Result<(), Failure> {
        self.worst = self.worst.max(failure.exit());
        let line = serde_json::to_string(&failure).map(|line| line + "\n");
        match failure.kind() {
            Kind::Drift => self.drifted.add(failure),
            _ => self.failed.add(failure),
        }
        if let Some(output) = &mut self.output {
            let line = line.map_err(|error| {
                Failure::local(format!("{} could not be written: {error}", output.name()))
            })?;
            if let ControlFlow::Continue(()) = output.write(line.as_bytes())? {
                self.written += 1;
            }
        }
        Ok(())
    }

    /// Makes sure that what was written is on the disk.
    pub fn finish(&self) -> Result<(), Failure> {
        self.output.as_ref().map_or(Ok(()), Output::finish)
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
        let all = self.drifted.count + self.failed.count;
        let place = match &self.output {
            Some(output) if self.written == all => format!("all are in {}", output.name()),
            Some(output) => format!("the first {} are in {}", self.written, output.name()),
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
