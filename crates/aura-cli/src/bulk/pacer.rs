//! When the next request may start, as the rate limit's headers and the caller's own limit say.

use std::time::{Duration, SystemTime};

use aura_client::chrono::{DateTime, Utc};
use tokio::time::Instant;

/// A wait longer than this is not believed: the API counts by the minute.
pub const LONGEST_WAIT: Duration = Duration::from_secs(15 * 60);
/// The headers count whole seconds, so a window may end this much later than they say.
const ROUNDING: Duration = Duration::from_secs(1);

/// What an answer says of the rate limit, measured on this machine's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    remaining: u64,
    /// Tells one window from the next.
    reset: DateTime<Utc>,
    ends: Instant,
}

impl Reading {
    /// Measures the reset against the answer's own date, so that a wrong clock does no harm.
    pub fn new(
        remaining: u64,
        reset: DateTime<Utc>,
        date: Option<DateTime<Utc>>,
        now: Instant,
    ) -> Option<Self> {
        let answered = date.unwrap_or_else(|| SystemTime::now().into());
        let left = reset.signed_duration_since(answered);
        let left = left.to_std().unwrap_or_default().saturating_add(ROUNDING);
        (left <= LONGEST_WAIT).then(|| Self {
            remaining,
            reset,
            ends: now + left,
        })
    }
}

/// Whether a request may start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    Go,
    /// Not before one of those in flight has ended.
    AfterAnother,
    /// Not before this time, unless an answer says otherwise.
    At(Instant),
}

#[derive(Clone, Debug)]
enum Known {
    /// Nothing: one request finds out.
    Nothing,
    /// The service counts no requests, or doesn't say.
    NoLimit,
    /// Windows that have not ended, one after another by their end, each with the least that an
    /// answer said. (A key's and its organization's are told in turn, and an answer may come late.)
    Windows(Vec<Reading>),
}

/// The most windows that are kept in mind.
const WINDOWS: usize = 4;

/// Keeps requests below the limits.
///
/// Of the requests that are in flight none may be counted yet, so as many are taken off what
/// remains. What remains is the least that an answer said: whatever was counted after that answer
/// is in flight still. So no request starts that the service would refuse, unless others use the
/// same key.
#[derive(Debug)]
pub struct Pacer {
    concurrency: usize,
    in_flight: usize,
    known: Known,
    paused: Option<Instant>,
}

impl Pacer {
    /// At most `concurrency` requests at a time.
    pub fn new(concurrency: usize) -> Self {
        Self {
            concurrency,
            in_flight: 0,
            known: Known::Nothing,
            paused: None,
        }
    }

    /// Whether a request may start now.
    pub fn turn(&mut self, now: Instant) -> Turn {
        if let Some(until) = self.paused.filter(|until| *until > now) {
            return Turn::At(until);
        }
        if self.in_flight >= self.concurrency {
            return Turn::AfterAnother;
        }
        if let Known::Windows(windows) = &mut self.known {
            windows.retain(|window| window.ends > now);
            let taken = self.in_flight as u64;
            let full = windows.iter().filter(|window| window.remaining <= taken);
            if let Some(until) = full.map(|window| window.ends).max() {
                return Turn::At(until);
            }
            if windows.is_empty() {
                self.known = Known::Nothing;
            }
        }
        match self.known {
            Known::Nothing if self.in_flight > 0 => Turn::AfterAnother,
            _ => Turn::Go,
        }
    }

    pub fn started(&mut self) {
        self.in_flight += 1;
    }

    /// A request has ended: with an answer, which may tell of the limit, or without one.
    pub fn ended(&mut self, answered: bool, reading: Option<Reading>) {
        self.in_flight = self.in_flight.saturating_sub(1);
        match (reading, &mut self.known) {
            (Some(new), Known::Windows(windows)) => note(windows, new),
            (Some(new), known) => *known = Known::Windows(vec![new]),
            // It may have been counted, and nobody says.
            (None, Known::Windows(windows)) => {
                for window in windows {
                    window.remaining = window.remaining.saturating_sub(1);
                }
            }
            (None, known @ Known::Nothing) if answered => *known = Known::NoLimit,
            (None, _) => {}
        }
    }

    /// A request was refused, since others use the key too: until then none starts, and then one
    /// finds out where things stand. The service knows better than what was counted here.
    pub fn refused(&mut self, until: Instant) {
        self.pause(until);
        self.known = Known::Nothing;
    }

    /// The service asks to be left alone until then.
    pub fn pause(&mut self, until: Instant) {
        self.paused = self.paused.max(Some(until));
    }
}

