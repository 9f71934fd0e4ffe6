//! The run: ids in, requests side by side, answers out in the order of the ids.

#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::ops::ControlFlow;
use std::time::Duration;

use aura_client::uuid::Uuid;
use tokio::task::JoinSet;

use super::ask::{Answer, Asked};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::ids::{Entry, Ids, SeenIds};
use crate::interrupt::Interrupt;
use crate::lead::Lead;

/// How long a call may wait for its turn, and how long the service may ask to be left alone.
pub const LONGEST_WAIT: Duration = Duration::from_secs(15 * 60);
/// So many leads without any answer, one after the other, and the run ends: there is no service.
const SILENT_IN_A_ROW: u32 = 25;

/// What is told of a run while it goes on. Leads and failures come in the order of the input.
#[derive(Debug)]
pub enum Event {
    /// A lead, and the line of the input where its ID stands.
    Lead(Lead, Option<u64>),
    Failed(Failure),
    /// Some ids of the input need not be asked for.
    Skipped,
    /// Nothing is asked for as long as this, since the rate limit is reached; or at last something
    /// is again.
    Waiting(Option<Duration>),
}

/// How a run ended.
#[derive(Debug)]
pub enum Ended {
    /// Every id has been asked for.
    Whole,
    /// By a signal, which asks for this exit code.
    Interrupted(Exit),
    /// Because all others would have failed the same way.
    Stopped(&'static str),
    /// The rest of the input can't be read, or that of the output written.
    Broken(Failure),
    /// Nobody reads the output any more.
    NobodyReads,
}

/// A lead that has not been told of yet.
struct Slot {
    id: Option<Uuid>,
    line: Option<u64>,
    done: Option<Event>,
}

/// The state of a run.
pub struct Run<A> {
    ask: A,
    ids: Ids,
    seen: SeenIds,
    concurrency: usize,
    calls: JoinSet<(u64, Asked)>,
    /// What has been read and not been told of, in the order of the input.
    slots: VecDeque<Slot>,
    /// The number of the first of them.
    first: u64,
    /// Which of them are still to be asked for.
    fresh: VecDeque<u64>,
    /// How many of them there may be.
    room: usize,
    read_all: bool,
    /// Why no more can be read.
    broken: Option<Failure>,
    ended: Option<Ended>,
    silent: u32,
    /// An answer has come, whatever it said.
    answered: bool,
    waiting: bool,
}

impl<A, F> Run<A>
where
    A: Fn(Uuid) -> F,
    F: Future<Output = Asked> + Send + 'static,
{
    /// Asks with `ask` for all ids that have not been seen.
    pub fn new(ids: Ids, seen: SeenIds, concurrency: usize, ask: A) -> Self {
        Self {
            ask,
            ids,
            seen,
            concurrency,
            calls: JoinSet::new(),
            slots: VecDeque::new(),
            first: 0,
            fresh: VecDeque::new(),
            // Enough that one slow answer doesn't hold up the others.
            room: concurrency.saturating_mul(8).clamp(64, 4096),
            read_all: false,
            broken: None,
            ended: None,
            silent: 0,
            answered: false,
            waiting: false,
        }
    }

    /// Runs to the end, or until it is interrupted; then calls in flight are dropped.
    pub async fn run(
        mut self,
        mut interrupt: Interrupt,
        mut tell: impl FnMut(Event) -> Result<ControlFlow<()>, Failure>,
    ) -> Result<Ended, Failure> {
        loop {
            if self.tell_in_order(&mut tell)?.is_break() {
                return Ok(Ended::NobodyReads);
            }
            self.start();
            if self.is_over() {
                break;
            }
            let may_read = !self.read_all && self.slots.len() < self.room;
            tokio::select! {
                Some(joined) = self.calls.join_next() => {
                    let (number, asked) = joined.map_err(|error| {
                        Failure::local(format!("a request ended oddly: {error}"))
                    })?;
                    self.tell_waiting(asked.window_is_full, &mut tell)?;
                    self.take(number, asked);
                }
                entry = self.ids.next(), if may_read => match entry {
                    None => self.read_all = true,
                    Some(Ok(entry)) => {
                        if !self.add(entry) && tell(Event::Skipped)?.is_break() {
                            return Ok(Ended::NobodyReads);
                        }
                    }
                    // What has been read is still wanted.
                    Some(Err(failure)) => (self.read_all, self.broken) = (true, Some(failure)),
                },
                exit = interrupt.came() => self.ended = Some(Ended::Interrupted(exit)),
            }
        }
        // What came out of order before the run ended is told too; what never came is left out.
        for slot in self.slots {
            if let Some(event) = slot.done
                && tell(event)?.is_break()
            {
                return Ok(Ended::NobodyReads);
            }
        }
        let whole = self.broken.map_or(Ended::Whole, Ended::Broken);
        Ok(self.ended.unwrap_or(whole))
    }

    fn is_over(&self) -> bool {
        self.ended.is_some() || self.read_all && self.slots.is_empty()
    }

    /// Tells of the leads at the front that are done.
    fn tell_in_order(
        &mut self,
        tell: &mut impl FnMut(Event) -> Result<ControlFlow<()>, Failure>,
    ) -> Result<ControlFlow<()>, Failure> {
        while let Some(slot) = self.slots.front_mut() {
            let Some(event) = slot.done.take() else {
                break;
            };
            self.slots.pop_front();
            self.first += 1;
            if tell(event)?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Says that the window is full, if there is more to ask for, or that it no longer is.
    fn tell_waiting(
        &mut self,
        wait: Option<Duration>,
        tell: &mut impl FnMut(Event) -> Result<ControlFlow<()>, Failure>,
    ) -> Result<(), Failure> {
        let more = !self.calls.is_empty() || !self.fresh.is_empty();
        let wait = wait.filter(|_| more);
        if self.waiting != wait.is_some() {
            self.waiting = wait.is_some();
            // A closed pipe is found with the next lead.
            let _: ControlFlow<()> = tell(Event::Waiting(wait))?;
        }
        Ok(())
    }

    /// Takes an id into the run; false if it has been seen before.
    fn add(&mut self, entry: Entry) -> bool {
        let number = self.first + self.slots.len() as u64;
        let mut slot = Slot {
            id: None,
            line: entry.line,
            done: None,
        };
        match entry.id {
            Ok(id) if !self.seen.insert(id) => return false,
            Ok(id) => {
                slot.id = Some(id);
                self.fresh.push_back(number);
            }
            Err(failure) => slot.done = Some(Event::Failed(failure)),
        }
        self.slots.push_back(slot);
        true
    }

    /// Asks for as many leads at a time as may be; before the first answer for one alone, since all
    /// others may fail the same way.
    fn start(&mut self) {
        let at_a_time = if self.answered { self.concurrency } else { 1 };
        while self.ended.is_none() && self.calls.len() < at_a_time {
            let Some(number) = self.fresh.pop_front() else {
                return;
            };
            let slot = slot(&mut self.slots, self.first, number);
            if let Some(id) = slot.and_then(|slot| slot.id) {
                let asked = (self.ask)(id);
                self.calls.spawn(async move { (number, asked.await) });
            }
        }
    }

    fn take(&mut self, number: u64, asked: Asked) {
        self.answered |= asked.answered;
        self.silent = if asked.answered { 0 } else { self.silent + 1 };
        if let Answer::Failed(failure, wait) = &asked.answer {
            if wait.is_some_and(|wait| wait > LONGEST_WAIT) {
                self.stop("the service asks to be left alone for long");
            } else if failure.is_of_rate_limit() {
                self.stop("the rate limit leaves no room, however long one waits");
            }
            if self.silent >= SILENT_IN_A_ROW {
                self.stop("many leads in a row had no answer at all");
            }
            if failure.is_of_key() {
                self.stop("no lead can be had with this key");
            }
        }
        if let Some(slot) = slot(&mut self.slots, self.first, number) {
            slot.done = Some(match asked.answer {
                Answer::Lead(lead) => Event::Lead(lead, slot.line),
                Answer::Failed(failure, _) => Event::Failed(failure.at_line(slot.line)),
            });
        }
    }

    fn stop(&mut self, why: &'static str) {
        self.ended.get_or_insert(Ended::Stopped(why));
    }
}

fn slot(slots: &mut VecDeque<Slot>, first: u64, number: u64) -> Option<&mut Slot> {
    let at = usize::try_from(number.checked_sub(first)?).ok()?;
    slots.get_mut(at)
}
