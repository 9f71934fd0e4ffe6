//! What is known of the rate limit, and whether another attempt may start.

use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::time::Instant;

use super::Outcome;
use crate::RateLimit;
use crate::deadline::Deadline;

/// A window that would end later than this is not believed.
const LONGEST_WINDOW: Duration = Duration::from_secs(24 * 60 * 60);

/// The headers count whole seconds, so a window may end this much earlier or later than they say.
const ROUNDING: Duration = Duration::from_secs(1);

/// How many of a window's last places are kept to find out whether it has ended, while calls wait …
const SCOUTS: u64 = 2;
/// … if it is so short that a second counts for more than a place, and has at least so many.
const WORTH_SCOUTING: (Duration, u64) = (Duration::from_secs(30), 10);

/// Longer than anybody waits; no clock holds the longest durations.
const FOREVER: Duration = Duration::from_secs(30 * 365 * 24 * 60 * 60);

/// How many windows are kept in mind.
const MAX_WINDOWS: usize = 4;

/// Whether an attempt may start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    Now,
    /// Not before one of those in flight has ended.
    AfterAnother,
    /// Not before this time, unless a response says otherwise.
    At(Instant),
}

/// A window that has not ended.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Window {
    /// Tells one window from the next.
    reset: DateTime<Utc>,
    /// When it has ended for sure, on this machine's clock.
    ends: Instant,
    /// Whether its last places are kept for its possible ends.
    is_scouted: bool,
    /// The least that a response said.
    remaining: u64,
}

/// Who asks for a turn.
#[derive(Clone, Copy)]
pub(super) struct Caller {
    /// How many calls wait, this one among them.
    pub(super) queued: u64,
    /// How long this one waits.
    pub(super) deadline: Deadline,
}

#[derive(Debug, Default)]
enum Known {
    /// Nothing: one attempt finds out.
    #[default]
    Nothing,
    /// The service counts no requests, or doesn't say.
    NoLimit,
    /// One after another by their end. (A key's and its organization's are told in turn, and a
    /// response may come late.)
    Windows(Vec<Window>),
}

/// The windows of the rate limit, and the attempts in flight.
///
/// Of the attempts in flight none may be counted yet, so as many are taken off what remains. What
/// remains is the least that a response said: whatever the service counted after that response is
/// still in flight. So none starts that the service would reject, unless others use the same key.
#[derive(Debug, Default)]
pub(super) struct Windows {
    in_flight: u64,
    /// An attempt is on its way that finds out.
    is_probing: bool,
    known: Known,
    paused: Option<Instant>,
}

impl Windows {
    /// Returns whether an attempt may start now.
    pub(super) fn turn(&mut self, now: Instant, caller: Caller) -> Turn {
        if let Some(until) = self.paused.filter(|until| *until > now) {
            return Turn::At(until);
        }
        if let Known::Windows(windows) = &mut self.known {
            windows.retain(|window| window.ends > now);
            let starts = windows
                .iter()
                .filter_map(|window| window.next_start(self.in_flight, now, caller));
            if let Some(until) = starts.max() {
                return Turn::At(until);
            }
            if windows.is_empty() {
                self.known = Known::Nothing;
            }
        }
        match self.known {
            Known::Nothing if self.is_probing => Turn::AfterAnother,
            _ => Turn::Now,
        }
    }

    /// Returns when the last window that is known ends, or a pause does.
    pub(super) fn next_window(&self, now: Instant) -> Option<Instant> {
        let last = match &self.known {
            Known::Windows(windows) => windows.iter().map(|window| window.ends).max(),
            Known::Nothing | Known::NoLimit => None,
        };
        last.max(self.paused).filter(|time| *time > now)
    }

    /// An attempt starts. Returns whether it is the one that finds out.
    pub(super) fn started(&mut self) -> bool {
        self.in_flight += 1;
        let is_probe = matches!(self.known, Known::Nothing) && !self.is_probing;
        self.is_probing |= is_probe;
        is_probe
    }

