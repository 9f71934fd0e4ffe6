//! How calls ended, and whether the service saw the same.

use std::collections::HashMap;
use std::fmt;

use aura_client::types::Lead;
use aura_client::uuid::Uuid;
use aura_client::{Error, ErrorKind, Response};
use aura_sandbox::Recorded;

use super::leads;

#[derive(Default)]
pub struct Tally {
    leads: usize,
    not_found: usize,
    /// Bodies that don't fit, of which some could be salvaged.
    misfits: usize,
    salvaged: usize,
    /// What had not passed after the last attempt.
    given_up: usize,
    /// Calls that took more than one attempt.
    retried: usize,
    /// How often each lead was asked for.
    attempts: HashMap<Uuid, usize>,
}

impl Tally {
    pub fn count(&mut self, id: Uuid, outcome: Result<Response<Lead>, Error>) {
        let attempts = match outcome {
            Ok(lead) => {
                assert!(leads::is_its_own(id, &lead), "{id} got {}", lead.id);
                self.leads += 1;
                lead.attempts()
            }
            Err(error) => {
                self.failed(id, &error);
                error.attempts()
            }
        };
        self.retried += usize::from(attempts > 1);
        *self.attempts.entry(id).or_default() += attempts as usize;
    }

    fn failed(&mut self, id: Uuid, error: &Error) {
        match error.kind() {
            ErrorKind::Decode => {
                self.misfits += 1;
                if let Some(salvaged) = error.salvage::<Lead>() {
                    assert!(leads::is_its_own(id, &salvaged.value), "{id}: {error}");
                    assert_eq!(salvaged.value.total_paid_cents, None);
                    self.salvaged += 1;
                }
            }
            ErrorKind::Api if error.is_not_found() => self.not_found += 1,
            ErrorKind::Api | ErrorKind::Transport if error.is_retryable() => self.given_up += 1,
            _ => panic!("{error:?} is no outcome of these faults"),
        }
    }

    /// Every call has one outcome.
    pub fn calls(&self) -> usize {
        self.leads + self.not_found + self.misfits + self.given_up
    }

    pub fn add(&mut self, other: Self) {
        self.leads += other.leads;
        self.not_found += other.not_found;
        self.misfits += other.misfits;
        self.salvaged += other.salvaged;
        self.given_up += other.given_up;
        self.retried += other.retried;
        for (id, attempts) in other.attempts {
            *self.attempts.entry(id).or_default() += attempts;
        }
    }

    /// The service was asked for each lead as often as the calls say.
    pub fn agrees_with(&self, requests: &[Recorded]) {
        let mut seen: HashMap<Uuid, usize> = HashMap::new();
        for request in requests {
            let (_, id) = request.path().rsplit_once('/').expect("a lead's path");
            *seen.entry(id.parse().expect("a UUID")).or_default() += 1;
        }
        assert_eq!(seen, self.attempts);
    }

    /// A soak in which little goes wrong would show little.
    pub fn shows_faults(&self) {
        let calls = self.calls();
        assert!(self.leads > calls * 8 / 10, "{self}");
        assert!(self.not_found > calls / 30, "{self}");
        assert!(self.misfits > calls / 50, "{self}");
        assert!(self.salvaged > calls / 200, "{self}");
        assert!(self.retried > calls / 10, "{self}");
        assert!(self.given_up > 0, "{self}");
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} calls: {} leads, {} not found, {} misfits ({} salvaged), {} given up; {} retried, {} attempts",
            self.calls(),
            self.leads,
            self.not_found,
            self.misfits,
            self.salvaged,
            self.given_up,
            self.retried,
            self.attempts.values().sum::<usize>(),
        )
    }
}
