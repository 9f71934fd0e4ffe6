//! Which of the injected faults strike at a request.

use std::sync::Arc;
use std::time::Duration;

use super::{Effect, Fault};
use crate::leads::canonical;

/// The faults in the order in which they were injected.
pub(crate) struct Plan {
    active: Vec<Active>,
    chance: fastrand::Rng,
}

struct Active {
    fault: Arc<Fault>,
    /// Requests that it could have struck at.
    seen: u64,
    struck: u64,
}

/// What the conditions of a fault are held against: what is asked for, and with which key.
pub(crate) struct Context<'r> {
    pub(crate) operation: &'r str,
    /// The ID of the lead, spelled as all are.
    pub(crate) lead: Option<String>,
    pub(crate) key: Option<&'r str>,
}

/// What strikes at one request.
#[derive(Default)]
pub(crate) struct Decision {
    pub(crate) latency: Duration,
    pub(crate) fault: Option<Arc<Fault>>,
}

impl Decision {
    /// What shaped the answer, for the record.
    pub(crate) fn name(&self) -> Option<&'static str> {
        match &self.fault {
            Some(fault) => Some(fault.name()),
            None => (!self.latency.is_zero()).then_some("latency"),
        }
    }

    /// Whether no answer is sent.
    pub(crate) fn resets(&self) -> bool {
        let fault = self.fault.as_ref();
        fault.is_some_and(|fault| fault.effect == Effect::ConnectionReset {})
    }
}

impl Plan {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            active: Vec::new(),
            chance: fastrand::Rng::with_seed(seed),
        }
    }

    pub(crate) fn inject(&mut self, mut fault: Fault) {
        fault.lead = fault.lead.map(|id| canonical(&id));
        self.active.push(Active {
            fault: Arc::new(fault),
            seen: 0,
            struck: 0,
        });
        self.active.retain(|active| !active.is_spent());
    }

    /// How many may still strike.
    pub(crate) fn len(&self) -> usize {
        self.active.len()
    }

    pub(crate) fn clear(&mut self) {
        self.active.clear();
    }

    /// Each fault that may still strike, and how often it has.
    #[cfg(feature = "control")]
    pub(crate) fn active(&self) -> impl Iterator<Item = (&Fault, u64)> {
        let active = self.active.iter();
        active.map(|active| (&*active.fault, active.struck))
    }

    /// Every fault counts the request, also if an earlier one wins: "the third request" is the
    /// third, whatever happened to the first two.
    pub(crate) fn decide(&mut self, context: &Context<'_>) -> Decision {
        let mut decision = Decision::default();
        for active in &mut self.active {
            if !active.counts(context)
                || decision.fault.is_some()
                || !active.strikes(&mut self.chance)
            {
                continue;
            }
            active.struck += 1;
            match active.fault.effect {
                Effect::Latency { delay } => {
                    decision.latency = decision.latency.saturating_add(delay);
                }
                _ => decision.fault = Some(Arc::clone(&active.fault)),
            }
        }
        self.active.retain(|active| !active.is_spent());
        decision
    }
}

impl Active {
    /// Whether this is a request to strike at, after those that are left alone.
    fn counts(&mut self, context: &Context<'_>) -> bool {
        let meets = |condition: &Option<String>, given: Option<&str>| {
            condition.is_none() || condition.as_deref() == given
        };
        let Fault { on, lead, key, .. } = &*self.fault;
        if !meets(on, Some(context.operation))
            || !meets(lead, context.lead.as_deref())
            || !meets(key, context.key)
        {
            return false;
        }
        self.seen = self.seen.saturating_add(1);
        self.seen > self.fault.after.unwrap_or_default()
    }

    fn strikes(&self, chance: &mut fastrand::Rng) -> bool {
        let probability = self.fault.probability;
        !self.is_spent() && probability.is_none_or(|probability| chance.f64() < probability)
    }

    fn is_spent(&self) -> bool {
        self.fault.times.is_some_and(|times| self.struck >= times)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(faults: impl IntoIterator<Item = Fault>) -> Plan {
        let mut plan = Plan::new(7);
        for fault in faults {
            plan.inject(fault);
        }
        plan
    }

    fn request(operation: &str) -> Context<'_> {
        Context {
            operation,
            lead: None,
            key: None,
        }
    }

    /// What strikes at so many requests.
    fn struck(plan: &mut Plan, requests: usize) -> Vec<Option<&'static str>> {
        (0..requests)
            .map(|_| plan.decide(&request("get_lead")).name())
            .collect()
    }

    #[test]
    fn the_first_that_strikes_wins_and_gives_way_when_spent() {
        let mut plan = plan([
            Fault::bad_gateway().times(1),
            Fault::stall().times(1),
            Fault::drift("a", 1).times(0),
        ]);

        let expected = [Some("bad_gateway"), Some("stall"), None];
        assert_eq!(struck(&mut plan, 3), expected);
        assert_eq!(plan.active().count(), 0);
    }

    #[test]
    fn the_first_requests_are_left_alone_whatever_strikes_at_them() {
        let mut plan = plan([
            Fault::bad_gateway().times(1),
            Fault::stall().after(2).times(1),
        ]);

        let expected = [Some("bad_gateway"), None, Some("stall"), None];
        assert_eq!(struck(&mut plan, 4), expected);
    }

    #[test]
    fn a_fault_strikes_at_its_operation_alone() {
        let mut plan = plan([Fault::stall().on("get_lead").after(1)]);

        assert!(plan.decide(&request("get_lead")).fault.is_none());
        assert!(plan.decide(&request("health")).fault.is_none());
        assert!(plan.decide(&request("get_lead")).fault.is_some());
    }

    #[test]
    fn latencies_add_up_and_leave_the_answer_to_others() {
        let second = Duration::from_secs(1);
        let mut plan = plan([
            Fault::latency(second),
            Fault::latency(second),
            Fault::stall().times(1),
            Fault::latency(second),
        ]);

        let decision = plan.decide(&request("get_lead"));
        assert_eq!(decision.latency, 2 * second);
        assert_eq!(decision.name(), Some("stall"));
        let decision = plan.decide(&request("get_lead"));
        assert_eq!(decision.latency, 3 * second);
        assert_eq!(decision.name(), Some("latency"));
    }

    #[test]
    fn chances_are_the_same_for_the_same_seed() {
        let flaky = || plan([Fault::stall().probability(0.3)]);
        let once = struck(&mut flaky(), 1000);

        assert_eq!(once, struck(&mut flaky(), 1000));
        let count = once.iter().flatten().count();
        assert!((200..400).contains(&count), "{count} of 1000");
    }

    #[test]
    fn all_conditions_must_be_met_and_other_requests_do_not_count() {
        let id = "6F1F3D1C-2D8E-4C0A-9A55-3F4D5C1E2B7A";
        let mut plan = plan([Fault::stall().on("get_lead").lead(id).key("k").after(1)]);
        let mut strikes = |operation, lead: Option<&str>, key| {
            let lead = lead.map(canonical);
            let context = Context {
                operation,
                lead,
                key,
            };
            plan.decide(&context).fault.is_some()
        };

        for (operation, lead, key) in [
            ("get_lead", Some(id), Some("k")),
            ("health", None, Some("k")),
            ("list_notes", Some(id), Some("k")),
            ("get_lead", Some("7"), Some("k")),
            ("get_lead", Some(id), Some("other")),
            ("get_lead", Some(id), None),
        ] {
            assert!(
                !strikes(operation, lead, key),
                "{operation} {lead:?} {key:?}"
            );
        }
        assert!(strikes("get_lead", Some(id), Some("k")));
    }
}