    pub(super) fn ended(&mut self, now: Instant, is_probe: bool, outcome: &Outcome) {
        self.in_flight = self.in_flight.saturating_sub(1);
        self.is_probing &= !is_probe;
        let window = match outcome {
            Outcome::NotSent => return,
            Outcome::Limited(limit) => Window::read(limit, now),
            Outcome::Unlimited | Outcome::Unknown => None,
        };
        match (window, &mut self.known) {
            (Some(window), Known::Windows(windows)) => note(windows, window, now),
            (Some(window), known) => *known = Known::Windows(vec![window]),
            // It may have been counted, and no response says.
            (None, Known::Windows(windows)) => {
                for window in windows {
                    window.remaining = window.remaining.saturating_sub(1);
                }
            }
            (None, known @ Known::Nothing) if matches!(outcome, Outcome::Unlimited) => {
                *known = Known::NoLimit;
            }
            (None, _) => {}
        }
    }

    /// The service rejected an attempt, so it knows better than what was counted here: none starts
    /// for so long, and then one finds out where things stand.
    pub(super) fn rejected(&mut self, now: Instant, wait: Duration) {
        let until = now.checked_add(wait).unwrap_or(now + FOREVER);
        self.paused = self.paused.max(Some(until));
        self.known = Known::Nothing;
    }
}

impl Window {
    fn read(limit: &RateLimit, now: Instant) -> Option<Self> {
        let left = limit.resets_in().saturating_add(ROUNDING);
        (left <= LONGEST_WINDOW).then(|| Self {
            reset: limit.reset,
            ends: now + left,
            is_scouted: left <= WORTH_SCOUTING.0 && limit.limit >= WORTH_SCOUTING.1,
            remaining: limit.remaining,
        })
    }

    /// Returns when the next attempt may start; `None`: now.
    ///
    /// A window that is waited out to its latest end costs up to two seconds, which counts if windows
    /// are short. So its last places are kept for its possible ends, a second apart.
    fn next_start(&self, in_flight: u64, now: Instant, caller: Caller) -> Option<Instant> {
        let free = self.remaining.saturating_sub(in_flight);
        if free == 0 {
            return Some(self.ends);
        }
        let is_scout = self.is_scouted && free <= SCOUTS && caller.queued > free;
        if !is_scout || !caller.deadline.leaves(self.ends - now) {
            return None;
        }
        let possible_end = self.ends - ROUNDING * free as u32;
        (possible_end > now).then_some(possible_end)
    }

    /// Whether it may have ended already.
    fn may_be_over(&self, now: Instant) -> bool {
        self.ends.saturating_duration_since(now) <= ROUNDING * 2
    }
}

