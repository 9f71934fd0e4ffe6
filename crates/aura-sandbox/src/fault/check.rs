//! What is wrong with a fault, before it is injected.

use super::{Effect, Fault, json, json_path};

/// How many headers a fault may set: clients take no more.
pub(super) const MAX_HEADERS: usize = 100;

impl Fault {
    /// Holds it against the names of the operations that it can strike at.
    pub(crate) fn check(&self, operations: &[&str]) -> Result<(), String> {
        let has_no_answer = matches!(
            self.effect,
            Effect::Latency { .. } | Effect::ConnectionReset {}
        );
        let shapes =
            self.retry_after_seconds.is_some() || self.body.is_some() || !self.headers.is_empty();
        if has_no_answer && shapes {
            let name = self.name();
            return Err(format!(
                "`{name}` takes no `retry_after`, headers or body, since it sends no answer of its own"
            ));
        }
        if self.headers.len() > MAX_HEADERS {
            return Err(format!("there are more than {MAX_HEADERS} headers"));
        }
        if let Effect::Drift { path, .. } = &self.effect {
            json_path::check(path)?;
        }
        if self.probability.is_some_and(|p| !(0.0..=1.0).contains(&p)) {
            return Err("`probability` is not between 0 and 1".to_owned());
        }
        if self.key.as_deref() == Some(json::REDACTED) {
            return Err(
                "`key` is hidden where faults are listed; it must be given anew".to_owned(),
            );
        }
        match &self.on {
            Some(on) if !operations.contains(&on.as_str()) => Err(unknown(on, operations)),
            _ => Ok(()),
        }
    }
}

fn unknown(name: &str, operations: &[&str]) -> String {
    let known = operations.join(", ");
    let similarity = |known: &&str| strsim::jaro_winkler(known, &name.to_lowercase());
    let nearest = operations
        .iter()
        .copied()
        .max_by(|a, b| similarity(a).total_cmp(&similarity(b)))
        .filter(|nearest| similarity(nearest) > 0.8);
    let hint = nearest.map_or_else(String::new, |name| format!("; did you mean `{name}`?"));
    format!("`on` is not an operation of the contract, which has {known}{hint}")
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn what_cannot_strike_as_it_says_is_rejected() {
        let delay = Duration::from_secs(1);
        let shaped = "takes no `retry_after`, headers or body";
        for (fault, reason) in [
            (Fault::latency(delay).retry_after(delay), shaped),
            (Fault::connection_reset().body(""), shaped),
            (Fault::stall().probability(f64::NAN), "`probability`"),
            (Fault::stall().probability(-0.1), "`probability`"),
            (Fault::stall().probability(1.1), "`probability`"),
            (Fault::stall().key("[redacted]"), "`key` is hidden"),
            (
                Fault::stall().on("get_leeds"),
                "which has get_lead, health; did you mean `get_lead`?",
            ),
            (Fault::stall().on("GetLead"), "did you mean `get_lead`?"),
        ] {
            let problem = fault.check(&["get_lead", "health"]).expect_err(reason);
            assert!(problem.contains(reason), "{problem}");
        }
        let far = Fault::stall().on("secret").check(&["get_lead", "health"]);
        let far = far.expect_err("it is unknown");
        assert!(far.ends_with("which has get_lead, health"), "{far}");
    }

    #[test]
    fn what_can_strike_is_accepted() {
        for fault in [
            Fault::latency(Duration::MAX).probability(0.0),
            Fault::stall().on("health").probability(1.0).body(""),
            Fault::stall().lead("nobody's").key("nobody's"),
        ] {
            assert_eq!(fault.check(&["health"]), Ok(()));
        }
    }
}
