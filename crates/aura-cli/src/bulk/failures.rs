//! What failed in a run: counted, the first of it kept, and all of it in a file if one is named.

use std::ops::ControlFlow;

use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::Output;
use crate::report::Report;
use crate::text::count;

/// How many are listed at the end.
const LISTED: usize = 20;

/// The failures of a run.
#[derive(Debug)]
pub struct Failures {
    first: Vec<Failure>,
    count: u64,
    worst: Exit,
    output: Option<Output>,
    /// How many of them have been written.
    written: u64,
}

impl Failures {
    /// None so far; all that come are written, if there is a place for them.
    pub fn none(output: Option<Output>) -> Self {
        Self {
            first: Vec::new(),
            count: 0,
            worst: Exit::Good,
            output,
            written: 0,
        }
    }

    pub fn add(&mut self, failure: Failure) -> Result<(), Failure> {
        self.count += 1;
        self.worst = self.worst.max(failure.exit());
        let line = serde_json::to_string(&failure).map(|line| line + "\n");
        if self.first.len() < LISTED {
            self.first.push(failure);
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
        let place = match &self.output {
            Some(output) if self.written == self.count => format!("all are in {}", output.name()),
            Some(output) => format!("the first {} are in {}", self.written, output.name()),
            None => "--errors FILE keeps all of them".to_owned(),
        };
        report.note(&format!("and {} more; {place}", count(more, "failure")));
    }
}
