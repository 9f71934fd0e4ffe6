//! One request for a lead, and what its answer means for those that follow.

use std::time::Duration;

use aura_client::uuid::Uuid;
use aura_client::{Client, RateLimit};

use crate::failure::Failure;
use crate::lead::Lead;

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

/// Asks for a lead, with the client's own retries.
pub async fn ask(client: Client, id: Uuid) -> Asked {
    match client.get_lead(&id).await {
        Ok(response) => Asked {
            answered: true,
            window_is_full: response.rate_limit().and_then(full_window),
            answer: match Lead::new(id, response.bytes().clone()) {
                Some(lead) => Answer::Lead(lead),
                None => Answer::Failed(Failure::without_data(id), None),
            },
        },
        // The API changes its fields without notice, and here they are only passed on.
        Err(error) => Asked {
            answered: error.status().is_some(),
            window_is_full: error.rate_limit().and_then(full_window),
            answer: match Lead::drifted(id, &error) {
                Some(lead) => Answer::Lead(lead),
                None => {
                    let failure = Failure::of_call(&error).of_lead(id, None);
                    Answer::Failed(failure, error.retry_after())
                }
            },
        },
    }
}

fn full_window(limit: RateLimit) -> Option<Duration> {
    (limit.remaining == 0).then(|| limit.resets_in())
}
