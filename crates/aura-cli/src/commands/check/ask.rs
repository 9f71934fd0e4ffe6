//! The checks that ask the service.

use std::time::Instant;

use aura_client::http::Method;
use aura_client::{Client, Error, ErrorKind, RateLimit};
use aura_contract::{Contract, Location, Operation};

use super::finding::{Finding, Outcome, Subject};
use crate::failure::{Failure, Kind, OTHER_SERVICE, is_404, is_no_such_thing};
use crate::text::thousands;

const HEALTH: &str = "/health";
/// No lead has this id, so nobody's data is asked for.
const NOBODY: &str = "00000000-0000-0000-0000-000000000000";

/// Whether the service answers, and how fast.
pub async fn health(client: &Client) -> Finding {
    let began = Instant::now();
    // Once: what is told is how things are now.
    let answer = client
        .with_max_retries(0)
        .request(Method::GET, HEALTH, None)
        .await;
    let milliseconds = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    match answer {
        Ok(_) => {
            let text = format!("{HEALTH} answers in {} ms", thousands(milliseconds));
            Finding::passed(Subject::Health, text).with("latency_ms", milliseconds)
        }
        Err(error) => Finding::failed(Subject::Health, failure(&error)),
    }
}

/// Whether the service accepts the key, and what it tells of the rate limit. A lead that isn't
/// found is a yes.
pub async fn key_accepted(client: &Client, contract: &Contract) -> (Finding, Option<RateLimit>) {
    let Some((target, not_found)) = contract.operations().iter().find_map(question) else {
        let why = "the contract has no operation to ask with";
        return (Finding::skipped(Subject::KeyAccepted, why), None);
    };
    let answer = client
        .with_max_retries(0)
        .request(Method::GET, &target, None)
        .await;
    let passed = || Finding::passed(Subject::KeyAccepted, "yes");
    match answer {
        Ok(response) => (passed(), response.rate_limit()),
        Err(error) if is_no_such_thing(&error, not_found.as_deref()) => {
            (passed(), error.rate_limit())
        }
        Err(error) => {
            let finding = Finding::failed(Subject::KeyAccepted, failure(&error));
            (finding, error.rate_limit())
        }
    }
}

/// What to ask for, and the code that says that there is no such thing: an operation that needs a
/// key and an id, and nothing else.
fn question(operation: &Operation) -> Option<(String, Option<String>)> {
    if operation.method != Method::GET || !operation.needs_key() {
        return None;
    }
    let required = operation.parameters.iter().filter(|each| each.required);
    let arguments: Option<Vec<_>> = required
        .map(|parameter| {
            let is_id = parameter.location == Location::Path
                && parameter.schema.format().as_deref() == Some("uuid");
            is_id.then(|| (parameter.key.clone(), vec![NOBODY.to_owned()]))
        })
        .collect();
    let arguments = arguments.filter(|arguments| !arguments.is_empty())?;
    let not_found = operation.not_found().map(str::to_owned);
    Some((operation.request(&arguments).ok()?.target, not_found))
}

/// What an answer says, and what to do about it.
fn failure(error: &Error) -> Failure {
    let failure = Failure::of_call(error);
    match failure.kind() {
        Kind::Unauthorized => {
            failure.or_try("make a new key in Settings > Integrations, or ask who manages the keys")
        }
        Kind::UnexpectedAnswer => other_service(error),
        Kind::Refused if is_404(error) => other_service(error),
        Kind::Network if error.kind() == ErrorKind::Connect => failure.or_try(
            "is this machine online, and the base URL right? A proxy is taken from HTTPS_PROXY",
        ),
        Kind::RateLimited | Kind::Unavailable if failure.help().is_none() => {
            failure.or_try("wait a minute")
        }
        _ => failure,
    }
}

/// An answer that is not the Aura API's.
fn other_service(error: &Error) -> Failure {
    let status = error.status();
    let status = status.map_or_else(String::new, |status| format!(" ({})", status.as_u16()));
    Failure::new(
        Kind::UnexpectedAnswer,
        format!("the answer is not one of the Aura API{status}"),
    )
    .or_try(OTHER_SERVICE)
}

/// How many requests are left.
pub fn limit(limit: Option<RateLimit>, key_accepted: &Finding) -> Finding {
    let Some(limit) = limit else {
        let why = match key_accepted.outcome {
            Outcome::Passed(_) => "the answer has no X-RateLimit headers",
            _ => "there was no answer to read it from",
        };
        return Finding::skipped(Subject::RateLimit, why);
    };
    let all = thousands(limit.limit);
    let reset = limit.reset.format("%Y-%m-%d %H:%M:%S UTC");
    let finding = match limit.remaining {
        0 => {
            let text = format!("none of {all} requests is left until {reset}");
            let failure = Failure::new(Kind::RateLimited, text);
            Finding::failed(Subject::RateLimit, failure.or_try("wait until then"))
        }
        left => {
            let text = format!("{} of {all} requests left until {reset}", thousands(left));
            Finding::passed(Subject::RateLimit, text)
        }
    };
    finding
        .with("limit", limit.limit)
        .with("remaining", limit.remaining)
        .with("reset", limit.reset.timestamp())
}

/// Which aura this is, and for which contract.
pub fn versions() -> Finding {
    let (aura, contract) = (env!("CARGO_PKG_VERSION"), aura_client::SPEC_VERSION);
    Finding::passed(
        Subject::Versions,
        format!("aura {aura}, for contract {contract}"),
    )
    .with("aura", aura)
    .with("contract", contract)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_contract_has_a_question_that_concerns_nobody() {
        let contract = Contract::builtin();
        let question = contract.operations().iter().find_map(question);
        assert_eq!(
            question.map(|(target, _)| target),
            Some(format!("/v1/leads/{NOBODY}"))
        );
    }
}
