//! A request on its way to its answer.

use std::time::Duration;

use super::received::Received;
use super::target::Target;
use crate::limits::Standing;
use crate::store::Caller;

/// A request and what is known of it so far.
pub(super) struct Call<'a> {
    pub(super) received: &'a Received,
    pub(super) target: Target<'a>,
    pub(super) caller: Option<Caller>,
    pub(super) request_id: String,
    pub(super) now: Duration,
    /// As the `X-RateLimit` headers tell it; `None` without limits.
    pub(super) standing: Option<Standing>,
}
