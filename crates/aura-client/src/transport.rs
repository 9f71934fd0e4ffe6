//! Sending: attempts, their deadlines, and retries.

mod attempt;
mod budget;
mod retry;

pub(crate) use attempt::Outgoing;
pub(crate) use budget::Budget;
pub(crate) use retry::Retries;

use crate::Error;
use crate::answer::Answer;
use crate::client::Settings;
use crate::deadline::Deadline;
use attempt::attempt;

/// Sends a request, again if need be, and gives its answer, whose status says success.
pub(crate) async fn send(
    settings: &Settings,
    outgoing: &Outgoing,
    total: Deadline,
) -> Result<Answer, Error> {
    settings
        .retries
        .run(total, |number| attempt(settings, outgoing, number, total))
        .await
}
