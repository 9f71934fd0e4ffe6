//! Sending: attempts, their deadlines, and retries.

mod attempt;
mod budget;
mod deadline;
mod retry;

pub(crate) use attempt::Outgoing;
pub(crate) use budget::Budget;
pub(crate) use retry::Retries;

use crate::Error;
use crate::answer::Answer;
use crate::client::Settings;
use attempt::attempt;
use deadline::Deadline;

/// Sends a request, again if need be, and gives its answer, whose status says success.
pub(crate) async fn send(settings: &Settings, outgoing: &Outgoing) -> Result<Answer, Error> {
    let total = Deadline::after(settings.timeout);
    settings
        .retries
        .run(total, |number| attempt(settings, outgoing, number, total))
        .await
}
