//! One request for a lead, and what its answer means for those that follow.

use std::time::Duration;

use aura_client::bytes::Bytes;
use aura_client::chrono::{DateTime, Utc};
use aura_client::http::{HeaderMap, header};
use aura_client::types;
use aura_client::uuid::Uuid;
use aura_client::{Client, Error, RateLimit};
use tokio::time::Instant;

use super::pacer::Reading;
use crate::failure::Failure;
use crate::render::Node;

/// How a request ended.
#[derive(Debug)]
pub struct Asked {
    pub answer: Answer,
    /// The service answered, whatever it said.
    pub answered: bool,
    /// What it said of the rate limit.
    pub reading: Option<Reading>,
}

/// What came.
#[derive(Debug)]
pub enum Answer {
    Lead(Lead),
    /// Asking again would give the same.
    Failed(Failure),
    /// It may pass. The service may ask to be left alone for a while.
    MayPass(Failure, Option<Duration>),
}

/// A lead that was found: the body of the answer as it came.
#[derive(Debug)]
pub struct Lead {
    pub body: Bytes,
    /// Where it doesn't fit the contract.
    pub misfits: Vec<String>,
}

/// Asks once, if the client makes no retries of its own.
pub async fn ask(client: Client, id: Uuid) -> Asked {
    match client.get_lead(&id).await {
        Ok(response) => Asked {
            answered: true,
            reading: reading(response.rate_limit(), response.headers()),
            answer: only(
                id,
                response.id,
                response.request_id(),
                Lead {
                    body: response.bytes().clone(),
                    misfits: Vec::new(),
                },
            ),
        },
        Err(error) => Asked {
            answered: error.status().is_some(),
            reading: error
                .headers()
                .and_then(|headers| reading(error.rate_limit(), headers)),
            answer: answer(&error, id),
        },
    }
}

/// The lead that came, if it is the one that was asked for.
fn only(id: Uuid, found: Uuid, request_id: Option<&str>, lead: Lead) -> Answer {
    match found == id {
        true => Answer::Lead(lead),
        false => Answer::Failed(Failure::of_another_lead(id, request_id)),
    }
}

fn answer(error: &Error, id: Uuid) -> Answer {
    if let Some((found, lead)) = readable(error) {
        return only(id, found, error.request_id(), lead);
    }
    let failure = || Failure::of_call(error);
    match error.is_retryable() {
        true => Answer::MayPass(failure().of_lead(id, None), error.retry_after()),
        false => Answer::Failed(failure().of_lead(id, None)),
    }
}

/// A lead that doesn't fit the contract is shown as it came, if all that is required is there: the
/// API changes its fields without notice, and here they are only passed on.
fn readable(error: &Error) -> Option<(Uuid, Lead)> {
    let salvaged = error.salvage::<types::Lead>()?;
    let body = error.body()?.clone();
    Node::data_of(&body).filter(|data| data.is_object())?;
    let misfits = salvaged.anomalies.into_iter();
    let lead = Lead {
        body,
        misfits: misfits.map(|anomaly| anomaly.json_path).collect(),
    };
    Some((salvaged.value.id, lead))
}

fn reading(limit: Option<RateLimit>, headers: &HeaderMap) -> Option<Reading> {
    let limit = limit?;
    Reading::new(limit.remaining, limit.reset, date(headers), Instant::now())
}

fn date(headers: &HeaderMap) -> Option<DateTime<Utc>> {
    let text = headers.get(header::DATE)?.to_str().ok()?;
    let date = DateTime::parse_from_rfc2822(text.trim()).ok()?;
    Some(date.to_utc())
}
