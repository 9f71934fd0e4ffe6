//! The run: ids in, requests side by side, answers out in the order of the ids.

#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, VecDeque};
use std::ops::ControlFlow;
use std::time::Duration;

use aura_client::uuid::Uuid;
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::ask::{Answer, Asked, Lead};
use super::pacer::{LONGEST_WAIT, Pacer, Turn};
use super::seen::Seen;
use crate::failure::{Failure, Kind};
use crate::ids::{Entry, Ids};
use crate::interrupt::Interrupt;

/// How often a lead is asked for if the failure may pass …
const TRIES: u32 = 3;
/// … and if the rate limit is what failed it: others use the key too.
const TRIES_IF_LIMITED: u32 = 6;
/// So many retries without a success among them, and there are no more until there is one: a
/// service that is down is not helped by thrice as many requests.
const RETRIES_IN_A_ROW: u32 = 100;
/// So many leads without any answer, one after the other, and the run ends: there is no service.
const SILENT_IN_A_ROW: u32 = 25;
/// The first wait before a lead is asked for again; it doubles with each.
const FIRST_WAIT: Duration = Duration::from_millis(250);

/// What is told of a run while it goes on. Leads and failures come in the order of the input.
#[derive(Debug)]
pub enum Event {
    Lead(Lead),
    Failed(Failure),
    /// Some ids of the input need not be asked for.
    Skipped,
    /// Nothing is asked for as long as this (the rate limit, or a pause before another try), or at
    /// last something is again.
    Waiting(Option<Duration>),
    /// It was interrupted, and waits for what is in flight.
    Ending,
}