/// Keeps in mind what a response said. It tells the window with the fewest places, so one with fewer
/// that ends before has ended.
fn note(windows: &mut Vec<Window>, new: Window, now: Instant) {
    windows.retain(|window| {
        let is_fuller = window.reset < new.reset && window.remaining < new.remaining;
        !(is_fuller && window.may_be_over(now))
    });
    match windows.binary_search_by_key(&new.reset, |window| window.reset) {
        Ok(at) => {
            let window = &mut windows[at];
            window.remaining = window.remaining.min(new.remaining);
            window.is_scouted &= new.is_scouted;
            // Each response is rounded anew, so the earliest end is the closest to the truth.
            window.ends = window.ends.min(new.ends);
        }
        Err(at) => windows.insert(at, new),
    }
    if windows.len() > MAX_WINDOWS {
        windows.remove(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a response says of a window that ends a second before `ends` by its headers, as they
    /// may be rounded down.
    fn limited(remaining: u64, reset: i64, left: Duration) -> Outcome {
        Outcome::Limited(RateLimit::of_window(remaining, reset, left))
    }

    const fn seconds(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    /// Whether the only call that waits may start.
    fn turn(windows: &mut Windows, now: Instant) -> Turn {
        windows.turn(now, waiting(1, Duration::MAX))
    }

    fn waiting(queued: u64, wait: Duration) -> Caller {
        Caller {
            queued,
            deadline: Deadline::after(wait),
        }
    }

    /// An attempt ends; it may be the one that finds out.
    fn ended(windows: &mut Windows, now: Instant, outcome: &Outcome) {
        let is_probe = windows.is_probing;
        windows.ended(now, is_probe, outcome);
    }

    /// Starts all attempts that may start, up to 8 at a time: how many, and what the next waits for.
    fn start_all(windows: &mut Windows, now: Instant) -> (u64, Turn) {
        let mut started = 0;
        while windows.in_flight < 8 {
            match turn(windows, now) {
                Turn::Now => _ = windows.started(),
                turn => return (started, turn),
            }
            started += 1;
        }
        (started, turn(windows, now))
    }

    fn after(outcome: Outcome, now: Instant) -> Windows {
        let mut windows = Windows::default();
        windows.started();
        ended(&mut windows, now, &outcome);
        windows
    }

    #[test]
    fn one_attempt_finds_out_what_the_limit_is() {
        let now = Instant::now();
        let mut windows = Windows::default();

        assert_eq!(start_all(&mut windows, now), (1, Turn::AfterAnother));
        ended(&mut windows, now, &Outcome::Unknown);
        assert_eq!(start_all(&mut windows, now), (1, Turn::AfterAnother));
        ended(&mut windows, now, &Outcome::Unlimited);
        assert_eq!(start_all(&mut windows, now), (8, Turn::Now));
    }

    #[test]
    fn no_more_start_than_the_window_has_left() {
        let now = Instant::now();
        let ends = now + seconds(31);
        let mut windows = after(limited(3, 100, seconds(30)), now);

        assert_eq!(start_all(&mut windows, now), (3, Turn::At(ends)));
        // Responses overtake each other.
        ended(&mut windows, now, &limited(1, 100, seconds(30)));
        ended(&mut windows, now, &limited(2, 100, seconds(30)));
        assert_eq!(
            turn(&mut windows, now),
            Turn::At(ends),
            "the third may be the last"
        );
        ended(&mut windows, now, &limited(0, 100, seconds(30)));
        assert_eq!(turn(&mut windows, now), Turn::At(ends));

        assert_eq!(start_all(&mut windows, ends), (1, Turn::AfterAnother));
        ended(&mut windows, ends, &limited(2, 160, seconds(60)));
        assert_eq!(start_all(&mut windows, ends).0, 2, "a new window");
    }

    #[test]
    fn an_attempt_without_a_response_may_have_been_counted() {
        let now = Instant::now();
        let mut windows = after(limited(2, 100, seconds(30)), now);

        for outcome in [Outcome::Unknown, Outcome::NotSent] {
            windows.started();
            ended(&mut windows, now, &outcome);
        }
        let ends = now + seconds(31);
        assert_eq!(start_all(&mut windows, now), (1, Turn::At(ends)));
    }

    #[test]
    fn a_straggler_of_the_last_window_delays_nothing_once_that_is_over() {
        let now = Instant::now();
        let over = now + ROUNDING;
        let mut windows = after(limited(5, 100, Duration::ZERO), now);
        windows.started();
        windows.started();
        ended(&mut windows, now, &limited(4, 160, seconds(30)));
        ended(&mut windows, now, &limited(0, 100, Duration::ZERO));

        assert_eq!(start_all(&mut windows, now), (0, Turn::At(over)));
        let ends = now + seconds(31);
        assert_eq!(start_all(&mut windows, over), (4, Turn::At(ends)));
    }

    #[test]
    fn the_tighter_of_two_windows_holds() {
        let now = Instant::now();
        let (organization, key) = (now + seconds(21), now + seconds(31));
        let mut windows = after(limited(6, 160, seconds(30)), now);
        windows.started();
        ended(&mut windows, now, &limited(2, 150, seconds(20)));

        assert_eq!(start_all(&mut windows, now), (2, Turn::At(organization)));
        assert_eq!(start_all(&mut windows, organization), (4, Turn::At(key)));
    }

    #[test]
    fn the_earliest_end_that_a_response_told_counts() {
        let now = Instant::now();
        let mut windows = after(limited(1, 100, seconds(30)), now);
        windows.started();
        let later = now + Duration::from_millis(700);
        ended(&mut windows, later, &limited(0, 100, seconds(29)));

        assert_eq!(turn(&mut windows, now), Turn::At(later + seconds(30)));
    }

    #[test]
    fn the_last_places_find_out_whether_the_window_has_ended_while_calls_wait() {
        let now = Instant::now();
        let mut windows = after(limited(2, 100, seconds(3)), now);
        let turn = |windows: &mut Windows, at| windows.turn(now + at, waiting(3, Duration::MAX));

        assert_eq!(turn(&mut windows, seconds(0)), Turn::At(now + seconds(2)));
        assert_eq!(turn(&mut windows, seconds(2)), Turn::Now);
        windows.started();
        assert_eq!(turn(&mut windows, seconds(2)), Turn::At(now + seconds(3)));
        ended(&mut windows, now + seconds(2), &limited(1, 100, seconds(1)));
        assert_eq!(turn(&mut windows, seconds(2)), Turn::At(now + seconds(3)));
        windows.started();
        ended(
            &mut windows,
            now + seconds(3),
            &limited(99, 103, seconds(3)),
        );
        assert_eq!(turn(&mut windows, seconds(3)), Turn::Now, "a new window");
    }

    #[test]
    fn no_place_is_kept_from_the_last_calls_nor_from_one_that_cannot_wait() {
        let now = Instant::now();
        let mut windows = after(limited(2, 100, seconds(10)), now);

        assert_eq!(windows.turn(now, waiting(2, Duration::MAX)), Turn::Now);
        assert_eq!(windows.turn(now, waiting(9, seconds(5))), Turn::Now);
        let kept = Turn::At(now + seconds(9));
        assert_eq!(windows.turn(now, waiting(9, seconds(40))), kept);
        let mut long = after(limited(2, 100, seconds(30)), now);
        assert_eq!(long.turn(now, waiting(9, Duration::MAX)), Turn::Now);
    }

    #[test]
    fn after_a_rejection_one_attempt_finds_out() {
        let now = Instant::now();
        let mut windows = after(limited(0, 100, seconds(30)), now);
        windows.rejected(now, seconds(1));
        windows.rejected(now, Duration::ZERO);

        let soon = now + seconds(1);
        assert_eq!(
            turn(&mut windows, now),
            Turn::At(soon),
            "the longest pause counts"
        );
        assert_eq!(start_all(&mut windows, soon), (1, Turn::AfterAnother));
    }

    #[test]
    fn a_straggler_does_not_keep_another_attempt_from_finding_out() {
        let now = Instant::now();
        let mut windows = after(limited(5, 100, seconds(30)), now);
        windows.started();

        let over = now + seconds(31);
        assert_eq!(start_all(&mut windows, over), (1, Turn::AfterAnother));
    }

    #[test]
    fn the_longest_pause_is_one() {
        let now = Instant::now();
        let mut windows = Windows::default();
        windows.rejected(now, Duration::MAX);

        assert!(matches!(turn(&mut windows, now), Turn::At(time) if time > now + seconds(1 << 20)));
    }

    #[test]
    fn a_window_that_ends_in_the_far_future_is_not_believed() {
        let now = Instant::now();
        let mut windows = after(limited(0, 100, seconds(25 * 3600)), now);

        assert_eq!(start_all(&mut windows, now), (1, Turn::AfterAnother));
    }
}
