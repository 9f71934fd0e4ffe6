//! Many leads.

use std::ops::ControlFlow;
use std::time::Duration;

use aura_client::Client;

use crate::bulk::{Ended, Event, Failures, LONGEST_WAIT, Progress, Run, Spacing, ask};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::ids::Ids;
use crate::interrupt::Interrupt;
use crate::lead::Lead;
use crate::output::{Files, Output};
use crate::render::Renderer;
use crate::report::Report;
use crate::terminal;
use crate::text::{count, thousands};

/// What is to be done.
pub struct Plan {
    pub ids: Ids,
    pub files: Files,
    pub concurrency: usize,
    /// How far apart calls start at least.
    pub gap: Option<Duration>,
    /// How a run that was ended goes on.
    pub go_on: &'static str,
    /// Whether people look on.
    pub progress: bool,
}

/// Asks for all leads and writes them as they come, in the order of the ids.
pub async fn get(
    client: &Client,
    plan: Plan,
    renderer: Renderer,
    report: &Report,
) -> Result<Exit, Failure> {
    let interrupt = Interrupt::listen();
    let opened = plan.files.open(&renderer.records())?;
    let progress = Progress::new(plan.ids.total, plan.progress);
    let to_file = plan.files.out.is_some();
    let mut delivery = Delivery {
        renderer,
        output: opened.output,
        begun: opened.found.end > 0,
        failures: Failures::none(opened.errors),
        progress,
        is_in_its_way: !to_file && terminal::is_stdout(),
        leads: 0,
        written: 0,
        is_lost: false,
        asked_for_any: false,
        go_on: plan.go_on,
    };
    let client = client.with_rate_limit_wait(LONGEST_WAIT);
    let spacing = Spacing::new(plan.gap);
    let run = Run::new(plan.ids, opened.found.seen, plan.concurrency, move |id| {
        let (client, spacing) = (client.clone(), spacing.clone());
        async move {
            spacing.turn().await;
            ask(client, id).await
        }
    });
    let ended = run.run(interrupt, |event| delivery.take(event)).await;
    delivery.progress.end();
    let ended = delivery.end(ended.unwrap_or_else(Ended::Broken));
    delivery.report(ended, to_file, report)
}

/// Where leads and failures go.
struct Delivery {
    renderer: Renderer,
    output: Output,
    /// What stands before the first lead has been written.
    begun: bool,
    failures: Failures,
    progress: Progress,
    /// Leads are written where the progress is shown.
    is_in_its_way: bool,
    leads: u64,
    /// How many of them have been written.
    written: u64,
    /// The last ones could not be written.
    is_lost: bool,
    /// There was an id.
    asked_for_any: bool,
    go_on: &'static str,
}

impl Delivery {
    fn take(&mut self, event: Event) -> Result<ControlFlow<()>, Failure> {
        match event {
            Event::Waiting(wait) => {
                self.progress.waiting(wait);
                return Ok(ControlFlow::Continue(()));
            }
            Event::Skipped => {
                self.asked_for_any = true;
                self.progress.skip();
                return Ok(ControlFlow::Continue(()));
            }
            Event::Failed(failure) => self.failures.add(failure)?,
            Event::Lead(lead, line) => {
                if self.lead(&lead, line)?.is_break() {
                    return Ok(ControlFlow::Break(()));
                }
            }
        }
        self.asked_for_any = true;
        self.progress.step();
        Ok(ControlFlow::Continue(()))
    }

    fn lead(&mut self, lead: &Lead, line: Option<u64>) -> Result<ControlFlow<()>, Failure> {
        let text = self.renderer.lead(lead);
        self.leads += 1;
        let drift = lead
            .warnings(line)
            .try_for_each(|drift| self.failures.add(drift));
        // With no room for its drift, the lead is there all the same.
        let flow = self.write(text)?;
        drift.map(|()| flow)
    }

    /// Writes whole lines, and before the first of them what stands there.
    fn write(&mut self, text: Vec<u8>) -> Result<ControlFlow<()>, Failure> {
        let text = match self.begun {
            true => text,
            false => [self.renderer.begin(), text].concat(),
        };
        self.begun = true;
        let flow = match self.is_in_its_way {
            _ if text.is_empty() => Ok(ControlFlow::Continue(())),
            true => self.progress.aside(|| self.output.write(&text)),
            false => self.output.write(&text),
        };
        self.is_lost = flow.is_err();
        if !self.is_lost {
            self.written = self.leads - self.renderer.waiting();
        }
        flow
    }

    /// Writes what stands after the last lead, if anybody reads it. The first failure counts.
    fn end(&mut self, ended: Ended) -> Ended {
        let closed = match ended {
            Ended::NobodyReads => return ended,
            _ if self.is_lost && self.renderer.is_array() => {
                self.output.close_array(self.written > 0)
            }
            _ if self.is_lost => return ended,
            _ => self.close(),
        };
        match (ended, closed) {
            (Ended::Broken(failure), _) | (_, Err(failure)) => Ended::Broken(failure),
            (_, Ok(ControlFlow::Break(()))) => Ended::NobodyReads,
            (ended, _) => ended,
        }
    }

    fn close(&mut self) -> Result<ControlFlow<()>, Failure> {
        let text = self.renderer.end();
        let flow = self.write(text)?;
        self.output.finish()?;
        self.failures.finish()?;
        Ok(flow)
    }
    /// Says how it went.
    fn report(self, ended: Ended, to_file: bool, report: &Report) -> Result<Exit, Failure> {
        self.failures.report(report);
        if !matches!(ended, Ended::NobodyReads) {
            for warning in self.renderer.unknown_fields() {
                report.warning(&warning);
            }
        }
        if matches!(ended, Ended::Whole) && !self.asked_for_any {
            report.warning("there were no ids to ask for");
        }
        let failed = self.failures.count();
        let sum = match failed {
            0 => count(self.written, "lead"),
            _ => format!(
                "{}, {} failed",
                count(self.written, "lead"),
                thousands(failed)
            ),
        };
        match ended {
            Ended::NobodyReads => return Ok(Exit::Good),
            Ended::Whole if failed > 0 || to_file => report.note(&sum),
            Ended::Whole => {}
            Ended::Interrupted(exit) => {
                report.note(&format!("interrupted: {sum}; {}", self.go_on));
                return Ok(exit);
            }
            Ended::Stopped(why) => {
                report.note(&format!("stopped, since {why}: {sum}; {}", self.go_on));
            }
            Ended::Broken(failure) => {
                if to_file || self.written + failed > 0 {
                    report.note(&sum);
                }
                return Err(failure);
            }
        }
        Ok(self.failures.worst())
    }
}