/// How a run ended.
#[derive(Debug)]
pub enum Ended {
    /// Every id has been asked for.
    Whole,
    /// By Ctrl-C.
    Interrupted,
    /// Because all others would have failed the same way.
    Stopped(&'static str),
    /// The rest of the input can't be read.
    Unreadable(Failure),
    /// Nobody reads the output any more.
    NobodyReads,
}

/// A lead that has not been told of yet.
struct Slot {
    id: Option<Uuid>,
    line: Option<u64>,
    tries: u32,
    /// How many of the tries the rate limit refused.
    refused: u32,
    done: Option<Event>,
}

/// The state of a run.
pub struct Run<A> {
    ask: A,
    ids: Ids,
    seen: Seen,
    pacer: Pacer,
    calls: JoinSet<(u64, Asked)>,
    /// What has been read and not been told of, in the order of the input.
    slots: VecDeque<Slot>,
    /// The number of the first of them.
    first: u64,
    /// Which of them are still to be asked for the first time.
    fresh: VecDeque<u64>,
    /// When which of them are asked for again.
    again: BTreeSet<(Instant, u64)>,
    /// How many of them there may be.
    room: usize,
    read_all: bool,
    ended: Option<Ended>,
    retries: u32,
    silent: u32,
    waiting: bool,
}

impl<A, F> Run<A>
where
    A: Fn(Uuid) -> F,
    F: Future<Output = Asked> + Send + 'static,
{
    /// Asks with `ask` for all ids that have not been seen.
    pub fn new(ids: Ids, seen: Seen, concurrency: usize, ask: A) -> Self {
        Self {
            ask,
            ids,
            seen,
            pacer: Pacer::new(concurrency),
            calls: JoinSet::new(),
            slots: VecDeque::new(),
            first: 0,
            fresh: VecDeque::new(),
            again: BTreeSet::new(),
            // Enough that one slow answer doesn't hold up the others.
            room: concurrency.saturating_mul(8).clamp(64, 4096),
            read_all: false,
            ended: None,
            retries: 0,
            silent: 0,
            waiting: false,
        }
    }

    /// Runs to the end, or until it is interrupted; then what is in flight is waited for.
    pub async fn run(
        mut self,
        mut interrupt: Interrupt,
        mut tell: impl FnMut(Event) -> Result<ControlFlow<()>, Failure>,
    ) -> Result<Ended, Failure> {
        loop {
            if self.tell_in_order(&mut tell)?.is_break() {
                return Ok(Ended::NobodyReads);
            }
            let next = self.start(Instant::now());
            self.tell_waiting(next, &mut tell)?;
            if self.is_over() {
                break;
            }
            let going_on = self.ended.is_none();
            let may_read = going_on && !self.read_all && self.slots.len() < self.room;
            tokio::select! {
                Some(joined) = self.calls.join_next() => {
                    let (number, asked) = joined.map_err(|error| {
                        Failure::local(format!("a request ended oddly: {error}"))
                    })?;
                    self.answered(number, asked);
                }
                entry = self.ids.next(), if may_read => match entry {
                    None => self.read_all = true,
                    Some(Ok(entry)) => {
                        if !self.add(entry) && tell(Event::Skipped)?.is_break() {
                            return Ok(Ended::NobodyReads);
                        }
                    }
                    Some(Err(failure)) => self.ended = Some(Ended::Unreadable(failure)),
                },
                () = tokio::time::sleep_until(next.unwrap_or_else(Instant::now)),
                    if next.is_some() && going_on => {}
                () = interrupt.came(), if going_on => {
                    self.ended = Some(Ended::Interrupted);
                    // A closed pipe is found with the next lead.
                    let _: ControlFlow<()> = tell(Event::Ending)?;
                }
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
        Ok(self.ended.unwrap_or(Ended::Whole))
    }

    fn is_over(&self) -> bool {
        match &self.ended {
            // The others would fail the same way, so nobody waits for them.
            Some(Ended::Stopped(_)) => true,
            Some(_) => self.calls.is_empty(),
            None => self.read_all && self.slots.is_empty(),
        }
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

    fn tell_waiting(
        &mut self,
        next: Option<Instant>,
        tell: &mut impl FnMut(Event) -> Result<ControlFlow<()>, Failure>,
    ) -> Result<(), Failure> {
        let waits = self.calls.is_empty() && self.ended.is_none();
        let wait = next.filter(|_| waits && self.has_more());
        if self.waiting != wait.is_some() {
            self.waiting = wait.is_some();
            let left = wait.map(|until| until.saturating_duration_since(Instant::now()));
            // A closed pipe is found with the next lead.
            let _: ControlFlow<()> = tell(Event::Waiting(left))?;
        }
        Ok(())
    }

    fn has_more(&self) -> bool {
        !self.fresh.is_empty() || !self.again.is_empty()
    }

    /// Takes an id into the run; false if it has been seen before.
    fn add(&mut self, entry: Entry) -> bool {
        let number = self.first + self.slots.len() as u64;
        let mut slot = Slot {
            id: None,
            line: entry.line,
            tries: 0,
            refused: 0,
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

    /// Starts what may start now, and says when to look again if no answer comes before.
    fn start(&mut self, now: Instant) -> Option<Instant> {
        if self.ended.is_some() {
            return None;
        }
        while self.has_more() {
            match self.pacer.turn(now) {
                Turn::Go => {}
                Turn::AfterAnother => return None,
                Turn::At(time) => return Some(time),
            }
            let due = self.again.first().copied().filter(|(time, _)| *time <= now);
            let number = match due {
                Some(first) => {
                    self.again.remove(&first);
                    first.1
                }
                None => match self.fresh.pop_front() {
                    Some(number) => number,
                    None => break,
                },
            };
            self.call(number);
        }
        self.again.first().map(|(time, _)| *time)
    }

    fn call(&mut self, number: u64) {
        let Some(slot) = slot(&mut self.slots, self.first, number) else {
            return;
        };
        let Some(id) = slot.id else { return };
        slot.tries += 1;
        self.pacer.started();
        let asked = (self.ask)(id);
        self.calls.spawn(async move { (number, asked.await) });
    }

    fn answered(&mut self, number: u64, asked: Asked) {
        self.pacer.ended(asked.answered, asked.reading);
        if asked.answered {
            self.silent = 0;
        }
        let event = match asked.answer {
            Answer::Lead(lead) => {
                self.retries = 0;
                Event::Lead(lead)
            }
            Answer::Failed(failure) => {
                self.retries = 0;
                self.failed(failure)
            }
            Answer::MayPass(failure, wait) => {
                let until = wait.map(|wait| Instant::now() + wait.min(LONGEST_WAIT));
                match until {
                    Some(until) if failure.kind() == Kind::RateLimited => self.pacer.refused(until),
                    Some(until) => self.pacer.pause(until),
                    None => {}
                }
                if self.asks_again(number, failure.kind(), wait) {
                    return;
                }
                self.silent += u32::from(!asked.answered);
                if wait.is_some_and(|wait| wait > LONGEST_WAIT) {
                    self.stop("the service asks to be left alone for long");
                }
                if self.silent >= SILENT_IN_A_ROW {
                    self.stop("many leads in a row had no answer at all");
                }
                self.failed(failure)
            }
        };
        if let Some(slot) = slot(&mut self.slots, self.first, number) {
            slot.done = Some(match event {
                Event::Failed(failure) => Event::Failed(failure.at_line(slot.line)),
                event => event,
            });
        }
    }

    fn failed(&mut self, failure: Failure) -> Event {
        if failure.is_of_key() {
            self.stop("no lead can be had with this key");
        }
        Event::Failed(failure)
    }

    /// Plans another try, if there may be one.
    fn asks_again(&mut self, number: u64, kind: Kind, wait: Option<Duration>) -> bool {
        let Some(slot) = slot(&mut self.slots, self.first, number) else {
            return false;
        };
        // A refusal says nothing of the lead, so neither counts for the other.
        let has_tries = match kind {
            Kind::RateLimited => {
                slot.refused += 1;
                slot.refused < TRIES_IF_LIMITED
            }
            _ => slot.tries - slot.refused < TRIES,
        };
        let wait = wait.unwrap_or_else(|| backoff(slot.tries));
        let may = has_tries
            && wait <= LONGEST_WAIT
            && self.retries < RETRIES_IN_A_ROW
            && self.ended.is_none();
        if may {
            self.retries += 1;
            self.again.insert((Instant::now() + wait, number));
        }
        may
    }

    fn stop(&mut self, why: &'static str) {
        self.ended.get_or_insert(Ended::Stopped(why));
    }
}

fn slot(slots: &mut VecDeque<Slot>, first: u64, number: u64) -> Option<&mut Slot> {
    let at = usize::try_from(number.checked_sub(first)?).ok()?;
    slots.get_mut(at)
}

/// A random time up to the longest wait after this many tries.
fn backoff(tries: u32) -> Duration {
    let longest = FIRST_WAIT.saturating_mul(1 << tries.saturating_sub(1).min(5));
    longest.mul_f64(fastrand::f64())
}