/// Keeps in mind what an answer said.
fn note(windows: &mut Vec<Reading>, new: Reading) {
    match windows.binary_search_by_key(&new.reset, |window| window.reset) {
        Ok(at) => windows[at].remaining = windows[at].remaining.min(new.remaining),
        Err(at) => windows.insert(at, new),
    }
    if windows.len() > WINDOWS {
        windows.remove(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(remaining: u64, reset: i64, ends: Instant) -> Option<Reading> {
        Some(Reading {
            remaining,
            reset: DateTime::from_timestamp(reset, 0).expect("a time"),
            ends,
        })
    }

    /// Starts as many requests as may start: how many, and what the next one waits for.
    fn start_all(pacer: &mut Pacer, now: Instant) -> (usize, Turn) {
        let mut started = 0;
        loop {
            match pacer.turn(now) {
                Turn::Go => pacer.started(),
                turn => return (started, turn),
            }
            started += 1;
        }
    }

    #[test]
    fn one_request_finds_out_what_the_limit_is() {
        let now = Instant::now();
        let mut pacer = Pacer::new(8);

        assert_eq!(start_all(&mut pacer, now), (1, Turn::AfterAnother));
        pacer.ended(false, None);
        assert_eq!(
            start_all(&mut pacer, now),
            (1, Turn::AfterAnother),
            "no answer came"
        );
        pacer.ended(true, None);
        assert_eq!(
            start_all(&mut pacer, now),
            (8, Turn::AfterAnother),
            "no limit was told"
        );
    }

    #[test]
    fn no_more_start_than_the_window_has_left() {
        let now = Instant::now();
        let ends = now + Duration::from_secs(30);
        let mut pacer = Pacer::new(8);
        pacer.started();
        pacer.ended(true, window(3, 100, ends));

        assert_eq!(start_all(&mut pacer, now), (3, Turn::At(ends)));
        // Answers overtake each other.
        pacer.ended(true, window(1, 100, ends));
        pacer.ended(true, window(2, 100, ends));
        assert_eq!(
            pacer.turn(now),
            Turn::At(ends),
            "the third may take the last"
        );
        pacer.ended(true, window(0, 100, ends));
        assert_eq!(pacer.turn(now), Turn::At(ends));

        assert_eq!(
            start_all(&mut pacer, ends),
            (1, Turn::AfterAnother),
            "a new window"
        );
        pacer.ended(true, window(2, 160, ends + Duration::from_secs(60)));
        assert_eq!(start_all(&mut pacer, ends).0, 2);
    }

    #[test]
    fn what_ends_without_an_answer_may_have_been_counted() {
        let now = Instant::now();
        let ends = now + Duration::from_secs(30);
        let mut pacer = Pacer::new(8);
        pacer.started();
        pacer.ended(true, window(2, 100, ends));

        pacer.started();
        pacer.ended(false, None);
        assert_eq!(start_all(&mut pacer, now), (1, Turn::At(ends)));
    }

    #[test]
    fn a_straggler_of_the_last_window_holds_nothing_up_once_that_is_over() {
        let now = Instant::now();
        let (over, ends) = (now + ROUNDING, now + Duration::from_secs(30));
        let mut pacer = Pacer::new(8);
        pacer.started();
        pacer.ended(true, window(5, 100, over));
        pacer.started();
        pacer.started();
        pacer.ended(true, window(4, 160, ends));
        pacer.ended(true, window(0, 100, over));

        assert_eq!(start_all(&mut pacer, now), (0, Turn::At(over)));
        assert_eq!(start_all(&mut pacer, over), (4, Turn::At(ends)));
    }

    #[test]
    fn the_tighter_of_two_windows_holds() {
        let now = Instant::now();
        let (organization, key) = (now + Duration::from_secs(20), now + Duration::from_secs(30));
        let mut pacer = Pacer::new(8);
        pacer.started();
        pacer.started();
        pacer.ended(true, window(6, 160, key));
        pacer.ended(true, window(2, 150, organization));

        assert_eq!(start_all(&mut pacer, now), (2, Turn::At(organization)));
        assert_eq!(start_all(&mut pacer, organization), (4, Turn::At(key)));
    }

    #[test]
    fn after_a_refusal_one_request_finds_out() {
        let now = Instant::now();
        let (soon, ends) = (now + Duration::from_secs(1), now + Duration::from_secs(30));
        let mut pacer = Pacer::new(8);
        pacer.started();
        pacer.ended(true, window(0, 100, ends));
        pacer.refused(soon);

        assert_eq!(pacer.turn(now), Turn::At(soon));
        assert_eq!(start_all(&mut pacer, soon), (1, Turn::AfterAnother));
    }

    #[test]
    fn a_pause_holds_all_and_the_longest_counts() {
        let now = Instant::now();
        let later = now + Duration::from_secs(20);
        let mut pacer = Pacer::new(8);
        pacer.pause(later);
        pacer.pause(now + Duration::from_secs(10));

        assert_eq!(pacer.turn(now), Turn::At(later));
        assert_eq!(pacer.turn(later), Turn::Go);
    }

    #[test]
    fn a_reset_is_measured_against_the_answers_date_and_must_be_believable() {
        let now = Instant::now();
        let time = |seconds| DateTime::from_timestamp(seconds, 0).expect("a time");
        let ends = |reset, date| Some(Reading::new(1, time(reset), Some(time(date)), now)?.ends);

        assert_eq!(
            ends(160, 100),
            Some(now + Duration::from_secs(60) + ROUNDING)
        );
        assert_eq!(ends(100, 160), Some(now + ROUNDING));
        assert_eq!(ends(1_768_636_800_000, 1_768_636_800), None, "milliseconds");
    }
}
