//! One request for a lead, and what its answer means for those that follow.

use std::time::Duration;

use aura_client::bytes::Bytes;
use aura_client::types;
use aura_client::uuid::Uuid;
use aura_client::{Client, Error, RateLimit};

use crate::failure::Failure;
use crate::node::Node;

/// How a call ended.
#[derive(Debug)]
pub struct Asked {
    pub answer: Answer,
    /// The service answered, whatever it said.
    pub answered: bool,
    /// How long no other call may start, if this one took the last place in the window.
    pub window_is_full: Option<Duration>,
}

/// What came.
#[derive(Debug)]
pub enum Answer {
    Lead(Lead),
    /// No lead. The service may ask to be left alone for a while.
    Failed(Failure, Option<Duration>),
}

/// A lead that was found: the body of the answer as it came.
#[derive(Debug)]
pub struct Lead {
    pub body: Bytes,
    /// Where it doesn't fit the contract.
    pub misfits: Vec<String>,
}

/// Asks for a lead, with the client's own retries.
pub async fn ask(client: Client, id: Uuid) -> Asked {
    match client.get_lead(&id).await {
        Ok(response) => Asked {
            answered: true,
            window_is_full: response.rate_limit().and_then(full_window),
            answer: Answer::Lead(Lead {
                body: response.bytes().clone(),
                misfits: Vec::new(),
            }),
        },
        Err(error) => Asked {
            answered: error.status().is_some(),
            window_is_full: error.rate_limit().and_then(full_window),
            answer: match readable(&error) {
                Some(lead) => Answer::Lead(lead),
                None => {
                    let failure = Failure::of_call(&error).of_lead(id, None);
                    Answer::Failed(failure, error.retry_after())
                }
            },
        },
    }
}

/// A lead that doesn't fit the contract is shown as it came, if all that is required is there: the
/// API changes its fields without notice, and here they are only passed on.
fn readable(error: &Error) -> Option<Lead> {
    let salvaged = error.salvage::<types::Lead>()?;
    let body = error.body()?.clone();
    Node::data_of(&body).filter(|data| data.is_object())?;
    let misfits = salvaged.anomalies.into_iter();
    Some(Lead {
        body,
        misfits: misfits.map(|anomaly| anomaly.json_path).collect(),
    })
}

fn full_window(limit: RateLimit) -> Option<Duration> {
    (limit.remaining == 0).then(|| limit.resets_in())
}
